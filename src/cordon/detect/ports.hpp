// Ports of the world: name, state, place. data/ports/ports.csv carries the facts of the World Port Index
// (NGA Pub. 150, public domain); places there are given to the minute of arc, about 1 nautical mile.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/geo.hpp"
#include "cordon/base/result.hpp"

namespace cordon::detect {

struct Port {
  std::string name;
  std::string country;  // lower ISO 3166 alpha-2
  base::LatLon at;
};

class Ports {
 public:
  static base::Result<Ports> parse(std::string_view csv, std::string_view name);
  static const Ports& world();  // the embedded table

  struct Near {
    const Port* port = nullptr;  // null where none lies within the limit
    double distance_m = 0;
  };
  // The nearest port within limit_m (at most 500 km).
  Near nearest(const base::LatLon& at, double limit_m) const;
  // The nearest port of one of these states.
  Near nearest_of(const base::LatLon& at, double limit_m, std::span<const std::string> countries) const;
  std::span<const Port> all() const { return ports_; }

 private:
  void index();
  std::vector<Port> ports_;
  std::vector<std::uint32_t> cell_start_, cell_items_;  // one-degree cells
};

// Cells of a twentieth of a degree that lie wholly within a distance of some port: a quick, cautious test.
class Harbours {
 public:
  Harbours(const Ports& ports, double radius_m);
  bool inside(const base::LatLon& at) const {
    const auto cell = (static_cast<std::int64_t>(at.lat_e7) + 900'000'000) / kCellE7 * kColumns +
                      (static_cast<std::int64_t>(at.lon_e7) + 1'800'000'000) / kCellE7;
    return bits_[static_cast<std::size_t>(cell / 64)] >> (cell % 64) & 1;
  }

 private:
  static constexpr std::int64_t kCellE7 = 500'000, kColumns = 7200, kRows = 3601;
  std::vector<std::uint64_t> bits_;
};

}  // namespace cordon::detect
