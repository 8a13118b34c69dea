#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "cordon/base/land.hpp"
#include "cordon/base/text.hpp"
#include "cordon/patrol/briefing_parts.hpp"

namespace cordon::patrol {
namespace {

constexpr double kWidth = 720, kMostHeight = 860;
constexpr int kLevels = 9;

double mercator(double lat) {
  return std::log(std::tan(std::numbers::pi / 4 + std::clamp(lat, -85.0, 85.0) * std::numbers::pi / 360)) *
         180 / std::numbers::pi;
}

class Chart {
 public:
  explicit Chart(const Plan& plan) : plan_(plan) {
    box_ = plan.grid.extent();
    middle_ = (box_.west + box_.east) / 2;
    for (const Asset& asset : plan.request.assets.assets)
      if (asset.kind != AssetKind::satellite) take(asset.base);
    for (const Sortie& sortie : plan.sorties)
      for (const TurningPoint& point : sortie.points) take(point.at);
    const double margin = 0.02 * (box_.east - box_.west) + 0.1;
    box_ = {std::max(-84.0, box_.south - margin), box_.west - margin, std::min(84.0, box_.north + margin),
            box_.east + margin};
    const double high = mercator(box_.north) - mercator(box_.south);
    scale_ = std::min(kWidth / (box_.east - box_.west), kMostHeight / high);
    width_ = scale_ * (box_.east - box_.west);
    height_ = scale_ * high;
  }

  std::string draw() {
    out_ = fmt::format(
        "<svg viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-label=\"Chart: where the target may be, and "
        "the tracks\">"
        "<defs><pattern id=\"hatch\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" "
        "patternTransform=\"rotate(45)\">"
        "<line class=\"hatch\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"5\"/></pattern></defs>"
        "<rect class=\"sea\" width=\"{:.0f}\" height=\"{:.0f}\"/>",
        width_, height_, width_, height_);
    heat();
    cells(
        "shut",
        [&](std::size_t cell) {
          return plan_.grid.state[cell] == CellState::near_shore ||
                         plan_.grid.state[cell] == CellState::barred
                     ? 1
                     : 0;
        },
        1);
    land();
    graticule();
    regions();
    tracks();
    bases();
    return out_ + "</svg>";
  }

 private:
  void take(const base::LatLon& at) {
    const double lon = middle_ + base::lon_difference(at.lon(), middle_);
    box_.south = std::min(box_.south, at.lat());
    box_.north = std::max(box_.north, at.lat());
    box_.west = std::min(box_.west, lon);
    box_.east = std::max(box_.east, lon);
  }
  double x(double lon) const { return (lon - box_.west) * scale_; }
  double y(double lat) const { return (mercator(box_.north) - mercator(lat)) * scale_; }
  double x(const base::LatLon& at) const { return x(middle_ + base::lon_difference(at.lon(), middle_)); }

  // Cells of one level as bars along the rows.
  template <class Level>
  void cells(std::string_view kind, const Level& level, int of) {
    std::vector<std::string> paths(static_cast<std::size_t>(of) + 1);
    const Grid& grid = plan_.grid;
    const double wide = grid.step_lon() * scale_;
    for (std::uint32_t row = 0; row < grid.rows(); ++row) {
      const double south = grid.extent().south + row * grid.step_lat();
      const double top = y(south + grid.step_lat()), high = y(south) - top;
      for (std::uint32_t column = 0; column < grid.columns();) {
        const int here = level(std::size_t{row} * grid.columns() + column);
        std::uint32_t end = column + 1;
        while (end < grid.columns() && level(std::size_t{row} * grid.columns() + end) == here) ++end;
        if (here > 0)
          paths[static_cast<std::size_t>(here)] += fmt::format(
              "M{:.1f} {:.1f}h{:.1f}v{:.1f}h{:.1f}z", x(grid.extent().west + column * grid.step_lon()), top,
              wide * (end - column), high, -wide * (end - column));
        column = end;
      }
    }
    for (std::size_t i = 1; i < paths.size(); ++i)
      if (!paths[i].empty())
        out_ += fmt::format(
            "<path class=\"{}\"{} d=\"{}\"/>", kind,
            of > 1 ? fmt::format(" fill-opacity=\"{:.2f}\"", 0.8 * static_cast<double>(i) / of) : "",
            paths[i]);
  }

  // By the root of the mass for its area: the thin parts of the map stay visible beside the thick.
  void heat() {
    const Grid& grid = plan_.grid;
    std::vector<double> dense;
    for (std::size_t cell = 0; cell < grid.cells(); ++cell)
      if (plan_.prior.mass[cell] > 0) dense.push_back(plan_.prior.mass[cell] / grid.area_nm2(cell));
    if (dense.empty()) return;
    const auto high = dense.begin() + static_cast<std::ptrdiff_t>(dense.size() * 995 / 1000);
    std::nth_element(dense.begin(), high, dense.end());
    const double most = *high;
    cells(
        "heat",
        [&](std::size_t cell) {
          return static_cast<int>(std::lround(
              kLevels * std::sqrt(std::min(1.0, plan_.prior.mass[cell] / grid.area_nm2(cell) / most))));
        },
        kLevels);
  }

  void land() {
    const double step = (box_.east - box_.west) / 1400;
    std::string path;
    for (const base::LandRing& ring : base::land_rings()) {
      for (const double turn : {-360.0, 0.0, 360.0}) {
        if (ring.north_e7 * 1e-7 < box_.south || ring.south_e7 * 1e-7 > box_.north ||
            ring.east_e7 * 1e-7 + turn < box_.west || ring.west_e7 * 1e-7 + turn > box_.east)
          continue;
        if (std::max(ring.north_e7 - ring.south_e7, ring.east_e7 - ring.west_e7) * 1e-7 < step) continue;
        double lat = 1e3, lon = 1e3;
        bool first = true;
        for (const base::LatLon& point : ring.points) {
          const double at = point.lon() + turn;
          const bool inside =
              point.lat() > box_.south && point.lat() < box_.north && at > box_.west && at < box_.east;
          const double least = inside ? step : step * 60;  // outside only the rough course is needed
          if (std::abs(point.lat() - lat) < least && std::abs(at - lon) < least) continue;
          lat = point.lat();
          lon = at;
          path += fmt::format("{}{:.1f} {:.1f}", first ? 'M' : 'L', x(lon), y(lat));
          first = false;
        }
        path += 'Z';
      }
    }
    out_ += fmt::format("<path class=\"land\" fill-rule=\"evenodd\" d=\"{}\"/>", path);
  }

  void graticule() {
    const double degrees = box_.east - box_.west;
    double step = 0.25;
    for (const double each : {0.5, 1.0, 2.0, 5.0, 10.0})
      if (degrees / step > 8) step = each;
    for (double lon = std::ceil(box_.west / step) * step; lon < box_.east; lon += step) {
      const double real = base::lon_difference(lon, 0);
      out_ += fmt::format(
          "<path class=\"net\" d=\"M{0:.1f} 0V{1:.1f}\"/><text x=\"{2:.1f}\" y=\"{3:.1f}\">{4:g}°{5}</text>",
          x(lon), height_, x(lon) + 3, height_ - 5, std::abs(real), real < 0 ? 'W' : 'E');
    }
    for (double lat = std::ceil(box_.south / step) * step; lat < box_.north; lat += step)
      out_ += fmt::format(
          "<path class=\"net\" d=\"M0 {0:.1f}H{1:.1f}\"/><text x=\"4\" y=\"{2:.1f}\">{3:g}°{4}</text>",
          y(lat), width_, y(lat) - 3, std::abs(lat), lat < 0 ? 'S' : 'N');
    // A bar of miles, true at the middle latitude.
    const double lat = (box_.south + box_.north) / 2;
    const double mile = scale_ / 60 / std::cos(lat * std::numbers::pi / 180);
    double miles = 10;
    for (const double each : {20.0, 50.0, 100.0, 200.0})
      if (each * mile < 130) miles = each;
    out_ += fmt::format(
        "<path d=\"M{0:.1f} 14v6h{1:.1f}v-6\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.4\"/>"
        "<text class=\"name\" x=\"{2:.1f}\" y=\"12\" text-anchor=\"middle\">{3:g} nm</text>",
        width_ - 16 - miles * mile, miles * mile, width_ - 16 - miles * mile / 2, miles);
  }

  std::string ring_path(const Region& region) const {
    std::string path;
    for (const Region::Ring& ring : region.rings()) {
      for (std::size_t i = 0; i < ring.size(); ++i)
        path += fmt::format("{}{:.1f} {:.1f}", i == 0 ? 'M' : 'L', x(ring[i]), y(ring[i].lat()));
      path += 'Z';
    }
    return path;
  }

  void regions() {
    for (const Region& region : plan_.request.area)
      out_ += fmt::format("<path class=\"area\" d=\"{}\"/>", ring_path(region));
    for (const Region& region : plan_.request.no_go)
      out_ += fmt::format("<path class=\"nogo\" d=\"{}\"><title>{}</title></path>", ring_path(region),
                          shown(region.name()));
    for (const Look& look : plan_.looks) {
      const Asset& asset = plan_.request.assets.assets[look.asset];
      const Pass& pass = asset.passes[look.pass];
      const double course = base::bearing_deg(pass.from, pass.to), half = asset.swath_km.value * 500;
      std::string path;
      for (const auto& [at, side] :
           {std::pair{pass.from, -90.0}, {pass.to, -90.0}, {pass.to, 90.0}, {pass.from, 90.0}}) {
        const base::LatLon corner = base::destination(at, course + side, half);
        path += fmt::format("{}{:.1f} {:.1f}", path.empty() ? 'M' : 'L', x(corner), y(corner.lat()));
      }
      out_ += fmt::format("<path class=\"swath\" d=\"{}Z\"><title>{} {}</title></path>", path,
                          shown(asset.name), base::to_iso(pass.time));
    }
  }

  void tracks() {
    for (const Sortie& sortie : plan_.sorties) {
      std::string way, legs;
      for (std::size_t i = 1; i < sortie.points.size(); ++i) {
        const TurningPoint &a = sortie.points[i - 1], &b = sortie.points[i];
        const bool search =
            a.kind == PointKind::search && b.kind == PointKind::search && inside_ladder(sortie, a, b);
        std::string& path = search ? legs : way;
        path += fmt::format("M{:.1f} {:.1f}L{:.1f} {:.1f}", x(a.at), y(a.at.lat()), x(b.at), y(b.at.lat()));
      }
      const std::size_t hue = sortie.asset % kHues;
      out_ += fmt::format(
          "<g><title>{} {}</title><path class=\"way k{}\" d=\"{}\"/><path class=\"legs k{}\" d=\"{}\"/></g>",
          shown(plan_.request.assets.assets[sortie.asset].name), sortie.number, hue, way, hue, legs);
    }
    for (const Sortie& sortie : plan_.sorties) {
      // Where it finds most.
      std::size_t leg = 0, best = 0;
      double most = -1;
      for (const Visit& visit : sortie.visits) {
        if (visit.pos > most) {
          most = visit.pos;
          best = leg;
        }
        leg += visit.legs;
      }
      if (best >= sortie.legs.size()) continue;
      const base::LatLon& at = sortie.legs[best].from;
      out_ += fmt::format(
          "<rect class=\"pin f{0}\" x=\"{1:.1f}\" y=\"{2:.1f}\" width=\"22\" height=\"15\" rx=\"3\"/>"
          "<text class=\"flag\" x=\"{3:.1f}\" y=\"{4:.1f}\">{5}</text>",
          sortie.asset % kHues, x(at) - 11, y(at.lat()) - 7.5, x(at), y(at.lat()), sign_of(plan_, sortie));
    }
  }

  static bool inside_ladder(const Sortie& sortie, const TurningPoint& a, const TurningPoint& b) {
    return std::any_of(sortie.visits.begin(), sortie.visits.end(),
                       [&](const Visit& visit) { return a.time >= visit.start && b.time <= visit.end; });
  }

  void bases() {
    std::vector<std::string> had;
    for (const Asset& asset : plan_.request.assets.assets) {
      if (asset.kind == AssetKind::satellite ||
          std::find(had.begin(), had.end(), asset.base_name) != had.end())
        continue;
      const bool left = x(asset.base) > width_ - 120;
      out_ += fmt::format(
          "<circle class=\"base\" cx=\"{0:.1f}\" cy=\"{1:.1f}\" r=\"4.5\"/><text class=\"name\" "
          "x=\"{2:.1f}\" y=\"{3:.1f}\"{5}>{4}</text>",
          x(asset.base), y(asset.base.lat()), x(asset.base) + (left ? -8 : 8),
          y(asset.base.lat()) + 4 + 14.0 * static_cast<double>(had.size() % 3), shown(asset.base_name),
          left ? " text-anchor=\"end\"" : "");
      had.push_back(asset.base_name);
    }
  }

  const Plan& plan_;
  Extent box_;
  double middle_ = 0, scale_ = 1, width_ = 0, height_ = 0;
  std::string out_;
};

}  // namespace

std::string chart_svg(const Plan& plan) {
  return Chart(plan).draw();
}

}  // namespace cordon::patrol
