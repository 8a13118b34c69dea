// Plans of patrols and comparisons of postures, asked as the page asks them.
#include <gtest/gtest.h>

#include <atomic>
#include <nlohmann/json.hpp>

#include "cordon/patrol/plan_json.hpp"
#include "cordon/posture/compare.hpp"
#include "cordon/posture/write.hpp"
#include "serve/test_state.hpp"

namespace cordon::serve {
namespace {

using Json = nlohmann::json;

Json question() {
  return {
      {"assets",
       "[[asset]]\nname = \"Frigate\"\ntype = \"frigate\"\nbase = { name = \"White Beach\", lat = 26.29, lon "
       "= 127.91 }\nsorties = 1\n"},
      {"area", "28,122,32,127"},
      {"from", "2024-02-08"},
      {"to", "2024-02-10"},
      {"cell_nm", 30}};
}

TEST(RoutesPatrol, APlanIsMadeFromWhatIsLoadedAndCanBeCheckedAndKept) {
  Asker asker;
  const auto made = asker.post("/api/v1/patrol/plan", question().dump());
  ASSERT_EQ(made.status, 200) << whole(made);
  const auto plan = json_of(made);
  EXPECT_GT(plan["pos"]["value"], 0.0);
  EXPECT_LE(plan["pos"]["value"], plan["bound"]);
  EXPECT_EQ(plan["prior"]["mass"].size(),
            plan["grid"]["rows"].get<std::size_t>() * plan["grid"]["columns"].get<std::size_t>());
  EXPECT_EQ(plan["prior"]["mass"].size(), plan["best_coverage"].size());
  EXPECT_FALSE(plan["assets"][0]["figures"]["recognise"]["source"].get<std::string>().empty());
  EXPECT_EQ(whole(asker.post("/api/v1/patrol/plan", question().dump())), made.body);

  const auto checked = json_of(asker.post("/api/v1/patrol/evaluate?runs=20000", made.body));
  EXPECT_EQ(checked["runs"], 20000);
  EXPECT_TRUE(checked["agree"]) << checked.dump();
  const auto tracks = json_of(asker.post("/api/v1/patrol/export?format=geojson", made.body));
  EXPECT_EQ(tracks["type"], "FeatureCollection");
  for (const auto& [format, mark] : {std::pair{"gpx", "<gpx"}, {"kml", "</kml>"}, {"html", "</html>"}}) {
    const auto file = asker.post(std::string("/api/v1/patrol/export?format=") + format, made.body);
    EXPECT_EQ(file.status, 200);
    EXPECT_NE(whole(file).find(mark), std::string::npos) << format;
  }
  // A plan that was changed on the way: a visit without a leg.
  auto hollow = plan;
  hollow["sorties"][0]["legs"] = Json::array();
  hollow["sorties"][0]["visits"] = {plan["sorties"][0]["visits"][0]};
  hollow["sorties"][0]["visits"][0]["legs"] = 0;
  for (const char* format : {"html", "gpx", "kml", "geojson"})
    expect_refused(asker.post(std::string("/api/v1/patrol/export?format=") + format, hollow.dump()), 400,
                   "body");
  expect_refused(asker.post("/api/v1/patrol/update", hollow.dump()), 400, "body");
  // What was searched and not found makes the next plan.
  const auto map = json_of(asker.post("/api/v1/patrol/update", made.body));
  auto next = question();
  next.erase("area");
  next["prior"] = map;
  next["from"] = "2024-02-10";
  next["to"] = "2024-02-12";
  const auto second = asker.post("/api/v1/patrol/plan", next.dump());
  ASSERT_EQ(second.status, 200) << whole(second);
  EXPECT_LT(json_of(second)["pos"]["value"], plan["pos"]["value"]);
}

TEST(RoutesPatrol, TheMapHoldsTheEventsUnlessTheyAreLeftOut) {
  Asker asker;
  const auto parts = [&](const Json& asked) {
    std::vector<std::string> names;
    const auto plan = json_of(asker.post("/api/v1/patrol/plan", asked.dump()));
    for (const auto& part : plan["prior"]["parts"]) names.push_back(part["name"]);
    return names;
  };
  auto asked = question();
  asked["area"] = "24,118,39,130";
  const auto all = parts(asked);
  EXPECT_NE(std::find(all.begin(), all.end(), "gap"), all.end()) << ::testing::PrintToString(all);
  EXPECT_NE(std::find(all.begin(), all.end(), "curated sites"), all.end());
  asked["events"] = asked["sites"] = false;
  EXPECT_EQ(parts(asked), std::vector<std::string>{"floor"});
}

TEST(RoutesPatrol, AFormKnowsWhatItMayOffer) {
  Asker asker;
  const auto words = json_of(asker.get("/api/v1/patrol/vocabulary"));
  EXPECT_GE(words["types"].size(), 5u);
  for (const auto& type : words["types"]) EXPECT_EQ(type["kind"] == "satellite", type["modes"].empty());
  EXPECT_LT(words["example"]["from"], words["example"]["to"]);
  EXPECT_FALSE(words["example"]["assets"].empty());
  for (const auto& site : words["evidence"]["sites"]) EXPECT_FALSE(site["source"].get<std::string>().empty());
}

TEST(RoutesPatrol, WhatIsWrongOrTooLargeIsRefusedInOneSentence) {
  Asker asker;
  const auto refused = [&](const char* name, const Json& value, std::string_view where) {
    auto asked = question();
    if (value.is_null())
      asked.erase(name);
    else
      asked[name] = value;
    expect_refused(asker.post("/api/v1/patrol/plan", asked.dump()), 400, where);
  };
  refused("assets", "[[asset]]\nname = 5\n", "assets");
  refused("assets", nullptr, "assets");
  refused("assets", 7, "assets");
  refused("area", "north", "area");
  refused("area", nullptr, "area");
  refused("area", Json::array(), "area");
  refused("no_go", {"1,2"}, "no_go[0]");
  refused("from", "tomorrow", "from");
  refused("cell_nm", 0.5, "cell_nm");  // more cells than are worked out here
  refused("cell_nm", "ten", "cell_nm");
  refused("motion_kn", 1e9, "motion_kn");
  refused("detection", "magic", "detection");
  refused("sites", "yes", "sites");
  refused("prior", Json::object(), "prior");
  auto many = question();
  many["assets"] = many["assets"].get<std::string>() +
                   "[[asset]]\nname = \"Drone\"\ntype = \"uav\"\nsorties = 400\n" +
                   "base = { lat = 26.29, lon = 127.91 }\n";
  expect_refused(asker.post("/api/v1/patrol/plan", many.dump()), 400, "assets");
  auto reversed = question();
  reversed["to"] = "2024-02-01";
  expect_refused(asker.post("/api/v1/patrol/plan", reversed.dump()), 422, "body");
  for (const char* body : {"", "[]", "{}", "{\"cordon_plan\":1}"}) {
    expect_refused(asker.post("/api/v1/patrol/evaluate", body), 400, "body");
    expect_refused(asker.post("/api/v1/patrol/export", body), 400, "body");
    expect_refused(asker.post("/api/v1/patrol/update", body), 400, "body");
  }
  expect_refused(asker.post("/api/v1/patrol/evaluate?runs=1", "{}"), 400, "runs");
  expect_refused(asker.post("/api/v1/patrol/update?found=here", "{}"), 400, "found");
}

TEST(RoutesPatrol, OneLongRunAtATime) {
  Asker asker;
  const LongRuns::Turn turn(asker.services.long_runs);
  ASSERT_TRUE(turn);
  EXPECT_EQ(asker.post("/api/v1/patrol/plan", question().dump()).status, 429);
  EXPECT_EQ(asker.post("/api/v1/posture/compare", "{}").status, 429);
}

TEST(RoutesPatrol, WorkEndsWhenThePeerHasGone) {
  Asker asker;
  const std::atomic<bool> gone{true};
  const auto ask = [&](std::string_view path, Handler handler, std::string_view body) {
    Request request;
    request.path = path;
    request.body = body;
    request.who = &asker.who;
    request.cancelled = &gone;
    return handler({request, test_state(), asker.services});
  };
  const auto asked = question().dump();
  EXPECT_EQ(ask("/api/v1/patrol/plan", routes::patrol_plan, asked).status, 503);
  EXPECT_EQ(ask("/api/v1/posture/compare", routes::posture_compare, "{}").status, 503);
}

TEST(RoutesPosture, ComparesAsTheVerbDoes) {
  Asker asker;
  const auto answer = asker.post(
      "/api/v1/posture/compare",
      R"({"built_in":["canada_alone","with_japan_and_partners"],"runs":200,"seed":7,"quick":true})");
  ASSERT_EQ(answer.status, 200) << whole(answer);
  posture::Options options;
  options.runs = 200;
  options.seed = 7;
  options.tornado = options.checks = false;
  options.assumption_sets = 0;
  const auto same = posture::compare(
      {*posture::built_in("canada_alone"), *posture::built_in("with_japan_and_partners")}, options);
  EXPECT_EQ(answer.body, posture::to_json(*same));
  const auto page = asker.post("/api/v1/posture/compare?format=html",
                               R"({"built_in":["canada_alone"],"runs":100,"quick":true})");
  EXPECT_NE(whole(page).find("</html>"), std::string::npos);
}

TEST(RoutesPosture, TakesAPostureOfOnesOwnButNoFileOfTheServers) {
  Asker asker;
  const auto compare = [&](const std::string& toml) {
    return asker.post(
        "/api/v1/posture/compare",
        Json{{"built_in", {"canada_alone"}}, {"scenarios", {toml}}, {"runs", 100}, {"quick", true}}.dump());
  };
  const std::string head = "format = \"cordon-posture/1\"\nname = \"Mine\"\n";
  const auto both = json_of(compare(head + "extends = \"canada_alone\"\n"));
  ASSERT_EQ(both["outcomes"].size(), 2u) << both.dump();
  EXPECT_EQ(both["outcomes"][1]["posture"]["name"], "Mine");
  expect_refused(compare(head + "extends = \"/etc/passwd\"\n"), 400, "scenarios[0]");
  expect_refused(compare(head + "extends = \"../base.toml\"\n"), 400, "scenarios[0]");
  expect_refused(compare("nonsense"), 400, "scenarios[0]");
}

TEST(RoutesPosture, ListsThePosturesAndRefusesTheRest) {
  Asker asker;
  const auto list = json_of(asker.get("/api/v1/posture/scenarios"));
  ASSERT_EQ(list["scenarios"].size(), posture::built_in_names().size());
  for (const auto& one : list["scenarios"]) {
    const auto whole = json_of(asker.get("/api/v1/posture/scenarios/" + one["id"].get<std::string>()));
    EXPECT_EQ(whole["name"], one["name"]);
    for (const auto& [path, parameter] : whole["parameters"].items())
      EXPECT_FALSE(parameter["basis"].get<std::string>().empty()) << path;
  }
  expect_refused(asker.get("/api/v1/posture/scenarios/base"), 404, "id");
  expect_refused(asker.get("/api/v1/posture/scenarios/..%2Fbase"), 404, "id");
  for (const auto& [body, where] : std::vector<std::pair<std::string, std::string>>{
           {"[]", "body"},
           {R"({"runs":20001})", "runs"},
           {R"({"runs":-1})", "runs"},
           {R"({"seed":0.5})", "seed"},
           {R"({"quick":1})", "quick"},
           {R"({"built_in":["nobody"]})", "built_in[0]"},
           {R"({"scenarios":["","","","","","","","",""]})", "scenarios"},
           {R"({"baseline":"nobody","runs":100,"quick":true})", "body"}})
    expect_refused(asker.post("/api/v1/posture/compare", body), 400, where);
}

}  // namespace
}  // namespace cordon::serve
