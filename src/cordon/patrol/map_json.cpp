#include "cordon/patrol/map_json.hpp"

#include <cmath>

#include "cordon/base/json.hpp"
#include "cordon/patrol/json_read.hpp"

namespace cordon::patrol {
namespace {

constexpr std::string_view kStates = "onblx";  // CellState: open, near_shore, barred, land, outside

void write_regions(base::JsonWriter& json, std::string_view key, const std::vector<Region>& regions) {
  json.key(key);
  json.begin_array();
  for (const Region& region : regions) {
    json.begin_object();
    json.field("type", "Polygon");
    json.field("name", region.name());
    json.key("coordinates");
    json.begin_array();
    for (const Region::Ring& ring : region.rings()) {
      json.begin_array();
      for (std::size_t i = 0; i <= ring.size(); ++i) {
        json.begin_array();
        json.fixed(ring[i % ring.size()].lon(), 7);
        json.fixed(ring[i % ring.size()].lat(), 7);
        json.end_array();
      }
      json.end_array();
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
}

base::Result<std::vector<Region>> read_some(const Reader& reader, const char* key) {
  std::vector<Region> out;
  for (const auto& one : reader.array(key)) {
    auto regions = read_regions(simdjson::minify(one), key);
    if (!regions) return tl::unexpected(regions.error());
    for (Region& region : *regions) {
      auto named = Region::of(std::string(Reader(one).text("name")), region.rings());
      if (!named) return tl::unexpected(named.error());
      out.push_back(std::move(*named));
    }
  }
  return out;
}

base::Result<Grid> read_grid(const Reader& reader) {
  auto grid = Grid::restore(reader.number("south"), reader.number("west"), reader.number("step_lat"),
                            reader.number("step_lon"), reader.number("cell_nm"),
                            static_cast<std::uint32_t>(reader.whole("rows", 0, 1e6)),
                            static_cast<std::uint32_t>(reader.whole("columns", 0, 1e6)));
  if (!grid) return grid;
  std::size_t cell = 0;
  for (const auto& row : reader.array("states")) {
    std::string_view letters;
    if (row.get(letters) || letters.size() != grid->columns() || cell == grid->cells())
      return base::fail("states: expected {} rows of {} letters", grid->rows(), grid->columns());
    for (const char letter : letters) {
      const auto at = kStates.find(letter);
      if (at == std::string_view::npos) return base::fail("states: expected letters of {}", kStates);
      grid->state[cell++] = static_cast<CellState>(at);
    }
  }
  if (cell != grid->cells()) return base::fail("states: expected {} rows", grid->rows());
  return grid;
}

base::Result<Prior> read_prior(const Reader& reader, const Grid& grid) {
  Prior prior;
  prior.evidence = reader.number("evidence");
  prior.out_of_bounds = reader.number("out_of_bounds");
  for (const auto& one : reader.array("parts")) {
    const Reader part(one);
    prior.parts.push_back(
        {std::string(part.text("name")), part.whole("count", 0, 1e12), part.number("share")});
  }
  double all = 0;
  for (const auto& one : reader.array("mass")) {
    double mass = 0;
    if (one.get(mass) || !(mass >= 0 && mass <= 1 + 1e-9))
      return base::fail("prior.mass[{}]: expected a number from 0 to 1", prior.mass.size());
    all += mass;
    prior.mass.push_back(mass);
  }
  if (prior.mass.size() != grid.cells())
    return base::fail("prior.mass: expected {} numbers, found {}", grid.cells(), prior.mass.size());
  if (std::abs(all - 1) > 1e-6) return base::fail("prior.mass: adds up to {}, not to 1", all);
  if (!(prior.evidence >= 0 && prior.evidence < 1e12))
    return base::fail("prior.evidence: expected a number of 0 or more");
  return prior;
}

}  // namespace

void write_map(base::JsonWriter& json, const std::vector<Region>& area, const std::vector<Region>& no_go,
               double clearance_nm, const Grid& grid, const Prior& prior) {
  json.field("clearance_nm", clearance_nm);
  write_regions(json, "area", area);
  write_regions(json, "no_go", no_go);
  json.key("grid");
  json.begin_object();
  json.field("south", grid.extent().south);
  json.field("west", grid.extent().west);
  json.field("step_lat", grid.step_lat());
  json.field("step_lon", grid.step_lon());
  json.field("cell_nm", grid.cell_nm());
  json.field("rows", grid.rows());
  json.field("columns", grid.columns());
  json.key("states");
  json.begin_array();
  for (std::uint32_t row = 0; row < grid.rows(); ++row) {
    std::string letters;
    for (std::uint32_t column = 0; column < grid.columns(); ++column)
      letters += kStates[static_cast<std::size_t>(grid.state[std::size_t{row} * grid.columns() + column])];
    json.value(letters);
  }
  json.end_array();
  json.end_object();
  json.key("prior");
  json.begin_object();
  json.field("evidence", prior.evidence);
  json.field("out_of_bounds", prior.out_of_bounds);
  json.key("parts");
  json.begin_array();
  for (const PriorPart& part : prior.parts) {
    json.begin_object();
    json.field("name", part.name);
    json.field("count", std::uint64_t{part.count});
    json.field("share", part.share);
    json.end_object();
  }
  json.end_array();
  json.key("mass");
  json.begin_array();
  for (const double mass : prior.mass) json.value(mass);
  json.end_array();
  json.end_object();
}

std::string map_json(const MapState& state) {
  std::string out;
  base::JsonWriter json(out);
  json.begin_object();
  json.field("cordon_map", 1);
  json.key("history");
  json.begin_array();
  for (const std::string& line : state.history) json.value(line);
  json.end_array();
  write_map(json, state.area, state.no_go, state.clearance_nm, state.grid, state.prior);
  json.end_object();
  out += '\n';
  return out;
}

base::Result<MapState> read_map(std::string_view text, std::string_view source) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (const auto error = parser.parse(text.data(), text.size()).get(root))
    return base::fail("{}: expected a plan or a map as JSON: {}", source, simdjson::error_message(error));
  const Reader reader(root);
  if (!reader.has("cordon_map") && !reader.has("cordon_plan"))
    return base::fail("{}: expected \"cordon_plan\" or \"cordon_map\"", source);
  MapState state;
  state.clearance_nm = reader.number("clearance_nm");
  auto area = read_some(reader, "area"), no_go = read_some(reader, "no_go");
  if (!area) return base::fail("{}: area: {}", source, area.error().message);
  if (!no_go) return base::fail("{}: no_go: {}", source, no_go.error().message);
  auto grid = read_grid(reader.object("grid"));
  if (!grid) return base::fail("{}: grid: {}", source, grid.error().message);
  auto prior = read_prior(reader.object("prior"), *grid);
  if (!prior) return base::fail("{}: {}", source, prior.error().message);
  state.area = std::move(*area);
  state.no_go = std::move(*no_go);
  state.grid = std::move(*grid);
  state.prior = std::move(*prior);
  for (const auto& line : reader.array("history")) {
    std::string_view words;
    if (!line.get(words)) state.history.emplace_back(words);
  }
  if (!(state.clearance_nm >= 0 && state.clearance_nm <= 200) || state.area.empty())
    return base::fail("{}: expected an area and a clearance", source);
  return state;
}

}  // namespace cordon::patrol
