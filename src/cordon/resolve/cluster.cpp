#include "cordon/resolve/cluster.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <numeric>
#include <utility>

#include "cordon/resolve/union_find.hpp"

namespace cordon::resolve {
namespace {

// All pairs of a component up to this size are weighed; larger ones are first cut at their weakest links.
constexpr std::size_t kDense = 192;
constexpr Bits kCutStep = 4 * kBit;
// No single pair speaks louder than this for or against two groups.
constexpr Bits kLoudest = 20 * kBit;

// One component: its members in rank order, and the weight of every pair of them.
class Component {
 public:
  Component(std::vector<RecordId> members, std::span<const Link> links, std::span<const Bound> bounds,
            std::span<const std::uint64_t> rank, const std::function<Bits(RecordId, RecordId)>& score)
      : members_(std::move(members)), size_(members_.size()) {
    std::sort(members_.begin(), members_.end(),
              [&](RecordId a, RecordId b) { return std::pair(rank[a], a) < std::pair(rank[b], b); });
    for (std::size_t i = 0; i < size_; ++i) place_[members_[i]] = i;
    sum_.assign(size_ * size_, kUnknown);
    barred_.assign(size_ * size_, false);
    count_.assign(size_, 1);
    group_.resize(size_);
    std::iota(group_.begin(), group_.end(), std::size_t{0});
    for (const Link& link : links) set(place_.at(link.a), place_.at(link.b), link.weight);
    for (std::size_t i = 0; i < size_; ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (sum_[i * size_ + j] == kUnknown) set(i, j, score(members_[i], members_[j]));
    for (const Bound& bound : bounds) {
      const std::size_t a = place_.at(bound.a), b = place_.at(bound.b);
      if (bound.kind == Bound::Kind::unsure) set(a, b, 0);
      if (bound.kind == Bound::Kind::different) barred_[a * size_ + b] = barred_[b * size_ + a] = true;
    }
    for (const Bound& bound : bounds)
      if (bound.kind == Bound::Kind::same) merge(group_[place_.at(bound.a)], group_[place_.at(bound.b)]);
    join();
  }

  void label(std::vector<RecordId>& labels) const {
    std::vector<RecordId> least(size_, static_cast<RecordId>(-1));
    for (std::size_t i = 0; i < size_; ++i) least[group_[i]] = std::min(least[group_[i]], members_[i]);
    for (std::size_t i = 0; i < size_; ++i) labels[members_[i]] = least[group_[i]];
  }

 private:
  static constexpr std::int64_t kUnknown = INT64_MIN;
  void set(std::size_t i, std::size_t j, Bits weight) {
    sum_[i * size_ + j] = sum_[j * size_ + i] = std::clamp(weight, -kLoudest, kLoudest);
  }

  void merge(std::size_t into, std::size_t from) {
    if (into == from) return;
    if (from < into) std::swap(into, from);
    for (std::size_t other = 0; other < size_; ++other) {
      if (count_[other] == 0 || other == into || other == from) continue;
      const std::int64_t sum = sum_[into * size_ + other] + sum_[from * size_ + other];
      sum_[into * size_ + other] = sum_[other * size_ + into] = sum;
      const bool barred = barred_[into * size_ + other] || barred_[from * size_ + other];
      barred_[into * size_ + other] = barred_[other * size_ + into] = barred;
    }
    count_[into] += count_[from], count_[from] = 0;
    for (std::size_t& group : group_)
      if (group == from) group = into;
  }

  void join() {
    for (;;) {
      std::size_t best_a = 0, best_b = 0;
      std::int64_t best_sum = 0, best_pairs = 1;
      for (std::size_t a = 0; a < size_; ++a) {
        if (count_[a] == 0) continue;
        for (std::size_t b = a + 1; b < size_; ++b) {
          if (count_[b] == 0 || barred_[a * size_ + b]) continue;
          const std::int64_t sum = sum_[a * size_ + b], pairs = count_[a] * count_[b];
          if (sum * best_pairs > best_sum * pairs) best_sum = sum, best_pairs = pairs, best_a = a, best_b = b;
        }
      }
      if (best_sum <= 0) return;
      merge(best_a, best_b);
    }
  }

  std::vector<RecordId> members_;
  std::size_t size_;
  std::map<RecordId, std::size_t> place_;
  std::vector<std::int64_t> sum_, count_;
  std::vector<bool> barred_;
  std::vector<std::size_t> group_;
};

struct Work {
  std::vector<RecordId>& labels;
  std::span<const std::uint64_t> rank;
  const std::function<Bits(RecordId, RecordId)>& score;
};

// Splits what links above `cut` hold together, and labels each part. members: of one component.
void refine(const Work& work, std::vector<RecordId> members, std::vector<Link> links,
            const std::vector<Bound>& bounds, Bits cut) {
  if (members.size() <= kDense) {
    Component(std::move(members), links, bounds, work.rank, work.score).label(work.labels);
    return;
  }
  std::map<RecordId, std::size_t> place;
  for (std::size_t i = 0; i < members.size(); ++i) place[members[i]] = i;
  for (;; cut += kCutStep) {
    UnionFind parts(members.size());
    bool any = false;
    for (const Link& link : links)
      if (link.weight > cut) parts.join(place[link.a], place[link.b]), any = true;
    for (const Bound& bound : bounds)
      if (bound.kind == Bound::Kind::same) parts.join(place[bound.a], place[bound.b]);
    std::map<std::size_t, std::vector<RecordId>> groups;
    for (std::size_t i = 0; i < members.size(); ++i) groups[parts.find(i)].push_back(members[i]);
    if (groups.size() == 1 && any) continue;
    std::map<std::size_t, std::vector<Link>> own_links;
    std::map<std::size_t, std::vector<Bound>> own_bounds;
    for (const Link& link : links)
      if (const auto at = parts.find(place[link.a]); at == parts.find(place[link.b]))
        own_links[at].push_back(link);
    for (const Bound& bound : bounds)
      if (const auto at = parts.find(place[bound.a]); at == parts.find(place[bound.b]))
        own_bounds[at].push_back(bound);
    for (auto& [at, group] : groups) {
      if (group.size() > kDense && !any) {
        // Held together by decisions alone: they bind.
        const RecordId least = *std::min_element(group.begin(), group.end());
        for (const RecordId record : group) work.labels[record] = least;
      } else {
        refine(work, std::move(group), std::move(own_links[at]), own_bounds[at], cut + kCutStep);
      }
    }
    return;
  }
}

}  // namespace

std::vector<RecordId> cluster_records(std::size_t records, std::span<const Link> links,
                                      std::span<const Bound> bounds, std::span<const std::uint64_t> rank,
                                      const std::function<Bits(RecordId, RecordId)>& score) {
  UnionFind whole(records);
  for (const Link& link : links)
    if (link.weight > 0) whole.join(link.a, link.b);
  for (const Bound& bound : bounds)
    if (bound.kind == Bound::Kind::same) whole.join(bound.a, bound.b);
  std::vector<RecordId> labels(records);
  std::iota(labels.begin(), labels.end(), RecordId{0});
  // Components of two, the most frequent by far, need no more than their link.
  std::vector<std::uint32_t> size(records, 0);
  for (std::size_t i = 0; i < records; ++i) ++size[whole.find(i)];
  struct Part {
    std::vector<RecordId> members;
    std::vector<Link> links;
    std::vector<Bound> bounds;
  };
  std::map<std::size_t, Part> parts;
  std::vector<bool> bound_root(records, false);
  for (const Bound& bound : bounds) bound_root[whole.find(bound.a)] = bound_root[whole.find(bound.b)] = true;
  const auto plain_pair = [&](std::size_t root) { return size[root] == 2 && !bound_root[root]; };
  for (std::size_t i = 0; i < records; ++i) {
    const std::size_t root = whole.find(i);
    if (size[root] < 2) continue;
    if (plain_pair(root))
      labels[i] = static_cast<RecordId>(std::min(root, i)), labels[root] = labels[i];
    else
      parts[root].members.push_back(static_cast<RecordId>(i));
  }
  for (const Link& link : links)
    if (const std::size_t root = whole.find(link.a);
        size[root] > 1 && root == whole.find(link.b) && !plain_pair(root))
      parts[root].links.push_back(link);
  for (const Bound& bound : bounds)
    if (const std::size_t root = whole.find(bound.a); root == whole.find(bound.b))
      parts[root].bounds.push_back(bound);
  const Work work{labels, rank, score};
  for (auto& [root, part] : parts)
    refine(work, std::move(part.members), std::move(part.links), part.bounds, 0);
  return labels;
}

}  // namespace cordon::resolve
