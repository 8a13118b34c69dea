#include "cordon/simulate/player.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "cordon/ais/units.hpp"

namespace cordon::simulate {
namespace {

constexpr double kTurn = 2 * std::numbers::pi;
constexpr std::uint8_t kTerrestrial = 1, kSatellite = 2;
// Satellites: a place is in view for some ten-minute slots, and of what is sent then a part gets through the
// collisions. Class B is too weak for most of them.
constexpr base::TimeMs kPass = 10 * base::kMinute;
constexpr unsigned kPassPercent = 40;
constexpr double kSatelliteA = 0.65, kSatelliteB = 0.15;
constexpr double kNoiseM = 6;  // one sigma of a ship's GNSS along each axis
constexpr std::size_t kMaxNaturalGaps = 2000;
constexpr std::uint32_t kHiddenReports =
    6;  // from so many lost reports on, an outage explains a hull's silence

// In AIS units, so that every output form carries the same place.
std::int32_t quantised(std::int32_t e7) {
  return static_cast<std::int32_t>(ais::to_e7(ais::from_e7(e7)));
}

}  // namespace

unsigned report_interval_s(bool class_b, const State& state) {
  if (class_b) return state.sog_kn > 2 ? 30 : 180;
  if ((state.nav_status == 1 || state.nav_status == 5) && state.sog_kn <= 3) return 180;
  return state.sog_kn <= 14 ? 10 : state.sog_kn <= 23 ? 6 : 2;
}

Player::Player(Stage& stage, const ScenarioOptions& options)
    : stage_(stage), seed_(options.seed), thin_s_(options.thin_s) {
  std::size_t size = 1;
  while (size < std::max(180U, thin_s_) * 11 / 10 + 2) size *= 2;
  ring_.resize(size);
}

void Player::run(Listener& listener) {
  first_second_ = stage_.start / base::kSecond;
  const std::int64_t last = stage_.end / base::kSecond;
  for (std::uint32_t hull = 0; hull < stage_.vessels.size(); ++hull) {
    Vessel& v = stage_.vessels[hull];
    v.last_heard = stage_.start;
    // Statics begin anywhere in their cycle, positions anywhere in their first interval.
    const unsigned interval = std::max(thin_s_, 60U);
    v.next_static =
        stage_.start + static_cast<base::TimeMs>(v.noise.below(std::max(360U, 3 * thin_s_))) * base::kSecond;
    ring_[static_cast<std::size_t>(first_second_ + v.noise.below(std::min<std::uint32_t>(
                                                       interval, static_cast<std::uint32_t>(ring_.size())))) &
          (ring_.size() - 1)]
        .push_back(hull);
  }
  std::vector<std::uint32_t> now;
  for (std::int64_t second = first_second_; second < last; ++second) {
    auto& bucket = ring_[static_cast<std::size_t>(second) & (ring_.size() - 1)];
    if (bucket.empty()) continue;
    now.clear();
    now.swap(bucket);
    std::sort(now.begin(), now.end());
    for (const std::uint32_t hull : now) report(hull, second * base::kSecond, listener);
  }
  finish();
}

void Player::schedule(std::uint32_t hull, std::int64_t second, const State& state) {
  Vessel& v = stage_.vessels[hull];
  const unsigned interval = std::max(thin_s_, report_interval_s(v.class_b, state));
  // Slots are chosen about the nominal time: a tenth to either side.
  const unsigned slack = interval / 5;
  const unsigned wait = std::max(1U, interval - slack / 2 + (slack > 0 ? v.noise.below(slack + 1) : 0));
  ring_[static_cast<std::size_t>(second + wait) & (ring_.size() - 1)].push_back(hull);
}

Player::Heard Player::hear(Vessel& v, const State& state, base::TimeMs t, std::uint32_t hull, bool& jammed) {
  bool coast = true, satellite = true;
  for (std::uint32_t i = 0; i < stage_.outages.size(); ++i) {
    const Outage& out = stage_.outages[i];
    if (!out.when.holds(t)) continue;
    if (out.kind != Outage::Kind::satellite && metres(out.centre, state.at) > out.radius_m) continue;
    if (out.kind == Outage::Kind::satellite) {
      satellite = false;
      continue;
    }
    ++hidden_[{i, hull}];
    if (out.kind == Outage::Kind::receiver) coast = false;
    if (out.kind == Outage::Kind::jamming) jammed = true;
  }
  const double draw = v.noise.unit();
  if (coast && draw < stage_.waters.coast_reception(state.at, v.class_b)) {
    return {kTerrestrial, static_cast<std::uint8_t>(stage_.waters.station(state.at))};
  }
  if (satellite) {
    const auto slot = static_cast<std::uint64_t>(t / kPass);
    const auto cell =
        static_cast<std::uint64_t>(state.at.lat / 8) * 64 + static_cast<std::uint64_t>(state.at.lon / 8);
    const std::uint64_t pass = mix(seed_ ^ (slot * 4096 + cell));
    if (pass % 100 < kPassPercent && v.noise.unit() < (v.class_b ? kSatelliteB : kSatelliteA)) {
      return {kSatellite, static_cast<std::uint8_t>((pass >> 32) % 12)};
    }
  }
  return {};
}

bool Player::lie(const Lie& what, base::TimeMs t, Vessel& v, State& state, bool& exact) const {
  const double along =
      static_cast<double>(t - what.when.start) / static_cast<double>(what.when.end - what.when.start);
  switch (what.kind) {
    case LieKind::offset:
    case LieKind::jump:
      state.at = moved(state.at, what.east_m, what.north_m);
      return true;
    case LieKind::offset_ramp: {  // drawn away over a third of the time and back over the last third
      const double share = std::clamp(std::min(along, 1 - along) * 3, 0.0, 1.0);
      state.at = moved(state.at, what.east_m * share, what.north_m * share);
      return true;
    }
    case LieKind::circle: {
      const double speed_kn = 8, radius = what.east_m;
      const double angle =
          speed_kn * 0.514444 / radius * (static_cast<double>(t - what.when.start) / 1000.0) +
          static_cast<double>(v.identity.mmsi % 628) / 100.0;
      state.at = moved(what.at, radius * std::sin(angle), radius * std::cos(angle));
      state.sog_kn = speed_kn;
      state.cog_deg = std::fmod(angle * 360 / kTurn + 90, 360);
      state.heading_deg = state.cog_deg;
      return true;
    }
    case LieKind::on_land:
      state.at = what.at;
      return true;
    case LieKind::straight:
      state.at = {what.at.lat + along * (what.to.lat - what.at.lat),
                  what.at.lon + along * (what.to.lon - what.at.lon)};
      state.cog_deg = state.heading_deg = bearing(what.at, what.to);
      state.sog_kn =
          metres(what.at, what.to) / (static_cast<double>(what.when.end - what.when.start) / 1000) / 0.514444;
      exact = true;
      return true;
    case LieKind::glitch:
    case LieKind::typo:
      return false;
  }
  return false;
}

void Player::report(std::uint32_t hull, base::TimeMs t, Listener& listener) {
  Vessel& v = stage_.vessels[hull];
  advance(v, stage_.waters, t);
  State state = state_at(v.legs.front(), t, v.cursor);
  schedule(hull, t / base::kSecond, state);
  bool jammed = false;
  const Heard heard = hear(v, state, t, hull, jammed);
  const bool silent = !v.silences.empty() && v.silent(t);
  if (heard.receiver == 0 || silent) {
    if (silent && heard.receiver != 0) {
      for (const Watched& w : v.watched) {
        if (w.when.holds(t)) ++stage_.truth.events[w.event].lost;
      }
    }
    return;
  }
  note_silence(v, t);
  const Identity& id = v.identity_at(t);
  for (const Watched& w : v.watched) {
    if (w.when.holds(t)) ++stage_.truth.events[w.event].observed[id.mmsi];
  }
  bool exact = false;
  for (Lie& l : v.lies) {
    if (!l.when.holds(t)) continue;
    if (l.kind == LieKind::glitch) {  // one report, then never again
      state.at = moved(state.at, l.east_m, l.north_m);
      l.when.end = l.when.start;
    } else {
      lie(l, t, v, state, exact);
    }
  }
  if (!exact) {
    state.at = moved(state.at, v.noise.normal() * kNoiseM, v.noise.normal() * kNoiseM);
    state.sog_kn = std::max(0.0, state.sog_kn + v.noise.normal() * (state.sog_kn < 0.1 ? 0.05 : 0.12));
    state.cog_deg += v.noise.normal() * (state.sog_kn < 1 ? 25 : 1.2);
  }
  model::Position p;
  p.time = t;
  p.mmsi = id.mmsi;
  p.at = stage_.place(state.at);
  p.at.lat_e7 = quantised(p.at.lat_e7);
  p.at.lon_e7 = quantised(p.at.lon_e7);
  p.sog_dkn = static_cast<std::uint16_t>(std::min(1022.0, std::round(state.sog_kn * 10)));
  p.cog_ddeg = static_cast<std::uint16_t>(static_cast<int>(std::round(state.cog_deg * 10) + 7200) % 3600);
  if (!v.class_b)
    p.heading_deg = static_cast<std::uint16_t>(static_cast<int>(std::round(state.heading_deg) + 720) % 360);
  p.nav_status = v.class_b ? model::kStatusNone : state.nav_status;
  p.type = v.class_b ? 18 : 1;
  p.receiver = heard.receiver;
  if (jammed && v.noise.chance(0.85)) {
    p.at = {};
    p.sog_dkn = model::kSogNone;
    p.cog_ddeg = model::kCogNone;
  }
  ++positions_;
  listener.on_position(p, heard.station);
  if (t >= v.next_static) send_static(v, t, heard, listener);
}

void Player::send_static(Vessel& v, base::TimeMs t, const Heard& heard, Listener& listener) {
  // Every six minutes; with thinned positions they are thinned alike.
  v.next_static = t + static_cast<base::TimeMs>(std::max(360U, 6 * thin_s_)) * base::kSecond;
  const Identity& id = v.identity_at(t);
  model::VesselStatic s;
  s.time = t;
  s.mmsi = id.mmsi;
  s.name = id.name;
  for (const Lie& l : v.lies) {
    if (l.kind == LieKind::typo && l.when.holds(t)) s.name = v.typo_name;
  }
  s.callsign = id.callsign;
  s.ship_type = id.ship_type;
  s.to_bow_m = static_cast<std::uint16_t>(id.length_m * 4 / 5);
  s.to_stern_m = static_cast<std::uint16_t>(id.length_m - s.to_bow_m);
  s.to_port_m = static_cast<std::uint16_t>(id.beam_m / 2);
  s.to_starboard_m = static_cast<std::uint16_t>(id.beam_m - s.to_port_m);
  s.type = v.class_b ? 24 : 5;
  if (!v.class_b) {
    s.imo = id.imo;
    s.draught_dm = id.draught_dm;
    s.destination = stage_.waters.hubs()[v.at_hub].name;
    for (char& c : s.destination) {
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
  }
  ++statics_;
  listener.on_static(s, heard.receiver, heard.station);
}

// A hull that was heard again after hours without having been silent: nobody was near enough to hear it.
void Player::note_silence(Vessel& v, base::TimeMs t) {
  const base::TimeMs since = std::exchange(v.last_heard, t);
  if (t - since < 6 * base::kHour || stage_.truth.negatives.size() >= kMaxNaturalGaps) return;
  for (const Interval& i : v.silences) {
    if (i.start < t && i.end > since) return;
  }
  TruthNegative n;
  n.type = "natural_gap";
  n.forbids = {model::EventType::gap};
  n.mmsi = {v.identity_at(since).mmsi};
  n.start = since;
  n.end = t;
  n.at = stage_.place(state_at(v.legs.front(), t, v.cursor).at);
  stage_.truth.negatives.push_back(std::move(n));
}

void Player::finish() {
  for (const auto& [key, count] : hidden_) {
    if (count < kHiddenReports) continue;
    stage_.truth.negatives[stage_.outages[key.first].negative].mmsi.push_back(
        stage_.vessels[key.second].identity.mmsi);
  }
  for (TruthNegative& n : stage_.truth.negatives) {
    if (n.mmsi.empty()) n.mmsi.push_back(0);  // nobody in particular
  }
  using model::EventType;
  for (TruthEvent& e : stage_.truth.events) {
    std::vector<std::uint32_t> heard;
    for (const auto m : e.mmsi) {
      e.observed.try_emplace(m, 0);
    }
    for (const auto& [m, count] : e.observed) heard.push_back(count);
    std::sort(heard.rbegin(), heard.rend());
    heard.resize(std::max<std::size_t>(heard.size(), e.need), 0);
    const std::uint32_t least = heard[e.need - 1], most = heard.front();
    const double length_h = static_cast<double>(e.end - e.start) / static_cast<double>(base::kHour);
    e.well_observed = least >= 4 && least >= length_h;
    switch (e.type) {
      case EventType::encounter:
        e.detectable = least >= 2;
        break;
      case EventType::gap:
        e.detectable = e.lost >= 4;
        break;
      case EventType::dark_rendezvous:
        e.detectable = e.need == 2 ? e.lost >= 6 : most >= 3 && e.lost >= 3;
        break;
      case EventType::port_call:
        e.detectable = most >= 2 || e.lost >= 4;
        break;
      default:
        e.detectable = most >= 3;
        break;
    }
  }
}

}  // namespace cordon::simulate
