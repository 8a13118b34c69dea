#include "cordon/ais/outcome.hpp"

#include <array>

namespace cordon::ais {

namespace {
constexpr std::array<std::string_view, kOutcomes> kNames = {
    "message",    "part",     "blank",        "comment",       "other_sentence", "not_nmea",
    "malformed",  "checksum", "no_checksum",  "empty_payload", "armour",         "fill_bits",
    "too_short",  "too_long", "unknown_type", "overlong_line", "header",         "row",
    "bad_fields", "bad_mmsi", "bad_time",     "bad_position",
};
static_assert(!kNames.back().empty());
}  // namespace

std::string_view to_string(Outcome outcome) {
  return kNames[static_cast<std::size_t>(outcome)];
}

bool is_reject(Outcome outcome) {
  switch (outcome) {
    case Outcome::message:
    case Outcome::part:
    case Outcome::blank:
    case Outcome::comment:
    case Outcome::other_sentence:
    case Outcome::header:
    case Outcome::row:
      return false;
    default:
      return true;
  }
}

}  // namespace cordon::ais
