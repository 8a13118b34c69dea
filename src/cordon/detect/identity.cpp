#include "cordon/detect/identity.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <string>

#include "cordon/base/land.hpp"
#include "cordon/base/text.hpp"

namespace cordon::detect {
namespace {

constexpr base::TimeMs kConfirm = 2 * base::kHour;
// A listed vessel is told at once, or nearly: by then a position has come with the name.
constexpr base::TimeMs kPlaceKnown = 10 * base::kMinute;
constexpr std::size_t kMaxPending = 20'000;  // changes that wait to be confirmed
constexpr std::size_t kMaxUsersOfImo = 16;   // a forged number used by thousands must not cost their square

std::array<int, 7> digits(std::uint32_t imo) {
  std::array<int, 7> out{};
  for (std::size_t i = 7; i-- > 0; imo /= 10) out[i] = static_cast<int>(imo % 10);
  return out;
}

bool is_imo(std::uint32_t imo) {
  return imo >= 1'000'000 && imo <= 9'999'999;
}

// A number for what the report says, by which a repetition is known.
std::uint64_t content_of(const model::VesselStatic& row) {
  std::uint64_t out = 0x9E3779B97F4A7C15ULL;
  const auto add = [&](std::uint64_t value) {
    out = (out ^ value) * 0xD6E8FEB86659FD93ULL;
    out ^= out >> 32;
  };
  for (const std::string* text : {&row.name, &row.callsign}) {
    add(text->size());
    std::size_t i = 0;
    for (; i + 8 <= text->size(); i += 8) {
      std::uint64_t part = 0;
      std::memcpy(&part, text->data() + i, 8);
      add(part);
    }
    std::uint64_t part = 0;
    std::memcpy(&part, text->data() + i, text->size() - i);
    add(part);
  }
  add(std::uint64_t{row.imo} << 8 | row.ship_type);
  add(std::uint64_t{row.to_bow_m} << 48 | std::uint64_t{row.to_stern_m} << 32 |
      std::uint64_t{row.to_port_m} << 16 | row.to_starboard_m);
  add(row.draught_dm);
  return out;
}

}  // namespace

std::string tidy_name(std::string_view name) {
  std::string out = base::ascii_upper(base::squeeze(name));
  while (!out.empty() && (out.back() == '@' || out.back() == ' ' || out.back() == '.')) out.pop_back();
  for (const std::string_view prefix : {"M/V ", "MV ", "M.V. ", "M/T ", "MT ", "M.T. "})
    if (out.size() > prefix.size() + 2 && out.compare(0, prefix.size(), prefix) == 0) {
      out.erase(0, prefix.size());
      break;
    }
  return out;
}

int typing_distance(std::string_view a, std::string_view b, int limit) {
  if (std::abs(static_cast<int>(a.size()) - static_cast<int>(b.size())) > limit) return limit + 1;
  std::vector<int> before(b.size() + 1), row(b.size() + 1), earlier(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    earlier = before;
    before = row;
    row[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({before[j] + 1, row[j - 1] + 1, before[j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], earlier[j - 2] + 1);
    }
  }
  return std::min(row[b.size()], limit + 1);
}

bool imo_typo(std::uint32_t a, std::uint32_t b) {
  if (a == b || !is_imo(a) || !is_imo(b)) return false;
  const auto x = digits(a), y = digits(b);
  std::vector<std::size_t> differ;
  for (std::size_t i = 0; i < 7; ++i)
    if (x[i] != y[i]) differ.push_back(i);
  return differ.size() == 1 || (differ.size() == 2 && differ[1] == differ[0] + 1 &&
                                x[differ[0]] == y[differ[1]] && x[differ[1]] == y[differ[0]]);
}

// Buoys on nets announce themselves with a battery voltage or a per cent sign: "NET-12-85%", "BUOY 3 12.4V".
bool fishing_gear_name(std::string_view name) {
  if (name.find('%') != std::string_view::npos) return true;
  const std::string text = base::ascii_upper(name);
  if (text.find("NET MARK") != std::string::npos || text.find("BUOY") != std::string::npos) return true;
  return text.size() > 3 && text.back() == 'V' && text.find('.') != std::string::npos &&
         text[text.size() - 2] >= '0' && text[text.size() - 2] <= '9';
}

Identities::Identities(Context& context, std::span<const ListedVessel> listed)
    : context_(context), listed_(listed.begin(), listed.end()) {
  index_listed();
}

void Identities::heard(VesselId id, const model::VesselStatic& row) {
  Vessel& vessel = context_.fleet[id];
  const std::uint64_t said = content_of(row);
  if (vessel.identity && vessel.identity->said == said) {
    vessel.identity->where = row.where.packed;
    vessel.identity->time = row.time;
    return;
  }
  const std::string name = tidy_name(row.name), callsign = tidy_name(row.callsign);
  const std::uint32_t imo = is_imo(row.imo) ? row.imo : 0;
  const bool first = !vessel.identity;
  if (first) vessel.identity = std::make_unique<Identity>();
  Identity& now = *vessel.identity;
  now.said = said;
  const bool new_name = !name.empty() && name != now.name, new_imo = imo != 0 && imo != now.imo;
  if ((new_name && !now.name.empty()) || (new_imo && now.imo != 0)) {
    // Back to what it said before: the change in between was an error, or two hulls take turns.
    const auto undone = std::find_if(changes_.rbegin(), changes_.rend(), [&](const Change& change) {
      return change.vessel == id && (name.empty() || change.before.name == name) &&
             (imo == 0 || change.before.imo == imo);
    });
    if (undone != changes_.rend()) {
      changes_.erase(std::next(undone).base());
    } else if (changes_.size() < kMaxPending) {
      Change change;
      change.vessel = id;
      change.time = row.time;
      change.due = row.time + kConfirm;
      change.before = now;
      // A CSV row repeats the last statement for as long as no other is heard: it does not tell when.
      change.since = row.type == 0 ? row.time : now.time;
      if (const Track* track = vessel.track()) {
        change.at = track->last.at;
        change.speed_kn = track->last.sog_kn();
      }
      changes_.push_back(std::move(change));
    }
  }
  if (!name.empty()) now.name = name;
  if (!callsign.empty()) now.callsign = callsign;
  if (imo) now.imo = imo;
  if (row.ship_type) now.ship_type = row.ship_type;
  if (row.length_m()) now.length_m = static_cast<std::uint16_t>(std::min(row.length_m(), 1022U));
  if (row.beam_m()) now.beam_m = static_cast<std::uint16_t>(std::min(row.beam_m(), 126U));
  if (row.draught_dm) now.draught_dm = row.draught_dm;
  now.where = row.where.packed;
  now.time = row.time;
  if (!changes_.empty() && changes_.back().vessel == id && changes_.back().time == row.time)
    changes_.back().after = now;
  if (new_name || new_imo) {
    listed_checks_.push_back({id, row.time + kPlaceKnown});
    if (new_imo) same_imo(id, row.time);
    if (now.imo) checks_.push_back({id, row.time + kConfirm});
  }
}

void Identities::same_imo(VesselId id, base::TimeMs now) {
  auto& users = users_of_imo_[context_.fleet[id].imo()];
  if (std::find(users.begin(), users.end(), id) != users.end()) return;
  for (const VesselId other : users) handovers_.push_back({other, id, now + kConfirm});
  if (users.size() < kMaxUsersOfImo) users.push_back(id);
}

void Identities::advance(base::TimeMs now) {
  while (!listed_checks_.empty() && listed_checks_.front().due <= now) {
    judge_listed(listed_checks_.front().vessel);
    listed_checks_.pop_front();
  }
  while (!changes_.empty() && changes_.front().due <= now) {
    judge_change(changes_.front());
    changes_.pop_front();
  }
  while (!handovers_.empty() && handovers_.front().due <= now) {
    judge_handover(handovers_.front());
    handovers_.pop_front();
  }
  while (!checks_.empty() && checks_.front().due <= now) {
    judge_mismatch(checks_.front().vessel);
    checks_.pop_front();
  }
}

void Identities::judge_change(const Change& change) {
  const Vessel& vessel = context_.fleet[change.vessel];
  const Identity &was = change.before, &became = change.after, &now = *vessel.identity;
  const bool imo_changed = was.imo && became.imo && was.imo != became.imo;
  const bool name_changed = !was.name.empty() && !became.name.empty() && was.name != became.name;
  // Put back meanwhile: an error, or two hulls taking turns.
  if ((imo_changed && now.imo != became.imo) || (name_changed && now.name != became.name)) return;
  Draft draft(model::EventType::identity_change, "identity_change/1", -1.0);
  draft.at(change.since, change.time, change.at).vessel(vessel).support(was.where).support(became.where);
  draft.text("name_before", was.name).text("name_after", became.name);
  draft.number("imo_before", was.imo, 0).number("imo_after", became.imo, 0);
  if (name_changed)
    draft.tell(fmt::format("MMSI {:09} changed its name from {} to {}", vessel.mmsi, was.name, became.name));
  const int limit = was.name.size() >= 8 ? 2 : 1;
  const bool name_typo = name_changed && typing_distance(was.name, became.name, limit) <= limit;
  if (imo_changed) {
    draft.tell(
        fmt::format("MMSI {:09} changed its IMO number from {} to {}", vessel.mmsi, was.imo, became.imo));
    if (imo_typo(was.imo, became.imo) && (!name_changed || name_typo))
      draft.weigh(-2, "the numbers are one typing error apart");
    else if (!base::imo_ship_check(was.imo) || !base::imo_ship_check(became.imo))
      draft.weigh(0.8, "one of the two numbers fails its check digit");
    else
      draft.weigh(3, "both numbers are valid: a hull keeps its IMO number for life");
  }
  if (name_typo)
    draft.weigh(-3, "the names are a typing error apart");
  else if (name_changed)
    draft.weigh(1.5, "the name is another one");
  if (was.callsign != became.callsign && !was.callsign.empty() && !became.callsign.empty())
    draft.weigh(0.5, "the call sign changed too");
  if (was.length_m && became.length_m && std::abs(was.length_m - became.length_m) > 0.1 * was.length_m)
    draft.weigh(0.7, "the length changed too");
  if (name_changed && !imo_changed && change.at.valid()) {
    const auto port = context_.ports.nearest(change.at, context_.parameters.encounter_port_km * 1000);
    const bool still = change.speed_kn >= 0 && change.speed_kn < 1;
    if (port.port && still)
      draft.weigh(-2.5,
                  fmt::format("it lay at {}: ships are renamed in port when they are sold", port.port->name));
    else if (!still)
      draft.weigh(0.7, "under way: no port authority saw it");
  }
  if (vessel.shared) draft.weigh(-3, "more than one hull uses this MMSI: each keeps its own identity");
  if (vessel.class_b && !imo_changed) draft.weigh(-0.5, "class B: set by hand, often for another boat");
  if (fishing_gear_name(was.name) || fishing_gear_name(became.name))
    draft.weigh(-5, "a net buoy tells its battery in its name");
  context_.emit(std::move(draft));
}

void Identities::judge_handover(const Handover& handover) {
  const Vessel &from = context_.fleet[handover.from], &to = context_.fleet[handover.to];
  if (from.tracks.empty() || to.tracks.empty() || from.imo() != to.imo()) return;
  const Report &last = from.tracks[from.current].last, &first = to.tracks.front().first;
  const double metres = base::distance_m(last.at, first.at);
  if (from.heard > to.first_heard + 10 * base::kMinute) {
    // Both transmit: one hull with two transponders, or two hulls under one number.
    const double apart = base::distance_m(from.track()->last.at, to.track()->last.at);
    if (apart < 5000) return;
    Draft draft(model::EventType::identity_mismatch, "identity_mismatch/2", 0.5);
    draft.at(std::max(from.first_heard, to.first_heard), std::max(from.heard, to.heard), to.track()->last.at);
    draft.vessel(to).vessel(from).number("distance_km", apart / 1000, 1);
    draft.support(from.heard_where).support(to.heard_where);
    draft.tell(fmt::format("{} and {} give the same IMO number {:.0f} km apart", describe(to), describe(from),
                           apart / 1000));
    if (base::imo_ship_check(to.imo()))
      draft.weigh(0.7, "the number is valid");
    else
      draft.weigh(-1.5, "the number fails its check digit: perhaps a default or a typing error");
    context_.emit(std::move(draft));
    return;
  }
  const double wait_h = std::max(0.01, hours(to.first_heard - from.heard));
  const double knots = metres / base::kNauticalMileM / std::max(wait_h, 0.1);
  Draft draft(model::EventType::identity_change, "identity_change/2", 1.0);
  // Somewhere between where the one number was heard last and the other first.
  draft.at(std::min(from.heard, to.first_heard), to.first_heard, base::interpolate(last.at, first.at, 0.5));
  draft.vessel(to).vessel(from);
  draft.support(from.heard_where).support(to.first_where);
  draft.number("mmsi_before", from.mmsi, 0).number("mmsi_after", to.mmsi, 0).number("silence_h", wait_h, 2);
  draft.number("distance_km", metres / 1000, 1)
      .text("name_before", from.name())
      .text("name_after", to.name());
  draft.tell(fmt::format("IMO {} went on as MMSI {:09} where MMSI {:09} had fallen silent {:.1f} h before",
                         to.imo(), to.mmsi, from.mmsi, wait_h));
  if (knots < 30)
    draft.weigh(2, fmt::format("the way between, {:.0f} km, fits the time", metres / 1000));
  else
    draft.weigh(-1.5, "it could not have gone from the one place to the other in that time");
  if (base::mmsi_mid(from.mmsi) != base::mmsi_mid(to.mmsi))
    draft.weigh(0.3, "the flag state of the MMSI changed too");
  if (from.name() != to.name() && !from.name().empty() && !to.name().empty())
    draft.weigh(0.5, "the name changed too");
  if (!base::imo_ship_check(to.imo())) draft.weigh(-1.5, "the IMO number fails its check digit");
  context_.emit(std::move(draft));
}

void Identities::judge_mismatch(VesselId id) {
  const Vessel& vessel = context_.fleet[id];
  if (!vessel.identity || !vessel.identity->imo) return;
  const Identity& said = *vessel.identity;
  if (!told_mismatch_.insert(std::uint64_t{id} << 32 | said.imo).second) return;
  Draft draft(model::EventType::identity_mismatch, "identity_mismatch/1", -1.2);
  const Track* track = vessel.track();
  draft.at(vessel.first_heard, vessel.heard, track ? track->last.at : base::LatLon{})
      .vessel(vessel)
      .support(said.where);
  draft.number("imo", said.imo, 0);
  bool any = false;
  const auto add = [&](double odds, std::string reason) {
    draft.weigh(odds, std::move(reason));
    any = true;
  };
  if (!base::imo_ship_check(said.imo)) add(0.8, fmt::format("IMO {} fails its check digit", said.imo));
  const model::RegisteredVessel* row = context_.registered(vessel);
  if (row) {
    const double share = context_.parameters.mismatch_dimension_share;
    const auto off = [](double a, double b) { return a > 0 && b > 0 ? std::abs(a - b) / b : 0.0; };
    const double length = off(said.length_m, row->length_m), beam = off(said.beam_m, row->beam_m);
    if (length > share) {
      draft.number("length_said_m", said.length_m, 0).number("length_registered_m", row->length_m, 0);
      add(length > 2.5 * share ? 2.8 : 1.8,
          fmt::format("length {} m, the register says {} m", said.length_m, row->length_m));
    }
    if (beam > share && std::abs(int{said.beam_m} - int{row->beam_m}) > 2) {
      draft.number("beam_said_m", said.beam_m, 0).number("beam_registered_m", row->beam_m, 0);
      add(0.8, fmt::format("beam {} m, the register says {} m", said.beam_m, row->beam_m));
    }
    const ShipKind ais = kind_of_ais_type(said.ship_type), reg = kind_of_register_type(row->type);
    const auto telling = [](ShipKind kind) {
      return kind == ShipKind::fishing || kind == ShipKind::tug || kind == ShipKind::cargo ||
             kind == ShipKind::tanker || kind == ShipKind::passenger;
    };
    if (ais != reg && telling(ais) && telling(reg)) {
      draft.number("type_said", said.ship_type, 0).text("type_registered", row->type);
      // Ro-ro passenger ships and combined carriers fall on both sides.
      const bool near = (ais == ShipKind::cargo && reg == ShipKind::passenger) ||
                        (ais == ShipKind::passenger && reg == ShipKind::cargo);
      add(near ? 0.5 : 2.0,
          fmt::format("it says it is a {}, the register says {}", to_string(ais), row->type));
    }
    const std::string_view flag = base::mid_country(base::mmsi_mid(vessel.mmsi));
    if (!flag.empty() && !row->flag.empty() && base::ascii_lower(flag) != row->flag) {
      draft.text("flag_of_mmsi", base::ascii_lower(flag)).text("flag_registered", row->flag);
      add(1.7, fmt::format("its MMSI belongs to {}, the register says {}",
                           base::country_name(base::ascii_lower(flag)), base::country_name(row->flag)));
    }
    const std::string registered = tidy_name(row->name);
    if (!said.name.empty() && !registered.empty() && typing_distance(said.name, registered, 2) > 2)
      add(0.4, fmt::format("it calls itself {}, the register says {}", said.name, registered));
  } else if (!context_.register_by_imo.empty()) {
    add(0.3, fmt::format("IMO {} is not in the register given", said.imo));
  }
  if (!any) return;
  if (vessel.shared) draft.tell("more than one hull uses this MMSI");
  context_.emit(std::move(draft));
}

}  // namespace cordon::detect
