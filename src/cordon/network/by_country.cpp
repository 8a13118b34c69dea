#include "cordon/network/by_country.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

#include "cordon/network/fixpoint.hpp"

namespace cordon::network {
namespace {

constexpr int kSteps = 64;
constexpr double kNothing = 1e-9;
constexpr std::size_t kMostNodes = 100'000;

struct Holder {
  NodeId from;
  double min, max;  // parts of 1
};

// One entry an owner, ranges closed as far as all shares together can be at most the whole. What one file
// states of an owner adds up; two files that state one holding give a range.
std::vector<Holder> holders_of(const Graph& graph, NodeId node, const base::Date& as_of) {
  std::map<std::pair<NodeId, std::uint16_t>, Holder> stated;
  for (const Edge& edge : graph.in_edges(node)) {
    const bool owns = edge.kind == model::RelationKind::ownership &&
                      (edge.interest == Interest::shares || edge.interest == Interest::none);
    const Weight weight = owns ? weight_of(edge, as_of) : Weight::none;
    if (weight == Weight::none || edge.from == node) continue;
    auto& holder = stated.try_emplace({edge.from, edge.file}, Holder{edge.from, 0, 0}).first->second;
    holder.max += edge.known() ? percent(edge.max) / 100 : 1;
    if (edge.known() && weight == Weight::full) holder.min += percent(edge.min) / 100;
  }
  std::map<NodeId, Holder> found;
  for (const auto& [key, holder] : stated) {
    auto [at, fresh] = found.try_emplace(holder.from, holder);
    at->second.min = std::min(at->second.min, holder.min);
    at->second.max = std::max(at->second.max, holder.max);
  }
  double sure = 0;
  for (const auto& [from, holder] : found) sure += holder.min;
  std::vector<Holder> out;
  for (auto [from, holder] : found) {
    if (sure > 1) {
      holder.min /= sure;  // contradictory data: totals over the whole
      holder.max = holder.min;
    } else {
      holder.max = std::min(holder.max, 1 - (sure - holder.min));
    }
    out.push_back(holder);
  }
  return out;
}

}  // namespace

std::vector<CountryShare> ownership_by_country(const Graph& graph, NodeId node, const base::Date& as_of) {
  std::map<std::string, CountryShare, std::less<>> sums;
  const auto add = [&](std::string_view country, double least, double most) {
    auto& sum = sums[std::string(country)];
    sum.share_min += least * 100;
    sum.share_max += most * 100;
  };
  struct Flow {
    double min = 0, max = 0;
  };
  std::map<NodeId, Flow> front{{node, {1, 1}}};
  std::size_t visited = 0;
  for (int step = 0; step < kSteps && !front.empty(); ++step) {
    std::map<NodeId, Flow> next;
    for (const auto& [at, flow] : front) {
      const auto holders = ++visited > kMostNodes ? std::vector<Holder>{} : holders_of(graph, at, as_of);
      if (holders.empty()) {
        // The node itself, where nobody is known to own it, is no owner of its own.
        add(at == node ? std::string_view{} : graph.country(at), flow.min, flow.max);
        continue;
      }
      double sure = 0, possible = 0;
      for (const Holder& holder : holders) {
        sure += holder.min;
        possible += holder.max;
        auto& to = next[holder.from];
        to.min += flow.min * holder.min;
        to.max += flow.max * holder.max;
      }
      const double least_unknown = std::max(0.0, 1 - possible), most_unknown = std::max(0.0, 1 - sure);
      if (most_unknown > kNothing) add({}, flow.min * least_unknown, flow.max * most_unknown);
    }
    std::erase_if(next, [](const auto& one) { return one.second.max < kNothing; });
    front = std::move(next);
  }
  for (const auto& [at, flow] : front) add({}, flow.min, flow.max);
  std::vector<CountryShare> out;
  for (auto& [country, sum] : sums) {
    sum.country = country;
    sum.share_min = std::min(sum.share_min, 100.0);
    sum.share_max = std::min(sum.share_max, 100.0);
    out.push_back(sum);
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.share_max > b.share_max; });
  return out;
}

}  // namespace cordon::network
