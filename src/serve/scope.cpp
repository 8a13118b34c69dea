#include "serve/scope.hpp"

#include <algorithm>

namespace cordon::serve {
namespace {

bool contains(const std::vector<std::string>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
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

}  // namespace cordon::serve
