// Makes up ships and companies. Every name is put together from invented syllables, and IMO numbers are drawn
// from 2,000,000 to 3,999,999 with a right check digit, a range in which none are known to be issued: a
// likeness to a real ship or company would be chance.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>

#include "cordon/simulate/random.hpp"
#include "cordon/simulate/vessel.hpp"

namespace cordon::simulate {

class Shipyard {
 public:
  explicit Shipyard(std::uint64_t seed) : random_(seed) {}

  // A hull of a trade: identity, dimensions, class and speed, with a place to be filled in by the caller.
  Vessel build(Trade trade);
  std::string ship_name(Trade trade);
  std::string company_name(std::string_view ending);  // "Tarvolen Shipping" + " " + ending
  std::uint32_t imo();
  std::uint32_t mmsi(std::string_view flag);  // unique, of one of the flag's MIDs
  std::uint32_t imo_company();                // right check digit of company numbers
  std::string callsign();
  Random& random() { return random_; }

 private:
  std::string word(int syllables);
  Random random_;
  std::unordered_set<std::uint32_t> imos_, mmsis_;
  std::unordered_set<std::string> names_;
};

// "Products Tanker": as a register words the trade. ship_type decides among the tankers.
std::string_view register_type(Trade trade);

}  // namespace cordon::simulate
