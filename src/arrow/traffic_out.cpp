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

Table statics_table(const std::vector<model::VesselStatic>& statics) {
  Builder out;
  const auto numbers = [&]<class T>(const char* name, const char* format, T, const auto& get) {
    std::vector<T> values;
    values.reserve(statics.size());
    for (const auto& row : statics) values.push_back(static_cast<T>(get(row)));
    out.numbers(name, format, std::move(values));
  };
  const auto texts = [&](const char* name, const auto& get) {
    std::vector<std::string> values;
    values.reserve(statics.size());
    for (const auto& row : statics) values.push_back(base::to_utf8(get(row)));
    out.texts(name, values);
  };
  using Row = model::VesselStatic;
  std::vector<std::int64_t> times;
  for (const Row& row : statics) times.push_back(row.time);
  nullable<std::int64_t>(out, "time", kTime, std::move(times), base::kNoTime);
  numbers("mmsi", "i", std::int32_t{}, [](const Row& row) { return row.mmsi; });
  numbers("imo", "i", std::int32_t{}, [](const Row& row) { return row.imo; });
  texts("name", [](const Row& row) { return row.name; });
  texts("callsign", [](const Row& row) { return row.callsign; });
  texts("destination", [](const Row& row) { return row.destination; });
  numbers("ship_type", "s", std::int16_t{}, [](const Row& row) { return row.ship_type; });
  numbers("to_bow_m", "s", std::int16_t{}, [](const Row& row) { return row.to_bow_m; });
  numbers("to_stern_m", "s", std::int16_t{}, [](const Row& row) { return row.to_stern_m; });
  numbers("to_port_m", "s", std::int16_t{}, [](const Row& row) { return row.to_port_m; });
  numbers("to_starboard_m", "s", std::int16_t{}, [](const Row& row) { return row.to_starboard_m; });
  numbers("draught_dm", "s", std::int16_t{}, [](const Row& row) { return row.draught_dm; });
  numbers("type", "c", std::int8_t{}, [](const Row& row) { return row.type; });
  numbers("part", "c", std::int8_t{}, [](const Row& row) { return row.part; });
  numbers("where", "l", std::int64_t{}, [](const Row& row) { return row.where.packed; });
  return std::move(out).finish();
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
