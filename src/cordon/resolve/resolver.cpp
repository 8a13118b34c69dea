#include "cordon/resolve/resolver.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "cordon/base/parallel.hpp"
#include "cordon/resolve/radix.hpp"
#include "cordon/resolve/state.hpp"
#include "cordon/resolve/union_find.hpp"

namespace cordon::resolve {
namespace {

// Below this many records every pair is compared.
constexpr std::size_t kCompareAll = 256;
// Records on which keys are tried; pairs from which the model learns.
constexpr std::size_t kSample = 2048, kRandomPairs = 10000, kLearnPairs = 30000;
// In fewer records dependence between fields cannot be counted and is believed from the start.
constexpr std::size_t kFewRecords = 1000;
// Links below this are forgotten: no average lifts them.
constexpr Bits kKeepLink = -8 * kBit;
// How far from even a pair may stand for its evidence to be weighed anew with the parties' own frequencies.
constexpr Bits kUncertain = 24 * kBit;

// Many comparisons a record while that is cheap, few where there are many records.
std::size_t pair_budget(std::size_t records) {
  return std::max(2 * records, std::min<std::size_t>(60 * records, 300000));
}

std::vector<Candidate> every_pair(std::span<const RecordId> records) {
  std::vector<Candidate> pairs;
  for (std::size_t i = 0; i < records.size(); ++i)
    for (std::size_t j = i + 1; j < records.size(); ++j)
      pairs.push_back({std::min(records[i], records[j]), std::max(records[i], records[j]), 1});
  return pairs;
}

// Pairs drawn without regard to anything: order is random to begin with.
std::vector<Candidate> random_pairs(std::span<const RecordId> order) {
  std::vector<Candidate> pairs;
  for (std::uint64_t i = 0; i < kRandomPairs; ++i) {
    const RecordId a = order[mix(i, 1) % order.size()], b = order[mix(i, 2) % order.size()];
    if (a != b) pairs.push_back({std::min(a, b), std::max(a, b), 1});
  }
  return pairs;
}

// The records that share their group with others, each group's one after the other. records: ascending.
std::vector<RecordId> not_alone(std::span<const RecordId> group, std::span<const RecordId> records) {
  std::vector<std::uint32_t> size(group.size(), 0);
  for (const RecordId record : records) ++size[group[record]];
  std::vector<std::uint64_t> entries, scratch;
  for (const RecordId record : records)
    if (size[group[record]] > 1) entries.push_back(std::uint64_t{group[record]} << 32 | record);
  radix_sort(entries, scratch, 32, 64);
  std::vector<RecordId> found;
  for (const std::uint64_t entry : entries) found.push_back(static_cast<RecordId>(entry));
  return found;
}

// Chao's estimate from how many true pairs one key alone reached, and how many two: a lower bound of the
// share that none reached.
double reached_share(double once, double twice, double all) {
  if (all == 0) return 1;
  const double unseen = once * std::max(once - 1, 0.0) / (2 * (twice + 1));
  return all / (all + unseen);
}

}  // namespace

Bits Resolver::State::score(RecordId a, RecordId b) const {
  return model.score(compare_records(fields, a, b));
}

// Records lie anywhere: while those of `records` up to `at` are worked on, the memory is asked for the rows
// of later ones, then for their values, then their words.
void Resolver::State::ahead(std::span<const RecordId> records, std::size_t at) const {
  constexpr std::size_t kRows = 48, kValues = 24, kWords = 10;
  if (at + kRows < records.size()) __builtin_prefetch(cells->at.data() + records[at + kRows] * cells->fields);
  if (at + kValues < records.size())
    for (const FieldValues& field : fields) field.prefetch(records[at + kValues]);
  if (at + kWords < records.size())
    for (const FieldValues& field : fields) field.prefetch_words(records[at + kWords]);
}

std::vector<Evidence> Resolver::State::compare(std::span<const Candidate> pairs) const {
  std::vector<Evidence> evidence(pairs.size());
  base::parallel_for(pairs.size(), 4096, [&](std::size_t begin, std::size_t end) {
    // Records lie anywhere: the memory is asked for a pair's rows, then its values, then their words, while
    // earlier pairs are compared.
    constexpr std::size_t kRows = 24, kValues = 12, kWords = 5;
    for (std::size_t i = begin; i < end; ++i) {
      if (i + kRows < end)
        for (const RecordId record : {pairs[i + kRows].a, pairs[i + kRows].b})
          __builtin_prefetch(cells->at.data() + record * cells->fields);
      if (i + kValues < end)
        for (const RecordId record : {pairs[i + kValues].a, pairs[i + kValues].b})
          for (const FieldValues& field : fields) field.prefetch(record);
      if (i + kWords < end)
        for (const RecordId record : {pairs[i + kWords].a, pairs[i + kWords].b})
          for (const FieldValues& field : fields) field.prefetch_words(record);
      evidence[i] = compare_records(fields, pairs[i].a, pairs[i].b);
    }
  });
  return evidence;
}

void Resolver::State::read_fields() {
  plan = plan_fields(table);
  cells->fields = plan.fields.size();
  cells->at.assign(table.size() * cells->fields, 0);
  for (const Field& field : plan.fields) fields.emplace_back(field, plan, table, cells, fields.size());
  // Some records at a time through all fields, so that their values are still near when they are ranked.
  constexpr RecordId kAtOnce = 1024;
  const auto count = static_cast<RecordId>(table.size());
  rank.resize(count);
  for (RecordId from = 0; from < count; from += std::min(kAtOnce, count - from)) {
    const RecordId to = from + std::min(kAtOnce, count - from);
    for (FieldValues& field : fields) field.append(table, from, to);
    for (RecordId record = from; record < to; ++record) rank[record] = rank_of(record);
  }
  for (FieldValues& field : fields) field.count_words();
}

std::uint64_t Resolver::State::rank_of(RecordId record) const {
  std::uint64_t rank_now = 0;
  for (std::size_t f = 0; f < fields.size(); ++f) {
    std::uint64_t sum = 0;
    for (const ValueId id : fields[f].cell(record)) sum += mix(fields[f].value(id).hash, f);
    if (sum != 0) rank_now = mix(rank_now, sum);
  }
  return rank_now;
}

bool Resolver::State::same_content(RecordId a, RecordId b) const {
  if (rank[a] != rank[b] || rank[a] == 0) return false;
  return std::all_of(fields.begin(), fields.end(), [&](const FieldValues& field) {
    return std::ranges::equal(field.cell(a), field.cell(b));
  });
}

// Records of the same content are compared once: a register that holds a row a thousand times must not make
// half a million pairs.
void Resolver::State::find_twins() {
  const std::size_t count = table.size();
  twin.resize(count);
  std::vector<std::uint64_t> entries(count), scratch;
  for (RecordId record = 0; record < count; ++record) {
    twin[record] = record;
    entries[record] = (rank[record] & 0xFFFFFFFF00000000u) | record;
  }
  radix_sort(entries, scratch, 32, 64);
  // Half of the rank ordered them; what ties is ordered by the whole.
  for (std::size_t from = 0, to = 0; from < count; from = to) {
    while (to < count && entries[to] >> 32 == entries[from] >> 32) ++to;
    if (to - from > 1)
      std::sort(entries.begin() + static_cast<std::ptrdiff_t>(from),
                entries.begin() + static_cast<std::ptrdiff_t>(to), [&](std::uint64_t x, std::uint64_t y) {
                  const auto a = static_cast<RecordId>(x), b = static_cast<RecordId>(y);
                  return std::pair(rank[a], a) < std::pair(rank[b], b);
                });
  }
  // Among equal ranks records ascend, so that the first of a content is found first.
  for (std::size_t i = 1; i < count; ++i)
    for (std::size_t j = i; j-- > 0 && entries[j] >> 32 == entries[i] >> 32;) {
      const auto a = static_cast<RecordId>(entries[i]), b = static_cast<RecordId>(entries[j]);
      if (!same_content(a, b)) continue;
      twin[a] = twin[b];
      break;
    }
  order.reserve(count);
  for (const std::uint64_t entry : entries) order.push_back(static_cast<RecordId>(entry));
}

void Resolver::State::resolve() {
  const std::size_t count = table.size();
  // For work on all of them the records' own order is kinder to the memory.
  std::vector<RecordId> ascending;
  ascending.reserve(order.size());
  for (RecordId record = 0; record < count; ++record)
    if (twin[record] == record) ascending.push_back(record);
  const auto count_together = [&](const std::vector<RecordId>& group, std::span<const RecordId> records) {
    const std::vector<RecordId> together = not_alone(group, records);
    for (std::size_t from = 0, to = 0; from < together.size(); from = to) {
      for (; to < together.size() && group[together[to]] == group[together[from]]; ++to) ahead(together, to);
      for (FieldValues& field : fields) field.count_as_one(std::span(together).subspan(from, to - from));
    }
    for (FieldValues& field : fields) table_chances(field);
  };
  std::vector<RecordId> everyone(count);
  std::iota(everyone.begin(), everyone.end(), RecordId{0});
  count_together(twin, everyone);

  const std::span<const RecordId> sample(order.data(), std::min(order.size(), kSample + order.size() / 64));
  const bool all = order.size() <= kCompareAll;
  const std::size_t budget = pair_budget(order.size());
  keys = choose_keys(fields, sample, order.size(), budget);
  const std::vector<Candidate> pairs =
      all ? every_pair(order) : find_candidates(fields, keys, ascending, 2 * budget);
  const std::vector<Candidate> blind = all             ? pairs
                                       : order.empty() ? std::vector<Candidate>{}
                                                       : random_pairs(order);

  const double all_pairs = static_cast<double>(order.size()) * static_cast<double>(order.size() - 1) / 2;
  const std::uint64_t thin = pairs.size() / kLearnPairs + 1;
  if (order.size() < kFewRecords) learn_dependence(fields, order, {});
  std::vector<Evidence> evidence = compare(pairs);
  const std::vector<Evidence> blind_evidence = compare(blind);
  const auto learn = [&] {
    std::vector<Evidence> chosen;
    for (std::size_t i = 0; i < pairs.size(); ++i)
      if (thin == 1 || (rank[pairs[i].a] + rank[pairs[i].b]) % thin == 0) chosen.push_back(evidence[i]);
    model = Model::learn(fields, chosen, static_cast<double>(thin), blind_evidence, all_pairs,
                         static_cast<double>(order.size()));
  };
  const auto cluster = [&] {
    links.clear();
    for (std::size_t i = 0; i < pairs.size(); ++i)
      if (const Bits weight = model.score(evidence[i]); weight > kKeepLink)
        links.push_back({pairs[i].a, pairs[i].b, weight});
    label = cluster_records(count, links, bounds, rank, [&](RecordId a, RecordId b) { return score(a, b); });
  };
  learn();
  cluster();
  // Now that parties are seen, a value's frequency is how many parties have it, not how many records.
  count_together(label, ascending);
  learn_dependence(fields, order, label);
  for (std::size_t i = 0; i < pairs.size(); ++i)
    if (const Bits weight = model.score(evidence[i]); weight > -kUncertain && weight < kUncertain)
      evidence[i] = compare_records(fields, pairs[i].a, pairs[i].b);
  learn();
  cluster();
  for (RecordId record = 0; record < count; ++record)
    if (twin[record] != record && score(twin[record], record) > 0) label[record] = label[twin[record]];

  double once = 0, twice = 0, joined = 0;
  for (const Candidate& pair : pairs)
    if (label[pair.a] == label[pair.b]) ++joined, once += pair.keys == 1, twice += pair.keys == 2;
  report.records = count;
  report.pairs = pairs.size();
  report.joined_pairs = static_cast<std::size_t>(joined);
  report.reach = all ? 1 : reached_share(once, twice, joined);
  for (const Key& key : keys) report.keys.push_back(describe(fields, key));
  for (std::size_t f = 0; f < fields.size(); ++f) {
    report.fields.push_back(fmt::format("{}: {}", fields[f].field().name, to_string(fields[f].type())));
    if (fields[f].type() == FieldType::source) report.one_per_source = model.m(f, 1) < 0.03 * model.u(f, 1);
  }
  report.ignored = plan.ignored;
}

void Resolver::State::name_clusters() {
  name_of.resize(table.size());
  std::iota(name_of.begin(), name_of.end(), RecordId{0});
  report.clusters = 0;
  for (RecordId record = 0; record < table.size(); ++record) {
    if (label[record] == record)
      ++report.clusters;
    else if (table.id(record) < table.id(name_of[label[record]]))
      name_of[label[record]] = record;
  }
}

std::string_view Resolver::State::name(RecordId label_of_cluster) const {
  if (!kept_names.empty())
    if (const auto kept = kept_names.find(label_of_cluster); kept != kept_names.end()) return kept->second;
  return table.id(name_of[label_of_cluster]);
}

base::Result<Resolver> Resolver::build(Table table, std::span<const Decision> decisions) {
  if (table.size() == 0) return base::fail("{}: no records to resolve", table.name);
  auto state = std::make_unique<State>();
  state->table = std::move(table);
  auto bounds = bind_decisions(state->table, decisions, state->decisions);
  if (!bounds) return tl::unexpected(bounds.error());
  state->bounds = std::move(*bounds);
  state->read_fields();
  state->find_twins();
  // What people decided on is a record of its own, whatever others say the same.
  for (const Bound& bound : state->bounds)
    for (const RecordId record : {bound.a, bound.b}) state->twin[record] = record;
  std::erase_if(state->order, [&](RecordId record) { return state->twin[record] != record; });
  state->resolve();
  state->name_clusters();
  for (FieldValues& field : state->fields) field.frozen = true;
  return Resolver(std::move(state));
}

Resolver::Resolver(std::unique_ptr<State> state) : state_(std::move(state)) {}
Resolver::Resolver(Resolver&&) noexcept = default;
Resolver& Resolver::operator=(Resolver&&) noexcept = default;
Resolver::~Resolver() = default;

std::size_t Resolver::size() const {
  return state_->table.size();
}
const Table& Resolver::table() const {
  return state_->table;
}
const Report& Resolver::report() const {
  return state_->report;
}
const std::vector<Change>& Resolver::history() const {
  return state_->history;
}

std::string_view Resolver::cluster(RecordId record) const {
  return state_->name(state_->label[record]);
}

std::vector<RecordId> Resolver::members(RecordId record) const {
  std::vector<RecordId> found;
  for (RecordId other = 0; other < size(); ++other)
    if (state_->label[other] == state_->label[record]) found.push_back(other);
  return found;
}

}  // namespace cordon::resolve
