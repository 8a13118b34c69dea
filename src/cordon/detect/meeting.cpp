// Where two silent vessels can have met: a search over places. In crowded waters many pairs are asked about,
// so each step leaves out what cannot change the answer.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>

#include "cordon/detect/gap.hpp"
#include "cordon/detect/ways.hpp"

namespace cordon::detect {
namespace {

constexpr double kRadians = 3.14159265358979323846 / 180.0;
constexpr double kNowhere = -std::numeric_limits<double>::infinity();
// Two steps either side of the best are searched again with a grid six times finer.
constexpr int kHalf = 12, kSide = 2 * kHalf + 1, kRounds = 3;

// Whether any place could do: each ship must get from its own start to its own end, from its start to the
// other's end, and both together across what lies between their starts (ends), all with the stay in between.
// Straight ways are the shortest, so what fails here fails at every place; distances on the plane are wrong
// by up to 0.5 % each.
bool can_meet(const Gap& a, const Gap& b, double min_stay_h) {
  const double slack = 1.02, va = a.cruise_kn() * base::kKnotMs, vb = b.cruise_kn() * base::kKnotMs;
  const auto seconds = [&](base::TimeMs from, base::TimeMs to) {
    return static_cast<double>(to - from) / 1000 - min_stay_h * 3600;
  };
  const auto within = [&](const Report& from, const Report& to, double metres) {
    return near_within(from.at, to.at, slack * metres);
  };
  const base::TimeMs first_end = std::min(a.to.time, b.to.time),
                     last_start = std::max(a.from.time, b.from.time);
  const double fastest = std::max(va, vb);
  return within(a.from, a.to, va * seconds(a.from.time, a.to.time)) &&
         within(b.from, b.to, vb * seconds(b.from.time, b.to.time)) &&
         within(a.from, b.to, fastest * seconds(a.from.time, b.to.time)) &&
         within(b.from, a.to, fastest * seconds(b.from.time, a.to.time)) &&
         within(a.from, b.from,
                va * seconds(a.from.time, first_end) + vb * seconds(b.from.time, first_end)) &&
         within(a.to, b.to, va * seconds(last_start, a.to.time) + vb * seconds(last_start, b.to.time));
}

// What no place can exceed: no way is shorter than the straight one, no course fits better than exactly.
double most_odds(const Gap& gap) {
  return 0.5 * nearness_odds(0.98 * near_distance_m(gap.from.at, gap.to.at)) +
         course_odds(0) * (tells_course(gap.from) + tells_course(gap.to));
}

// A latitude's sine and cosine: places of one row of the search share them.
struct Latitude {
  std::int32_t e7 = base::LatLon::kNone;
  double sine = 0, cosine = 1;
  void be(const base::LatLon& at) {
    if (at.lat_e7 == e7) return;
    e7 = at.lat_e7;
    sine = std::sin(at.lat() * kRadians);
    cosine = std::cos(at.lat() * kRadians);
  }
};

// What the course at one end of a gap says of places.
class End {
 public:
  End(const Report& report, bool leaves) : at_(report.at), leaves_(leaves), tells_(tells_course(report)) {
    latitude_.be(at_);
    if (!tells_) return;
    course_deg_ = report.cog_ddeg * 0.1;
    north_ = std::cos(course_deg_ * kRadians);
    east_ = std::sin(course_deg_ * kRadians);
  }
  double odds(const base::LatLon& place, double way_m) const {
    if (!tells_ || way_m <= kCourseSilentM) return 0;
    return course_odds(
        turn_deg(course_deg_, leaves_ ? base::bearing_deg(at_, place) : base::bearing_deg(place, at_)));
  }
  // At least that, and little more, without a function of an angle: the chord of the turn is shorter than its
  // arc.
  double most(const base::LatLon& place, const Latitude& there, double way_m) const {
    if (!tells_ || way_m <= kCourseSilentM) return 0;
    std::int64_t lon = std::int64_t{place.lon_e7} - at_.lon_e7;
    if (lon > 1'800'000'000) lon -= 3'600'000'000;
    if (lon < -1'800'000'000) lon += 3'600'000'000;
    const double d = static_cast<double>(leaves_ ? lon : -lon) * 1e-7 * kRadians, d2 = d * d;
    if (d2 > 0.09) return course_odds(0);  // the series below are good to 1e-6 up to 0.3 = 17 degrees
    const Latitude &from = leaves_ ? latitude_ : there, &to = leaves_ ? there : latitude_;
    const double cosine = 1 - d2 * (0.5 - d2 / 24), sine = d * (1 - d2 * (1.0 / 6 - d2 / 120));
    // The first direction of the great circle, not of length 1.
    const double north = from.cosine * to.sine - from.sine * to.cosine * cosine, east = sine * to.cosine;
    const double along = north * north_ + east * east_, square = north * north + east * east;
    constexpr double kWide = 0.585;  // cosine of 54 degrees: course_odds() is at its least from 53 on
    if (along <= 0 || along * along < kWide * kWide * square) return course_odds(180);
    constexpr double kScale = 30 * kRadians;
    return 1.2 - 1.2 * 2 * (1 - along / std::sqrt(square)) / (kScale * kScale) + 1e-3;
  }

 private:
  base::LatLon at_;
  bool leaves_, tells_;
  Latitude latitude_;
  double course_deg_ = 0, north_ = 0, east_ = 0;
};

class Search {
 public:
  Search(const Gap& a, const Gap& b, double min_stay_h)
      : gaps_{&a, &b},
        mps_{a.cruise_kn() * base::kKnotMs, b.cruise_kn() * base::kKnotMs},
        ends_{End(a.from, true), End(a.to, false), End(b.from, true), End(b.to, false)},
        min_stay_h_(min_stay_h) {
    for (std::size_t i = 0; i < 2; ++i) farthest_m_[i] = mps_[i] * (gaps_[i]->length_h() - min_stay_h) * 3600;
  }

  // From the middle of the four ends outwards, then around the best with finer grids.
  std::optional<MeetingPlace> run() {
    const std::array<const Report*, 4> reports{&gaps_[0]->from, &gaps_[0]->to, &gaps_[1]->from,
                                               &gaps_[1]->to};
    double north = 0, east = 0, reach = 40e3;
    for (const Report* end : reports) {
      const Offset offset = offset_m(reports[0]->at, end->at);
      north += offset.north_m / 4;
      east += offset.east_m / 4;
    }
    base::LatLon centre = moved(reports[0]->at, north, east);
    for (const Report* end : reports) reach = std::max(reach, near_distance_m(centre, end->at) * 1.2);
    reach = std::min(reach, 400e3);
    for (int round = 0; round < kRounds; ++round) {
      around(centre, reach);
      if (!best_) return best_;
      centre = best_->at;
      reach /= kHalf / 2;
    }
    return best_;
  }

 private:
  // Ways and times of one of the two, as ways() tells them. False where there is no time to stay: long ways
  // on the sphere cost ten times those on the plane, which below 70 degrees and 1,500 km is wrong by less
  // than 2 % and often shows that a place lies too far away.
  bool reaches(std::size_t which, const base::LatLon& place, Visit& out) const {
    const Gap& gap = *gaps_[which];
    const double to_m = offset_m(gap.from.at, place).length_m(),
                 from_m = offset_m(place, gap.to.at).length_m();
    const bool low = std::abs(place.lat_e7) < 700'000'000;
    if (low && (to_m + from_m) * 0.97 > farthest_m_[which] && to_m + from_m < 1500e3) return false;
    const auto nearly = [](double quick, const base::LatLon& a, const base::LatLon& b) {
      const bool plain = quick < 300e3 && std::abs(a.lat_e7) < 700'000'000;
      return plain ? quick : near_distance_m(a, b);
    };
    out.to_m = nearly(to_m, gap.from.at, place);
    out.from_m = nearly(from_m, place, gap.to.at);
    out.arrive = gap.from.time + static_cast<base::TimeMs>(out.to_m / mps_[which] * 1000);
    out.leave = gap.to.time - static_cast<base::TimeMs>(out.from_m / mps_[which] * 1000);
    return out.stay_h() >= min_stay_h_;
  }

  struct Stay {
    Visit a, b;
    base::TimeMs begin = 0, end = 0;
    double odds = kNowhere;  // without the courses
  };
  Stay stay(const base::LatLon& place) const {
    Stay out;
    if (!reaches(0, place, out.a) || !reaches(1, place, out.b)) return out;
    out.begin = std::max(out.a.arrive, out.b.arrive);
    out.end = std::min(out.a.leave, out.b.leave);
    if (hours(out.end - out.begin) < min_stay_h_) return out;
    // Two ships that meet arrive and leave together; waiting alone for hours is less likely.
    out.odds =
        -0.25 * (hours(std::abs(out.a.arrive - out.b.arrive)) + hours(std::abs(out.a.leave - out.b.leave)));
    for (const Visit* v : {&out.a, &out.b}) out.odds += 0.5 * nearness_odds(v->to_m + v->from_m);
    return out;
  }

  double most(const Stay& stay, const base::LatLon& place) {
    if (stay.odds == kNowhere) return kNowhere;
    there_.be(place);
    return stay.odds + ends_[0].most(place, there_, stay.a.to_m) +
           ends_[1].most(place, there_, stay.a.from_m) + ends_[2].most(place, there_, stay.b.to_m) +
           ends_[3].most(place, there_, stay.b.from_m);
  }

  MeetingPlace judged(const base::LatLon& place) const {
    const Stay there = stay(place);
    double odds = there.odds;
    odds += ends_[0].odds(place, there.a.to_m) + ends_[1].odds(place, there.a.from_m);
    odds += ends_[2].odds(place, there.b.to_m) + ends_[3].odds(place, there.b.from_m);
    return {place, there.begin, there.end, odds};
  }

  // The best of a grid, the first of equals. Only places that may be the best are judged exactly.
  void around(const base::LatLon& centre, double reach) {
    const auto place = [&](std::size_t i) {
      const int row = static_cast<int>(i) / kSide - kHalf, column = static_cast<int>(i) % kSide - kHalf;
      return moved(centre, reach * row / kHalf, reach * column / kHalf);
    };
    std::size_t likely = 0;
    for (std::size_t i = 0; i < most_.size(); ++i) {
      const base::LatLon at = place(i);
      most_[i] = most(stay(at), at);
      if (most_[i] > most_[likely]) likely = i;
    }
    if (most_[likely] == kNowhere) return;
    double least = judged(place(likely)).odds;
    if (best_) least = std::max(least, best_->odds);
    for (std::size_t i = 0; i < most_.size(); ++i) {
      if (most_[i] + 1e-9 < least) continue;  // sums of other orders round apart
      const MeetingPlace found = judged(place(i));
      if (best_ && found.odds <= best_->odds) continue;
      best_ = found;
      least = std::max(least, found.odds);
    }
  }

  std::array<const Gap*, 2> gaps_;
  std::array<double, 2> mps_;
  std::array<End, 4> ends_;
  double min_stay_h_;
  std::array<double, 2> farthest_m_{};  // way that leaves time to stay
  Latitude there_;
  std::array<double, kSide * kSide> most_;
  std::optional<MeetingPlace> best_;
};

}  // namespace

std::optional<MeetingPlace> meeting_place(const Gap& a, const Gap& b, double min_stay_h, double least) {
  if (most_odds(a) + most_odds(b) < least || !can_meet(a, b, min_stay_h)) return {};
  return Search(a, b, min_stay_h).run();
}

}  // namespace cordon::detect
