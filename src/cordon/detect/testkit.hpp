// Hand-made traffic for tests: vessels that sail straight, drift, fall silent and come back.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "cordon/detect/detector.hpp"
#include "cordon/detect/fleet.hpp"

namespace cordon::detect::testkit {

inline base::TimeMs at(const char* text) {
  return *base::parse_time(text);
}

class Traffic {
 public:
  // A static report; IMO 0, empty texts and zeros are "not given".
  Traffic& says(std::uint32_t mmsi, base::TimeMs time, std::uint32_t imo, std::string name, std::uint8_t type,
                unsigned length_m = 100, unsigned beam_m = 16) {
    model::VesselStatic row;
    row.time = time;
    row.mmsi = mmsi;
    row.imo = imo;
    row.name = std::move(name);
    row.ship_type = type;
    row.type = 5;
    row.to_bow_m = static_cast<std::uint16_t>(length_m);
    row.to_port_m = static_cast<std::uint16_t>(beam_m);
    row.where = model::Where::of(0, ++line_);
    statics_.push_back(row);
    return *this;
  }
  Traffic& report(std::uint32_t mmsi, base::TimeMs time, const base::LatLon& place, double knots,
                  double course, std::uint8_t status = 0, std::uint8_t type = 1) {
    model::Position row;
    row.time = time;
    row.mmsi = mmsi;
    row.at = place;
    row.sog_dkn = static_cast<std::uint16_t>(std::lround(knots * 10));
    row.cog_ddeg = static_cast<std::uint16_t>(std::lround(course * 10) % 3600);
    row.nav_status = status;
    row.type = type;
    row.where = model::Where::of(0, ++line_);
    positions_.push_back(row);
    return *this;
  }
  // From one place to another between two times, a report every `step` (position and course jittered a
  // little, as real ones are), both ends included.
  Traffic& sail(std::uint32_t mmsi, base::TimeMs begin, base::TimeMs end, const base::LatLon& from,
                const base::LatLon& to, base::TimeMs step = 3 * base::kMinute, std::uint8_t status = 0) {
    const double metres = base::distance_m(from, to), seconds = static_cast<double>(end - begin) / 1000;
    const double knots = metres / seconds / base::kKnotMs,
                 course = metres < 1 ? 0 : base::bearing_deg(from, to);
    for (base::TimeMs t = begin; t <= end; t += step) {
      const double f = static_cast<double>(t - begin) / static_cast<double>(end - begin);
      report(mmsi, t, moved(base::interpolate(from, to, f), noise() * 8, noise() * 8), knots,
             std::fmod(course + noise() * 2 + 360, 360), status);
    }
    return *this;
  }
  Traffic& stay(std::uint32_t mmsi, base::TimeMs begin, base::TimeMs end, const base::LatLon& place,
                base::TimeMs step = 3 * base::kMinute, std::uint8_t status = 0) {
    for (base::TimeMs t = begin; t <= end; t += step)
      report(mmsi, t, moved(place, noise() * 10, noise() * 10), 0.1, std::fmod(noise() * 180 + 180, 360),
             status);
    return *this;
  }
  // A coast full of ships that are heard all the time, so that silence means something.
  Traffic& surroundings(base::TimeMs begin, base::TimeMs end, const base::LatLon& middle, int ships = 12) {
    for (int i = 0; i < ships; ++i) {
      const base::LatLon place = moved(middle, (i % 4 - 1.5) * 25e3, (i / 4 - 1) * 25e3);
      sail(538100000U + static_cast<std::uint32_t>(i), begin + i * base::kMinute, end, place,
           moved(place, 9e3, 5e3), 6 * base::kMinute);
    }
    return *this;
  }
  model::FeedBatch batch(bool by_vessel = false) const {
    model::FeedBatch out;
    auto rows = positions_;
    std::stable_sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) {
      return by_vessel ? std::tuple(a.time / base::kDay, a.mmsi, a.time) <
                             std::tuple(b.time / base::kDay, b.mmsi, b.time)
                       : a.time < b.time;
    });
    for (const auto& row : rows) out.positions.push_back(row);
    out.statics = statics_;
    std::stable_sort(out.statics.begin(), out.statics.end(),
                     [](const auto& a, const auto& b) { return a.time < b.time; });
    return out;
  }

 private:
  // A fixed sequence in [-1, 1): the same traffic every time.
  double noise() {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<double>(state_ >> 33) / static_cast<double>(1U << 30) - 1.0;
  }
  std::vector<model::Position> positions_;
  std::vector<model::VesselStatic> statics_;
  std::uint64_t line_ = 0, state_ = 42;
};

inline std::vector<model::Event> detect(const model::FeedBatch& batch,
                                        const Parameters& parameters = default_parameters(),
                                        std::span<const model::RegisteredVessel> registry = {},
                                        std::span<const ListedVessel> listed = {}) {
  std::vector<model::Event> out;
  Detector detector(parameters, registry, listed, [&](const model::Event& event) { out.push_back(event); });
  detector.push(batch);
  detector.finish();
  std::stable_sort(out.begin(), out.end(), event_before);
  return out;
}
inline std::vector<model::Event> of(const std::vector<model::Event>& events, model::EventType type) {
  std::vector<model::Event> out;
  for (const auto& event : events)
    if (event.type == type) out.push_back(event);
  return out;
}
inline Parameters with_innocents() {
  Parameters out = default_parameters();
  out.report_minimum_score = 0;
  return out;
}

}  // namespace cordon::detect::testkit
