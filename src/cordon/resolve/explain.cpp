#include "cordon/resolve/explain.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <queue>
#include <string>
#include <utility>

#include "cordon/base/text.hpp"
#include "cordon/resolve/state.hpp"

namespace cordon::resolve {
namespace {

double as_bits(Bits bits) {
  return static_cast<double>(bits) / kBit;
}

// What the records say in the columns of a field, as printed.
std::string printed(const Table& table, const Field& field, RecordId record) {
  std::string out;
  for (const std::uint32_t column : field.columns)
    table.each(column, record, [&](ValueId id) {
      if (!out.empty()) out += ' ';
      out += table.columns()[column].values[id];
    });
  return base::printable(out);
}

// "one in 1,200" of a chance in bits.
std::string one_in(double bits) {
  const double times = std::exp2(std::abs(bits));
  if (times < 10) return fmt::format("{:.1f}", times);
  return times < 1e15 ? fmt::format("{:.0f}", times) : fmt::format("{:.0e}", times);
}

std::string sentence(const FieldValues& field, std::uint8_t level, Bits weight) {
  const std::string_view how = levels_of(field.type())[level];
  const std::string& name = field.field().name;
  const double bits = as_bits(weight);
  if (std::abs(bits) < 0.05) return fmt::format("{} {}: that tells nothing.", name, how);
  return fmt::format("{} {}: {} times likelier if they are {}.", name, how, one_in(bits),
                     bits > 0 ? "one" : "two");
}

}  // namespace

std::vector<RecordId> Resolver::State::chain(RecordId a, RecordId b) const {
  std::vector<RecordId> members;
  for (RecordId record = 0; record < table.size(); ++record)
    if (label[record] == label[a]) members.push_back(record);
  // Of the widest way, the weakest link is as strong as possible.
  constexpr std::size_t kMost = 48;
  if (members.size() > kMost) return {};
  std::vector<Bits> width(members.size(), std::numeric_limits<Bits>::min());
  std::vector<std::size_t> before(members.size(), members.size());
  std::vector<bool> done(members.size(), false);
  const auto at = [&](RecordId record) {
    return static_cast<std::size_t>(std::find(members.begin(), members.end(), record) - members.begin());
  };
  width[at(a)] = std::numeric_limits<Bits>::max();
  for (;;) {
    std::size_t next = members.size();
    for (std::size_t i = 0; i < members.size(); ++i)
      if (!done[i] && (next == members.size() || width[i] > width[next])) next = i;
    if (next == members.size() || members[next] == b) break;
    done[next] = true;
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (done[i]) continue;
      const int decided = decision_on(bounds, members[next], members[i]);
      const bool same = decided >= 0 && bounds[static_cast<std::size_t>(decided)].kind == Bound::Kind::same;
      const Bits link = same ? std::numeric_limits<Bits>::max() : score(members[next], members[i]);
      if (const Bits through = std::min(width[next], link); through > width[i])
        width[i] = through, before[i] = next;
    }
  }
  std::vector<RecordId> way;
  for (std::size_t i = at(b); i < members.size(); i = before[i]) way.push_back(members[i]);
  std::reverse(way.begin(), way.end());
  return way;
}

base::Result<Explanation> Resolver::explain(std::string_view left, std::string_view right) const {
  const State& state = *state_;
  const RecordId a = state.table.find(left), b = state.table.find(right);
  for (const auto& [record, id] : {std::pair(a, left), std::pair(b, right)})
    if (record == size()) return base::fail("no record has the id '{}'", base::printable(id));
  if (a == b)
    return base::fail("'{}' and '{}' are one record: expected two", base::printable(left),
                      base::printable(right));
  Explanation out;
  out.left = left, out.right = right;
  const double prior = as_bits(state.model.prior());
  const Evidence evidence = compare_records(state.fields, a, b);
  for (std::size_t f = 0; f < state.fields.size(); ++f) {
    const Outcome found = compare_field(state.fields, f, a, b, evidence);
    if (found.level == kMissing) continue;
    const Bits weight = state.model.weight(f, found.level) - found.chance;
    const Field& field = state.fields[f].field();
    out.steps.push_back({field.name, printed(state.table, field, a), printed(state.table, field, b),
                         as_bits(weight), 0, sentence(state.fields[f], found.level, weight)});
  }
  std::stable_sort(out.steps.begin(), out.steps.end(),
                   [](const Step& x, const Step& y) { return std::abs(x.bits) > std::abs(y.bits); });
  out.steps.insert(out.steps.begin(),
                   {"start", "", "", prior, 0,
                    fmt::format("Of all pairs of records about one in {} is of one party.", one_in(prior))});
  if (const Bits apart = state.model.score(evidence) - state.model.against_strangers(evidence); apart < 0)
    out.steps.push_back(
        {"household", "", "", as_bits(apart), 0,
         "Two people of one household would share most of this: what tells them apart counts alone."});
  for (Step& step : out.steps) out.bits += step.bits, step.total = out.bits;
  out.probability = 1 / (1 + std::exp2(-std::clamp(out.bits, -1000.0, 1000.0)));
  out.together = state.label[a] == state.label[b];
  const int decided = decision_on(state.bounds, a, b);
  if (decided >= 0) {
    const Decision& decision = state.decisions[static_cast<std::size_t>(decided)];
    std::string by;
    for (const std::string& part : {decision.who, decision.when, decision.note})
      if (!part.empty()) by += (by.empty() ? " by " : ", ") + base::printable(part);
    out.verdict = fmt::format("Decided {}{}. They stand in {}.", to_string(decision.ruling), by,
                              out.together ? "one cluster" : "two clusters");
    return out;
  }
  if (!out.together) {
    out.verdict =
        out.bits > 0
            ? "Two clusters: the evidence between these two is for one party, but their clusters as a "
              "whole speak against it."
            : "Two clusters: the evidence is for two parties.";
  } else if (out.bits > 0) {
    out.verdict = "One cluster: the evidence is for one party.";
  } else {
    out.verdict = "One cluster, though not by the evidence between these two alone";
    std::string names;
    const auto way = state.chain(a, b);
    for (const RecordId record : way)
      if (record != a && record != b)
        names += (names.empty() ? ": joined through " : ", ") + std::string(state.table.id(record));
    out.verdict += base::printable(names) + ".";
  }
  return out;
}

}  // namespace cordon::resolve
