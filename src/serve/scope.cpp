#include "serve/scope.hpp"

#include <algorithm>
#include <unordered_set>

#include "cordon/base/text.hpp"

namespace cordon::serve {
namespace {

bool contains(const std::vector<std::string>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

// Whether each of the words begins a word of the name.
bool begins(std::string_view name, const std::vector<std::string_view>& words) {
  const std::string lower = base::ascii_lower(name);
  return std::all_of(words.begin(), words.end(), [&](std::string_view word) {
    for (auto at = lower.find(word); at != lower.npos; at = lower.find(word, at + 1))
      if (at == 0 || lower[at - 1] == ' ' || lower[at - 1] == '-') return true;
    return false;
  });
}

}  // namespace

std::optional<Scope> Scope::of(const Snapshot& state, std::string_view name) {
  Scope scope;
  if (name == "all" || name == "default" || name == "sanctions") return scope;
  if (!contains(state.datasets, name)) return std::nullopt;
  scope.include_.emplace_back(name);
  return scope;
}

void Scope::narrow(const Request& request) {
  for (const auto name : request.all("include_dataset")) include_.emplace_back(name);
  for (const auto name : request.all("exclude_dataset")) exclude_.emplace_back(name);
}

bool Scope::holds(const model::Entity& entity) const {
  const auto dataset = entity.source.dataset();
  return (include_.empty() || contains(include_, dataset)) && !contains(exclude_, dataset);
}

std::vector<screen::Hit> Scope::search(const Snapshot& state, const screen::Query& query, std::size_t limit,
                                       double cutoff) const {
  const auto& index = *state.survey->lists.index;
  if (whole()) return index.search(query, limit, cutoff);
  // One party stands on several lists: what is asked for may come behind its entries elsewhere.
  auto hits = index.search(query, std::max<std::size_t>(limit * 10, 200), cutoff);
  const auto& entities = state.survey->lists.entities;
  std::erase_if(hits, [&](const screen::Hit& hit) { return !holds(entities[hit.entity]); });
  if (hits.size() > limit) hits.resize(limit);
  return hits;
}

std::vector<const model::Entity*> Scope::find(const Snapshot& state, std::string_view typed,
                                              std::size_t most) const {
  std::vector<const model::Entity*> found;
  const std::string text = base::ascii_lower(base::squeeze(typed));
  if (text.empty()) return found;
  std::unordered_set<const model::Entity*> known;
  const auto& entities = state.survey->lists.entities;
  const auto add = [&](const model::Entity& entity) {
    if (found.size() < most && known.insert(&entity).second) found.push_back(&entity);
  };
  screen::Query query;
  query.names = {std::string(typed)};
  for (const auto& hit : search(state, query, most, screen::threshold())) add(entities[hit.entity]);
  const auto words = base::split(text, ' ');
  for (const auto& entity : entities) {
    if (found.size() >= most) break;
    if (!model::is_party(entity.schema) || !holds(entity)) continue;
    const bool named = begins(entity.caption, words) ||
                       std::any_of(entity.properties.begin(), entity.properties.end(), [&](const auto& one) {
                         return (one.name == "name" || one.name == "alias") && begins(one.value, words);
                       });
    if (named) add(entity);
  }
  for (const auto& hit : search(state, query, most, screen::kDefaultCutoff)) add(entities[hit.entity]);
  return found;
}

}  // namespace cordon::serve
