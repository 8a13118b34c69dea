#include "cordon/simulate/shipyard.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "cordon/base/ids.hpp"

namespace cordon::simulate {
namespace {

// Flags seen in the theatre and their maritime identification digits (ITU table of MIDs).
struct Flag {
  std::string_view code;
  std::array<std::uint16_t, 4> mid;  // 0 ends
};
constexpr Flag kFlags[] = {
    {"PA", {352, 354, 370, 373}}, {"LR", {636, 637, 0, 0}},   {"MH", {538, 0, 0, 0}},
    {"HK", {477, 0, 0, 0}},       {"SG", {563, 564, 565, 0}}, {"CN", {412, 413, 414, 0}},
    {"KR", {440, 441, 0, 0}},     {"JP", {431, 432, 0, 0}},   {"TW", {416, 0, 0, 0}},
    {"RU", {273, 0, 0, 0}},       {"VN", {574, 0, 0, 0}},     {"MN", {457, 0, 0, 0}},
    {"KM", {616, 620, 0, 0}},     {"TG", {671, 0, 0, 0}},     {"SL", {667, 0, 0, 0}},
    {"PW", {511, 0, 0, 0}},       {"BZ", {312, 0, 0, 0}},     {"KH", {514, 515, 0, 0}},
    {"TV", {572, 0, 0, 0}},       {"CK", {518, 0, 0, 0}},     {"TZ", {674, 677, 0, 0}},
    {"KP", {445, 0, 0, 0}},
};
constexpr std::string_view kOcean[] = {"PA", "PA", "PA", "LR", "LR", "MH", "MH", "HK", "HK", "SG",
                                       "CN", "CN", "CN", "KR", "KR", "JP", "RU", "VN", "TW"};
constexpr std::string_view kConvenience[] = {"PA", "MN", "KM", "TG", "SL", "PW",
                                             "BZ", "TV", "CK", "TZ", "HK"};
constexpr std::string_view kCoastal[] = {"CN", "CN", "CN", "KR", "KR", "JP", "JP", "TW"};

constexpr std::string_view kStarts[] = {"Ar",    "Bel", "Cor",  "Dra", "El",  "Far", "Gal", "Hel",
                                        "Ister", "Jov", "Kes",  "Lum", "Mar", "Nor", "Or",  "Pel",
                                        "Quil",  "Ros", "Sal",  "Tar", "Ul",  "Ver", "Wil", "Xan",
                                        "Yel",   "Zar", "Bran", "Cal", "Fen", "Gor"};
constexpr std::string_view kMiddles[] = {"a", "e", "i", "o", "an", "el", "en", "or", "is", "ul", "av", "om"};
constexpr std::string_view kEnds[] = {"dis",  "lind",  "mor",  "nex",    "phin", "ric",
                                      "stel", "tavia", "vane", "wyn",    "zeth", "dora",
                                      "gard", "holm",  "kova", "lantis", "mir",  "quay"};
constexpr std::string_view kTrades[] = {"Shipping",        "Maritime", "Navigation",
                                        "Ocean Transport", "Marine",   "Shipholding"};

struct Build {
  std::uint8_t type_low, type_high;  // AIS ship type
  double length_low, length_high, ratio, speed_low, speed_high;
  bool ocean;
};
Build build_of(Trade trade) {
  switch (trade) {
    case Trade::cargo:
      return {70, 70, 85, 160, 6.3, 9, 13, true};
    case Trade::bulk:
      return {70, 71, 150, 230, 6.2, 11, 14, true};
    case Trade::container:
      return {71, 79, 130, 330, 6.8, 14, 20, true};
    case Trade::tanker:
      return {80, 84, 75, 185, 6.1, 9, 13.5, true};
    case Trade::fishing:
      return {30, 30, 18, 45, 4.2, 8, 10, false};
    case Trade::fish_carrier:
      return {70, 70, 70, 115, 6.2, 11, 14, true};
    case Trade::passenger:
      return {60, 69, 95, 190, 7.0, 18, 23, false};
    case Trade::tug:
      return {52, 52, 25, 36, 3.2, 7, 9, false};
    case Trade::barge:
      return {0, 0, 60, 100, 4.0, 6, 8, false};
    case Trade::bunker:
      return {80, 80, 55, 85, 5.8, 8, 10, false};
    case Trade::pilot:
      return {50, 50, 14, 20, 3.5, 15, 20, false};
    case Trade::net_buoy:
      return {0, 0, 1, 1, 1.0, 1, 1, false};
  }
  return {70, 70, 100, 100, 6, 10, 10, true};
}

std::string upper(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

}  // namespace

std::string_view register_type(Trade trade) {
  switch (trade) {
    case Trade::cargo:
      return "General Cargo";
    case Trade::bulk:
      return "Bulk Carrier";
    case Trade::container:
      return "Container Ship";
    case Trade::tanker:
      return "Products Tanker";
    case Trade::fishing:
      return "Fishing Vessel";
    case Trade::fish_carrier:
      return "Fish Carrier";
    case Trade::passenger:
      return "Passenger Ship";
    case Trade::tug:
      return "Tug";
    case Trade::barge:
      return "Barge";
    case Trade::bunker:
      return "Bunkering Tanker";
    case Trade::pilot:
      return "Pilot Vessel";
    case Trade::net_buoy:
      return "";
  }
  return "";
}

std::string Shipyard::word(int syllables) {
  std::string out(random_.pick(kStarts));
  for (int i = 0; i < syllables; ++i) out += random_.pick(kMiddles);
  out += random_.pick(kEnds);
  return out;
}

std::string Shipyard::ship_name(Trade trade) {
  for (;;) {
    std::string name = upper(word(static_cast<int>(random_.below(2))));
    if (trade == Trade::fishing) {
      name += " NO" + std::to_string(random_.below(89) + 10);
    } else if (random_.chance(0.3)) {
      name += " " + std::to_string(random_.below(98) + 2);
    } else if (random_.chance(0.4)) {
      name += " " + upper(std::string(random_.pick(kStarts)) + std::string(random_.pick(kEnds)));
    }
    if (name.size() <= 20 && names_.insert(name).second) return name;
    // Large fleets use the short names up: then a number makes the difference.
    name = name.substr(0, 13) + " " + std::to_string(names_.size());
    if (name.size() <= 20 && names_.insert(name).second) return name;
  }
}

std::string Shipyard::company_name(std::string_view ending) {
  for (;;) {
    std::string name =
        word(1 + static_cast<int>(random_.below(2))) + " " + std::string(random_.pick(kTrades));
    if (names_.size() > 20000) name += " " + std::to_string(names_.size());
    if (!ending.empty()) name += " " + std::string(ending);
    if (names_.insert(name).second) return name;
  }
}

std::uint32_t Shipyard::imo() {
  for (;;) {
    const std::uint32_t stem = 200000 + random_.below(200000);
    std::uint32_t sum = 0, rest = stem;
    for (std::uint32_t weight = 2; weight <= 7; ++weight, rest /= 10) sum += rest % 10 * weight;
    const std::uint32_t number = stem * 10 + sum % 10;
    if (imos_.insert(number).second) return number;
    if (imos_.size() > 190000) return 0;  // used up: the rest of the fleet sends none
  }
}

std::uint32_t Shipyard::imo_company() {
  for (;;) {
    const std::uint32_t number = 1000000 + random_.below(8999999);
    if (base::imo_company_check(number)) return number;
  }
}

std::uint32_t Shipyard::mmsi(std::string_view flag) {
  const auto found =
      std::find_if(std::begin(kFlags), std::end(kFlags), [&](const Flag& f) { return f.code == flag; });
  const Flag& of = found == std::end(kFlags) ? kFlags[0] : *found;
  const auto mids = std::count_if(of.mid.begin(), of.mid.end(), [](auto mid) { return mid != 0; });
  for (;;) {
    const std::uint32_t mid = of.mid[random_.below(static_cast<std::uint32_t>(mids))];
    const std::uint32_t number = mid * 1000000 + 1000 + random_.below(998000);
    if (mmsis_.insert(number).second) return number;
  }
}

std::string Shipyard::callsign() {
  std::string out;
  out += static_cast<char>('A' + random_.below(26));
  out += static_cast<char>('2' + random_.below(8));
  for (int i = 0; i < 3; ++i) out += static_cast<char>('A' + random_.below(26));
  return out;
}

Vessel Shipyard::build(Trade trade) {
  const Build b = build_of(trade);
  Vessel v;
  v.random = Random(random_.next());
  v.noise = Random(random_.next());
  v.trade = trade;
  v.speed_kn = random_.between(b.speed_low, b.speed_high);
  Identity& id = v.identity;
  const double length = random_.between(b.length_low, b.length_high);
  id.length_m = static_cast<std::uint16_t>(length);
  id.beam_m =
      static_cast<std::uint16_t>(std::clamp(length / b.ratio * random_.between(0.93, 1.07), 1.0, 62.0));
  id.draught_dm = static_cast<std::uint16_t>(length * random_.between(0.4, 0.6));
  id.ship_type = static_cast<std::uint8_t>(b.type_low + random_.below(b.type_high - b.type_low + 1U));
  if (trade == Trade::net_buoy) {
    // Gear beacons: forms of MMSI that no ship has, and a battery voltage for a name.
    do {
      id.mmsi = (random_.chance(0.5) ? 990000000U : 980000000U) + random_.below(9999999);
    } while (!mmsis_.insert(id.mmsi).second);
    id.name =
        "NET-" + std::to_string(random_.below(90) + 10) + "-" + std::to_string(random_.below(99) + 1) + "%";
    v.class_b = true;
    v.habit = Habit::nothing;
    return v;
  }
  if (trade == Trade::tanker || trade == Trade::cargo) {
    id.flag = random_.chance(0.45) ? random_.pick(kConvenience) : random_.pick(kOcean);
  } else {
    id.flag = b.ocean ? random_.pick(kOcean) : random_.pick(kCoastal);
  }
  id.mmsi = mmsi(id.flag);
  id.name = ship_name(trade);
  id.callsign = callsign();
  v.class_b = trade == Trade::fishing ? random_.chance(0.6) : trade == Trade::barge || trade == Trade::pilot;
  const bool small = trade == Trade::fishing || trade == Trade::barge || trade == Trade::pilot;
  if (!small) id.imo = imo();
  if (trade == Trade::fishing) v.habit = Habit::fish;
  if (trade == Trade::passenger) v.habit = Habit::ferry;
  if (trade == Trade::tug || trade == Trade::bunker || trade == Trade::pilot) v.habit = Habit::harbour;
  return v;
}

}  // namespace cordon::simulate
