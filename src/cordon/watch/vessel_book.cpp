#include "cordon/watch/vessel_book.hpp"

#include <algorithm>
#include <map>

namespace cordon::watch {
namespace {

// Broadcast IMO fields below seven digits are the crew's placeholders (0, 1, the MMSI's tail), not numbers.
bool plausible_imo(std::uint32_t imo) {
  return imo >= 1'000'000 && imo <= 9'999'999;
}

bool same_identity(const BroadcastIdentity& a, const BroadcastIdentity& b) {
  return a.imo == b.imo && a.name == b.name && a.callsign == b.callsign && a.length_m == b.length_m &&
         a.beam_m == b.beam_m;
}

}  // namespace

Heard& VesselBook::of(std::uint32_t mmsi) {
  if (mmsi == last_mmsi_ && !heard_.empty()) return heard_[last_index_];
  const auto [found, added] = index_.try_emplace(mmsi, static_cast<std::uint32_t>(heard_.size()));
  if (added) {
    heard_.emplace_back();
    heard_.back().mmsi = mmsi;
    heard_.back().track_step = kTrackStep;
  }
  last_mmsi_ = mmsi;
  last_index_ = found->second;
  return heard_[last_index_];
}

void VesselBook::push(const model::FeedBatch& batch) {
  const auto& positions = batch.positions;
  for (std::size_t i = 0; i < positions.size(); ++i)
    add_position(of(positions.mmsi[i]), positions.time[i], {positions.lat_e7[i], positions.lon_e7[i]});
  for (const auto& said : batch.statics) add_static(of(said.mmsi), said);
}

void VesselBook::add_position(Heard& heard, base::TimeMs time, const base::LatLon& at) {
  ++heard.positions;
  if (time == base::kNoTime) return;
  if (heard.first == base::kNoTime || time < heard.first) heard.first = time;
  if (heard.last == base::kNoTime || time > heard.last) heard.last = time;
  if (!at.valid()) return;
  auto& track = heard.track;
  // Out-of-order reports are kept by the same spacing, measured from the point before them in the feed.
  if (!track.empty() && time >= track.back().time && time - track.back().time < heard.track_step) return;
  track.push_back({time, at});
  if (track.size() <= kMaxTrackPoints) return;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < track.size(); i += 2) track[kept++] = track[i];
  track.resize(kept);
  heard.track_step *= 2;
}

void VesselBook::add_static(Heard& heard, const model::VesselStatic& said) {
  BroadcastIdentity now;
  // Types 24 A and B each carry a part: what a message does not give is taken from the identity before it.
  if (!heard.identities.empty()) now = heard.identities.back();
  now.mmsi = heard.mmsi;
  if (plausible_imo(said.imo)) now.imo = said.imo;
  if (!said.name.empty()) now.name = said.name;
  if (!said.callsign.empty()) now.callsign = said.callsign;
  if (said.ship_type) now.ship_type = said.ship_type;
  if (said.length_m()) now.length_m = said.length_m();
  if (said.beam_m()) now.beam_m = said.beam_m();

  for (auto& known : heard.identities) {
    if (!same_identity(known, now)) continue;
    ++known.reports;
    if (said.time != base::kNoTime) {
      if (known.first == base::kNoTime || said.time < known.first) known.first = said.time;
      if (known.last == base::kNoTime || said.time > known.last) known.last = said.time;
    }
    // The identity in force is the last one, so that parts are completed from it.
    if (&known != &heard.identities.back()) std::swap(known, heard.identities.back());
    return;
  }
  // The first half of a two-part report is completed in place instead of standing as an identity of its own.
  if (!heard.identities.empty()) {
    auto& before = heard.identities.back();
    const bool only_adds = (before.imo == 0 || before.imo == now.imo) &&
                           (before.name.empty() || before.name == now.name) &&
                           (before.callsign.empty() || before.callsign == now.callsign) &&
                           (before.length_m == 0 || before.length_m == now.length_m) &&
                           (before.beam_m == 0 || before.beam_m == now.beam_m);
    if (only_adds) {
      now.reports = before.reports + 1;
      now.first = before.first == base::kNoTime ? said.time : before.first;
      now.last = said.time == base::kNoTime ? before.last : said.time;
      before = now;
      return;
    }
  }
  if (heard.identities.size() >= kMaxIdentities) {
    ++heard.dropped_identities;
    return;
  }
  now.first = now.last = said.time;
  now.reports = 1;
  now.where = said.where;
  heard.identities.push_back(now);
}

void VesselBook::finish() {
  std::map<std::uint32_t, Vessel> by_imo;  // ordered, so that the result does not depend on hashing
  std::map<std::uint32_t, Vessel> by_mmsi;
  for (std::uint32_t i = 0; i < heard_.size(); ++i) {
    auto& heard = heard_[i];
    std::stable_sort(heard.track.begin(), heard.track.end(),
                     [](const TrackPoint& a, const TrackPoint& b) { return a.time < b.time; });
    std::stable_sort(
        heard.identities.begin(), heard.identities.end(),
        [](const BroadcastIdentity& a, const BroadcastIdentity& b) { return a.first < b.first; });
    bool has_imo = false;
    for (const auto& identity : heard.identities) {
      if (!identity.imo) continue;
      has_imo = true;
      auto& vessel = by_imo[identity.imo];
      vessel.imo = identity.imo;
      if (vessel.heard.empty() || vessel.heard.back() != i) vessel.heard.push_back(i);
    }
    if (!has_imo) by_mmsi[heard.mmsi].heard.push_back(i);
  }
  vessels_.clear();
  vessels_of_.clear();
  for (auto* group : {&by_imo, &by_mmsi})
    for (auto& [key, vessel] : *group) {
      for (const auto i : vessel.heard)
        vessels_of_[heard_[i].mmsi].push_back(static_cast<std::uint32_t>(vessels_.size()));
      vessels_.push_back(std::move(vessel));
    }
}

std::span<const std::uint32_t> VesselBook::vessels_of(std::uint32_t mmsi) const {
  const auto found = vessels_of_.find(mmsi);
  if (found == vessels_of_.end()) return {};
  return found->second;
}

}  // namespace cordon::watch
