// After the batch: one more record, one more decision. Only what hangs together with the records touched is
// grouped anew, by the same function as in the batch; so the order of additions does not matter.
#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <utility>

#include "cordon/base/text.hpp"
#include "cordon/resolve/read.hpp"
#include "cordon/resolve/state.hpp"

namespace cordon::resolve {

using base::fail;
using base::Result;

namespace {

// A candidate this weak is forgotten in the batch too.
constexpr Bits kKeepLink = -8 * kBit;

}  // namespace

void Resolver::State::build_reach() {
  if (reach) return;
  reach = std::make_unique<Reach>();
  reach->blocks.resize(keys.size());
  reach->links.resize(table.size());
  for (RecordId record = 0; record < table.size(); ++record) {
    if (twin[record] != record) {
      reach->twins[twin[record]].push_back(record);
      continue;
    }
    reach->alike[rank[record]].push_back(record);
    for (std::size_t k = 0; k < keys.size(); ++k)
      for (const std::uint64_t hash : hashes_of(fields, keys[k], record))
        reach->blocks[k].push_back((mix(hash, k) & 0xFFFFFFFF00000000u) | record);
  }
  for (auto& entries : reach->blocks) std::sort(entries.begin(), entries.end());
  for (const Link& link : links) reach->links[link.a].push_back(link), reach->links[link.b].push_back(link);
}

// Finds the record's links, or its twin, and makes it known to those that come after.
void Resolver::State::attach(RecordId record) {
  reach->links.resize(table.size());
  for (const RecordId other : reach->alike[rank[record]])
    if (other != record && same_content(other, record) && decision_on(bounds, other, record) < 0) {
      twin[record] = other;
      reach->twins[other].push_back(record);
      return;
    }
  twin[record] = record;
  reach->alike[rank[record]].push_back(record);
  std::vector<RecordId> found;
  for (std::size_t k = 0; k < keys.size(); ++k)
    for (const std::uint64_t hash : hashes_of(fields, keys[k], record)) {
      const std::uint64_t wanted = mix(hash, k) >> 32;
      const auto& entries = reach->blocks[k];
      const auto from = std::lower_bound(entries.begin(), entries.end(), wanted << 32);
      const auto to = std::lower_bound(from, entries.end(), (wanted + 1) << 32);
      auto& fresh = reach->fresh[mix(wanted, k + 1)];
      const std::size_t size = static_cast<std::size_t>(to - from) + fresh.size() + 1;
      if (size <= kLargestBlock) {
        for (auto at = from; at != to; ++at) found.push_back(static_cast<RecordId>(*at));
        found.insert(found.end(), fresh.begin(), fresh.end());
      }
      fresh.push_back(record);
    }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  for (const RecordId other : found) {
    if (other == record) continue;
    const Bits weight = score(other, record);
    if (weight <= kKeepLink) continue;
    const Link link{std::min(other, record), std::max(other, record), weight};
    reach->links[other].push_back(link), reach->links[record].push_back(link);
  }
}

void Resolver::State::regroup(std::span<const RecordId> touched, std::string_view because) {
  // What hangs together by positive links and by decisions, from the records touched.
  std::vector<RecordId> members;
  std::map<RecordId, RecordId> place;
  const auto visit = [&](RecordId record) {
    record = twin[record];
    if (place.emplace(record, static_cast<RecordId>(members.size())).second) members.push_back(record);
  };
  for (const RecordId record : touched) visit(record);
  for (std::size_t i = 0; i < members.size(); ++i) {
    for (const Link& link : reach->links[members[i]])
      if (link.weight > 0) visit(link.a == members[i] ? link.b : link.a);
    for (const Bound& bound : bounds)
      if (bound.kind == Bound::Kind::same && (twin[bound.a] == members[i] || twin[bound.b] == members[i]))
        visit(bound.a), visit(bound.b);
  }
  std::sort(members.begin(), members.end());
  for (std::size_t i = 0; i < members.size(); ++i) place[members[i]] = static_cast<RecordId>(i);
  std::vector<Link> own;
  std::vector<Bound> own_bounds;
  std::vector<std::uint64_t> own_rank;
  for (const RecordId record : members) {
    own_rank.push_back(rank[record]);
    for (const Link& link : reach->links[record])
      if (link.a == record && place.count(link.b) > 0)
        own.push_back({place[link.a], place[link.b], link.weight});
  }
  for (const Bound& bound : bounds)
    if (place.count(bound.a) > 0 && place.count(bound.b) > 0)
      own_bounds.push_back({place[bound.a], place[bound.b], bound.kind});
  const auto labels = cluster_records(members.size(), own, own_bounds, own_rank,
                                      [&](RecordId a, RecordId b) { return score(members[a], members[b]); });
  // Names are read before any label moves.
  std::vector<std::pair<RecordId, RecordId>> moves;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const RecordId record = members[i], now = members[labels[i]];
    moves.emplace_back(record, now);
    const auto twins = reach->twins.find(record);
    if (twins == reach->twins.end()) continue;
    const bool one = score(record, record) > 0;
    for (const RecordId other : twins->second) moves.emplace_back(other, one ? now : other);
  }
  std::vector<RecordId> all;
  std::vector<std::string> before;
  for (const auto& [record, now] : moves)
    before.push_back(label[record] == kNoLabel ? std::string() : std::string(name(label[record])));
  for (const auto& [record, now] : moves) all.push_back(record), label[record] = now;
  // A cluster's label is its smallest record, twins included.
  std::map<RecordId, RecordId> least;
  for (const RecordId record : all) {
    const auto at = least.emplace(label[record], record).first;
    at->second = std::min(at->second, record);
  }
  for (const RecordId record : all) label[record] = least.at(label[record]);
  const std::set<std::string> names(before.begin(), before.end());
  report.clusters += least.size();
  report.clusters -= names.size() - names.count("");
  settle(all, before, because);
}

void Resolver::State::settle(std::span<const RecordId> records, std::span<const std::string> before,
                             std::string_view because) {
  // Which clusters hold records of an earlier name, and the other way round.
  std::map<std::string, std::map<RecordId, std::size_t>> parts;  // earlier name -> label -> records
  std::map<RecordId, std::set<std::string>> sources;             // label -> earlier names
  std::map<RecordId, RecordId> least;                            // label -> record with the smallest id
  for (std::size_t i = 0; i < records.size(); ++i) {
    const RecordId now = label[records[i]];
    const auto at = least.emplace(now, records[i]).first;
    if (table.id(records[i]) < table.id(at->second)) at->second = records[i];
    sources[now];
    if (!before[i].empty()) ++parts[before[i]][now], sources[now].insert(before[i]);
  }
  // An earlier name goes with the record it is the id of, else with most of its records.
  std::map<RecordId, std::string> given;
  for (const auto& [name_before, labels] : parts) {
    RecordId holder = labels.begin()->first;
    for (const auto& [now, count] : labels)
      if (count > labels.at(holder)) holder = now;
    const RecordId own = table.find(name_before);
    if (own != table.size() && labels.count(label[own]) > 0) holder = label[own];
    const auto [at, fresh] = given.emplace(holder, name_before);
    if (!fresh && name_before < at->second) at->second = name_before;
  }
  for (const auto& [now, record] : least) {
    name_of[now] = record;
    kept_names.erase(now);
    if (const auto at = given.find(now); at != given.end() && at->second != table.id(record))
      kept_names[now] = at->second;
  }
  const auto note = [&](Change::Kind kind, std::vector<std::string> from, std::vector<std::string> to) {
    history.push_back({history.size() + 1, kind, std::move(from), std::move(to), std::string(because)});
  };
  for (const auto& [now, names] : sources)
    if (names.size() > 1) note(Change::Kind::joined, {names.begin(), names.end()}, {std::string(name(now))});
  for (const auto& [name_before, labels] : parts) {
    if (labels.size() < 2) continue;
    std::vector<std::string> after;
    for (const auto& [now, count] : labels) after.emplace_back(name(now));
    std::sort(after.begin(), after.end());
    note(Change::Kind::parted, {name_before}, std::move(after));
  }
}

Result<RecordId> Resolver::add(std::string_view id, const Row& row) {
  State& state = *state_;
  if (base::trim(id).empty()) return fail("a record to add needs an id, found an empty one");
  state.build_reach();
  const RecordId record = state.table.add_row(base::trim(id));
  for (const auto& [column, value] : row)
    if (const std::string_view text = base::trim(value); !text.empty() && !is_answer(plain_name(column)))
      if (const auto at = state.table.known_column(column)) state.table.put(*at, text);
  state.cells->at.resize(state.table.size() * state.cells->fields, 0);
  for (FieldValues& field : state.fields) field.append(state.table, record);
  state.rank.push_back(state.rank_of(record));
  state.twin.push_back(record), state.label.push_back(kNoLabel), state.name_of.push_back(record);
  state.attach(record);
  const std::string because = fmt::format("record {} added", base::printable(id));
  const RecordId touched[] = {record};
  state.regroup(touched, because);
  state.history.push_back(
      {state.history.size() + 1, Change::Kind::added, {}, {std::string(cluster(record))}, because});
  ++state.report.records;
  return record;
}

Result<void> Resolver::decide(const Decision& decision) {
  State& state = *state_;
  std::vector<Decision> all = state.decisions, kept;
  all.push_back(decision);
  auto bounds = bind_decisions(state.table, all, kept);
  if (!bounds) return tl::unexpected(bounds.error());
  state.build_reach();
  state.bounds = std::move(*bounds), state.decisions = std::move(kept);
  const RecordId touched[] = {state.table.find(decision.left), state.table.find(decision.right)};
  std::vector<RecordId> all_touched(touched, touched + 2);
  for (const RecordId record : touched)
    if (const RecordId twin = state.twin[record]; twin != record) {
      // A record that people decide on stands for itself.
      std::erase(state.reach->twins[twin], record);
      all_touched.push_back(twin);
      state.attach(record);
      if (state.twin[record] != record) {
        std::erase(state.reach->twins[state.twin[record]], record);
        state.twin[record] = record;
      }
    }
  std::string by;
  for (const std::string& part : {decision.who, decision.when})
    if (!part.empty()) by += (by.empty() ? " (" : ", ") + base::printable(part);
  state.regroup(all_touched, fmt::format("decided {}: {}, {}{}", to_string(decision.ruling),
                                         base::printable(decision.left), base::printable(decision.right),
                                         by.empty() ? "" : by + ")"));
  return {};
}

void Resolver::keep_names(const std::vector<std::pair<std::string, std::string>>& earlier) {
  State& state = *state_;
  std::vector<RecordId> records(size());
  std::iota(records.begin(), records.end(), RecordId{0});
  std::vector<std::string> before(size());
  for (const auto& [id, name] : earlier)
    if (const RecordId record = state.table.find(id); record != size()) before[record] = name;
  state.settle(records, before, "since the earlier run");
}

}  // namespace cordon::resolve
