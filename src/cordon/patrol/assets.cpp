#include "cordon/patrol/assets.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <set>

#include "cordon/base/resource.hpp"
#include "cordon/base/text.hpp"
#include "cordon/base/toml.hpp"

namespace cordon::patrol {
namespace {

constexpr std::size_t kMostAssets = 64, kMostPasses = 1000;
constexpr unsigned kMostSorties = 500;
constexpr std::array<std::string_view, 3> kTargets = {"tanker", "coaster", "barge"};
constexpr std::array<std::string_view, 4> kModes = {"radar", "visual", "esm", "ais"};

struct Named {
  std::string_view name;
  Figure Asset::*member;
  double least, most;  // what the figure can be
};
constexpr std::array<Named, 8> kMoving = {{{"speed_kn", &Asset::speed_kn, 1, 1000},
                                           {"transit_kn", &Asset::transit_kn, 1, 1000},
                                           {"endurance_h", &Asset::endurance_h, 0.1, 5000},
                                           {"reserve_h", &Asset::reserve_h, 0, 5000},
                                           {"sorties_per_day", &Asset::sorties_per_day, 0, 50},
                                           {"cost_per_hour", &Asset::cost_per_hour, 0, 1e9},
                                           {"recognise", &Asset::recognise, 0, 1},
                                           {"corridor_nm", &Asset::corridor_nm, 0, 200}}};
constexpr std::array<Named, 3> kOrbiting = {{{"swath_km", &Asset::swath_km, 1, 2000},
                                             {"cost_per_pass", &Asset::cost_per_pass, 0, 1e9},
                                             {"recognise", &Asset::recognise, 0, 1}}};

std::string shown(std::string_view text) {
  return base::printable(text.substr(0, 80));
}

const toml::table& types() {
  static const toml::table table = [] {
    const auto text = base::resource("patrol/assets.toml");
    auto parsed =
        text ? base::parse_toml(*text, "patrol/assets.toml") : base::fail("patrol/assets.toml is missing");
    if (!parsed) {
      std::fprintf(stderr, "cordon: %s\n", parsed.error().message.c_str());
      std::abort();
    }
    return *std::move(parsed);
  }();
  return table;
}

AssetKind kind_of(toml::node_view<const toml::node> type) {
  const std::string kind = type["kind"].value_or(std::string());
  return kind == "air" ? AssetKind::air : kind == "satellite" ? AssetKind::satellite : AssetKind::ship;
}

// A number, or {value, source, assumed}. given: where a bare number comes from.
base::Result<Figure> read_figure(toml::node_view<const toml::node> node, std::string_view given, double least,
                                 double most) {
  Figure figure;
  std::optional<double> value;
  if (const toml::table* table = node.as_table()) {
    value = (*table)["value"].value<double>();
    figure.source = (*table)["source"].value_or(std::string(given));
    figure.assumed = (*table)["assumed"].value_or(false);
  } else {
    value = node.value<double>();
    figure.source = given;
  }
  if (!value) return base::fail("expected a number or {{ value = a number, source = \"...\" }}");
  if (!(*value >= least && *value <= most))
    return base::fail("{} is out of range {}..{}", *value, least, most);
  figure.value = *value;
  return figure;
}

base::Result<base::LatLon> read_place(toml::node_view<const toml::node> lat,
                                      toml::node_view<const toml::node> lon) {
  const auto y = lat.value<double>(), x = lon.value<double>();
  if (!y || !x || !(std::abs(*y) <= 90) || !(std::abs(*x) <= 180))
    return base::fail("expected a latitude within 90 and a longitude within 180 degrees");
  return base::from_degrees(*y, *x);
}

class Reader {
 public:
  Reader(std::string_view source, const AssetFile& file) : source_(source), file_(file) {}

  base::Result<Asset> read(const toml::table& table, std::size_t number) {
    Asset asset;
    asset.name = table["name"].value_or(std::string());
    where_ = fmt::format("{}: asset {}{}", source_, number,
                         asset.name.empty() ? "" : " (" + shown(asset.name) + ")");
    if (base::trim(asset.name).empty()) return wrong("name", "expected a name");
    asset.type = table["type"].value_or(std::string());
    const auto type = types()["type"][asset.type];
    if (!type.is_table())
      return wrong("type", fmt::format("expected one of {}, found '{}'", type_names(), shown(asset.type)));
    asset.title = type["title"].value_or(asset.type);
    asset.kind = kind_of(type);
    if (auto done = check_keys(table); !done) return tl::unexpected(done.error());
    auto done =
        asset.kind == AssetKind::satellite ? read_orbit(table, type, asset) : read_moving(table, type, asset);
    if (!done) return tl::unexpected(done.error());
    return asset;
  }

 private:
  tl::unexpected<base::Error> wrong(std::string_view key, std::string_view what) const {
    return base::fail("{}: {}: {}", where_, key, what);
  }

  static std::string type_names() {
    std::string names;
    for (const auto& [name, node] : *types()["type"].as_table())
      names += (names.empty() ? "" : ", ") + std::string(name.str());
    return names;
  }

  base::Result<void> check_keys(const toml::table& table) const {
    static constexpr std::string_view kOther[] = {"name",    "type", "mode",     "base",
                                                  "sorties", "pass", "sweep_nm", "look"};
    for (const auto& [key, node] : table) {
      const auto same = [&key = key](std::string_view one) { return one == key.str(); };
      const auto named = [&](const Named& one) { return same(one.name); };
      if (!std::any_of(std::begin(kOther), std::end(kOther), same) &&
          !std::any_of(kMoving.begin(), kMoving.end(), named) &&
          !std::any_of(kOrbiting.begin(), kOrbiting.end(), named))
        return wrong(shown(key.str()), "no such key");
    }
    return {};
  }

  base::Result<void> take(const toml::table& own, toml::node_view<const toml::node> type, const Named& named,
                          Asset& asset) const {
    const bool given = own.contains(named.name);
    auto figure = read_figure(given ? own[named.name] : type[named.name], given ? source_ : "assets.toml",
                              named.least, named.most);
    if (!figure) return wrong(named.name, figure.error().message);
    asset.*(named.member) = std::move(*figure);
    return {};
  }

  base::Result<void> read_moving(const toml::table& own, toml::node_view<const toml::node> type,
                                 Asset& asset) const {
    for (const Named& named : kMoving)
      if (auto done = take(own, type, named, asset); !done) return done;
    if (asset.usable_h() <= 0)
      return wrong("reserve_h",
                   fmt::format("{} h leave nothing of {} h", asset.reserve_h.value, asset.endurance_h.value));
    asset.mode = own["mode"].value_or(std::string("radar"));
    const auto mode = type["sweep_nm"][asset.mode];
    if (std::find(kModes.begin(), kModes.end(), asset.mode) == kModes.end() ||
        (!mode && !own.contains("sweep_nm")))
      return wrong("mode",
                   fmt::format("expected a mode of {}: radar, visual or as in docs/patrol.md, found '{}'",
                               asset.type, shown(asset.mode)));
    const bool given = own.contains("sweep_nm");
    auto sweep =
        read_figure(given ? own["sweep_nm"] : mode[file_.target], given ? source_ : "assets.toml", 0, 500);
    if (!sweep) return wrong("sweep_nm", sweep.error().message);
    asset.sweep_nm = std::move(*sweep);
    const auto factor = types()["sea_state"][asset.mode];
    asset.sea_factor = {factor["value"][static_cast<std::size_t>(file_.sea_state)].value_or(1.0),
                        factor["source"].value_or(std::string()), factor["assumed"].value_or(false)};
    const auto base = own["base"];
    auto place = read_place(base["lat"], base["lon"]);
    if (!place) return wrong("base", "expected { name = \"...\", lat = .., lon = .. }");
    asset.base = *place;
    asset.base_name = base["name"].value_or(std::string("base"));
    if (own.contains("sorties")) {
      const auto sorties = own["sorties"].value<std::int64_t>();
      if (!sorties || *sorties < 1 || *sorties > kMostSorties)
        return wrong("sorties", fmt::format("expected a whole number from 1 to {}", kMostSorties));
      asset.sorties = static_cast<unsigned>(*sorties);
    }
    return {};
  }

  base::Result<void> read_orbit(const toml::table& own, toml::node_view<const toml::node> type,
                                Asset& asset) const {
    for (const Named& named : kOrbiting)
      if (auto done = take(own, type, named, asset); !done) return done;
    asset.mode = "radar";
    const bool given = own.contains("look");
    auto look =
        read_figure(given ? own["look"] : type["look"][file_.target], given ? source_ : "assets.toml", 0, 1);
    if (!look) return wrong("look", look.error().message);
    asset.look = std::move(*look);
    const toml::array* passes = own["pass"].as_array();
    if (!passes || passes->empty() || passes->size() > kMostPasses)
      return wrong("pass", "expected [{ time = \"...\", from = [lat, lon], to = [lat, lon] }]");
    for (const toml::node& one : *passes) {
      const toml::node_view<const toml::node> node(one);
      const auto time = base::parse_time(node["time"].value_or(std::string()));
      auto from = read_place(node["from"][0], node["from"][1]), to = read_place(node["to"][0], node["to"][1]);
      if (!time || !from || !to)
        return wrong("pass", "expected { time = \"...\", from = [lat, lon], to = [lat, lon] }");
      asset.passes.push_back({*time, *from, *to});
    }
    std::sort(asset.passes.begin(), asset.passes.end(),
              [](const Pass& a, const Pass& b) { return a.time < b.time; });
    return {};
  }

  std::string_view source_;
  const AssetFile& file_;
  std::string where_;
};

}  // namespace

std::string_view to_string(AssetKind kind) {
  return kind == AssetKind::ship ? "ship" : kind == AssetKind::air ? "air" : "satellite";
}

base::Result<AssetFile> read_assets(std::string_view text, std::string_view source) {
  auto table = base::parse_toml(text, source);
  if (!table) return tl::unexpected(table.error());
  const toml::table& root = *table;
  AssetFile file;
  for (const auto& [key, node] : root)
    if (key.str() != "conditions" && key.str() != "asset")
      return base::fail("{}: expected [conditions] and [[asset]], found '{}'", source, shown(key.str()));
  file.target = root["conditions"]["target"].value_or(file.target);
  if (std::find(kTargets.begin(), kTargets.end(), file.target) == kTargets.end())
    return base::fail("{}: conditions.target: expected tanker, coaster or barge, found '{}'", source,
                      shown(file.target));
  const auto sea = root["conditions"]["sea_state"].value_or(std::int64_t{file.sea_state});
  if (sea < 0 || sea > 6)
    return base::fail("{}: conditions.sea_state: expected 0 to 6 (Douglas), found {}", source, sea);
  file.sea_state = static_cast<int>(sea);
  const toml::array* assets = root["asset"].as_array();
  if (!assets || assets->empty()) return base::fail("{}: expected at least one [[asset]]", source);
  if (assets->size() > kMostAssets) return base::fail("{}: more than {} assets", source, kMostAssets);
  Reader reader(source, file);
  std::set<std::string> names;
  for (std::size_t i = 0; i < assets->size(); ++i) {
    const toml::table* one = (*assets)[i].as_table();
    if (!one) return base::fail("{}: asset {}: expected a table", source, i + 1);
    auto asset = reader.read(*one, i + 1);
    if (!asset) return tl::unexpected(asset.error());
    if (!names.insert(asset->name).second)
      return base::fail("{}: two assets are called {}", source, shown(asset->name));
    file.assets.push_back(std::move(*asset));
  }
  return file;
}

std::vector<AssetType> asset_types() {
  std::vector<AssetType> out;
  for (const auto& [name, node] : *types()["type"].as_table()) {
    const auto type = types()["type"][name.str()];
    AssetType one{
        std::string(name.str()), type["title"].value_or(std::string(name.str())), kind_of(type), {}};
    for (const std::string_view mode : kModes)
      if (type["sweep_nm"][mode]) one.modes.emplace_back(mode);
    out.push_back(std::move(one));
  }
  return out;
}

std::vector<std::pair<std::string_view, const Figure*>> figures(const Asset& asset) {
  std::vector<std::pair<std::string_view, const Figure*>> out;
  if (asset.kind == AssetKind::satellite) {
    for (const Named& one : kOrbiting) out.emplace_back(one.name, &(asset.*(one.member)));
    out.emplace_back("look", &asset.look);
    return out;
  }
  out.emplace_back("sweep_nm", &asset.sweep_nm);
  out.emplace_back("sea_factor", &asset.sea_factor);
  for (const Named& one : kMoving) out.emplace_back(one.name, &(asset.*(one.member)));
  return out;
}

}  // namespace cordon::patrol
