#include <fmt/core.h>

#include "arrow/traffic.hpp"
#include "cordon/base/json.hpp"
#include "cordon/base/text.hpp"

namespace cordon::arrow {
namespace {

constexpr const char* kTime = "tsm:UTC";

// The same bytes under the signed type of that width: no value of these columns reaches the sign.
template <class Signed, class Unsigned>
void signed_column(Builder& out, const char* name, const char* format, std::vector<Unsigned>&& values) {
  static_assert(sizeof(Signed) == sizeof(Unsigned));
  out.numbers(name, format, std::move(values));
}

template <class T>
void scaled(Builder& out, const char* name, const std::vector<T>& values, double divide, const auto& has) {
  std::vector<double> numbers;
  numbers.reserve(values.size());
  for (const T value : values) numbers.push_back(static_cast<double>(value) / divide);
  out.numbers(name, "g", std::move(numbers), has);
}

template <class T>
void nullable(Builder& out, const char* name, const char* format, std::vector<T>&& values, T none) {
  const T* at = values.data();
  out.numbers(name, format, std::move(values), [&](std::size_t i) { return at[i] != none; });
}

}  // namespace

Table positions_table(model::PositionColumns&& p, Form form) {
  Builder out;
  if (form == Form::wire) {
    out.numbers("time", kTime, std::move(p.time));
    signed_column<std::int32_t>(out, "mmsi", "i", std::move(p.mmsi));
    out.numbers("lat_e7", "i", std::move(p.lat_e7)).numbers("lon_e7", "i", std::move(p.lon_e7));
    signed_column<std::int16_t>(out, "sog_dkn", "s", std::move(p.sog_dkn));
    signed_column<std::int16_t>(out, "cog_ddeg", "s", std::move(p.cog_ddeg));
    signed_column<std::int16_t>(out, "heading_deg", "s", std::move(p.heading_deg));
    signed_column<std::int8_t>(out, "nav_status", "c", std::move(p.nav_status));
  } else {
    const auto valid = [&](std::size_t i) { return p.lat_e7[i] != base::LatLon::kNone; };
    nullable<std::int64_t>(out, "time", kTime, std::move(p.time), base::kNoTime);
    signed_column<std::int32_t>(out, "mmsi", "i", std::move(p.mmsi));
    scaled(out, "lat", p.lat_e7, 1e7, valid);
    scaled(out, "lon", p.lon_e7, 1e7, valid);
    scaled(out, "sog_kn", p.sog_dkn, 10, [&](std::size_t i) { return p.sog_dkn[i] != model::kSogNone; });
    scaled(out, "cog_deg", p.cog_ddeg, 10, [&](std::size_t i) { return p.cog_ddeg[i] != model::kCogNone; });
    nullable<std::uint16_t>(out, "heading_deg", "s", std::move(p.heading_deg), model::kHeadingNone);
    nullable<std::uint8_t>(out, "nav_status", "c", std::move(p.nav_status), model::kStatusNone);
  }
  signed_column<std::int8_t>(out, "type", "c", std::move(p.type));
  signed_column<std::int8_t>(out, "receiver", "c", std::move(p.receiver));
  signed_column<std::int64_t>(out, "where", "l", std::move(p.where));
  return std::move(out).finish();
}

void StaticColumns::add(const model::VesselStatic& row) {
  const auto text = [](Texts& to, const std::string& value) {
    if (base::is_utf8(value))
      to.add(value);
    else
      to.add(base::to_utf8(value));
  };
  time_.push_back(row.time);
  mmsi_.push_back(static_cast<std::int32_t>(row.mmsi));
  imo_.push_back(static_cast<std::int32_t>(row.imo));
  text(name_, row.name);
  text(callsign_, row.callsign);
  text(destination_, row.destination);
  ship_type_.push_back(row.ship_type);
  to_bow_m_.push_back(static_cast<std::int16_t>(row.to_bow_m));
  to_stern_m_.push_back(static_cast<std::int16_t>(row.to_stern_m));
  to_port_m_.push_back(static_cast<std::int16_t>(row.to_port_m));
  to_starboard_m_.push_back(static_cast<std::int16_t>(row.to_starboard_m));
  draught_dm_.push_back(static_cast<std::int16_t>(row.draught_dm));
  type_.push_back(static_cast<std::int8_t>(row.type));
  part_.push_back(static_cast<std::int8_t>(row.part));
  where_.push_back(static_cast<std::int64_t>(row.where.packed));
}

Table StaticColumns::finish() && {
  Builder out;
  nullable<std::int64_t>(out, "time", kTime, std::move(time_), base::kNoTime);
  out.numbers("mmsi", "i", std::move(mmsi_)).numbers("imo", "i", std::move(imo_));
  out.texts("name", std::move(name_)).texts("callsign", std::move(callsign_));
  out.texts("destination", std::move(destination_)).numbers("ship_type", "s", std::move(ship_type_));
  out.numbers("to_bow_m", "s", std::move(to_bow_m_)).numbers("to_stern_m", "s", std::move(to_stern_m_));
  out.numbers("to_port_m", "s", std::move(to_port_m_));
  out.numbers("to_starboard_m", "s", std::move(to_starboard_m_));
  out.numbers("draught_dm", "s", std::move(draught_dm_)).numbers("type", "c", std::move(type_));
  out.numbers("part", "c", std::move(part_)).numbers("where", "l", std::move(where_));
  return std::move(out).finish();
}

Table statics_table(const std::vector<model::VesselStatic>& statics) {
  StaticColumns columns;
  for (const auto& row : statics) columns.add(row);
  return std::move(columns).finish();
}

Table events_table(std::span<const model::Event> events, const std::vector<std::string>& feeds) {
  std::vector<std::string> types, rules, evidence;
  std::vector<std::int64_t> starts, ends;
  std::vector<std::vector<std::int64_t>> mmsi, imo;
  std::vector<double> lat, lon, scores;
  std::vector<bool> placed;
  std::vector<std::vector<std::string>> reasons, support;
  for (const model::Event& event : events) {
    types.emplace_back(model::to_string(event.type));
    rules.push_back(event.rule);
    starts.push_back(event.start);
    ends.push_back(event.end);
    mmsi.emplace_back(event.mmsi.begin(), event.mmsi.end());
    imo.emplace_back(event.imo.begin(), event.imo.end());
    placed.push_back(event.at.valid());
    lat.push_back(event.at.valid() ? event.at.lat_e7 / 1e7 : 0);
    lon.push_back(event.at.valid() ? event.at.lon_e7 / 1e7 : 0);
    scores.push_back(event.score);
    base::JsonWriter json(evidence.emplace_back());
    json.begin_object();
    for (const model::Evidence& fact : event.evidence) {
      json.key(fact.name);
      const auto number = fact.is_number ? base::parse_number<double>(fact.value) : std::nullopt;
      if (number)
        json.value(*number);
      else
        json.value(fact.value);
    }
    json.end_object();
    auto& why = reasons.emplace_back();
    for (const std::string& reason : event.reasons) why.push_back(base::to_utf8(reason));
    auto& where = support.emplace_back();
    for (const model::Where& one : event.support)
      where.push_back(one.feed() < feeds.size() ? fmt::format("{}:{}", feeds[one.feed()], one.line())
                                                : fmt::format("feed {}:{}", one.feed(), one.line()));
  }
  Builder out;
  out.texts("type", types);
  nullable<std::int64_t>(out, "start", kTime, std::move(starts), base::kNoTime);
  nullable<std::int64_t>(out, "end", kTime, std::move(ends), base::kNoTime);
  out.number_lists("mmsi", mmsi).number_lists("imo", imo);
  const auto is_placed = [&](std::size_t i) { return placed[i]; };
  out.numbers("lat", "g", std::move(lat), is_placed).numbers("lon", "g", std::move(lon), is_placed);
  out.numbers("score", "g", std::move(scores)).texts("rule", rules).texts("evidence", evidence);
  out.text_lists("reasons", reasons).text_lists("support", support);
  return std::move(out).finish();
}

}  // namespace cordon::arrow
