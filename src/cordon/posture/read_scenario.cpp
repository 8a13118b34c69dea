// TOML -> Scenario: extension, then each section with its units and ranges.
#include <algorithm>
#include <cmath>
#include <map>

#include "cordon/base/bytes.hpp"
#include "cordon/base/resource.hpp"
#include "cordon/base/text.hpp"
#include "cordon/posture/toml_reader.hpp"

namespace cordon::posture {
namespace {

constexpr int kMostExtensions = 8;
constexpr Kind kPart{"part", 0, 1}, kKm2{"km2", 1, 1e8}, kHours{"h", 0, 168}, kWeeksKind{"weeks", 0, 52};

// What the child names replaces what it extends; a parameter is replaced whole, for a number without its own
// source would be a number with somebody else's.
// Moved, not copied: a copy of a node forgets where in which file it stood.
void merge(toml::table& under, toml::table&& over) {
  for (auto&& [key, node] : over) {
    toml::node* below = under.get(key.str());
    toml::table* table = node.as_table();
    if (below && below->is_table() && table && !table->contains("value"))
      merge(*below->as_table(), std::move(*table));
    else
      node.visit([&, name = key.str()](auto& value) { under.insert_or_assign(name, std::move(value)); });
  }
}

base::Result<toml::table> extended(std::string_view text, std::string_view name,
                                   const std::filesystem::path& folder, int depth) {
  auto table = base::parse_toml(text, name);
  if (!table || !table->contains("extends")) return table;
  Faults faults;
  const std::string parent = Table(*table, "", faults).text("extends", true);
  if (faults.first()) return tl::unexpected(*faults.first());
  const auto bad = [&](std::string_view expected) -> base::Result<toml::table> {
    faults.add(*table->get("extends"), "extends", expected, describe(*table->get("extends")));
    return tl::unexpected(*faults.first());
  };
  if (depth == kMostExtensions) return bad("a chain of at most 8 extensions that is no circle");
  base::Result<toml::table> under;
  if (parent.ends_with(".toml") && !folder.empty()) {
    const auto file = folder / parent;
    const auto bytes = base::read_file(file, std::size_t{4} << 20);
    if (!bytes) return tl::unexpected(bytes.error());
    under = extended(*bytes, file.string(), file.parent_path(), depth + 1);
  } else {
    const std::string file = "posture/" + parent + ".toml";
    const bool plain = std::all_of(parent.begin(), parent.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
    const auto bytes = plain ? base::resource(file) : base::fail("not plain");
    if (!bytes)
      return bad(folder.empty() ? "the name of a built-in posture"
                                : "a built-in posture or a file NAME.toml");
    under = extended(*bytes, file, {}, depth + 1);
  }
  if (!under) return under;
  // Words about the parent are not words about the child.
  for (const auto name_of : {"name", "summary", "caveats"}) under->erase(name_of);
  merge(*under, std::move(*table));
  return under;
}

class Builder {
 public:
  Builder(const toml::table& root, Faults& faults) : root_(root, "", faults), faults_(faults) {}

  Scenario build() {
    root_.only({"format", "name", "summary", "extends", "caveats", "lists", "smugglers", "patrols", "lawful",
                "method", "place", "way", "country", "asset", "share", "pause"});
    if (const auto format = root_.text("format", true); format != "cordon-posture/1")
      root_.fault("format", "'cordon-posture/1'", "'" + base::printable(format) + "'");
    out_.name = root_.text("name", true, 120);
    out_.summary = root_.text("summary", false, 1000);
    out_.extends = root_.text("extends", false);
    out_.caveats = root_.texts("caveats");
    const Table lists = root_.child("lists", false);
    lists.only({"overlap"});
    out_.overlap = lists.number("overlap", 0, 1, 1.0);
    smugglers();
    patrols();
    lawful();
    methods();
    places();
    ways();
    countries();
    assets();
    sharing();
    pauses();
    return std::move(out_);
  }

 private:
  // Calls read(id, table) for each table below `section`, in the order of the file.
  template <class Read>
  void each(std::string_view section, bool must, std::size_t most, const Read& read) {
    const Table table = root_.child(section, must);
    std::size_t count = 0;
    std::vector<std::pair<std::size_t, std::string>> order;
    for (const auto& [key, node] : table.raw()) order.emplace_back(count++, std::string(key.str()));
    if (count > most) root_.fault(section, fmt::format("at most {} of them", most), fmt::format("{}", count));
    if (must && count == 0) root_.fault(section, "at least one", "none");
    if (faults_.first()) return;
    for (const auto& [at, id] : order) {
      const bool plain = !id.empty() && id.size() <= 40 && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
      });
      if (!plain) table.fault(id, "an id of letters, digits and _", "'" + base::printable(id) + "'");
      read(id, table.child(id));
    }
  }

  template <class Items>
  std::size_t find(const Items& items, const Table& table, std::string_view name, std::string_view id) {
    for (std::size_t i = 0; i < items.size(); ++i)
      if (items[i].id == id) return i;
    std::string known;
    for (const auto& item : items) known += (known.empty() ? "" : ", ") + item.id;
    table.fault(name, "one of " + known, "'" + base::printable(id) + "'");
    return 0;
  }

  void smugglers() {
    const Table t = root_.child("smugglers");
    t.only({"fleet", "deliveries", "full_load", "load_part", "load_spread", "precision", "noticed",
            "wariness", "spill", "memory_weeks", "layup_weeks"});
    Smugglers& s = out_.smugglers;
    s.fleet = t.parameter("fleet", {"ships", 1, kMostShips});
    s.deliveries = t.parameter("deliveries", {"a year", 0, 5000});
    s.full_load = t.parameter("full_load", {"barrels", 1, 1e6});
    s.load_part = t.parameter("load_part", kPart);
    s.load_spread = t.parameter("load_spread", kPart);
    s.precision = t.parameter("precision", {"per certain detection", 0, 1000});
    s.noticed = t.parameter("noticed", kPart);
    s.wariness = t.parameter("wariness", {"log odds", 0, 20});
    s.spill = t.parameter("spill", kPart);
    s.memory_weeks = t.parameter("memory_weeks", {"weeks", 0.1, 520});
    s.layup_weeks = t.parameter("layup_weeks", kWeeksKind);
  }

  void patrols() {
    const Table t = root_.child("patrols");
    t.only({"effectiveness", "availability", "cue", "recognised_listed", "recognised_unlisted", "reported"});
    Patrols& p = out_.patrols;
    p.effectiveness = t.parameter("effectiveness", {"times", 0, 10});
    p.availability = t.parameter("availability", kPart);
    p.cue = t.parameter("cue", {"times", 1, 20});
    p.recognised_listed = t.parameter("recognised_listed", kPart);
    p.recognised_unlisted = t.parameter("recognised_unlisted", kPart);
    p.reported = t.parameter("reported", kPart);
  }

  void lawful() {
    const Table t = root_.child("lawful");
    t.only({"cap", "reported_barrels", "deliveries", "barrels_each", "check_h", "displacement", "cover"});
    Lawful& l = out_.lawful;
    l.cap = t.parameter("cap", {"barrels a year", 1, 1e9});
    l.reported_barrels = t.parameter("reported_barrels", {"barrels a year", 0, 1e9});
    l.deliveries = t.parameter("deliveries", {"a year", 0, 5000});
    l.barrels_each = t.parameter("barrels_each", {"barrels", 0, 1e6});
    l.check_h = t.parameter("check_h", kHours);
    l.displacement = t.parameter("displacement", kPart);
    l.cover = t.parameter("cover", kPart);
  }

  void methods() {
    const Table all = root_.child("method");
    all.only({"ship_to_ship", "direct", "barge"});
    for (std::size_t m = 0; m < kMethods; ++m) {
      const Table t = all.child(to_string(static_cast<Method>(m)));
      t.only({"exposure_h", "conspicuous"});
      out_.habits[m].exposure_h = t.parameter("exposure_h", {"h", 0, 2000});
      out_.habits[m].conspicuous = t.parameter("conspicuous", kPart);
    }
  }

  void places() {
    each("place", true, kMostPlaces, [&](const std::string& id, const Table& t) {
      t.only({"name", "lat", "lon", "area_km2", "access"});
      Place place{id, t.text("name", true, 120), t.number("lat", -90, 90), t.number("lon", -180, 180), {},
                  {}};
      place.area_km2 = t.parameter("area_km2", kKm2);
      place.access = t.parameter("access", kPart);
      out_.places.push_back(std::move(place));
    });
  }

  void ways() {
    double shares = 0, capacity = 0;
    each("way", true, kMostWays, [&](const std::string& id, const Table& t) {
      t.only({"place", "method", "share", "capacity"});
      Way way;
      way.id = id;
      way.place = find(out_.places, t, "place", t.text("place", true));
      const auto word = t.text("method", true);
      std::size_t m = 0;
      while (m < kMethods && to_string(static_cast<Method>(m)) != word) ++m;
      if (m == kMethods)
        t.fault("method", "ship_to_ship, direct or barge", "'" + base::printable(word) + "'");
      way.method = static_cast<Method>(m % kMethods);
      way.share = t.parameter("share", kPart);
      way.capacity = t.parameter("capacity", kPart);
      shares += way.share.value;
      capacity += way.capacity.low;
      out_.ways.push_back(std::move(way));
    });
    if (shares <= 0) root_.fault("way", "shares of which one is above 0", "none");
    if (capacity < 1)
      root_.fault("way", "low capacities that sum to at least 1", fmt::format("{}", capacity));
  }

  void countries() {
    each("country", false, kMostCountries, [&](const std::string& id, const Table& t) {
      t.only({"name", "listed", "ships"});
      Country country;
      country.id = id;
      country.name = t.text("name", true, 120);
      if (!t.has("ships")) {
        country.listed = t.parameter("listed", kPart);
      } else if (const auto* list = t.raw().get_as<toml::array>("ships")) {
        for (const auto& item : *list) {
          const auto ship = item.value_exact<std::int64_t>().value_or(0);
          if (ship < 1 || ship > static_cast<std::int64_t>(kMostShips))
            faults_.add(item, t.below("ships"), "numbers of ships from 1 to 64", describe(item));
          country.ships.push_back(static_cast<int>(ship));
        }
      } else {
        t.fault("ships", "a list of numbers of ships", describe(*t.raw().get("ships")));
      }
      out_.countries.push_back(std::move(country));
    });
  }

  void assets() {
    each("asset", false, kMostAssets, [&](const std::string& id, const Table& t) {
      t.only({"country", "name", "kind", "weeks", "days_a_week", "swept_km2_a_day", "cost_a_day", "where"});
      Asset asset;
      asset.id = id;
      asset.name = t.text("name", true, 120);
      asset.kind = t.text("kind", false, 40);
      asset.country = find(out_.countries, t, "country", t.text("country", true));
      asset.weeks = t.weeks("weeks");
      asset.days_a_week = t.parameter("days_a_week", {"days", 0, 7});
      asset.swept_km2_a_day = t.parameter("swept_km2_a_day", {"km2", 0, 1e8});
      asset.cost_a_day = t.parameter("cost_a_day", {"CAD", 0, 1e9});
      asset.where.assign(out_.places.size(), 0);
      const Table where = t.child("where");
      double sum = 0;
      for (const auto& [key, node] : where.raw()) {
        const double part = where.number(key.str(), 0, 1e6);
        asset.where[find(out_.places, where, key.str(), key.str())] = part;
        sum += part;
      }
      if (!(sum > 0)) t.fault("where", "places with parts of which one is above 0", "none");
      for (double& part : asset.where) part /= sum > 0 ? sum : 1;
      out_.assets.push_back(std::move(asset));
    });
  }

  void sharing() {
    each("share", false, kMostCountries * kMostCountries, [&](const std::string&, const Table& t) {
      t.only({"from", "to", "lists", "detections", "delay_weeks"});
      Sharing sharing;
      sharing.from = find(out_.countries, t, "from", t.text("from", true));
      sharing.to = find(out_.countries, t, "to", t.text("to", true));
      if (sharing.from == sharing.to) t.fault("to", "another country than from", "the same");
      for (const Sharing& other : out_.sharing)
        if (other.from == sharing.from && other.to == sharing.to)
          t.fault("to", "each pair of countries once", "the pair again");
      sharing.lists = t.flag("lists", false);
      sharing.detections = t.parameter("detections", kPart);
      sharing.delay_weeks = t.parameter("delay_weeks", kWeeksKind);
      out_.sharing.push_back(std::move(sharing));
    });
  }

  void pauses() {
    each("pause", false, 64, [&](const std::string& id, const Table& t) {
      t.only({"countries", "weeks", "source", "assumed"});
      Pause pause;
      pause.id = id;
      t.basis(pause.basis, pause.assumed);
      pause.weeks = t.weeks("weeks");
      for (const auto& country : t.texts("countries"))
        pause.countries.push_back(find(out_.countries, t, "countries", country));
      out_.pauses.push_back(std::move(pause));
    });
  }

  Table root_;
  Faults& faults_;
  Scenario out_;
};

}  // namespace

base::Result<Scenario> read_scenario(std::string_view text, std::string_view name,
                                     const std::filesystem::path& folder) {
  const auto table = extended(text, name, folder, 0);
  if (!table) return tl::unexpected(table.error());
  Faults faults;
  Scenario out = Builder(*table, faults).build();
  if (faults.first()) return tl::unexpected(*faults.first());
  out.file = name;
  out.id = std::filesystem::path(name).stem().string();
  return out;
}

}  // namespace cordon::posture
