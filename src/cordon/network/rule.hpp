// The rules of ownership and control as data/law/ownership.json states them. Code knows no threshold.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/base/time.hpp"
#include "cordon/model/relation.hpp"
#include "cordon/network/graph.hpp"

namespace cordon::network {

enum class Rule : std::uint8_t { ofac, eu, uk, ca, un, ca_un };
inline constexpr std::array kRules{Rule::ofac, Rule::eu, Rule::uk, Rule::ca, Rule::un, Rule::ca_un};
std::string_view to_string(Rule rule);  // "OFAC" "EU" "UK" "CA" "UN" "CA-UN"
std::optional<Rule> parse_rule(std::string_view name);

// How far an edge of some kind carries control under a rule.
enum class Carries : std::uint8_t { no, possible, yes };

struct RuleVersion {
  Rule rule = Rule::ofac;
  base::Date from, until;  // in force from <= day < until
  // Held share that decides. A rule without a number in its text has no threshold: then more than half is
  // ownership on any reading, and any smaller share is possible at most.
  std::optional<Share> threshold;
  bool strictly_more = false;            // > instead of >=
  bool aggregate = false;                // holdings of all listed parties are added
  bool votes = false;                    // votes count like shares
  bool joint = false;                    // joint arrangements are added
  std::array<Carries, 16> carries{};     // by model::RelationKind
  std::string share_word;                // "owned" or "controlled": what a holding makes of a party
  std::vector<std::string> authorities;  // whose listings count
  std::string text, citation, verified_in, note;

  bool reached(std::int64_t share) const;
  bool counts(const Listing& listing) const;
};

// The version in force on a day; an empty day takes the latest. Fails where none is, or the data is broken.
base::Result<RuleVersion> rule_version(Rule rule, const base::Date& day);
// Whose designation a list entry is: "UN", "EU", ... Mostly that of the list's data set ("un_sc" -> "UN"),
// but the EU and the UK print the Security Council's designations beside their own, and say so entry by entry
// (property authority). Empty where unknown.
std::string authority_of(const model::Entity& entity);

}  // namespace cordon::network
