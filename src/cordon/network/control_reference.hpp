// The rules once more, slow and obvious: no graph, no queue; every party is weighed again and again against
// every statement until nothing changes. Shares are whole numbers of 1e-7 percent, so all sums are exact.
// One source file only; vessels are not treated apart.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "cordon/network/control.hpp"

namespace cordon::network::reference {

using Parties = std::set<std::string>;

struct Question {
  const std::vector<model::Relation>& relations;
  RuleVersion rule;
  base::Date day;
};

inline bool carries_anything(const model::Relation& r, const Question& q) {
  return r.status != model::Status::withdrawn && r.status != model::Status::set_aside &&
         holds(r.start, r.end, q.day) != Holds::no;
}
inline bool is_soft(const model::Relation& r, const Question& q) {
  return r.status == model::Status::alleged || r.status == model::Status::denied ||
         holds(r.start, r.end, q.day) == Holds::maybe;
}
inline bool is_joint(const model::Relation& r) {
  return r.role == "joint arrangement";
}

// Parties whose holdings are counted: those in, and (where the rule says so) all joined to them. sure: only
// by arrangements that are certain.
inline Parties counted(const Question& q, const Parties& in, bool sure) {
  Parties all = in;
  if (!q.rule.joint) return all;
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& r : q.relations) {
      if (!is_joint(r) || !carries_anything(r, q) || (sure && is_soft(r, q))) continue;
      if (all.contains(r.from) != all.contains(r.to)) {
        all.insert(r.from);
        all.insert(r.to);
        changed = true;
      }
    }
  }
  return all;
}

// level 1: certain; 2: possible; 3: with unknown shares.
// certain: the parties of level 1; only their holdings matter, whatever the size, to a rule without a number.
inline bool caught(const Question& q, const std::string& party, const Parties& in, const Parties& certain,
                   int level) {
  const Parties holders = counted(q, in, level == 1);
  for (const bool votes : {false, true}) {
    if (votes && !q.rule.votes) continue;
    std::int64_t sum = 0;
    bool unknown = false, by_certain = false;
    for (const auto& r : q.relations) {
      if (r.kind != model::RelationKind::ownership || (r.role == "votes") != votes || is_joint(r)) continue;
      if (r.to != party || r.from == party || !holders.contains(r.from) || !carries_anything(r, q)) continue;
      by_certain = by_certain || (certain.contains(r.from) && (!r.share_max || *r.share_max > 0));
      if (!r.share_min) {
        unknown = true;
      } else if (level > 1) {
        sum += std::llround(*r.share_max * 1e7);
      } else if (!is_soft(r, q)) {
        sum += std::llround(*r.share_min * 1e7);
      }
    }
    if (q.rule.reached(sum)) return true;
    if (level > 1 && !q.rule.threshold && by_certain) return true;
    if (level > 2 && unknown) return true;
  }
  for (const auto& r : q.relations) {
    const Carries carries = q.rule.carries[static_cast<std::size_t>(r.kind)];
    if (carries == Carries::no || !carries_anything(r, q) || is_joint(r)) continue;
    if (r.kind == model::RelationKind::ownership) continue;
    if (level == 1 && (carries == Carries::possible || is_soft(r, q))) continue;
    const bool with = r.to == party && in.contains(r.from) && r.kind != model::RelationKind::acting_for;
    const bool against =
        r.from == party && in.contains(r.to) &&
        (r.kind == model::RelationKind::acting_for || r.kind == model::RelationKind::same_as);
    if (with || against) return true;
  }
  return false;
}

inline void close(const Question& q, Parties& in, const Parties& certain, const Parties& everyone,
                  int level) {
  for (bool changed = true; changed;) {
    changed = false;
    for (const std::string& party : everyone)
      if (!in.contains(party) && caught(q, party, in, certain, level)) changed = in.insert(party).second;
  }
}

inline std::map<std::string, Verdict> verdicts(const std::vector<model::Relation>& relations,
                                               const std::vector<std::string>& listed,
                                               const RuleVersion& rule, const base::Date& day) {
  const Question q{relations, rule, day};
  Parties everyone(listed.begin(), listed.end());
  for (const auto& r : relations) {
    everyone.insert(r.from);
    everyone.insert(r.to);
  }
  std::map<std::string, Verdict> result;
  for (const std::string& party : everyone) result[party] = Verdict::no;
  std::vector<Parties> starts;
  if (rule.aggregate) {
    starts.emplace_back(listed.begin(), listed.end());
  } else {
    for (const std::string& person : listed) starts.push_back({person});
  }
  constexpr std::array kVerdicts{Verdict::blocked, Verdict::possible, Verdict::unknown};
  for (const Parties& start : starts) {
    Parties in = start, certain;
    for (int level = 1; level <= 3; ++level) {
      close(q, in, certain, everyone, level);
      if (level == 1) certain = in;
      for (const std::string& party : in) result[party] = std::max(result[party], kVerdicts.at(level - 1));
    }
  }
  return result;
}

}  // namespace cordon::network::reference
