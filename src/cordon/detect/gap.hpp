// Silences: long times without any message of a vessel, judged once the reception around it is known, and
// then explained where possible: a call at a watched port, a meeting with a vessel that lay waiting, a
// meeting of two silent vessels.
#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

#include "cordon/detect/context.hpp"
#include "cordon/detect/halts.hpp"
#include "cordon/detect/reception.hpp"

namespace cordon::detect {

struct Gap {
  VesselId vessel = kNoVessel;
  std::uint32_t number = 0;  // in order of being judged
  Report from, to;           // the last before and the first after
  double cruise_before_kn = 0, cruise_after_kn = 0;
  std::uint16_t draught_before_dm = 0, draught_after_dm = 0;
  Silence silence;
  double silence_odds = 0;  // log-odds that it is the ship's choice, from reception alone
  int began_together = 0,
      ended_together = 0;  // gaps of other vessels that began (and ended) when this one did
  bool explained = false;
  double length_h() const { return hours(to.time - from.time); }
  double cruise_kn() const;
};

// Where a silent vessel may have been. Times are those of the earliest arrival and the latest departure at
// cruising speed.
struct Visit {
  base::TimeMs arrive = 0, leave = 0;
  double to_m = 0, from_m = 0;  // ways to and from the place
  double turn_in_deg = -1,
         turn_out_deg = -1;  // angle between course and way; -1 where the course says nothing
  double stay_h() const { return hours(leave - arrive); }
};
Visit visit(const Gap& gap, const base::LatLon& place);

// A meeting place for two silent vessels: the one that both can reach, stay at for long enough, and that
// their courses before and after point to best. Nothing where there is none, or surely none of `least` odds.
struct MeetingPlace {
  base::LatLon at;
  base::TimeMs begin = 0, end = 0;
  double odds = 0;  // how well courses and ways fit
};
std::optional<MeetingPlace> meeting_place(const Gap& a, const Gap& b, double min_stay_h, double least = -1e9);

class Gaps {
 public:
  Gaps(Context& context, Halts& halts, Reception& reception)
      : context_(context), halts_(halts), reception_(reception) {}
  // In order of to.time.
  void candidate(VesselId id, const Report& from, const Report& to, double cruise_kn,
                 std::uint16_t draught_dm);
  // Judges gaps whose surroundings are settled, explains and reports those that are a day old.
  void advance(base::TimeMs now);
  void finish();

  template <class Archive>
  void archive(Archive& a) {
    a(waiting_, judged_, explained_, begun_, numbered_);
    if constexpr (!Archive::kSaving) {
      promising_.clear();
      for (Gap& gap : judged_) promise(gap);
    }
  }

 private:
  struct Explanation {
    enum class Kind : std::uint8_t { port, halt, gap } kind = Kind::port;
    double odds = 0;
    base::LatLon at;
    base::TimeMs begin = 0, end = 0;
    const Port* port = nullptr;
    Halt* halt = nullptr;
    Gap* other = nullptr;
    Visit visit;
  };
  // A gap as others see it that began at about the same time.
  struct Begun {
    VesselId vessel = kNoVessel;
    base::TimeMs from = 0;
    base::LatLon at;
  };
  void judge_first();
  void judge(Gap& gap);
  void promise(Gap& gap);
  // Log-odds against the ship's choice: silences that begin together have one cause (an outage, jamming).
  double together(Gap& gap) const;
  void explain(Gap& gap);
  std::vector<Explanation> explanations(Gap& gap);
  bool preferred_elsewhere(const Gap& gap, const Explanation& why, const std::vector<Explanation>& mine);
  std::optional<Explanation> at_port(const Gap& gap) const;
  std::optional<Explanation> at_halt(const Gap& gap, Halt& halt) const;
  std::optional<Explanation> with_gap(Gap& gap, Gap& other);
  const std::optional<MeetingPlace>& meeting(const Gap& gap, const Gap& other, double least);
  void report(Gap& gap, const Explanation& why);
  void report_gap(const Gap& gap, const Explanation* why);

  Context& context_;
  Halts& halts_;
  Reception& reception_;
  std::deque<Gap> waiting_, judged_;  // each in order of to.time
  std::uint64_t explained_ = 0;       // of judged_, how many at its front are explained
  std::deque<Gap*> promising_;        // of judged_, those that reception does not explain away
  std::map<std::int64_t, std::vector<Begun>> begun_;  // all of them, by the time they began
  std::uint32_t numbered_ = 0;
  // Answers of meeting_place(), by the numbers of both gaps.
  std::unordered_map<std::uint64_t, std::optional<MeetingPlace>> meetings_;
};

}  // namespace cordon::detect
