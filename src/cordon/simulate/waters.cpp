#include "cordon/simulate/waters.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <queue>
#include <string_view>
#include <utility>

#include "cordon/base/csv.hpp"
#include "cordon/base/land.hpp"
#include "cordon/base/resource.hpp"

namespace cordon::simulate {
namespace {

constexpr double kSouth = 18, kWest = 112, kStep = 0.1;
constexpr int kRows = 280, kColumns = 340, kCells = kRows * kColumns;
constexpr std::array<std::array<int, 2>, 8> kNeighbours{
    {{0, 1}, {1, 1}, {1, 0}, {1, -1}, {0, -1}, {-1, -1}, {-1, 0}, {-1, 1}}};
constexpr std::uint8_t kNoWay = 255, kHere = 254;
constexpr double kOffShoreM = 2500, kKeepOffM = 700, kSampleM = 1200, kOpenKm = 9;
// Coast stations hear class A to the horizon of their masts, about 40 nm; class B has 2 W or 5 W and a low
// antenna.
constexpr double kRangeAKm = 75, kRangeBKm = 33;

base::LatLon place(const Spot& at) {
  return base::from_degrees(at.lat, at.lon);
}

// Nearly sure within half the range, then falling to nothing at its end.
double reception_at(double km, double range_km) {
  if (km >= range_km) return 0;
  return km < range_km / 2 ? 0.95 : 0.95 * (range_km - km) / (range_km / 2);
}

std::vector<Hub> read_hubs() {
  auto text = base::resource("simulate/hubs.csv");
  auto table = text ? base::CsvTable::parse(*text, "simulate/hubs.csv")
                    : base::Result<base::CsvTable>(tl::unexpected(text.error()));
  if (!table || table->size() == 0) {
    std::fprintf(stderr, "cordon: simulate/hubs.csv: %s\n",
                 table ? "no rows" : table.error().message.c_str());
    std::exit(3);
  }
  std::vector<Hub> out;
  for (std::size_t i = 0; i < table->size(); ++i) {
    const auto cell = [&](const char* name) { return std::string(table->cell(i, table->column({name}))); };
    Hub hub;
    hub.country = cell("country");
    hub.name = cell("name");
    hub.port = {std::strtod(cell("lat").c_str(), nullptr), std::strtod(cell("lon").c_str(), nullptr)};
    hub.weight = static_cast<unsigned>(std::strtoul(cell("weight").c_str(), nullptr, 10));
    out.push_back(std::move(hub));
  }
  return out;
}

}  // namespace

struct Waters::Field {
  std::once_flag once;
  std::vector<std::uint8_t> next;  // index into kNeighbours, kHere or kNoWay
};

int Waters::cell_of(const Spot& at) {
  const int row = static_cast<int>(std::floor((at.lat - kSouth) / kStep));
  const int column = static_cast<int>(std::floor((at.lon - kWest) / kStep));
  return row < 0 || row >= kRows || column < 0 || column >= kColumns ? -1 : row * kColumns + column;
}

Spot Waters::middle(int cell) {
  return {kSouth + (cell / kColumns + 0.5) * kStep, kWest + (cell % kColumns + 0.5) * kStep};
}

const Waters& Waters::theatre() {
  static const Waters instance;
  return instance;
}

Waters::Waters() : hubs_(read_hubs()) {
  std::vector<std::uint8_t> open(kCells, 0);
  shore_km_.resize(kCells);
  for (int cell = 0; cell < kCells; ++cell) {
    const auto at = place(middle(cell));
    if (base::on_land(at)) continue;
    const double shore_m = base::distance_to_shore_m(at, 250000);
    shore_km_[static_cast<std::size_t>(cell)] = static_cast<std::uint8_t>(shore_m / 1000);
    open[static_cast<std::size_t>(cell)] = shore_m >= kOffShoreM;
  }
  // Which neighbours a ship can reach straight on: eight bits a cell.
  navigable_ = open;
  open_ways_.assign(kCells, 255);
  for (int cell = 0; cell < kCells; ++cell) {
    const auto i = static_cast<std::size_t>(cell);
    if (!open[i] || shore_km_[i] > 2 * kOpenKm) continue;
    for (std::size_t n = 0; n < 4; ++n) {  // the other four are the same ways back
      const auto [dr, dc] = kNeighbours[n];
      const int r = cell / kColumns + dr, c = cell % kColumns + dc;
      if (r < 0 || r >= kRows || c < 0 || c >= kColumns) continue;
      const int to = r * kColumns + c;
      if (open[static_cast<std::size_t>(to)] && clear(middle(cell), middle(to))) continue;
      open_ways_[i] &= static_cast<std::uint8_t>(~(1U << n));
      open_ways_[static_cast<std::size_t>(to)] &= static_cast<std::uint8_t>(~(1U << (n + 4)));
    }
  }
  // What is connected to the middle of the East China Sea.
  navigable_.assign(kCells, 0);
  std::vector<int> todo{cell_of({29.0, 125.5})};
  navigable_[static_cast<std::size_t>(todo.front())] = 1;
  while (!todo.empty()) {
    const int cell = todo.back();
    todo.pop_back();
    for (std::size_t n = 0; n < kNeighbours.size(); ++n) {
      if ((open_ways_[static_cast<std::size_t>(cell)] >> n & 1) == 0) continue;
      const auto [dr, dc] = kNeighbours[n];
      const int r = cell / kColumns + dr, c = cell % kColumns + dc;
      if (r < 0 || r >= kRows || c < 0 || c >= kColumns) continue;
      const auto to = static_cast<std::size_t>(r * kColumns + c);
      if (!open[to] || navigable_[to]) continue;
      navigable_[to] = 1;
      todo.push_back(static_cast<int>(to));
    }
  }
  for (Hub& hub : hubs_) {
    double best = 1e9;
    for (int cell = 0; cell < kCells; ++cell) {
      if (!navigable_[static_cast<std::size_t>(cell)]) continue;
      const double d = metres(middle(cell), hub.port);
      if (d < best) best = d, hub.gate = middle(cell);
    }
    total_weight_ += hub.weight;
    fields_.push_back(std::make_unique<Field>());
  }
  reception_a_.resize(kCells);
  reception_b_.resize(kCells);
  station_.resize(kCells);
  for (int cell = 0; cell < kCells; ++cell) {
    const auto i = static_cast<std::size_t>(cell);
    const Spot at = middle(cell);
    std::size_t nearest = 0;
    for (std::size_t h = 1; h < hubs_.size(); ++h) {
      if (metres(at, hubs_[h].port) < metres(at, hubs_[nearest].port)) nearest = h;
    }
    station_[i] = static_cast<std::uint8_t>(nearest);
    // Stations stand all along the coast but that of the DPRK, which shares nothing: there only what its
    // neighbours or satellites hear is known.
    double km = shore_km_[i] + 5.0;
    if (hubs_[nearest].country == "kp") km += 45.0;
    reception_a_[i] = static_cast<std::uint8_t>(255 * reception_at(km, kRangeAKm));
    reception_b_[i] = static_cast<std::uint8_t>(255 * reception_at(km, kRangeBKm));
    if (!navigable_[i] || at.lat < 24 || at.lat > 42.5 || at.lon < 118.5 || at.lon > 137.5) continue;
    if ((at.lat < 34 && at.lon > 131) || (at.lat < 31 && at.lon > 129) || (at.lat < 35.2 && at.lon > 132))
      continue;
    inner_.push_back(cell);
  }
}
Waters::~Waters() = default;

std::size_t Waters::hub(std::string_view name) const {
  const auto found = std::find_if(hubs_.begin(), hubs_.end(), [&](const Hub& h) { return h.name == name; });
  return static_cast<std::size_t>(found - hubs_.begin()) % hubs_.size();
}

std::size_t Waters::random_hub(Random& random, std::size_t other_than) const {
  const auto weight = [&](std::size_t i) { return i == other_than ? 0 : hubs_[i].weight; };
  auto left = random.below(total_weight_ - (other_than == kAny ? 0 : hubs_[other_than].weight));
  for (std::size_t i = 0; i < hubs_.size(); ++i) {
    if (left < weight(i)) return i;
    left -= weight(i);
  }
  return 0;
}

std::size_t Waters::random_hub_of(Random& random, std::string_view country) const {
  std::vector<std::size_t> of;
  for (std::size_t i = 0; i < hubs_.size(); ++i) {
    if (hubs_[i].country == country) of.push_back(i);
  }
  return of.empty() ? random_hub(random) : of[random.below(static_cast<std::uint32_t>(of.size()))];
}

bool Waters::navigable(const Spot& at) const {
  const int cell = cell_of(at);
  return cell >= 0 && navigable_[static_cast<std::size_t>(cell)] && !base::on_land(place(at));
}

double Waters::shore_km(const Spot& at) const {
  const int cell = cell_of(at);
  return cell < 0 ? 0 : shore_km_[static_cast<std::size_t>(cell)];
}

double Waters::hub_distance_km(const Spot& at) const {
  double best = 1e9;
  for (const Hub& hub : hubs_) best = std::min({best, metres(at, hub.port), metres(at, hub.gate)});
  return best / 1000;
}

// Islets are smaller than a cell: near the coast every point of the way must be kKeepOffM off it, and samples
// stand close enough that nothing fits between them. From kOpenKm on a cell holds no land.
bool Waters::clear(const Spot& a, const Spot& b) const {
  const int steps = 1 + static_cast<int>(metres(a, b) / kSampleM);
  for (int i = 0; i <= steps; ++i) {
    const double f = static_cast<double>(i) / steps;
    const Spot at{a.lat + f * (b.lat - a.lat), a.lon + f * (b.lon - a.lon)};
    const int cell = cell_of(at);
    if (cell < 0 || !navigable_[static_cast<std::size_t>(cell)]) return false;
    if (shore_km_[static_cast<std::size_t>(cell)] < kOpenKm &&
        (base::distance_to_shore_m(place(at), kKeepOffM) < kKeepOffM || base::on_land(place(at)))) {
      return false;
    }
  }
  return true;
}

// Dijkstra from the gate outwards; the shallows along the coast cost more, so lanes keep off it.
const Waters::Field& Waters::field(std::size_t hub) const {
  Field& out = *fields_[hub];
  std::call_once(out.once, [&] {
    out.next.assign(kCells, kNoWay);
    std::vector<float> cost(kCells, 1e30F);
    using Item = std::pair<float, int>;
    std::priority_queue<Item, std::vector<Item>, std::greater<>> queue;
    const int gate = cell_of(hubs_[hub].gate);
    cost[static_cast<std::size_t>(gate)] = 0;
    out.next[static_cast<std::size_t>(gate)] = kHere;
    queue.emplace(0.0F, gate);
    while (!queue.empty()) {
      const auto [so_far, cell] = queue.top();
      queue.pop();
      if (so_far > cost[static_cast<std::size_t>(cell)]) continue;
      const double shrink = std::cos(middle(cell).lat * 0.017453292519943295);
      for (std::size_t n = 0; n < kNeighbours.size(); ++n) {
        if ((open_ways_[static_cast<std::size_t>(cell)] >> n & 1) == 0) continue;
        const auto [dr, dc] = kNeighbours[n];
        const int r = cell / kColumns + dr, c = cell % kColumns + dc;
        if (r < 0 || r >= kRows || c < 0 || c >= kColumns) continue;
        const auto to = static_cast<std::size_t>(r * kColumns + c);
        if (!navigable_[to]) continue;
        const double length = std::hypot(dr, dc * shrink);
        const double km = shore_km_[to];
        const double step = length * (km < 8 ? 2.2 : km < 20 ? 1.3 : 1.0);
        const float next = so_far + static_cast<float>(step);
        if (next >= cost[to]) continue;
        cost[to] = next;
        out.next[to] = static_cast<std::uint8_t>((n + 4) % 8);  // back towards the gate
        queue.emplace(next, static_cast<int>(to));
      }
    }
  });
  return out;
}

// Keeps only the points where the way must turn.
std::vector<Spot> Waters::straightened(const std::vector<Spot>& way) const {
  std::vector<Spot> out{way.front()};
  std::size_t anchor = 0;
  while (anchor + 1 < way.size()) {
    std::size_t reach = anchor + 1;
    while (reach + 1 < way.size() && clear(way[anchor], way[reach + 1])) ++reach;
    out.push_back(way[reach]);
    anchor = reach;
  }
  return out;
}

std::vector<Spot> Waters::route(const Spot& from, std::size_t to_hub) const {
  const Field& way = field(to_hub);
  int cell = cell_of(from);
  if (cell < 0 || way.next[static_cast<std::size_t>(cell)] == kNoWay) return {};
  std::vector<Spot> cells{from};
  while (way.next[static_cast<std::size_t>(cell)] != kHere) {
    const auto [dr, dc] = kNeighbours[way.next[static_cast<std::size_t>(cell)]];
    cell += dr * kColumns + dc;
    cells.push_back(middle(cell));
  }
  if (cells.size() == 1) cells.push_back(hubs_[to_hub].gate);
  auto out = straightened(cells);
  out.push_back(hubs_[to_hub].port);
  return out;
}

std::vector<Spot> Waters::route(std::size_t from_hub, std::size_t to_hub) const {
  auto out = route(hubs_[from_hub].gate, to_hub);
  if (!out.empty()) out.insert(out.begin(), hubs_[from_hub].port);
  return out;
}

Spot Waters::random_sea(Random& random, double min_shore_km, double max_shore_km, double min_hub_km) const {
  for (int attempt = 0;; ++attempt) {
    const int cell = inner_[random.below(static_cast<std::uint32_t>(inner_.size()))];
    const Spot middle_of = middle(cell);
    const Spot at{middle_of.lat + random.between(-0.04, 0.04), middle_of.lon + random.between(-0.04, 0.04)};
    // Some asks cannot be met together; after many tries the hubs are let closer, then the shore is.
    if (!navigable(at) || (attempt < 4000 && hub_distance_km(at) < min_hub_km)) continue;
    const double km = shore_km(at);
    if (attempt >= 8000 || (km >= min_shore_km && km <= max_shore_km)) return at;
  }
}

double Waters::coast_reception(const Spot& at, bool class_b) const {
  const int cell = cell_of(at);
  if (cell < 0) return 0;
  return (class_b ? reception_b_ : reception_a_)[static_cast<std::size_t>(cell)] / 255.0;
}

unsigned Waters::station(const Spot& at) const {
  const int cell = cell_of(at);
  return cell < 0 ? 0 : station_[static_cast<std::size_t>(cell)];
}

}  // namespace cordon::simulate
