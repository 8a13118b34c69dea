#include "cordon/patrol/prior.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <optional>

#include "cordon/base/resource.hpp"
#include "cordon/base/text.hpp"
#include "cordon/base/toml.hpp"

namespace cordon::patrol {
namespace {

constexpr double kSigmas = 4;             // a kernel is cut off there
constexpr std::size_t kMostRouted = 150;  // gaps whose way around land is looked for; the rest sail straight
constexpr double kMostValue = 4;
constexpr double kMarginDeg = 1.5;  // of the net on which silent ships sail, around the area
constexpr double kNetDeg = 0.3;

double value_of(const Sighting& one, const Ranks& ranks, const PriorSettings& settings) {
  Ranked best;
  const auto take = [&](const std::map<std::uint32_t, Ranked>& known, std::uint32_t key) {
    const auto at = key ? known.find(key) : known.end();
    if (at == known.end()) return;
    best.score = std::max(best.score, at->second.score);
    best.listed = best.listed || at->second.listed;
  };
  for (const std::uint32_t mmsi : one.mmsi) take(ranks.by_mmsi, mmsi);
  for (const std::uint32_t imo : one.imo) take(ranks.by_imo, imo);
  const double value = std::min(kMostValue, 1 + best.score / settings.score_value);
  return best.listed ? value * settings.listed_value : value;
}

class Maker {
 public:
  Maker(const Grid& grid, const PriorInput& input) : grid_(grid), input_(input), mass_(grid.cells(), 0.0) {}

  void run() {
    std::vector<const Sighting*> gaps;
    for (const Sighting& one : input_.sightings) {
      const PriorSettings::Kind* kind = kind_of(one.type);
      if (!kind || kind->weight <= 0) continue;
      if (kind->reach_nm <= 0) {
        gaps.push_back(&one);
        continue;
      }
      kernel(one.at, kind->reach_nm, weight(one, *kind), one.type);
    }
    std::stable_sort(gaps.begin(), gaps.end(), [&](const Sighting* a, const Sighting* b) {
      return weight(*a, *kind_of(a->type)) > weight(*b, *kind_of(b->type));
    });
    const Sea land_only(0, {});
    const Extent& box = grid_.extent();
    std::optional<Router> router;
    if (!gaps.empty())
      router.emplace(land_only,
                     Extent{std::max(-89.0, box.south - kMarginDeg), box.west - kMarginDeg,
                            std::min(89.0, box.north + kMarginDeg), box.east + kMarginDeg},
                     kNetDeg);
    for (std::size_t i = 0; i < gaps.size(); ++i)
      prism(*gaps[i], weight(*gaps[i], *kind_of(gaps[i]->type)), i < kMostRouted ? &*router : nullptr);
    for (const Site& site : input_.sites) kernel(site.at, site.reach_nm, site.weight, "curated sites");
  }

  // The weight of evidence becomes mass; the floor takes its share.
  base::Result<Prior> finish() {
    double sea = 0;
    for (std::size_t cell = 0; cell < grid_.cells(); ++cell)
      if (grid_.wet(cell)) sea += grid_.area_nm2(cell);
    if (sea <= 0) return base::fail("the area holds no sea");
    Prior prior;
    double seen = 0;
    for (const auto& [name, part] : parts_) seen += part.share;
    const double floor = seen > 0 ? input_.settings.floor_share : 1;
    prior.evidence = seen > 0 && floor < 1 ? seen / (1 - floor) : 1;
    if (floor > 0) parts_["floor"] = {"floor", 1, 0};
    for (auto& [name, part] : parts_) part.share = name == "floor" ? floor : part.share / seen * (1 - floor);
    prior.mass.assign(grid_.cells(), 0);
    for (std::size_t cell = 0; cell < grid_.cells(); ++cell) {
      if (!grid_.wet(cell)) continue;
      prior.mass[cell] = floor * grid_.area_nm2(cell) / sea;
      if (seen > 0) prior.mass[cell] += (1 - floor) * mass_[cell] / seen;
      if (!grid_.searchable(cell)) prior.out_of_bounds += prior.mass[cell];
    }
    for (auto& [name, part] : parts_) prior.parts.push_back(std::move(part));
    std::stable_sort(prior.parts.begin(), prior.parts.end(),
                     [](const PriorPart& a, const PriorPart& b) { return a.share > b.share; });
    prior.outside = outside_;
    return prior;
  }

  void earlier_map(const Prior& earlier) {
    for (std::size_t cell = 0; cell < mass_.size(); ++cell)
      mass_[cell] += earlier.evidence * earlier.mass[cell];
    parts_["earlier map"] = {"earlier map", 1, earlier.evidence};
  }

 private:
  const PriorSettings::Kind* kind_of(std::string_view type) const {
    for (const PriorSettings::Kind& kind : input_.settings.kinds)
      if (kind.type == type) return &kind;
    return nullptr;
  }

  double weight(const Sighting& one, const PriorSettings::Kind& kind) const {
    const double days = std::max(0.0, static_cast<double>(input_.now - one.end) / base::kDay);
    return kind.weight * one.score * std::exp2(-days / input_.settings.half_life_days) *
           value_of(one, input_.ranks, input_.settings);
  }

  void note(std::string_view name, double weight) {
    if (weight <= 0) {
      ++outside_;
      return;
    }
    PriorPart& part = parts_[std::string(name)];
    part.name = name;
    ++part.count;
    part.share += weight;
  }

  // A normal kernel, cut off at four sigma and put on the sea only. What falls outside the area is lost to
  // it; what falls on land is not, since ships do not.
  void kernel(const base::LatLon& at, double sigma_nm, double weight, std::string_view name) {
    const double reach = kSigmas * sigma_nm;
    const Extent& box = grid_.extent();
    const double row = (at.lat() - box.south) / grid_.step_lat();
    const double across = (box.west + box.east) / 2;
    const double column = (across + base::lon_difference(at.lon(), across) - box.west) / grid_.step_lon();
    const double rows = reach / grid_.height_nm() + 1;
    const double shrink = std::max(0.05, std::cos(at.lat() * std::numbers::pi / 180));
    const double columns = reach / (grid_.step_lon() * 60 * shrink) + 2;
    // A kernel wide for its cells adds up to its integral; then only the grid's own cells need a visit.
    const bool wide = sigma_nm > 1.5 * grid_.cell_nm();
    double whole = 0, ashore = 0;
    hits_.clear();
    const double first_row = std::max(std::floor(row - rows), wide ? 0.0 : -1e9);
    const double first_column = std::max(std::floor(column - columns), wide ? 0.0 : -1e9);
    const double last_row = std::min(row + rows, wide ? grid_.rows() - 1.0 : 1e9);
    const double last_column = std::min(column + columns, wide ? grid_.columns() - 1.0 : 1e9);
    for (double r = first_row; r <= last_row; ++r)
      for (double c = first_column; c <= last_column; ++c) {
        const base::LatLon middle = grid_.place(r + 0.5, c + 0.5);
        const double miles = base::distance_m(at, middle) / base::kNauticalMileM / sigma_nm;
        if (miles > kSigmas) continue;
        const double part = std::exp(-0.5 * miles * miles);
        const bool inside = r >= 0 && c >= 0 && r < grid_.rows() && c < grid_.columns();
        const std::size_t cell =
            inside ? static_cast<std::size_t>(r) * grid_.columns() + static_cast<std::size_t>(c) : 0;
        if (inside && grid_.state[cell] == CellState::land) {
          ashore += part;
          continue;
        }
        whole += part;
        if (inside && grid_.wet(cell)) hits_.push_back({cell, part});
      }
    if (wide) {
      const double cell_nm2 = grid_.height_nm() * grid_.step_lon() * 60 * shrink;
      const double integral =
          2 * std::numbers::pi * sigma_nm * sigma_nm * -std::expm1(-kSigmas * kSigmas / 2) / cell_nm2;
      whole = std::max(whole, integral - ashore);
    }
    put(weight, whole, name);
  }

  // Every place a silent ship could reach from where it was last heard, and come from to where it was heard
  // again; in proportion to the time it could have stayed.
  void prism(const Sighting& gap, double weight, const Router* router) {
    const double hours = static_cast<double>(gap.end - gap.start) / base::kHour;
    const base::LatLon from = gap.last_heard.valid() ? gap.last_heard : gap.at;
    const base::LatLon to = gap.first_heard.valid() ? gap.first_heard : from;
    const double speed_ms = std::max(input_.settings.gap_speed_kn, 1.2 * gap.implied_kn) * base::kKnotMs;
    const double reach_m = speed_ms * hours * 3600;
    Router::Field out, back;
    if (router) {
      out = router->from(from);
      back = router->from(to);
    }
    double whole = 0;
    hits_.clear();
    for (std::size_t cell = 0; cell < grid_.cells(); ++cell) {
      if (!grid_.wet(cell)) continue;
      const base::LatLon at = grid_.middle(cell);
      double way = base::distance_m(from, at) + base::distance_m(at, to);
      if (way >= reach_m) continue;
      if (router) way = out.rough_m(at) + back.rough_m(at);
      if (way >= reach_m) continue;
      const double stay = (1 - way / reach_m) * grid_.area_nm2(cell);
      whole += stay;
      hits_.push_back({cell, stay});
    }
    // A gap too short to leave its cell is a kernel of one cell.
    if (whole <= 0) return kernel(gap.at, grid_.cell_nm(), weight, gap.type);
    put(weight, whole, gap.type);
  }

  void put(double weight, double whole, std::string_view name) {
    double given = 0;
    for (const auto& [cell, part] : hits_) {
      mass_[cell] += weight * part / whole;
      given += weight * part / whole;
    }
    note(name, given);
  }

  struct Hit {
    std::size_t cell;
    double part;
  };
  const Grid& grid_;
  const PriorInput& input_;
  std::vector<double> mass_;
  std::map<std::string, PriorPart, std::less<>> parts_;
  std::vector<Hit> hits_;
  std::size_t outside_ = 0;
};

base::Result<double> number_of(const toml::table& table, std::string_view key, double least, double most) {
  const auto value = table[key].value<double>();
  if (!value || !(*value >= least && *value <= most))
    return base::fail("{}: expected a number from {} to {}", key, least, most);
  return *value;
}

}  // namespace

base::Result<PriorSettings> read_prior_settings(std::string_view text, std::string_view source) {
  const auto parsed = base::parse_toml(text, source);
  if (!parsed) return tl::unexpected(parsed.error());
  const toml::table& root = *parsed;
  PriorSettings out;
  const struct {
    const char* key;
    double PriorSettings::*member;
    double least, most;
  } numbers[] = {{"half_life_days", &PriorSettings::half_life_days, 0.01, 1e6},
                 {"floor_share", &PriorSettings::floor_share, 0, 1},
                 {"gap_speed_kn", &PriorSettings::gap_speed_kn, 0.1, 60},
                 {"listed_value", &PriorSettings::listed_value, 0, 1000},
                 {"score_value", &PriorSettings::score_value, 0.01, 1e9}};
  for (const auto& [key, member, least, most] : numbers) {
    const auto value = number_of(root, key, least, most);
    if (!value) return base::fail("{}: {}", source, value.error().message);
    out.*member = *value;
  }
  if (const toml::table* events = root["event"].as_table()) {
    for (const auto& [type, node] : *events) {
      const toml::table* table = node.as_table();
      const std::string where = fmt::format("{}: event.{}", source, base::printable(type.str()));
      if (!table) return base::fail("{}: expected a table", where);
      const auto weight = number_of(*table, "weight", 0, 1000), reach = number_of(*table, "reach_nm", 0, 500);
      if (!weight) return base::fail("{}: {}", where, weight.error().message);
      if (!reach) return base::fail("{}: {}", where, reach.error().message);
      out.kinds.push_back(
          {std::string(type.str()), *weight, *reach, (*table)["why"].value_or(std::string())});
    }
  }
  return out;
}

base::Result<PriorSettings> default_prior_settings() {
  const auto text = base::resource("patrol/prior.toml");
  if (!text) return tl::unexpected(text.error());
  return read_prior_settings(*text, "patrol/prior.toml");
}

base::Result<Prior> make_prior(const Grid& grid, const PriorInput& input) {
  Maker maker(grid, input);
  maker.run();
  return maker.finish();
}

base::Result<Prior> add_evidence(const Grid& grid, const Prior& earlier, const PriorInput& input) {
  if (earlier.mass.size() != grid.cells())
    return base::fail("the map has {} cells, the grid {}", earlier.mass.size(), grid.cells());
  PriorInput added = input;
  added.settings.floor_share = 0;  // the earlier map holds the floor
  Maker maker(grid, added);
  maker.earlier_map(earlier);
  maker.run();
  return maker.finish();
}

}  // namespace cordon::patrol
