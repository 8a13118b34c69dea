#include "cordon/ais/csv_words.hpp"

#include <span>

#include "cordon/ais/csv_cells.hpp"

namespace cordon::ais {

namespace {

struct Word {
  std::string_view text;  // lower case
  std::uint8_t code;
};

// As printed by the Danish Maritime Authority; the most frequent first.
constexpr Word kStatus[] = {
    {"under way using engine", 0},
    {"unknown value", 15},
    {"moored", 5},
    {"at anchor", 1},
    {"engaged in fishing", 7},
    {"under way sailing", 8},
    {"restricted maneuverability", 3},
    {"constrained by her draught", 4},
    {"not under command", 2},
    {"aground", 6},
    {"reserved for future amendment [hsc]", 9},
    {"reserved for future amendment [wig]", 10},
    {"power-driven vessel towing astern", 11},
    {"power-driven vessel pushing ahead or towing alongside", 12},
    {"ais-sart (active)", 14},
};
constexpr Word kShipType[] = {
    {"cargo", 70},       {"undefined", 0},
    {"tanker", 80},      {"fishing", 30},
    {"passenger", 60},   {"pleasure", 37},
    {"sailing", 36},     {"tug", 52},
    {"hsc", 40},         {"pilot", 50},
    {"sar", 51},         {"dredging", 33},
    {"towing", 31},      {"towing long/wide", 32},
    {"military", 35},    {"law enforcement", 55},
    {"port tender", 53}, {"anti-pollution", 54},
    {"medical", 58},     {"diving", 34},
    {"wig", 20},         {"spare 1", 56},
    {"spare 2", 57},     {"not party to conflict", 59},
    {"other", 90},
};
constexpr Word kMobile[] = {
    {"class a", 1},      {"a", 1},     {"class b", 18},     {"b", 18},
    {"base station", 4}, {"aton", 21}, {"sar airborne", 9},
};

bool equal_lower(std::string_view cell, std::string_view lower) {
  if (cell.size() != lower.size()) return false;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    const char c = cell[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c) != lower[i]) return false;
  }
  return true;
}

std::uint8_t look_up(std::string_view cell, std::span<const Word> words, std::uint8_t unknown) {
  for (const Word& word : words)
    if (equal_lower(cell, word.text)) return word.code;
  return unknown;
}

// A code printed as an integer or as a float.
bool code_of(std::string_view cell, std::int64_t& code) {
  return !cell.empty() && static_cast<unsigned>(cell[0] - '0') <= 9 && read_fixed(cell, 0, code);
}

}  // namespace

std::uint8_t nav_status_of(std::string_view cell) {
  std::int64_t code = 0;
  if (code_of(cell, code)) return code <= 15 ? static_cast<std::uint8_t>(code) : std::uint8_t{15};
  return look_up(cell, kStatus, 15);
}

std::uint8_t ship_type_of(std::string_view cell) {
  std::int64_t code = 0;
  if (code_of(cell, code)) return code <= 255 ? static_cast<std::uint8_t>(code) : std::uint8_t{0};
  return look_up(cell, kShipType, 0);
}

std::uint8_t message_type_of(std::string_view cell) {
  std::int64_t code = 0;
  if (code_of(cell, code)) return code <= 27 ? static_cast<std::uint8_t>(code) : std::uint8_t{0};
  return look_up(cell, kMobile, 0);
}

}  // namespace cordon::ais
