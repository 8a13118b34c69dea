// Where land is: point in polygon, distance to the nearest coast, and the rings themselves for maps.
// Source: Natural Earth (public domain), data/geo/land.txt, made by script/data/make_land.py: 1:10m inside
// the theatre (lat 18..46, lon 112..146), 1:50m elsewhere. A coast of that scale is true to about 1 km in the
// theatre and 5 km outside it: ask for a margin before calling a ship "on land", and expect berths to lie on
// land. Lakes are land; the Caspian is sea.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "cordon/base/geo.hpp"
#include "cordon/base/result.hpp"

namespace cordon::base {

// A closed ring; the last point joins the first. Rings never cross the antimeridian: they are cut along it.
struct LandRing {
  std::span<const LatLon> points;
  std::int32_t south_e7 = 0, north_e7 = 0, west_e7 = 0, east_e7 = 0;  // bounding box
};

// A coast and its index: blocks of one degree, and where a coast passes, cells of a tenth of a degree with
// their edges. Right at the antimeridian and at the poles. Immutable: any number of threads may ask.
class Land {
 public:
  // Reads the text of data/geo/land.txt. Fails with the line number on a malformed or out-of-range ring.
  static Result<Land> parse(std::string_view text);
  Land(Land&&) noexcept;
  Land& operator=(Land&&) noexcept;
  ~Land();

  // False for an invalid place.
  bool on_land(const LatLon& at) const;
  // Metres to the nearest coast line, from sea or from land alike; cap_m where none is nearer or `at` is
  // invalid.
  double distance_to_shore_m(const LatLon& at, double cap_m) const;
  std::span<const LandRing> rings() const;
  // The edge between two neighbouring ring points is a cut between pieces, not coast (do not stroke it).
  bool is_seam(const LatLon& a, const LatLon& b) const;

 private:
  struct Index;
  explicit Land(std::unique_ptr<const Index> index);
  std::unique_ptr<const Index> index_;
};

// The land of data/geo/land.txt, read on first use (about 20 ms; safe from any thread). A broken file of
// one's own (CORDON_DATA) ends the program with its error.
const Land& land();
bool on_land(const LatLon& at);
double distance_to_shore_m(const LatLon& at, double cap_m);
std::span<const LandRing> land_rings();

}  // namespace cordon::base
