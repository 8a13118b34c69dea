#include "cordon/resolve/model.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace cordon::resolve {
namespace {

struct Prior {
  std::array<double, kMostLevels> m, u;
  double strength;  // in pairs of one party that the belief m is worth
};

// What registers of people, firms and ships are like before one is seen. EM moves m away from here as soon as
// the data hold more pairs of one party than `strength`; u is worth kRandomStrength random pairs.
constexpr double kRandomStrength = 200;
const Prior& prior_of(FieldType type) {
  static constexpr Prior kPerson{{.68, .15, .08, .04, .006, .01, .02, .01}, {0, 0, 0, 0, 0, 0, 0, 1}, 24};
  static constexpr Prior kOrganisation{
      {.40, .15, .15, .12, .08, .05, .05}, {0, 1e-4, 1e-3, 1e-3, 1e-2, .08, .9}, 24};
  static constexpr Prior kVessel{
      {.60, .15, .08, .06, .04, .02, .05}, {0, 1e-4, 1e-3, 1e-3, 1e-2, .08, .9}, 24};
  static constexpr Prior kDate{{.85, .08, .03, .04}, {0, 1e-3, 1e-2, .99}, 24};
  static constexpr Prior kAddress{
      {.50, .16, .06, .04, .10, .02, .04, .08}, {0, 0, 1e-4, 1e-3, 1e-3, 2e-3, .1, .9}, 24};
  static constexpr Prior kPlace{{.78, .12, .03, .07}, {0, .005, .02, .97}, 24};
  static constexpr Prior kCategory{{.88, .04, .08}, {0, .02, .7}, 24};
  static constexpr Prior kPostcode{{.80, .10, .03, .07}, {0, .01, .05, .94}, 24};
  static constexpr Prior kHouse{{.82, .08, .10}, {0, .1, .88}, 24};
  static constexpr Prior kPhone{{.65, .08, .04, .23}, {0, 0, 1e-4, 1}, 24};
  static constexpr Prior kEmail{{.70, .08, .04, .18}, {0, 1e-4, .05, .95}, 24};
  static constexpr Prior kNumber{{.86, .08, .02, .04}, {0, 1e-4, 1e-3, 1}, 24};
  // Nothing is believed of free text and of the source but that agreement is no evidence against.
  static constexpr Prior kText{{}, {0, .01, .05, .9}, 30};
  static constexpr Prior kSource{{}, {.5, .5}, 20};
  static constexpr std::array<const Prior*, 14> kPriors = {
      &kPerson,   &kOrganisation, &kVessel, &kDate,  &kAddress, &kPlace, &kCategory,
      &kPostcode, &kHouse,        &kPhone,  &kEmail, &kNumber,  &kText,  &kSource};
  return *kPriors.at(static_cast<std::size_t>(type));
}

// The chance that two records drawn at random have one and the same value.
double collision(const FieldValues& field) {
  double sum = 0;
  const double all = std::max<double>(field.filled, 1);
  for (ValueId id = 1; id <= field.distinct(); ++id) {
    const std::uint32_t count = field.value(id).count;
    sum += static_cast<double>(count) / all * (static_cast<double>(count) / all);
  }
  return sum;
}

constexpr Bits kNegligible = -14 * kBit;

double probability(Bits score) {
  if (score < kNegligible) return 0;
  if (score > -kNegligible) return 1;
  return 1 / (1 + std::exp2(-static_cast<double>(score) / kBit));
}

Bits log2_bits(double value) {
  return static_cast<Bits>(std::lround(std::log2(value) * kBit));
}

// How two people of one household compare: most share the family name, some are named after each other, a few
// are twins. Identity numbers are as between strangers.
constexpr std::array<double, 8> kHouseholdName = {.03, .01, .03, .01, .80, .04, .04, .04};
constexpr std::array<double, 4> kHouseholdDate = {.05, .005, .03, .915};
// Before the data speak, and worth so many pairs: in a register of people there are about six pairs of one
// household for a pair of records of one person.
constexpr double kHouseholds = 48, kPersons = 8;

}  // namespace

Outcome compare_field(std::span<const FieldValues> fields, std::size_t field, RecordId a, RecordId b,
                      const Evidence& before) {
  Outcome outcome = compare_cells(fields[field], a, b);
  if (outcome.chance < 0)
    for (const FieldValues::Given& given : fields[field].settled_by)
      if (before.level(given.field) <= 1) outcome.chance = std::max(outcome.chance, given.chance);
  return outcome;
}

Evidence compare_records(std::span<const FieldValues> fields, RecordId a, RecordId b) {
  Evidence evidence;
  evidence.levels.fill(~std::uint64_t{0});
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const Outcome outcome = compare_field(fields, i, a, b, evidence);
    evidence.levels[i / 16] ^= std::uint64_t{static_cast<std::uint8_t>(kMissing ^ outcome.level)}
                               << (i % 16 * 4);
    evidence.chance += outcome.chance;
    if (fields[i].type() == FieldType::number) evidence.own += outcome.chance;
  }
  return evidence;
}

void Model::set_weights(std::span<const FieldValues> fields) {
  for (std::size_t f = 0; f < fields.size(); ++f)
    for (std::uint8_t level = 0; level < levels_of(fields[f].type()).size(); ++level)
      weights_[f][level] = by_value(fields[f].type(), level) ? log2_bits(m_[f][level])
                                                             : log2_bits(m_[f][level] / u_[f][level]);
  for (const std::size_t f : personal_)
    for (std::uint8_t level = 0; level < levels_of(fields[f].type()).size(); ++level) {
      const FieldType type = fields[f].type();
      household_[f][level] = type == FieldType::person ? log2_bits(m_[f][level] / kHouseholdName[level])
                             : type == FieldType::date ? log2_bits(m_[f][level] / kHouseholdDate[level])
                                                       : weights_[f][level];
    }
}

Model Model::learn(std::span<const FieldValues> fields, std::span<const Evidence> candidates, double thinned,
                   std::span<const Evidence> random, double all_pairs, double records) {
  constexpr int kRounds = 12, kLateRounds = 2;
  constexpr double kLeast = 1e-6;
  Model model;
  const std::size_t count = fields.size();
  std::vector<Levels> prior_m(count);
  model.m_.resize(count), model.u_.resize(count), model.weights_.resize(count);
  // Of the random pairs, the share that are one party takes no part in u.
  std::vector<double> apart(random.size(), 1.0);
  const auto set_u = [&] {
    for (std::size_t f = 0; f < count; ++f) {
      const Prior& prior = prior_of(fields[f].type());
      Levels seen{};
      double sum = 0;
      for (std::size_t i = 0; i < random.size(); ++i) {
        const std::uint8_t level = random[i].level(f);
        if (level != kMissing) seen[level] += apart[i], sum += apart[i];
      }
      for (std::size_t level = 0; level < levels_of(fields[f].type()).size(); ++level)
        model.u_[f][level] =
            std::max(kLeast, (seen[level] + prior.u[level] * kRandomStrength) / (sum + kRandomStrength));
    }
  };
  set_u();
  for (std::size_t f = 0; f < count; ++f) {
    const FieldType type = fields[f].type();
    const std::size_t levels = levels_of(type).size();
    const Prior& prior = prior_of(type);
    for (std::size_t level = 0; level < levels; ++level) prior_m[f][level] = prior.m[level];
    if (type == FieldType::source) prior_m[f] = model.u_[f];
    if (type == FieldType::text) {
      // A tenth of the pairs of one party agree beyond chance.
      const double same = collision(fields[f]);
      prior_m[f][0] = same + 0.1 * (1 - same);
      const double rest = model.u_[f][1] + model.u_[f][2] + model.u_[f][3];
      for (std::size_t level = 1; level < levels; ++level)
        prior_m[f][level] = std::max(kLeast, model.u_[f][level] / rest * (1 - prior_m[f][0]));
    }
    model.m_[f] = prior_m[f];
  }
  const bool people = std::any_of(fields.begin(), fields.end(), [](const FieldValues& field) {
    return field.type() == FieldType::person && field.filled > 0;
  });
  for (std::size_t f = 0; f < count && people; ++f)
    if (const FieldType type = fields[f].type();
        type == FieldType::person || type == FieldType::date || type == FieldType::number)
      model.personal_.push_back(f);
  for (std::size_t f = 0; f < count; ++f)
    if (fields[f].type() == FieldType::organisation || fields[f].type() == FieldType::vessel)
      model.impersonal_.push_back(f);
  model.household_.resize(count);
  double matches = 0.2 * records, households = kHouseholds, persons = kPersons;
  for (int round = 0; round < kRounds; ++round) {
    model.prior_ = log2_bits(matches / std::max(all_pairs - matches, 1.0));
    model.household_prior_ = log2_bits(persons / households);
    model.set_weights(fields);
    std::vector<Levels> seen(count);
    double found = 0, lodged = 0;
    for (const Evidence& evidence : candidates) {
      const Bits score = model.score(evidence);
      const double share = probability(score);
      if (model.against_strangers(evidence) > 0 && model.may_share_household(evidence)) lodged += 1 - share;
      if (score < kNegligible) continue;
      found += share;
      for (std::size_t f = 0; f < count; ++f) seen[f][evidence.level(f)] += share;
    }
    for (std::size_t f = 0; f < count; ++f) {
      // Free text and the source say what a party is like only once parties are seen: if they had a say from
      // the start, EM would take "both are customers" for what makes two records one.
      if ((fields[f].type() == FieldType::text || fields[f].type() == FieldType::source) &&
          round < kRounds - kLateRounds)
        continue;
      const std::size_t levels = levels_of(fields[f].type()).size();
      const double strength = prior_of(fields[f].type()).strength;
      double sum = 0;
      for (std::size_t level = 0; level < levels; ++level) sum += seen[f][level];
      for (std::size_t level = 0; level < levels; ++level)
        model.m_[f][level] = std::max(
            kLeast, (seen[f][level] * thinned + prior_m[f][level] * strength) / (sum * thinned + strength));
    }
    persons = kPersons + found * thinned, households = kHouseholds + lodged * thinned;
    // A table without any duplicate still leaves the door open for one in a thousand.
    matches = std::max(found * thinned, records * 1e-3 + 1);
    if (round % 4 != 3) continue;
    for (std::size_t i = 0; i < random.size(); ++i) apart[i] = 1 - probability(model.score(random[i]));
    set_u();
  }
  model.prior_ = log2_bits(matches / std::max(all_pairs - matches, 1.0));
  model.household_prior_ = log2_bits(persons / households);
  model.set_weights(fields);
  return model;
}

namespace {

// From the finest to the coarsest; 0 is none of these.
int fineness(FieldType type) {
  switch (type) {
    case FieldType::address:
      return 4;
    case FieldType::postcode:
      return 3;
    case FieldType::place:
      return 2;
    case FieldType::category:
      return 1;
    default:
      return 0;
  }
}

}  // namespace

void learn_dependence(std::span<FieldValues> fields, std::span<const RecordId> order,
                      std::span<const RecordId> party) {
  // The belief before counting, worth so many pairs: the coarser follows from the finer.
  constexpr double kWorth = 20, kFollows = 0.9;
  constexpr std::size_t kMostRecords = 20000;
  order = order.first(std::min(order.size(), kMostRecords));
  for (std::size_t g = 0; g < fields.size(); ++g) {
    fields[g].settled_by.clear();
    for (std::size_t f = 0; f < g; ++f) {
      const bool name = fields[f].type() == FieldType::person && fields[g].type() == FieldType::category;
      if (!name &&
          (fineness(fields[g].type()) == 0 || fineness(fields[f].type()) <= fineness(fields[g].type())))
        continue;
      double both = 0, pairs = 0;
      // Each record against the last one before it with the same finer value.
      std::vector<RecordId> last(fields[f].distinct() + 1, static_cast<RecordId>(-1));
      for (const RecordId record : order) {
        const auto cell = fields[f].cell(record);
        if (cell.empty() || fields[g].cell(record).empty()) continue;
        const RecordId before = std::exchange(last[cell.front()], record);
        if (before == static_cast<RecordId>(-1) || party.empty() || party[before] == party[record]) continue;
        ++pairs, both += fields[g].cell(before).front() == fields[g].cell(record).front();
      }
      fields[g].settled_by.push_back({f, log2_bits((both + kFollows * kWorth) / (pairs + kWorth))});
    }
  }
}

}  // namespace cordon::resolve
