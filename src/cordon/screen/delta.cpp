#include "cordon/screen/delta.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cordon::screen {
namespace {

bool same(const model::Entity& a, const model::Entity& b) {
  return a.schema == b.schema && a.caption == b.caption &&
         std::equal(a.properties.begin(), a.properties.end(), b.properties.begin(), b.properties.end(),
                    [](const model::Property& x, const model::Property& y) {
                      return x.name == y.name && x.value == y.value;
                    });
}

}  // namespace

Delta::Delta(std::span<const model::Entity> before, std::span<const model::Entity> now)
    : before_(Index::build(before)),
      now_(Index::update(before_, now)),
      touched_(Index::build(std::span<const model::Entity>{})) {
  std::unordered_map<std::string_view, std::size_t> old;
  old.reserve(before.size());
  for (std::size_t i = 0; i < before.size(); ++i) old.emplace(before[i].id, i);
  std::vector<model::Entity> differ;
  std::vector<bool> stays(before.size(), false);
  std::size_t last = 0;
  for (const model::Entity& entity : now) {
    const auto at = old.find(entity.id);
    if (at != old.end() && same(before[at->second], entity)) {
      moved_ = moved_ || at->second < last;
      last = at->second;
      stays[at->second] = true;
      continue;
    }
    changed_ += at == old.end();  // a changed one is counted with its older version
    differ.push_back(entity);
  }
  for (std::size_t i = 0; i < before.size(); ++i)
    if (!stays[i]) differ.push_back(before[i]), ++changed_;
  touched_ = Index::build(differ);
}

}  // namespace cordon::screen
