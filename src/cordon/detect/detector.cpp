#include "cordon/detect/detector.hpp"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "cordon/base/sha256.hpp"
#include "cordon/detect/archive.hpp"
#include "cordon/detect/context.hpp"
#include "cordon/detect/encounter.hpp"
#include "cordon/detect/gap.hpp"
#include "cordon/detect/halts.hpp"
#include "cordon/detect/identity.hpp"
#include "cordon/detect/reception.hpp"
#include "cordon/detect/sequencer.hpp"
#include "cordon/detect/spoofing.hpp"
#include "cordon/detect/tracks.hpp"

namespace cordon::detect {
namespace {

constexpr base::TimeMs kStep = 5 * base::kMinute;
constexpr std::size_t kAhead = 8;  // rows
constexpr base::TimeMs kKeepHalts = 5 * base::kDay, kKeepReception = 5 * base::kDay;

// Base stations (4, 11), search aircraft (9) and marks (21) are no ships, and numbers of such kinds neither.
bool ship_message(std::uint8_t type) {
  return type != 4 && type != 9 && type != 11 && type != 21;
}
bool ship_number(base::MmsiKind kind) {
  using base::MmsiKind;
  return kind == MmsiKind::ship || kind == MmsiKind::craft || kind == MmsiKind::invalid ||
         kind == MmsiKind::aton || kind == MmsiKind::handheld;
}

}  // namespace

ShipKind Context::kind(const Vessel& vessel) const {
  // 98 and 99: craft of a parent ship and marks. At sea in the theatre these are buoys on nets, whatever
  // digits follow.
  if (vessel.mmsi / 10'000'000 == 98 || vessel.mmsi / 10'000'000 == 99) return ShipKind::buoy;
  if (!vessel.identity) return ShipKind::unknown;
  if (fishing_gear_name(vessel.identity->name)) return ShipKind::buoy;
  if (const auto* row = registered(vessel))
    if (const ShipKind known = kind_of_register_type(row->type);
        known != ShipKind::unknown && known != ShipKind::other)
      return known;
  return kind_of_ais_type(vessel.identity->ship_type);
}

const model::RegisteredVessel* Context::registered(const Vessel& vessel) const {
  const auto found = register_by_imo.find(vessel.imo());
  return vessel.imo() == 0 || found == register_by_imo.end() ? nullptr : &found->second;
}

struct Detector::Impl {
  Parameters parameters;
  Sink sink;
  Stats stats;
  Fleet fleet;
  Harbours harbours;
  Context context;
  Halts halts;
  Reception reception;
  Encounters encounters;
  Gaps gaps;
  Identities identities;
  Spoofing spoofing;
  Sequencer sequencer;
  base::TimeMs tidied = base::kNoTime;
  std::vector<VesselId> ids;  // of a slice's rows, as far as known before it

  Impl(const Parameters& given, std::span<const model::RegisteredVessel> registry,
       std::span<const ListedVessel> listed, Sink to)
      : parameters(given),
        sink(std::move(to)),
        fleet(static_cast<std::size_t>(given.order_max_vessels)),
        harbours(Ports::world(), parameters.encounter_port_km * 1000),
        context{parameters, fleet, Ports::world(),
                harbours,   {},    [this](Draft&& draft) { emit(std::move(draft)); }},
        halts(context),
        reception(parameters),
        encounters(context, halts),
        gaps(context, halts, reception),
        identities(context, listed),
        spoofing(context),
        sequencer(parameters, [this](Slice& slice) { consume(slice); }) {
    for (const auto& row : registry)
      if (row.imo) context.register_by_imo.emplace(row.imo, row);
  }

  template <class Archive>
  void archive(Archive& a) {
    a(stats.positions, stats.statics, stats.events, stats.withheld, stats.unused, fleet, halts, reception,
      encounters, gaps, identities, spoofing, sequencer, tidied);
  }

  void emit(Draft&& draft) {
    if (draft.score() < parameters.report_minimum_score) {
      ++stats.withheld;
      return;
    }
    ++stats.events;
    sink(std::move(draft).finish());
  }

  // Positions and statics of a slice in one order of time; at equal times a static precedes, so that a
  // position is judged under the identity it was sent with.
  void consume(const Slice& slice) {
    const auto& rows = slice.positions;
    find(rows);
    std::size_t s = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      while (s < slice.statics.size() && slice.statics[s].time <= rows[i].time) heard(slice.statics[s++]);
      if (i + 2 * kAhead < rows.size() && ids[i + 2 * kAhead] != kNoVessel) {
        const auto* vessel = reinterpret_cast<const char*>(&fleet[ids[i + 2 * kAhead]]);
        __builtin_prefetch(vessel);
        __builtin_prefetch(vessel + 64);
      }
      if (i + kAhead < rows.size() && ids[i + kAhead] != kNoVessel)
        if (const Track* track = fleet[ids[i + kAhead]].track())
          for (std::size_t line = 0; line < 5; ++line)
            __builtin_prefetch(reinterpret_cast<const char*>(track) + line * 64, 1);
      position(rows[i], ids[i]);
    }
    while (s < slice.statics.size()) heard(slice.statics[s++]);
    const base::TimeMs now = slice.begin + kSlice;
    encounters.advance(now);
    identities.advance(now);
    spoofing.advance(now);
    gaps.advance(now);
    if (tidied == base::kNoTime || now - tidied >= base::kHour) {
      tidied = now;
      halts.tidy(now, now - kKeepHalts);
      reception.forget_before(now - kKeepReception);
    }
  }

  // A pass of its own, so that the memory can be asked for many vessels at once: the state of a large fleet
  // lies far from the processor. Vessels not met yet stay kNoVessel.
  void find(const std::vector<model::Position>& rows) {
    ids.resize(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (i + kAhead < rows.size()) fleet.prefetch(rows[i + kAhead].mmsi);
      ids[i] = fleet.find(rows[i].mmsi);
    }
  }

  // The vessel transmits: any message proves it, even one without a position.
  void hear(Vessel& vessel, base::TimeMs time, std::uint64_t where) {
    if (vessel.heard == base::kNoTime) {
      vessel.first_heard = time;
      vessel.first_where = where;
    } else if (static_cast<double>(time - vessel.heard) >= parameters.gap_min_h * base::kHour) {
      vessel.silent_since = vessel.heard;
      vessel.draught_then_dm = vessel.identity ? vessel.identity->draught_dm : std::uint16_t{0};
    }
    vessel.heard = time;
    vessel.heard_where = where;
  }

  VesselId vessel_of(std::uint32_t mmsi) {
    const VesselId id = fleet.find_or_add(mmsi);
    if (id == kNoVessel) stats.unused.add("too_many_vessels");
    return id;
  }

  void heard(const model::VesselStatic& row) {
    if (row.mmsi == 0 || row.type == 4 || row.type == 21) return;
    const VesselId id = vessel_of(row.mmsi);
    if (id == kNoVessel || !ship_number(fleet[id].mmsi_kind)) return;
    hear(fleet[id], row.time, row.where.packed);
    if (row.type == 19 || row.type == 24) fleet[id].class_b = true;
    identities.heard(id, row);
  }

  void position(const model::Position& row, VesselId id) {
    if (!ship_message(row.type) || row.mmsi == 0) {
      stats.unused.add("not_a_ship");
      return;
    }
    if (id == kNoVessel) id = vessel_of(row.mmsi);
    if (id == kNoVessel) return;
    Vessel& vessel = fleet[id];
    if (!ship_number(vessel.mmsi_kind)) {
      stats.unused.add("not_a_ship");
      return;
    }
    if (row.type == 18 || row.type == 19) vessel.class_b = true;
    const Report* known = vessel.tracks.empty() ? nullptr : &vessel.tracks[vessel.current].last;
    const Report before = known ? *known : Report{};
    hear(vessel, row.time, row.where.packed);
    if (!row.at.valid()) {
      stats.unused.add("no_position");
      return;
    }
    Report report;
    report.time = row.time;
    report.at = row.at;
    report.where = row.where.packed;
    report.sog_dkn = row.sog_dkn;
    report.cog_ddeg = row.cog_ddeg;
    report.nav_status = row.nav_status;
    const Assigned to = assign(parameters, vessel, report);
    spoofing.assigned(id, to, report);
    Track& track = vessel.tracks[to.track];
    if (vessel.silent_since != base::kNoTime) {
      // Of a false track not even the ends of a silence are true.
      const bool told_truth = !track.from_leap || vessel.tracks.size() == 1;
      if (!to.fresh && !to.switched && !vessel.shared && known && told_truth) {
        Report from = before;
        from.time = std::max(from.time, vessel.silent_since);
        if (static_cast<double>(report.time - from.time) <= parameters.gap_max_h * base::kHour)
          gaps.candidate(id, from, report, track.cruise_kn, vessel.draught_then_dm);
      }
      vessel.silent_since = base::kNoTime;
      track.cruise_kn = 0;
    }
    if (to.fresh) return;
    if (!to.switched)
      reception.interval(
          vessel, to.before, report,
          static_cast<double>(report.time - to.before.time) >= parameters.gap_min_h * base::kHour);
    if (report.sog_kn() > 4) {
      const auto knots = static_cast<float>(report.sog_kn());
      track.cruise_kn = track.cruise_kn == 0 ? knots : track.cruise_kn + 0.08F * (knots - track.cruise_kn);
    }
    encounters.leg(id, to.before, report);
    if (report.time - track.step.time >= kStep) {
      const Offset way = offset_m(track.step.at, report.at);
      halts.step(id, track, track.step, report, way);
      spoofing.step(id, track, track.step, report, way);
      track.step = report;
    }
  }

  std::string setting() const;

  void finish() {
    sequencer.finish();
    encounters.finish();
    for (VesselId id = 0; id < fleet.size(); ++id)
      for (Track& track : fleet[id].tracks) spoofing.close(id, track);
    halts.tidy(INT64_MAX, INT64_MIN);
    identities.finish();
    spoofing.finish();
    gaps.finish();
  }
};

Detector::Detector(const Parameters& parameters, std::span<const model::RegisteredVessel> registry,
                   std::span<const ListedVessel> listed, Sink sink)
    : impl_(std::make_unique<Impl>(parameters, registry, listed, std::move(sink))) {}
Detector::~Detector() = default;
Detector::Detector(Detector&&) noexcept = default;
Detector& Detector::operator=(Detector&&) noexcept = default;

void Detector::push(const model::FeedBatch& batch) {
  impl_->stats.positions += batch.positions.size();
  impl_->stats.statics += batch.statics.size();
  impl_->sequencer.push(batch);
}

void Detector::settled(base::TimeMs time) {
  impl_->sequencer.settled(time);
}

void Detector::finish() {
  impl_->finish();
}

// What the state depends on beside the rows: plain structs are saved as they lie in memory, and parameters,
// register and lists are not saved at all.
std::string Detector::Impl::setting() const {
  std::string out = "cordon detect state 2";
  Saver saver(out);
  std::size_t sizes[] = {sizeof(Track), sizeof(Halt), sizeof(Gap), sizeof(GridPoint),
                         sizeof(model::Position)};
  saver(sizes);
  Parameters numbers = parameters;
#define CORDON_PARAMETER(group, name) saver(numbers.group##_##name);
#include "cordon/detect/parameters.def"
#undef CORDON_PARAMETER
  saver(numbers.order, numbers.watched_countries);
  std::vector<std::uint32_t> registered;
  for (const auto& [imo, row] : context.register_by_imo) registered.push_back(imo);
  std::sort(registered.begin(), registered.end());
  std::size_t listed = identities.listed();
  saver(registered, listed);
  return base::sha256_hex(out);
}

std::string Detector::save() const {
  std::string out;
  Saver saver(out);
  std::string setting = impl_->setting();
  saver(setting, *impl_);
  return out;
}

base::Result<void> Detector::restore(std::string_view bytes) {
  Loader loader(bytes);
  std::string setting;
  loader(setting);
  if (setting != impl_->setting())
    return base::fail("made by another version, or with other parameters, register or lists");
  loader(*impl_);
  if (!loader.good() || !loader.at_end()) return base::fail("not a whole state");
  return {};
}

Stats Detector::stats() const {
  Stats out = impl_->stats;
  out.vessels = impl_->fleet.size();
  out.unused.merge(impl_->sequencer.dropped());
  return out;
}

std::uint64_t Detector::late() const {
  const auto& rows = impl_->sequencer.dropped().rows();
  const auto late = rows.find("late");
  return late == rows.end() ? 0 : late->second.count;
}

bool event_before(const model::Event& a, const model::Event& b) {
  return std::tie(a.start, a.type, a.mmsi, a.end, a.rule, a.at) <
         std::tie(b.start, b.type, b.mmsi, b.end, b.rule, b.at);
}

}  // namespace cordon::detect
