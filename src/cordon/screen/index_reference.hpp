// The slow, obvious search: every entity is judged. What Index::search() brings up is measured against it.
#pragma once
#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "cordon/screen/evidence.hpp"
#include "cordon/screen/index.hpp"
#include "cordon/screen/subject.hpp"
#include "cordon/screen/test_entities.hpp"

namespace cordon::screen {

class EveryEntity {
 public:
  explicit EveryEntity(std::span<const model::Entity> entities) {
    for (const model::Entity& entity : entities)
      subjects_.push_back(model::is_party(entity.schema) ? subject_of(entity) : Subject{});
  }
  // All matches, best first.
  std::vector<Hit> search(const Query& query) const {
    std::vector<Hit> hits;
    const Subject asked = subject_of(query);
    for (std::uint32_t i = 0; i < subjects_.size(); ++i)
      if (const double s = score(asked, subjects_[i]); s >= threshold()) hits.push_back({i, s, true, {}});
    std::stable_sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.score > b.score; });
    return hits;
  }

 private:
  std::vector<Subject> subjects_;
};

struct Recall {
  std::size_t matches = 0, found = 0;  // queries with a match by brute force; those whose best one came up
  std::vector<std::string> lost;
  double share() const { return matches ? static_cast<double>(found) / static_cast<double>(matches) : 1.0; }
};

// Listed names as somebody else types them: what brute force calls the best match must be brought up.
inline Recall measure_recall(std::span<const model::Entity> entities, std::size_t asked) {
  const Index index = Index::build(entities);
  const EveryEntity brute(entities);
  MadeUp made(99);
  Recall recall;
  for (std::size_t i = 0; i < asked; ++i) {
    const model::Entity& entity = entities[made() % entities.size()];
    Query query;
    query.schema = entity.schema;
    query.names = {made.retyped(entity.caption)};
    const auto all = brute.search(query);
    if (all.empty()) continue;
    ++recall.matches;
    const auto hits = index.search(query, 20);
    const bool same = std::any_of(hits.begin(), hits.end(),
                                  [&](const Hit& hit) { return hit.score >= all.front().score - 1e-9; });
    recall.found += same;
    if (!same)
      recall.lost.push_back(query.names[0] + " | " + entities[all.front().entity].caption + " " +
                            std::to_string(all.front().score));
  }
  return recall;
}

}  // namespace cordon::screen
