#include "cordon/patrol/plan.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "cordon/base/land.hpp"
#include "cordon/base/resource.hpp"
#include "cordon/patrol/allocation.hpp"
#include "cordon/patrol/briefing.hpp"
#include "cordon/patrol/evaluate.hpp"
#include "cordon/patrol/plan_json.hpp"
#include "cordon/patrol/plan_reference.hpp"
#include "cordon/patrol/tracks.hpp"
#include "cordon/patrol/update.hpp"
#include "cordon/simulate/random.hpp"

namespace cordon::patrol {
namespace {

constexpr std::string_view kAssets = R"(
[conditions]
target = "tanker"
sea_state = 3
[[asset]]
name = "frigate"
type = "frigate"
base = { name = "White Beach", lat = 26.29, lon = 127.91 }
sorties = 1
[[asset]]
name = "aircraft"
type = "maritime_patrol_aircraft"
mode = "visual"
base = { name = "Kadena", lat = 26.355, lon = 127.767 }
sorties = 3
[[asset]]
name = "satellite"
type = "sar_satellite"
pass = [{ time = "2024-02-10T09:30:00Z", from = [34.0, 124.0], to = [28.0, 122.5] }]
)";

Sighting encounter(double lat, double lon) {
  Sighting one;
  one.type = "encounter";
  one.start = one.end = *base::parse_time("2024-02-06T00:00:00Z");
  one.at = base::from_degrees(lat, lon);
  one.score = 0.9;
  return one;
}

PlanRequest request(std::string_view box = "27,122,33,128") {
  PlanRequest out;
  out.area = {*parse_box(box)};
  out.from = *base::parse_time("2024-02-08T00:00:00Z");
  out.to = *base::parse_time("2024-02-12T00:00:00Z");
  out.assets = *read_assets(kAssets, "assets.toml");
  out.evidence.settings = *default_prior_settings();
  out.evidence.sightings = {encounter(30, 125), encounter(28.5, 123.5), encounter(31.2, 126)};
  out.cell_nm = 15;
  return out;
}

const Plan& plan_of(Detection law) {
  static const auto make = [](Detection one) {
    PlanRequest asked = request();
    asked.law = one;
    return *make_plan(asked);
  };
  static const Plan plans[] = {make(Detection::definite), make(Detection::inverse_cube),
                               make(Detection::random)};
  return plans[static_cast<int>(law)];
}
constexpr Detection kLaws[] = {Detection::definite, Detection::inverse_cube, Detection::random};

TEST(AllocationByLaw, IsCertifiedAndAgreesWithSmallPieces) {
  simulate::Random random(5);
  for (const Detection law : kLaws) {
    Stationary problem;
    problem.effort = {4, 2};
    for (int i = 0; i < 30; ++i) {
      problem.p.push_back(std::pow(random.unit(), 3));
      for (int r = 0; r < 2; ++r) problem.w.push_back(random.chance(0.2) ? 0 : 0.2 + random.unit());
    }
    const Allocation best = allocate(problem, law);
    EXPECT_LE(best.pos, best.bound * (1 + 1e-12));
    EXPECT_LE(best.gap(), 1e-7 * best.bound) << to_string(law);
    // The reference cannot beat the bound, and comes near it.
    const double pieces = reference::in_pieces(problem, law, 20000);
    EXPECT_LE(pieces, best.bound + 1e-9);
    EXPECT_GE(pieces, best.pos * 0.97);
    for (std::size_t r = 0; r < 2; ++r) {
      double spent = 0;
      for (std::size_t i = 0; i < 30; ++i) spent += best.z[i * 2 + r];
      EXPECT_LE(spent, problem.effort[r] * (1 + 1e-9));
    }
  }
}

TEST(AllocationByLaw, GrowsWithEffortAndDoesNotDependOnTheOrderOfAreas) {
  simulate::Random random(8);
  for (const Detection law : kLaws) {
    Stationary problem;
    problem.effort = {1, 1, 1};
    for (int i = 0; i < 25; ++i) {
      problem.p.push_back(random.unit());
      for (int r = 0; r < 3; ++r) problem.w.push_back(0.1 + random.unit());
    }
    double before = 0;
    for (const double effort : {1.0, 2.0, 4.0, 8.0}) {
      problem.effort.assign(3, effort);
      const double pos = allocate(problem, law).pos;
      EXPECT_GE(pos, before - 1e-8);
      before = pos;
    }
    Stationary turned = problem;
    std::reverse(turned.p.begin(), turned.p.end());
    for (std::size_t i = 0; i < 25; ++i)
      for (std::size_t r = 0; r < 3; ++r) turned.w[i * 3 + r] = problem.w[(24 - i) * 3 + r];
    EXPECT_NEAR(allocate(turned, law).pos, before, 1e-7 * before);
  }
}

TEST(Lateral, SweepsItsWidthAndEvenTracksFollowTheirLaw) {
  for (const Detection law : kLaws) {
    for (const double coverage : {0.3, 1.0, 2.0}) {
      const double sweep = 10, spacing = sweep / coverage;
      double width = 0;
      for (double x = -400; x < 400; x += 0.01)
        width += 0.01 * lateral_chance(law, sweep, spacing, x + 0.005);
      if (law != Detection::random) {
        EXPECT_NEAR(width, sweep, law == Detection::definite ? 0.02 : 0.04 * sweep);
      }
      double found = 0;
      for (int i = 0; i < 1000; ++i) {
        const double x = spacing * (i + 0.5) / 1000;
        double missed = 1;
        for (int leg = -60; leg <= 60; ++leg)
          missed *= 1 - lateral_chance(law, sweep, spacing, x - leg * spacing);
        found += (1 - missed) / 1000;
      }
      const double slack = law == Detection::inverse_cube ? 0.02 : 1e-6;
      EXPECT_NEAR(found, detection_chance(law, coverage), slack) << to_string(law) << " " << coverage;
    }
  }
}

TEST(Region, KnowsItsInsideAlsoAcrossTheAntimeridian) {
  const auto box = parse_box("-5,175,5,-175");
  ASSERT_TRUE(box);
  EXPECT_TRUE(box->contains(base::from_degrees(0, 179)));
  EXPECT_TRUE(box->contains(base::from_degrees(0, -179)));
  EXPECT_FALSE(box->contains(base::from_degrees(0, 170)));
  EXPECT_FALSE(box->contains(base::from_degrees(6, 180)));
  EXPECT_TRUE(box->crosses(base::from_degrees(0, 174), base::from_degrees(0, 176)));
  EXPECT_FALSE(box->crosses(base::from_degrees(0, 176), base::from_degrees(0, -176)));
  for (const char* bad : {"", "1,2,3", "5,0,1,1", "0,0,91,1", "a,b,c,d", "0,1,1,1", "nan,0,1,1"})
    EXPECT_FALSE(parse_box(bad)) << bad;
  EXPECT_FALSE(read_regions("{}", "x"));
  EXPECT_FALSE(read_regions(R"({"type":"Polygon","coordinates":[[[0,0],[1,1]]]})", "x"));
  EXPECT_FALSE(read_regions(R"({"type":"Point","coordinates":[0,0]})", "x"));
}

TEST(Grid, AnOpenCellIsClearEverywhere) {
  const Sea sea(kTerritorialSeaM, {});
  const auto box = parse_box("33,124,36,128");
  auto grid = Grid::over(box->extent(), 10);
  ASSERT_TRUE(grid);
  grid->mark({*box}, sea);
  std::size_t open = 0;
  for (std::size_t cell = 0; cell < grid->cells(); ++cell) {
    if (!grid->searchable(cell)) continue;
    ++open;
    for (double r = 0; r <= 1; r += 0.25)
      for (double c = 0; c <= 1; c += 0.25) {
        const auto at = grid->place(static_cast<double>(cell / grid->columns()) + r,
                                    static_cast<double>(cell % grid->columns()) + c);
        EXPECT_FALSE(base::on_land(at));
        EXPECT_GE(base::distance_to_shore_m(at, 30000), kTerritorialSeaM - 1);
      }
  }
  EXPECT_GT(open, 50u);
  EXPECT_LT(open, grid->cells());
}

TEST(Plan, IsFlyableWithinEnduranceAndSpeed) {
  for (const Detection law : kLaws) {
    const Plan& plan = plan_of(law);
    ASSERT_EQ(plan.sorties.size(), 4u);
    for (const Sortie& sortie : plan.sorties) {
      const Asset& asset = plan.request.assets.assets[sortie.asset];
      EXPECT_LE(sortie.hours(), asset.endurance_h.value - asset.reserve_h.value + 1e-6);
      EXPECT_LE(sortie.end, plan.request.to);
      EXPECT_EQ(sortie.points.front().at, asset.base);
      EXPECT_EQ(sortie.points.back().at, asset.base);
      double miles = 0;
      for (std::size_t i = 1; i < sortie.points.size(); ++i) {
        const auto &a = sortie.points[i - 1], &b = sortie.points[i];
        const double leg = base::distance_m(a.at, b.at) / base::kNauticalMileM;
        const double hours = static_cast<double>(b.time - a.time) / base::kHour;
        miles += leg;
        EXPECT_GE(hours * std::max(asset.speed_kn.value, asset.transit_kn.value) + 1e-3, leg);
      }
      EXPECT_NEAR(miles, sortie.track_nm, 0.01);
      EXPECT_NEAR(static_cast<double>(sortie.end - sortie.start) / base::kHour, sortie.hours(), 1e-4);
    }
  }
}

TEST(Plan, NeverCrossesWhatIsBarred) {
  PlanRequest asked = request();
  asked.no_go = {*parse_box("29,124,30.5,125.2")};
  const auto plan = make_plan(asked);
  ASSERT_TRUE(plan) << plan.error().message;
  const Sea sea(kTerritorialSeaM, asked.no_go);
  for (const Sortie& sortie : plan->sorties) {
    const Asset& asset = plan->request.assets.assets[sortie.asset];
    const Corridor corridor{asset.base, asset.corridor_nm.value * base::kNauticalMileM,
                            asset.kind == AssetKind::air};
    for (std::size_t i = 1; i < sortie.points.size(); ++i) {
      const auto &a = sortie.points[i - 1].at, &b = sortie.points[i].at;
      for (double f = 0; f <= 1; f += 0.02) {
        const base::LatLon at = base::interpolate(a, b, f);
        EXPECT_FALSE(asked.no_go[0].contains(at));
        if (corridor.contains(at)) continue;
        EXPECT_FALSE(base::on_land(at));
        EXPECT_GE(base::distance_to_shore_m(at, 30000), kTerritorialSeaM - 600)
            << at.lat() << " " << at.lon();
      }
    }
    for (const Leg& leg : sortie.legs) EXPECT_TRUE(sea.clear(leg.from, leg.to));
  }
}

TEST(Plan, StaysBelowItsBoundAndAgreesWithFlyingIt) {
  for (const Detection law : kLaws) {
    const Plan& plan = plan_of(law);
    EXPECT_GT(plan.pos.value, 0.2);
    EXPECT_LE(plan.pos.value, plan.bound);
    EXPECT_LE(plan.allocated, plan.bound + 1e-12);
    const Evaluation flown = evaluate(plan, 40000, 3);
    EXPECT_TRUE(flown.agree) << to_string(law) << ": " << flown.found_share.value << " flown, "
                             << plan.pos.value << " planned";
    EXPECT_EQ(std::accumulate(plan.posterior.begin(), plan.posterior.end(), 0.0,
                              [](double a, double b) { return a + b; }) > 0.999999,
              true);
  }
}

TEST(Plan, AMovingTargetIsPlannedAndFlownAlike) {
  PlanRequest asked = request();
  asked.cell_nm = 20;
  asked.motion = Motion{3};
  const auto plan = make_plan(asked);
  ASSERT_TRUE(plan) << plan.error().message;
  EXPECT_LE(plan->pos.value, plan->bound);
  EXPECT_TRUE(evaluate(*plan, 40000, 3).agree);
  asked.law = Detection::definite;
  EXPECT_FALSE(make_plan(asked));
}

TEST(Plan, IsTheSameEveryTimeAndSurvivesItsFile) {
  const Plan& plan = plan_of(Detection::random);
  const std::string text = plan_json(plan);
  EXPECT_EQ(text, plan_json(*make_plan(request())));
  const auto back = read_plan(text, "plan.json");
  ASSERT_TRUE(back) << back.error().message;
  const Evaluation a = evaluate(plan, 5000, 9), b = evaluate(*back, 5000, 9);
  EXPECT_EQ(a.found, b.found);
  // All of it comes back: but for the gap, which is counted anew from rounded numbers.
  const auto without_gap = [](std::string whole) {
    const auto at = whole.find("\"gap\":");
    return whole.erase(at, whole.find(',', at) - at);
  };
  EXPECT_EQ(without_gap(plan_json(*back)), without_gap(text));
  EXPECT_EQ(*briefing_html(*back), *briefing_html(plan));
  for (std::size_t cut = 1; cut < text.size(); cut += text.size() / 23)
    EXPECT_FALSE(read_plan(text.substr(0, cut), "plan.json"));
}

// A plan may come from anyone: what would be read past its end, or has no number, is refused.
TEST(Plan, AFileThatContradictsItselfIsRefused) {
  const std::string text = plan_json(plan_of(Detection::random));
  const auto refused = [&](std::string_view what, std::string_view by) {
    std::string changed = text;
    const auto at = changed.find(what);
    ASSERT_NE(at, changed.npos) << what;
    changed.replace(at, what.size(), by);
    EXPECT_FALSE(read_plan(changed, "plan.json")) << what << " -> " << by;
  };
  refused("\"legs\":", "\"legs\":0,\"was\":");
  refused("\"block\":[", "\"block\":[99999,");
  refused("\"pos\":{\"value\":", "\"pos\":{\"value\":null,\"was\":");
  refused("\"search_h\":", "\"was\":");
  refused("\"curves\":{\"bound\":[[", "\"curves\":{\"bound\":[[\"x\"],[");
  refused("\"best_coverage\":[", "\"best_coverage\":[0,");
  refused("\"posterior\":[", "\"posterior\":[-1,");
  std::string hollow = text;  // a visit of no legs, and no leg: nothing to draw
  for (auto at = hollow.find("\"visits\":["); at != hollow.npos; at = hollow.find("\"visits\":[", at + 12))
    hollow.insert(at + 10, "{\"legs\":0},");
  EXPECT_FALSE(read_plan(hollow, "plan.json"));
}

TEST(Plan, WorksAcrossTheAntimeridian) {
  PlanRequest asked = request("-3,178,3,-177");
  for (Asset& asset : asked.assets.assets) {
    asset.base = base::from_degrees(-6, 178.5);
    for (Pass& pass : asset.passes)
      pass = {pass.time, base::from_degrees(-3, 179.5), base::from_degrees(3, -179)};
  }
  asked.evidence.sightings = {encounter(0.5, 179.9), encounter(1, -179.2)};
  const auto plan = make_plan(asked);
  ASSERT_TRUE(plan) << plan.error().message;
  EXPECT_GT(plan->pos.value, 0.2);
  EXPECT_TRUE(evaluate(*plan, 20000, 4).agree);
  for (const Sortie& sortie : plan->sorties)
    for (std::size_t i = 1; i < sortie.points.size(); ++i)
      EXPECT_LT(base::distance_m(sortie.points[i - 1].at, sortie.points[i].at), 2e6);
  EXPECT_NE(tracks_geojson(*plan).find("MultiLineString"), std::string::npos);
}

TEST(Plan, SaysWhyThereIsNone) {
  PlanRequest backwards = request();
  std::swap(backwards.from, backwards.to);
  EXPECT_FALSE(make_plan(backwards));
  PlanRequest inland = request("40,100,44,105");
  EXPECT_FALSE(make_plan(inland));
  PlanRequest fine = request();
  fine.cell_nm = 0.5;
  EXPECT_FALSE(make_plan(fine));
  EXPECT_FALSE(read_assets("", "a.toml"));
  EXPECT_FALSE(read_assets("[[asset]]\nname = \"x\"\ntype = \"balloon\"", "a.toml"));
  EXPECT_FALSE(read_assets("[[asset]]\nname = \"x\"\ntype = \"frigate\"", "a.toml"));
  const std::string base = "[[asset]]\nname = \"x\"\ntype = \"frigate\"\nbase = {lat = 1, lon = 2}\n";
  EXPECT_TRUE(read_assets(base, "a.toml"));
  for (const char* line : {"speed_kn = -1", "speed_kn = nan", "mode = \"smell\"", "sorties = 0", "wings = 2",
                           "reserve_h = 5000"})
    EXPECT_FALSE(read_assets(base + line, "a.toml")) << line;
}

TEST(Update, ThinsWhatWasSearchedAndAddsWhatIsNew) {
  const Plan& plan = plan_of(Detection::random);
  Update what;
  what.evidence.settings = *default_prior_settings();
  what.evidence.now = plan.request.to;
  const auto after = update(plan, what);
  ASSERT_TRUE(after) << after.error().message;
  EXPECT_NEAR(after->searched, plan.pos.value, 1e-6);
  double all = 0;
  for (std::size_t cell = 0; cell < plan.grid.cells(); ++cell) {
    all += after->map.prior.mass[cell];
    EXPECT_NEAR(after->map.prior.mass[cell], plan.posterior[cell], 1e-6);
  }
  EXPECT_NEAR(all, 1, 1e-9);
  const std::string text = map_json(after->map);
  const auto back = read_map(text, "map.json");
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(map_json(*back), text);

  const auto place = base::from_degrees(29, 127);
  what.found = {place};
  const auto found = update(plan, what);
  ASSERT_TRUE(found);
  const std::size_t cell = *plan.grid.cell_at(place);
  EXPECT_GT(found->map.prior.mass[cell], 3 * after->map.prior.mass[cell]);

  // Tracks as sailed, and hours by area.
  const std::string sailed =
      R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"asset":"frigate"},
    "geometry":{"type":"LineString","coordinates":[[125,29.8],[125,30.2]]}}]})";
  auto searched = read_searched(sailed, "sailed", plan);
  ASSERT_TRUE(searched) << searched.error().message;
  Update by_track;
  by_track.evidence = what.evidence;
  by_track.legs = searched->legs;
  const auto tracked = update(plan, by_track);
  ASSERT_TRUE(tracked);
  EXPECT_GT(tracked->searched, 0.01);
  EXPECT_LT(tracked->searched, after->searched);
  Update by_hours;
  by_hours.evidence = what.evidence;
  by_hours.effort =
      *read_effort(R"({"effort":[{"asset":"aircraft","hours":5,"area":"29,124,31,126"}]})", "hours", plan);
  EXPECT_GT(update(plan, by_hours)->searched, 0.05);
  EXPECT_FALSE(
      read_effort(R"({"effort":[{"asset":"nobody","hours":5,"area":"29,124,31,126"}]})", "hours", plan));
}

TEST(Briefing, ShowsForeignTextAsText) {
  PlanRequest asked = request();
  asked.assets.assets[0].name = "<script>alert(1)</script>\xe2\x80\xae";
  asked.assets.assets[0].base_name = "a\"b'&<img src=x>";
  const auto plan = make_plan(asked);
  ASSERT_TRUE(plan);
  const auto html = briefing_html(*plan);
  ASSERT_TRUE(html);
  EXPECT_EQ(html->find("<script"), std::string::npos);
  EXPECT_EQ(html->find("<img"), std::string::npos);
  EXPECT_EQ(html->find("\xe2\x80\xae"), std::string::npos);
  EXPECT_EQ(html->find("://"), std::string::npos) << "asks the network for nothing";
  EXPECT_EQ(degrees_minutes(base::from_degrees(34.999999, -125.25)), "35°00.0'N 125°15.0'W");
  EXPECT_EQ(tracks_gpx(*plan).find("<script"), std::string::npos);
  EXPECT_EQ(tracks_kml(*plan).find("<script"), std::string::npos);
}

TEST(Data, EverySiteAndAssumptionSaysWhereItIsFrom) {
  const auto sites = read_sites(*base::resource("patrol/sites.json"), "patrol/sites.json");
  ASSERT_TRUE(sites) << sites.error().message;
  EXPECT_GE(sites->size(), 8u);
  for (const Site& site : *sites) {
    EXPECT_GT(site.source.size(), 20u) << site.name;
    EXPECT_FALSE(base::on_land(site.at)) << site.name;
  }
  const auto assets = read_assets(kAssets, "assets.toml");
  for (const Asset& asset : assets->assets)
    for (const auto& [name, figure] : figures(asset))
      EXPECT_FALSE(figure->source.empty()) << asset.type << " " << name;
}

}  // namespace
}  // namespace cordon::patrol
