// Identifiers of the sea and of companies, typed: seven digits alone say nothing. IMO ship and IMO company
// numbers share the form and differ in the check; all 16 numbers in the UN DPRK remarks are company numbers.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cordon::base {

// IMO ship number: (7 d1 + 6 d2 + 5 d3 + 4 d4 + 3 d5 + 2 d6) mod 10 = d7 (IMO Res. A.1117(30)).
bool imo_ship_check(std::uint32_t number);
// IMO company and registered owner number: weights 8 6 4 2 9 7, d7 = (11 - sum mod 11) mod 10.
bool imo_company_check(std::uint32_t number);
// "IMO 9187629", "IMO9187629", "9187629" -> 9187629. No check digit test: OSINT and AIS carry typing errors.
std::optional<std::uint32_t> parse_imo(std::string_view text);
// ISO 17442 check (ISO 7064 mod 97-10) of a 20-character LEI.
bool lei_check(std::string_view lei);

// ITU-R M.585 forms of a nine-digit maritime identity.
enum class MmsiKind : std::uint8_t {
  ship,
  coast,
  group,
  sar_aircraft,
  handheld,
  craft,
  aton,
  sart,
  mob,
  epirb,
  invalid
};
MmsiKind mmsi_kind(std::uint32_t mmsi);
// Maritime identification digits of any kind of MMSI; 0 where it has none.
int mmsi_mid(std::uint32_t mmsi);
// Lower ISO 3166 alpha-2 of the flag state a MID is allocated to ("kp" for 445); empty where unallocated.
// Reads data/names/mids.csv.
std::string_view mid_country(int mid);

// "DPRK", "Korea, North", "Democratic People's Republic of Korea", "prk", "KP" -> "kp" (lower ISO 3166
// alpha-2 as in FollowTheMoney). Unknown names: nothing. Reads data/names/countries.csv.
std::optional<std::string> country_code(std::string_view name);
// "kp" -> "North Korea"; the code itself when unknown.
std::string country_name(std::string_view code);

}  // namespace cordon::base
