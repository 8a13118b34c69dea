// What a vessel says it is: changes of it, one ship on two numbers, and what a register or a sanctions list
// says against it. Statements are judged some hours after they are first heard, so that a garbled report, a
// typing error that is put right, or two hulls taking turns are not taken for a change.
#pragma once
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "cordon/detect/context.hpp"
#include "cordon/detect/detector.hpp"

namespace cordon::detect {

// "M/V Sun  Rise@@" -> "SUN RISE": upper case, single blanks, no padding, no prefix of a ship's kind.
std::string tidy_name(std::string_view name);
// Optimal string alignment distance (insert, delete, replace, swap of neighbours), at most `limit` + 1.
int typing_distance(std::string_view a, std::string_view b, int limit);
// Seven digits one typing error apart: one digit wrong, or two neighbours swapped.
bool imo_typo(std::uint32_t a, std::uint32_t b);
bool fishing_gear_name(std::string_view name);

class Identities {
 public:
  Identities(Context& context, std::span<const ListedVessel> listed);
  void heard(VesselId id, const model::VesselStatic& row);
  std::size_t listed() const { return listed_.size(); }
  void advance(base::TimeMs now);
  void finish() { advance(INT64_MAX); }

  template <class Archive>
  void archive(Archive& a) {
    a(users_of_imo_, told_listed_, told_mismatch_, changes_, handovers_, checks_, listed_checks_);
  }

 private:
  struct Change {
    VesselId vessel = kNoVessel;
    base::TimeMs time = 0, due = 0, since = 0;  // since: when the old statement was heard last
    Identity before, after;
    base::LatLon at;
    double speed_kn = -1;

    template <class Archive>
    void archive(Archive& a) {
      a(vessel, time, due, since, before, after, at, speed_kn);
    }
  };
  struct Handover {
    VesselId from = kNoVessel, to = kNoVessel;
    base::TimeMs due = 0;
  };
  struct Check {
    VesselId vessel = kNoVessel;
    base::TimeMs due = 0;
  };
  void judge_change(const Change& change);
  void judge_handover(const Handover& handover);
  void judge_mismatch(VesselId id);
  void judge_listed(VesselId id);
  void index_listed();
  void same_imo(VesselId id, base::TimeMs now);

  Context& context_;
  std::vector<ListedVessel> listed_;
  std::unordered_multimap<std::uint32_t, std::uint32_t> listed_by_imo_, listed_by_mmsi_;
  std::unordered_multimap<std::string, std::uint32_t> listed_by_name_;
  std::unordered_map<std::uint32_t, std::vector<VesselId>> users_of_imo_;
  std::unordered_map<std::uint64_t, double> told_listed_;  // vessel and listed party: the odds told
  std::unordered_set<std::uint64_t> told_mismatch_;        // vessel and IMO number
  std::deque<Change> changes_;
  std::deque<Handover> handovers_;
  std::deque<Check> checks_, listed_checks_;
};

}  // namespace cordon::detect
