#include "cordon/detect/ports.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "cordon/base/csv.hpp"
#include "cordon/base/resource.hpp"
#include "cordon/base/text.hpp"

namespace cordon::detect {
namespace {

constexpr int kRows = 180, kColumns = 360;
constexpr double kMetresPerDegree = base::kEarthRadiusM * 3.14159265358979323846 / 180.0;
constexpr double kMaxLimitM = 500e3;

int row_of(double lat) {
  return std::clamp(static_cast<int>(std::floor(lat + 90.0)), 0, kRows - 1);
}
int column_of(double lon) {
  return (static_cast<int>(std::floor(lon + 180.0)) % kColumns + kColumns) % kColumns;
}

}  // namespace

base::Result<Ports> Ports::parse(std::string_view csv, std::string_view name) {
  auto table = base::CsvTable::parse(csv, std::string(name));
  if (!table) return tl::unexpected(table.error());
  const auto country = table->require({"country"}), label = table->require({"name"});
  const auto lat = table->require({"lat"}), lon = table->require({"lon"});
  for (const auto* column : {&country, &label, &lat, &lon})
    if (!*column) return tl::unexpected(column->error());
  Ports ports;
  for (std::size_t i = 0; i < table->size(); ++i) {
    const auto y = base::parse_number<double>(table->cell(i, *lat));
    const auto x = base::parse_number<double>(table->cell(i, *lon));
    if (!y || !x || std::abs(*y) > 90 || std::abs(*x) > 180)
      return base::fail("{}: line {}: expected latitude and longitude, found '{}', '{}'", name,
                        table->line(i), table->cell(i, *lat), table->cell(i, *lon));
    ports.ports_.push_back({std::string(table->cell(i, *label)), std::string(table->cell(i, *country)),
                            base::from_degrees(*y, *x)});
  }
  ports.index();
  return ports;
}

const Ports& Ports::world() {
  static const Ports ports = [] {
    const auto text = base::resource("ports/ports.csv");
    auto parsed = text ? parse(*text, "ports/ports.csv") : Ports{};
    return parsed ? *std::move(parsed) : Ports{};
  }();
  return ports;
}

void Ports::index() {
  cell_start_.assign(kRows * kColumns + 1, 0);
  const auto cell = [](const Port& port) {
    return static_cast<std::size_t>(row_of(port.at.lat()) * kColumns + column_of(port.at.lon()));
  };
  for (const Port& port : ports_) ++cell_start_[cell(port) + 1];
  for (std::size_t i = 1; i < cell_start_.size(); ++i) cell_start_[i] += cell_start_[i - 1];
  cell_items_.resize(ports_.size());
  std::vector<std::uint32_t> next(cell_start_.begin(), cell_start_.end() - 1);
  for (std::uint32_t i = 0; i < ports_.size(); ++i) cell_items_[next[cell(ports_[i])]++] = i;
}

Ports::Near Ports::nearest(const base::LatLon& at, double limit_m) const {
  return nearest_of(at, limit_m, {});
}

Ports::Near Ports::nearest_of(const base::LatLon& at, double limit_m,
                              std::span<const std::string> countries) const {
  Near best;
  if (!at.valid() || cell_start_.empty()) return best;
  best.distance_m = std::min(limit_m, kMaxLimitM);
  const int reach = static_cast<int>(best.distance_m / kMetresPerDegree) + 1;
  const int row = row_of(at.lat()), column = column_of(at.lon());
  for (int r = std::max(0, row - reach); r <= std::min(kRows - 1, row + reach); ++r) {
    // Meridians close up: a distance spans more columns nearer to the pole (the row's edge that lies there).
    const double edge = std::max(std::abs(r - 90.0), std::abs(r - 89.0));
    const double narrow = std::cos(std::min(edge, 89.5) * 3.14159265358979323846 / 180.0);
    const int wide =
        std::min(kColumns / 2 - 1, static_cast<int>(best.distance_m / kMetresPerDegree / narrow) + 1);
    for (int c = -wide; c <= wide + (wide == kColumns / 2 - 1 ? 1 : 0); ++c) {
      const auto cell = static_cast<std::size_t>(r * kColumns + (column + c + kColumns) % kColumns);
      for (std::uint32_t k = cell_start_[cell]; k < cell_start_[cell + 1]; ++k) {
        const Port& port = ports_[cell_items_[k]];
        if (!countries.empty() &&
            std::find(countries.begin(), countries.end(), port.country) == countries.end())
          continue;
        const double distance = base::distance_m(at, port.at);
        if (distance < best.distance_m || (distance == best.distance_m && !best.port)) {
          best.distance_m = distance;
          best.port = &port;
        }
      }
    }
  }
  return best;
}

Harbours::Harbours(const Ports& ports, double radius_m) : bits_(kRows * kColumns / 64 + 1) {
  constexpr double kCell = static_cast<double>(kCellE7) * 1e-7;
  const double limit_m = std::min(radius_m, kMaxLimitM);
  const int reach = static_cast<int>(limit_m / kMetresPerDegree / kCell) + 1;
  for (const Port& port : ports.all()) {
    const double y = (port.at.lat() + 90) / kCell, x = (port.at.lon() + 180) / kCell;
    const int row = static_cast<int>(y), column = static_cast<int>(x);
    for (int r = std::max(0, row - reach); r <= std::min<int>(kRows - 2, row + reach); ++r) {
      // The corner farthest from the port, on the parallel where degrees of longitude are widest.
      const double north_m = std::max(std::abs(r - y), std::abs(r + 1 - y)) * kCell * kMetresPerDegree;
      const double nearest_equator = std::min(std::abs(r * kCell - 90), std::abs((r + 1) * kCell - 90));
      const double wide_m = kCell * kMetresPerDegree * std::cos(nearest_equator * 3.14159265358979 / 180);
      const int wide = std::min<int>(kColumns / 2 - 1, static_cast<int>(limit_m / std::max(wide_m, 1.0)));
      for (int c = -wide; c <= wide; ++c) {
        const double east_m = std::max(std::abs(column + c - x), std::abs(column + c + 1 - x)) * wide_m;
        if (north_m * north_m + east_m * east_m >= limit_m * limit_m) continue;
        const std::int64_t cell = r * kColumns + (column + c + kColumns) % kColumns;
        bits_[static_cast<std::size_t>(cell / 64)] |= std::uint64_t{1} << (cell % 64);
      }
    }
  }
}

}  // namespace cordon::detect
