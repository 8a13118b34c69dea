#include "cordon/ais/csv_columns.hpp"

#include <optional>
#include <string>

#include "cordon/ais/feed_reader.hpp"
#include "cordon/base/text.hpp"

namespace cordon::ais {

namespace {

struct Spelling {
  std::string_view name;  // lower case letters and digits only
  Field field;
};
constexpr Spelling kSpellings[] = {
    {"mmsi", kMmsi},
    {"basedatetime", kTime},
    {"timestamp", kTime},
    {"time", kTime},
    {"datetime", kTime},
    {"lat", kLat},
    {"latitude", kLat},
    {"lon", kLon},
    {"longitude", kLon},
    {"lng", kLon},
    {"sog", kSog},
    {"sogkn", kSog},
    {"speed", kSog},
    {"cog", kCog},
    {"cogdeg", kCog},
    {"course", kCog},
    {"heading", kHeading},
    {"headingdeg", kHeading},
    {"status", kStatus},
    {"navstatus", kStatus},
    {"navigationalstatus", kStatus},
    {"transceiverclass", kClass},
    {"transcieverclass", kClass},
    {"transceiver", kClass},
    {"typeofmobile", kClass},
    {"messagetype", kClass},
    {"type", kClass},
    {"vesselname", kName},
    {"name", kName},
    {"imo", kImo},
    {"callsign", kCallsign},
    {"vesseltype", kShipType},
    {"shiptype", kShipType},
    {"length", kLength},
    {"width", kWidth},
    {"draft", kDraught},
    {"draught", kDraught},
    {"destination", kDestination},
    {"a", kBow},
    {"b", kStern},
    {"c", kPort},
    {"d", kStarboard},
};

std::string plain_name(std::string_view cell) {
  std::string name;
  for (const char c : base::ascii_lower(cell))
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) name.push_back(c);
  return name;
}

}  // namespace

Columns map_columns(std::string_view header) {
  Columns column;
  column.fill(kAbsent);
  std::size_t index = 0;
  for (const std::string_view cell : base::split(header, ',')) {
    const std::string name = plain_name(cell);
    for (const Spelling& spelling : kSpellings)
      if (spelling.name == name && column[spelling.field] == kAbsent && index < kMaxCells)
        column[spelling.field] = index;
    ++index;
  }
  return column;
}

std::optional<FeedFormat> csv_format(std::string_view first_line) {
  // Sentences have a letter for their channel where a header may name a dimension: only words count.
  std::size_t known = 0;
  FeedFormat format = FeedFormat::marine_cadastre;
  for (const std::string_view cell : base::split(first_line.substr(0, 4096), ',')) {
    const std::string name = plain_name(cell);
    if (name == "typeofmobile") format = FeedFormat::danish;
    for (const Spelling& spelling : kSpellings) known += name.size() > 1 && spelling.name == name;
  }
  if (known < 2) return std::nullopt;
  return format;
}

}  // namespace cordon::ais
