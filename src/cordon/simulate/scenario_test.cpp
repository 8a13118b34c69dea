#include "cordon/simulate/scenario.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cordon/base/geo.hpp"
#include "cordon/base/ids.hpp"
#include "cordon/base/land.hpp"
#include "cordon/simulate/motion.hpp"
#include "cordon/simulate/player.hpp"

namespace cordon::simulate {
namespace {

using model::EventType;

// Listed parties of our own, so that these tests say nothing about any list. The numbers pass their check
// digit.
std::vector<model::Entity> invented_list() {
  std::vector<model::Entity> out;
  const auto add = [&](std::string id, model::Schema schema, std::string name, std::string imo) {
    model::Entity e;
    e.id = std::move(id);
    e.schema = schema;
    e.caption = name;
    e.add("name", name);
    e.add("imoNumber", imo);
    e.add("country", "kp");
    e.add("regime", "dprk");
    out.push_back(std::move(e));
  };
  add("t-v1", model::Schema::Vessel, "Listed One", "9187629");
  add("t-v2", model::Schema::Vessel, "Listed Two", "8528864");
  add("t-v3", model::Schema::Vessel, "Listed Three", "8514045");
  add("t-v4", model::Schema::Vessel, "Listed Four", "9074729");
  add("t-v4b", model::Schema::Vessel, "Listed Four", "9074729");
  add("t-c1", model::Schema::Company, "Listed Trading Company", "");
  add("t-c2", model::Schema::Company, "Listed Shipping Agency", "");
  add("t-p1", model::Schema::Person, "Listed Person", "");
  return out;
}

ScenarioOptions options(std::uint64_t seed = 7) {
  ScenarioOptions o;
  o.seed = seed;
  o.listed = invented_list();
  return o;
}

struct Recorder : Listener {
  std::vector<model::Position> positions;
  std::vector<model::VesselStatic> statics;
  void on_position(const model::Position& p, unsigned) override { positions.push_back(p); }
  void on_static(const model::VesselStatic& s, unsigned, unsigned) override { statics.push_back(s); }
};

// Played once and shared by the tests that only look.
struct Played {
  Scenario scenario;
  Recorder heard;
  explicit Played(const ScenarioOptions& o) : scenario(Scenario::make(o).value()) { scenario.run(heard); }
};
const Played& small() {
  static const Played played(options());
  return played;
}

std::vector<model::Position> of(const Recorder& heard, std::uint32_t mmsi, base::TimeMs from,
                                base::TimeMs until) {
  std::vector<model::Position> out;
  for (const auto& p : heard.positions) {
    if (p.mmsi == mmsi && p.time >= from && p.time < until && p.at.valid()) out.push_back(p);
  }
  return out;
}

std::uint64_t digest(const ScenarioOptions& o) {
  auto scenario = Scenario::make(o).value();
  std::uint64_t hash = 14695981039346656037U;
  const auto take = [&](std::string_view text) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  };
  scenario.run_nmea(take);
  take(to_json(scenario.truth(), "x", o.seed, o.start, o.start));
  std::string owners;
  for (const auto& e : scenario.ownership()) model::append_ftm(owners, e);
  take(owners);
  for (const auto& row : scenario.registry()) take(row.name + row.owner + std::to_string(row.imo));
  return hash;
}

TEST(Scenario, same_seed_same_bytes) {
  EXPECT_EQ(digest(options(3)), digest(options(3)));
  EXPECT_NE(digest(options(3)), digest(options(4)));
}

TEST(Scenario, reports_come_in_time_order_within_the_scenario) {
  const auto& heard = small().heard;
  const auto& o = small().scenario.options();
  ASSERT_GT(heard.positions.size(), 40000u);
  ASSERT_LT(heard.positions.size(), 150000u);
  EXPECT_TRUE(std::is_sorted(heard.positions.begin(), heard.positions.end(),
                             [](const auto& a, const auto& b) { return a.time < b.time; }));
  EXPECT_GE(heard.positions.front().time, o.start);
  EXPECT_LT(heard.positions.back().time, o.start + 2 * base::kDay);
  for (const auto& p : heard.positions) EXPECT_EQ(p.time % base::kSecond, 0);
  EXPECT_EQ(small().scenario.positions(), heard.positions.size());
  EXPECT_EQ(small().scenario.statics(), heard.statics.size());
}

TEST(Scenario, batches_hold_the_same_reports) {
  auto again = Scenario::make(options()).value();
  std::size_t rows = 0;
  std::uint64_t last = 0;
  again.run(
      [&](const model::FeedBatch& batch) {
        EXPECT_LE(batch.positions.size() + batch.statics.size(), 1000u);
        for (std::size_t i = 0; i < batch.positions.size(); ++i, ++rows) {
          const auto p = batch.positions.row(i), expected = small().heard.positions[rows];
          EXPECT_TRUE(p.mmsi == expected.mmsi && p.at == expected.at && p.time == expected.time);
          EXPECT_GT(p.where.line(), last);
          last = p.where.line();
        }
      },
      1000);
  EXPECT_EQ(rows, small().heard.positions.size());
}

TEST(Truth, every_type_is_there_and_most_can_be_found) {
  std::map<EventType, std::pair<int, int>> count;  // all, detectable
  for (const auto& e : small().scenario.truth().events) {
    if (e.optional) continue;
    ++count[e.type].first;
    count[e.type].second += e.detectable;
  }
  for (const auto type :
       {EventType::encounter, EventType::dark_rendezvous, EventType::gap, EventType::loitering,
        EventType::port_call, EventType::identity_change, EventType::shared_mmsi,
        EventType::identity_mismatch, EventType::position_spoofing, EventType::listed_vessel}) {
    EXPECT_GT(count[type].first, 0) << model::to_string(type);
    EXPECT_GE(count[type].second * 3, count[type].first * 2) << model::to_string(type);
  }
}

TEST(Truth, ships_of_an_encounter_are_side_by_side) {
  const auto& [scenario, heard] = small();
  int checked = 0;
  for (const auto& e : scenario.truth().events) {
    if (e.type != EventType::encounter) continue;
    const auto a = of(heard, e.mmsi[0], e.start, e.end), b = of(heard, e.mmsi[1], e.start, e.end);
    for (const auto& p : a) {
      for (const auto& q : b) {
        if (std::abs(p.time - q.time) > 2 * base::kMinute) continue;
        EXPECT_LT(base::distance_m(p.at, q.at), 500) << e.subtype;
        ++checked;
      }
      EXPECT_LT(p.sog_dkn, 25);
    }
    EXPECT_EQ(e.need, 2u);
  }
  EXPECT_GT(checked, 50);
}

TEST(Truth, a_silent_ship_is_not_heard) {
  const auto& [scenario, heard] = small();
  int gaps = 0;
  for (const auto& e : scenario.truth().events) {
    if (e.type != EventType::gap) continue;
    ++gaps;
    for (const auto mmsi : e.mmsi) EXPECT_TRUE(of(heard, mmsi, e.start, e.end).empty()) << e.subtype;
    if (!e.optional) {
      EXPECT_GT(e.lost, 0u);
    }
  }
  EXPECT_GE(gaps, 6);
}

TEST(Truth, a_call_ends_at_the_berth) {
  const auto& [scenario, heard] = small();
  for (const auto& e : scenario.truth().events) {
    if (e.type != EventType::port_call || e.subtype != "ais_on") continue;
    const auto inside = of(heard, e.mmsi[0], e.start, e.end);
    ASSERT_FALSE(inside.empty());
    for (const auto& p : inside) EXPECT_LT(base::distance_m(p.at, e.at), 300);
  }
}

TEST(Truth, two_ships_share_a_number_far_apart) {
  const auto& [scenario, heard] = small();
  for (const auto& e : scenario.truth().events) {
    if (e.type != EventType::shared_mmsi) continue;
    double widest = 0;
    const auto all = of(heard, e.mmsi[0], e.start, e.end);
    for (std::size_t i = 1; i < all.size(); ++i)
      widest = std::max(widest, base::distance_m(all[i - 1].at, all[i].at));
    EXPECT_GT(widest, 100e3) << e.subtype;
  }
}

TEST(Truth, what_was_observed_is_counted) {
  const auto& [scenario, heard] = small();
  for (const auto& e : scenario.truth().events) {
    if (e.type != EventType::encounter && e.type != EventType::loitering) continue;
    for (const auto& [mmsi, count] : e.observed) {
      std::uint32_t seen = 0;
      for (const auto& p : heard.positions) seen += p.mmsi == mmsi && p.time >= e.start && p.time < e.end;
      EXPECT_EQ(count, seen);
    }
  }
}

TEST(Truth, chains_stand_behind_registered_ships) {
  const auto& scenario = small().scenario;
  const auto& chains = scenario.truth().chains;
  ASSERT_EQ(chains.size(), 6u);
  EXPECT_EQ(std::count_if(chains.begin(), chains.end(), [](const auto& c) { return c.reaches; }), 4);
  for (const auto& c : chains) {
    const auto rows = scenario.registry();
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return r.imo == c.imo; });
    ASSERT_NE(row, rows.end());
    EXPECT_EQ(row->owner, c.owner);
    EXPECT_FALSE(c.listed_ids.empty());
    // Each step is in the ownership file under these names, with this share.
    for (const auto& step : c.steps) {
      bool found = false;
      const auto name_of = [&](std::string_view id) {
        for (const auto& e : scenario.ownership()) {
          if (e.id == id) return e.caption;
        }
        return std::string();
      };
      for (const auto& e : scenario.ownership()) {
        found = found || (e.schema == model::Schema::Ownership && name_of(e.first("owner")) == step.owner &&
                          name_of(e.first("asset")) == step.owned &&
                          std::stod(std::string(e.first("percentage"))) == step.share);
      }
      EXPECT_TRUE(found) << step.owner << " -> " << step.owned;
    }
  }
}

TEST(Truth, listed_vessels_sail_as_told) {
  const auto& [scenario, heard] = small();
  ASSERT_EQ(scenario.truth().listed.size(), 4u);
  for (const auto& l : scenario.truth().listed) {
    EXPECT_EQ(l.how == "open" || l.how == "imo_alias", l.imo == l.listed_imo) << l.how;
    if (l.listed_imo == 9074729) {
      EXPECT_EQ(l.listed_ids.size(), 2u);
    }
    const bool sent = std::any_of(heard.statics.begin(), heard.statics.end(), [&](const auto& s) {
      return s.mmsi == l.mmsi && s.imo == l.imo && s.name == l.name;
    });
    EXPECT_TRUE(sent) << l.how;
  }
}

TEST(Traffic, lanes_keep_off_land) {
  // Ships that tell the truth, under way and away from harbours, are never ashore.
  auto o = options(11);
  o.event_percent = 0;
  const Played played(o);
  std::size_t far = 0;
  for (const auto& p : played.heard.positions) {
    const bool at_hub = [&] {
      for (const Hub& hub : Waters::theatre().hubs()) {
        const Spot at{p.at.lat(), p.at.lon()};
        const double reach = metres(hub.port, hub.gate) + 15000;
        if (metres(at, hub.port) < reach) return true;
      }
      return false;
    }();
    if (at_hub) continue;
    ++far;
    EXPECT_FALSE(base::on_land(p.at)) << p.mmsi << " " << p.at.lat() << " " << p.at.lon();
  }
  EXPECT_GT(far, 20000u);
  EXPECT_TRUE(played.scenario.truth().events.empty());
}

TEST(Traffic, nobody_jumps_unless_told_to) {
  auto o = options(12);
  o.event_percent = 0;
  const Played played(o);
  std::map<std::uint32_t, model::Position> last;
  for (const auto& p : played.heard.positions) {
    const auto found = last.find(p.mmsi);
    if (found != last.end()) {
      const double hours =
          static_cast<double>(p.time - found->second.time) / static_cast<double>(base::kHour);
      EXPECT_LT(base::distance_m(p.at, found->second.at), 200 + hours * 26 * 1852) << p.mmsi;
    }
    last[p.mmsi] = p;
  }
}

TEST(Traffic, intervals_follow_the_class_and_the_speed) {
  State s;
  s.nav_status = 5;
  EXPECT_EQ(report_interval_s(false, s), 180u);
  EXPECT_EQ(report_interval_s(true, s), 180u);
  s.nav_status = 0;
  s.sog_kn = 12;
  EXPECT_EQ(report_interval_s(false, s), 10u);
  EXPECT_EQ(report_interval_s(true, s), 30u);
  s.sog_kn = 20;
  EXPECT_EQ(report_interval_s(false, s), 6u);
  s.sog_kn = 25;
  EXPECT_EQ(report_interval_s(false, s), 2u);
}

TEST(Traffic, identities_are_well_formed) {
  const auto& [scenario, heard] = small();
  for (const auto& row : scenario.registry()) EXPECT_TRUE(base::imo_ship_check(row.imo)) << row.imo;
  for (const auto& s : heard.statics) {
    EXPECT_LE(s.name.size(), 20u);
    EXPECT_LE(s.callsign.size(), 7u);
    if (s.name.find('%') == std::string::npos) {
      EXPECT_EQ(base::mmsi_kind(s.mmsi), base::MmsiKind::ship) << s.mmsi;
    }
  }
}

TEST(Traffic, straddles_the_antimeridian_when_shifted) {
  auto o = options(7);
  o.shift_lon_deg = 51;
  const Played played(o);
  ASSERT_EQ(played.heard.positions.size(), small().heard.positions.size());
  bool east = false, west = false;
  for (std::size_t i = 0; i < played.heard.positions.size(); ++i) {
    const auto& p = played.heard.positions[i].at;
    const auto& q = small().heard.positions[i].at;
    if (!p.valid()) continue;
    EXPECT_EQ(p.lat_e7, q.lat_e7);
    EXPECT_NEAR(base::lon_difference(p.lon(), q.lon()), 51, 1e-5);
    east = east || p.lon() > 0;
    west = west || p.lon() < 0;
  }
  EXPECT_TRUE(east && west);
  for (const auto& e : played.scenario.truth().events) EXPECT_TRUE(!e.at.valid() || e.at.lon() < 180);
}

TEST(Scenario, memory_does_not_grow_with_time) {
  // The legs ahead of a hull are all it keeps: after ten days no more than after one.
  auto o = options(5);
  o.days = 10;
  o.thin_s = 3600;
  auto scenario = Scenario::make(o).value();
  std::uint64_t rows = 0;
  std::size_t largest = 0;
  scenario.run([&](const model::FeedBatch& batch) {
    rows += batch.positions.size();
    largest = std::max(largest, batch.positions.size());
  });
  EXPECT_GT(rows, 20000u);
  EXPECT_LE(largest, 4096u);
}

TEST(Scenario, says_what_is_wrong_with_its_options) {
  const auto message = [](const std::function<void(ScenarioOptions&)>& change) {
    ScenarioOptions o = options();
    change(o);
    const auto made = Scenario::make(o);
    return made ? std::string() : made.error().message;
  };
  EXPECT_NE(message([](auto& o) { o.days = 0; }).find("days"), std::string::npos);
  EXPECT_NE(message([](auto& o) { o.days = 0.5; }).find("at least one day"), std::string::npos);
  EXPECT_NE(message([](auto& o) { o.days = 1.0 / 0.0; }).find("days"), std::string::npos);
  EXPECT_NE(message([](auto& o) { o.vessels = 10; }).find("vessels"), std::string::npos);
  EXPECT_NE(message([](auto& o) { o.vessels = 2000000; }).find("vessels"), std::string::npos);
  EXPECT_NE(message([](auto& o) { o.thin_s = 100000; }).find("86400"), std::string::npos);
  EXPECT_NE(message([](auto& o) { o.start = 1; }).find("whole seconds"), std::string::npos);
  EXPECT_NE(message([](auto& o) { o.shift_lon_deg = 1e9; }).find("shift"), std::string::npos);
  EXPECT_FALSE(preset("huge"));
  EXPECT_TRUE(preset("large"));
}

TEST(Folder, holds_all_files_or_none) {
  const auto folder = std::filesystem::path(::testing::TempDir()) / "cordon_simulate_folder";
  std::filesystem::remove_all(folder);
  auto o = options(9);
  o.days = 1;
  o.vessels = 100;
  o.thin_s = 1800;
  auto scenario = Scenario::make(o).value();
  ASSERT_TRUE(write_folder(scenario, folder));
  for (const char* name :
       {"feed.nmea", "positions.csv", "registry.csv", "ownership.ftm.json", "truth.json", "README.txt"}) {
    EXPECT_GT(std::filesystem::file_size(folder / name), 100u) << name;
  }
  // A file stands where the folder should be.
  auto again = Scenario::make(o).value();
  EXPECT_FALSE(write_folder(again, folder / "README.txt"));
  // A folder stands where a file should be: nothing else appears.
  const auto blocked = folder / "blocked";
  std::filesystem::create_directories(blocked / "truth.json");
  auto third = Scenario::make(o).value();
  EXPECT_FALSE(write_folder(third, blocked));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(blocked), {}), 1);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace cordon::simulate
