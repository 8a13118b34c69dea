#include "cordon/base/land.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <utility>

#include "cordon/base/land_index.hpp"
#include "cordon/base/resource.hpp"

namespace cordon::base {

struct Land::Index {
  std::vector<LatLon> points;
  std::vector<LandRing> rings;
  std::vector<std::int32_t> seam_lat_e7, seam_lon_e7;
  LandIndex grid;

  bool is_seam(const LatLon& a, const LatLon& b) const {
    const auto among = [](const std::vector<std::int32_t>& lines, std::int32_t v) {
      return std::find(lines.begin(), lines.end(), v) != lines.end();
    };
    return (a.lat_e7 == b.lat_e7 && among(seam_lat_e7, a.lat_e7)) ||
           (a.lon_e7 == b.lon_e7 && among(seam_lon_e7, a.lon_e7));
  }
};

namespace {

// Reads the next blank-separated number of a line; nothing at its end. ok turns false on anything else.
std::optional<std::int64_t> next_number(std::string_view& line, bool& ok) {
  while (!line.empty() && (line.front() == ' ' || line.front() == '\r')) line.remove_prefix(1);
  if (line.empty()) return std::nullopt;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), value);
  if (error != std::errc{} || std::abs(value) > 100000000) {
    ok = false;
    return std::nullopt;
  }
  line.remove_prefix(static_cast<std::size_t>(end - line.data()));
  return value;
}

struct Parser {
  std::vector<LatLon> points;
  std::vector<std::pair<std::size_t, std::size_t>> spans;
  std::vector<std::int32_t> seam_lat, seam_lon;
  std::int64_t step_e7 = 0;

  bool keyword(std::string_view line, std::string_view word, std::vector<std::int32_t>& out,
               std::int64_t scale) {
    bool ok = true;
    line.remove_prefix(word.size());
    while (const auto v = next_number(line, ok)) {
      if (std::abs(*v) > 180) return false;
      out.push_back(static_cast<std::int32_t>(*v * scale));
    }
    return ok;
  }

  bool ring(std::string_view line) {
    bool ok = true;
    std::int64_t lat = 0, lon = 0;
    const std::size_t first = points.size();
    while (const auto d_lat = next_number(line, ok)) {
      const auto d_lon = next_number(line, ok);
      if (!d_lon) return false;
      lat += *d_lat * step_e7;
      lon += *d_lon * step_e7;
      if (std::abs(lat) > 900000000 || std::abs(lon) > 1800000000) return false;
      points.push_back({static_cast<std::int32_t>(lat), static_cast<std::int32_t>(lon)});
    }
    spans.emplace_back(first, points.size());
    return ok && points.size() - first >= 3;
  }

  Result<void> line(std::string_view text, std::size_t number) {
    if (text.empty() || text.front() == '#') return {};
    bool ok = true;
    if (text.starts_with("unit ")) {
      auto rest = text.substr(5);
      const auto unit = next_number(rest, ok);
      ok = unit && *unit > 0 && 10000000 % *unit == 0;
      if (ok) step_e7 = 10000000 / *unit;
    } else if (text.starts_with("seam lat ")) {
      ok = keyword(text, "seam lat ", seam_lat, 10000000);
    } else if (text.starts_with("seam lon ")) {
      ok = keyword(text, "seam lon ", seam_lon, 10000000);
    } else {
      ok = step_e7 > 0 && ring(text);
    }
    if (ok) return {};
    return fail(
        "land: line {}: expected 'unit N', 'seam lat|lon ...' or a ring of at least three points, found '{}'",
        number, text.substr(0, 40));
  }
};

}  // namespace

Result<Land> Land::parse(std::string_view text) {
  Parser parser;
  parser.points.reserve(text.size() / 7);
  std::size_t number = 0;
  while (!text.empty()) {
    const auto end = text.find('\n');
    if (auto done = parser.line(text.substr(0, end), ++number); !done) return tl::unexpected(done.error());
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  if (parser.spans.empty()) return fail("land: expected rings, found none in {} lines", number);

  auto index = std::make_unique<Index>();
  index->points = std::move(parser.points);
  index->seam_lat_e7 = std::move(parser.seam_lat);
  index->seam_lon_e7 = std::move(parser.seam_lon);
  std::vector<LandIndex::Edge> edges;
  edges.reserve(index->points.size());
  for (const auto& [first, last] : parser.spans) {
    LandRing ring;
    ring.points = std::span(index->points).subspan(first, last - first);
    ring.south_e7 = ring.west_e7 = INT32_MAX;
    ring.north_e7 = ring.east_e7 = INT32_MIN;
    for (std::size_t i = 0; i < ring.points.size(); ++i) {
      const LatLon& a = ring.points[i];
      const LatLon& b = ring.points[i + 1 < ring.points.size() ? i + 1 : 0];
      edges.push_back({a.lat_e7, a.lon_e7, b.lat_e7, b.lon_e7, !index->is_seam(a, b)});
      ring.south_e7 = std::min(ring.south_e7, a.lat_e7);
      ring.north_e7 = std::max(ring.north_e7, a.lat_e7);
      ring.west_e7 = std::min(ring.west_e7, a.lon_e7);
      ring.east_e7 = std::max(ring.east_e7, a.lon_e7);
    }
    index->rings.push_back(ring);
  }
  index->grid = LandIndex(edges);
  return Land(std::move(index));
}

Land::Land(std::unique_ptr<const Index> index) : index_(std::move(index)) {}
Land::Land(Land&&) noexcept = default;
Land& Land::operator=(Land&&) noexcept = default;
Land::~Land() = default;

bool Land::on_land(const LatLon& at) const {
  return index_->grid.on_land(at);
}
double Land::distance_to_shore_m(const LatLon& at, double cap_m) const {
  return index_->grid.distance_to_shore_m(at, cap_m);
}
std::span<const LandRing> Land::rings() const {
  return index_->rings;
}
bool Land::is_seam(const LatLon& a, const LatLon& b) const {
  return index_->is_seam(a, b);
}

const Land& land() {
  static const Land instance = [] {
    auto text = resource("geo/land.txt");
    auto parsed = text ? Land::parse(*text) : Result<Land>(tl::unexpected(text.error()));
    if (!parsed) {
      std::fprintf(stderr, "cordon: %s\n", parsed.error().message.c_str());
      std::exit(3);
    }
    return std::move(*parsed);
  }();
  return instance;
}

bool on_land(const LatLon& at) {
  return land().on_land(at);
}
double distance_to_shore_m(const LatLon& at, double cap_m) {
  return land().distance_to_shore_m(at, cap_m);
}
std::span<const LandRing> land_rings() {
  return land().rings();
}

}  // namespace cordon::base
