// Fellegi and Sunter's model of a table: for each field and level, how often it is seen between two records
// of one party (m) and of two parties (u), and the odds before any evidence. Learned without labels.
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "cordon/resolve/compare.hpp"

namespace cordon::resolve {

// What comparing two records found: a level a field, four bits each, and the sum of the chances of values.
struct Evidence {
  std::array<std::uint64_t, kMostFields / 16> levels{};
  Bits chance = 0;
  Bits own = 0;  // the part of `chance` that is of identity numbers

  std::uint8_t level(std::size_t field) const {
    return static_cast<std::uint8_t>(levels[field / 16] >> (field % 16 * 4) & 15);
  }
};

// One field of it, given what the fields before it found.
Outcome compare_field(std::span<const FieldValues> fields, std::size_t field, RecordId a, RecordId b,
                      const Evidence& before);
Evidence compare_records(std::span<const FieldValues> fields, RecordId a, RecordId b);

// Learns FieldValues::settled_by of the fields that say where a party is (and of a person's sex and title):
// how often two records agree in the coarser field when they agree in the finer, counted on records of
// different parties. order: records that `party` tells apart; empty party: nothing is known yet.
void learn_dependence(std::span<FieldValues> fields, std::span<const RecordId> order,
                      std::span<const RecordId> party);

class Model {
 public:
  // candidates: pairs that share a key (all, or a share of 1/`thinned` of them); random: pairs drawn blindly;
  // all_pairs: how many pairs the records have. u of a level comes from the random pairs, less those that
  // look like one party; m and the odds from EM over the candidates. Priors stand in where the data are few.
  static Model learn(std::span<const FieldValues> fields, std::span<const Evidence> candidates,
                     double thinned, std::span<const Evidence> random, double all_pairs, double records);

  Bits prior() const { return prior_; }
  // Of one field's level alone, without the chance of the value.
  Bits weight(std::size_t field, std::uint8_t level) const { return weights_[field][level]; }
  // Against two strangers.
  Bits against_strangers(const Evidence& evidence) const {
    Bits sum = prior_ - evidence.chance;
    for (std::size_t field = 0; field < weights_.size(); ++field)
      sum += weights_[field][evidence.level(field)];
    return sum;
  }
  // Against two people of one household, who share what a household shares: address, phone, mail, family
  // name.
  Bits against_household(const Evidence& evidence) const {
    Bits sum = household_prior_ - evidence.own;
    for (const std::size_t field : personal_) sum += household_[field][evidence.level(field)];
    return sum;
  }
  // Only people have households; what both have a firm's or ship's name is no person.
  bool may_share_household(const Evidence& evidence) const {
    return !personal_.empty() && std::all_of(impersonal_.begin(), impersonal_.end(), [&](std::size_t field) {
      return evidence.level(field) == kMissing;
    });
  }
  // > 0: likelier one than two. The better of the two rival explanations counts.
  Bits score(const Evidence& evidence) const {
    const Bits sum = against_strangers(evidence);
    return sum > 0 && may_share_household(evidence) ? std::min(sum, against_household(evidence)) : sum;
  }
  Bits household_prior() const { return household_prior_; }
  Bits household_weight(std::size_t field, std::uint8_t level) const { return household_[field][level]; }
  std::span<const std::size_t> personal() const { return personal_; }
  double m(std::size_t field, std::uint8_t level) const { return m_[field][level]; }
  double u(std::size_t field, std::uint8_t level) const { return u_[field][level]; }

 private:
  using Levels = std::array<double, 16>;
  void set_weights(std::span<const FieldValues> fields);
  std::vector<Levels> m_, u_;
  std::vector<std::array<Bits, 16>> weights_;  // by level; kMissing weighs nothing
  Bits prior_ = 0;
  std::vector<std::size_t> personal_;            // fields that tell people of a household apart
  std::vector<std::size_t> impersonal_;          // names of organisations and ships
  std::vector<std::array<Bits, 16>> household_;  // m against a household's, by field and level
  Bits household_prior_ = 0;
};

}  // namespace cordon::resolve
