// The routes of the map and of the ranking, asked as the page asks them.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "serve/openapi.hpp"
#include "serve/target_text.hpp"
#include "serve/test_state.hpp"
#include "serve/track_text.hpp"

namespace cordon::serve {
namespace {

TEST(RoutesWatch, TargetsComeByRankInPages) {
  Asker asker;
  const auto all = json_of(asker.get("/api/v1/targets?limit=10000"));
  const auto& targets = all["targets"];
  ASSERT_GT(targets.size(), 3u);
  EXPECT_EQ(all["total"], targets.size());
  for (std::size_t i = 0; i < targets.size(); ++i) EXPECT_EQ(targets[i]["rank"], i + 1);
  const auto page = json_of(asker.get("/api/v1/targets?limit=2&offset=1"));
  ASSERT_EQ(page["targets"].size(), 2u);
  EXPECT_EQ(page["targets"][0], targets[1]);
  const std::string name = targets[0]["name"];
  const auto found = json_of(asker.get("/api/v1/targets?q=" + percent_encode(name)));
  EXPECT_EQ(found["targets"][0]["id"], targets[0]["id"]);
  EXPECT_EQ(json_of(asker.get("/api/v1/targets?q=no%20such%20thing"))["total"], 0);
}

TEST(RoutesWatch, ADossierIsTheLineOfTargetsNdjson) {
  Asker asker;
  const auto& survey = *test_state()->survey;
  const auto& dossier = survey.dossiers.at(0);
  std::string line;
  watch::append_json(line, dossier, survey.run);
  EXPECT_EQ(whole(asker.get("/api/v1/targets/" + dossier.id)), line);
  expect_refused(asker.get("/api/v1/targets/imo-1"), 404, "id");
  expect_refused(asker.get("/api/v1/targets/" + dossier.id + "?format=pdf"), 400, "format");
  const auto map = json_of(asker.get("/api/v1/targets/" + dossier.id + "?format=geojson"));
  EXPECT_EQ(map["features"].size(), 1 + dossier.events.size());
  EXPECT_NE(whole(asker.get("/api/v1/targets/" + dossier.id + "?format=html")).find("</html>"),
            std::string::npos);
  EXPECT_NE(whole(asker.get("/api/v1/targets/" + dossier.id + "?format=kml")).find("</kml>"),
            std::string::npos);
  const auto table = whole(asker.get("/api/v1/targets/" + dossier.id + "?format=csv"));
  EXPECT_EQ(static_cast<std::size_t>(std::count(table.begin(), table.end(), '\n')),
            1 + dossier.evidence.size());
}

TEST(RoutesWatch, ExportsHoldEveryTarget) {
  Asker asker;
  const auto count = test_state()->survey->dossiers.size();
  const auto lines = whole(asker.get("/api/v1/targets?format=ndjson&limit=10000"));
  EXPECT_EQ(static_cast<std::size_t>(std::count(lines.begin(), lines.end(), '\n')), count);
  const auto table = whole(asker.get("/api/v1/targets?format=csv&limit=10000"));
  EXPECT_EQ(static_cast<std::size_t>(std::count(table.begin(), table.end(), '\n')), 1 + count);
}

TEST(RoutesSea, EventsAreFilteredAndCarryTheirDossier) {
  Asker asker;
  const auto& survey = *test_state()->survey;
  const auto all = json_of(asker.get("/api/v1/events?limit=100000"));
  EXPECT_EQ(all["total"], survey.events.size());
  ASSERT_EQ(all["events"].size(), survey.events.size());
  std::size_t with_target = 0;
  for (const auto& event : all["events"]) {
    if (event["target"].is_null()) continue;
    ++with_target;
    EXPECT_EQ(asker.get("/api/v1/targets/" + event["target"].get<std::string>()).status, 200);
  }
  EXPECT_GT(with_target, 0u);
  const auto& first = all["events"][0];
  EXPECT_EQ(json_of(asker.get("/api/v1/events/" + first["id"].get<std::string>())), first);

  const auto count = [&](const std::string& query, auto fits) {
    const auto json = json_of(asker.get("/api/v1/events?limit=100000&" + query));
    const auto wanted = std::count_if(survey.events.begin(), survey.events.end(), fits);
    EXPECT_EQ(json["total"], wanted) << query;
    EXPECT_GT(wanted, 0) << query;
  };
  count("type=gap,port_call", [](const auto& e) {
    return e.type == model::EventType::gap || e.type == model::EventType::port_call;
  });
  count("least_score=0.9", [](const auto& e) { return e.score >= 0.9; });
  count("bbox=120,30,126,38", [](const auto& e) {
    return e.at.valid() && e.at.lon() >= 120 && e.at.lon() <= 126 && e.at.lat() >= 30 && e.at.lat() <= 38;
  });
  const auto mmsi = survey.events[0].mmsi.at(0);
  count(fmt::format("mmsi={}", mmsi),
        [&](const auto& e) { return std::find(e.mmsi.begin(), e.mmsi.end(), mmsi) != e.mmsi.end(); });
  const auto noon = *base::parse_time("2024-02-05T12:00:00Z");
  count("from=2024-02-05T12:00:00Z&to=2024-02-05T12:00:00Z",
        [&](const auto& e) { return e.start <= noon && e.end >= noon; });
}

TEST(RoutesSea, EventsAsFiles) {
  Asker asker;
  const auto count = test_state()->survey->events.size();
  EXPECT_EQ(json_of(asker.get("/api/v1/events?format=geojson&limit=100000"))["features"].size(), count);
  const auto lines = whole(asker.get("/api/v1/events?format=ndjson&limit=100000"));
  EXPECT_EQ(static_cast<std::size_t>(std::count(lines.begin(), lines.end(), '\n')), count);
  EXPECT_NE(whole(asker.get("/api/v1/events?format=kml")).find("</kml>"), std::string::npos);
  const auto none = json_of(asker.get("/api/v1/events?bbox=0,-60,1,-59"));
  EXPECT_EQ(none["total"], 0);
  EXPECT_TRUE(none["events"].empty());
}

TEST(RoutesSea, WrongParametersAreRefusedInOneSentence) {
  Asker asker;
  for (const auto& [query, where] :
       std::vector<std::pair<std::string, std::string>>{{"events?type=flying", "type"},
                                                        {"events?limit=-1", "limit"},
                                                        {"events?limit=99999999999999999999", "limit"},
                                                        {"events?least_score=nan", "least_score"},
                                                        {"events?least_score=1e999", "least_score"},
                                                        {"events?bbox=nan,0,1,1", "bbox"},
                                                        {"events?from=tomorrow", "from"},
                                                        {"events?mmsi=-5", "mmsi"},
                                                        {"events?format=%3Cscript%3E", "format"},
                                                        {"positions?limit=0", "limit"},
                                                        {"positions?bbox=1,2,3", "bbox"},
                                                        {"tracks/abc", "mmsi"},
                                                        {"tracks/99999999999", "mmsi"},
                                                        {"targets?limit=10001", "limit"},
                                                        {"targets?q=" + std::string(201, 'x'), "q"},
                                                        {"vessels?limit=x", "limit"}})
    expect_refused(asker.get("/api/v1/" + query), 400, where);
  expect_refused(asker.get("/api/v1/tracks/1"), 404, "mmsi");
  expect_refused(asker.get("/api/v1/events/none"), 404, "id");
}

TEST(RoutesSea, ATrackIsTheVesselsRows) {
  Asker asker;
  const auto& table = test_state()->positions;
  const auto mmsi = table.mmsi.at(7);
  const auto rows = table.rows_of(7);
  const auto path = fmt::format("/api/v1/tracks/{}", mmsi);
  const auto track = json_of(asker.get(path));
  ASSERT_EQ(track["points"].size(), rows.end - rows.begin);
  EXPECT_EQ(track["points"][0][0], static_cast<double>(table.time[rows.begin]) / 1000);
  EXPECT_NEAR(track["points"][0][1].get<double>(), table.lat_e7[rows.begin] * 1e-7, 1e-6);
  const auto thin = json_of(asker.get(path + "?limit=10"));
  EXPECT_LE(thin["points"].size(), 10u);
  EXPECT_GT(thin["every"], 1);
  const auto line = json_of(asker.get(path + "?format=geojson"));
  EXPECT_EQ(line["geometry"]["coordinates"].size(), line["properties"]["times"].size());
  EXPECT_NE(whole(asker.get(path + "?format=kml")).find("<gx:Track>"), std::string::npos);
  const auto csv = whole(asker.get(path + "?format=csv"));
  EXPECT_EQ(static_cast<std::size_t>(std::count(csv.begin(), csv.end(), '\n')), 1 + rows.end - rows.begin);
}

TEST(RoutesSea, VesselsAreFoundByNameAndNumber) {
  Asker asker;
  const auto all = json_of(asker.get("/api/v1/vessels?limit=10000"));
  EXPECT_EQ(all["total"], test_state()->survey->heard.heard().size());
  const auto& one = all["vessels"][3];
  for (const std::string& wanted : {one["name"].get<std::string>(), std::to_string(one["mmsi"].get<int>())}) {
    const auto found = json_of(asker.get("/api/v1/vessels?q=" + percent_encode(wanted)));
    bool there = false;
    for (const auto& row : found["vessels"]) there = there || row == one;
    EXPECT_TRUE(there) << wanted;
  }
  EXPECT_EQ(json_of(asker.get("/api/v1/vessels?limit=1"))["vessels"].size(), 1u);
}

TEST(RoutesArea, CountsWhatIsInside) {
  Asker asker;
  const auto world = json_of(
      asker.post("/api/v1/area", R"({"polygon":[[-179,-89],[0,-89],[179,-89],[179,89],[0,89],[-179,89]]})"));
  EXPECT_EQ(world["positions"], test_state()->positions.size());
  EXPECT_EQ(world["total"]["vessels"], test_state()->positions.mmsi.size());
  const auto some = json_of(asker.post(
      "/api/v1/area",
      R"({"polygon":[[123,35],[126,35],[126,38],[123,38]],"from":"2024-02-05T06:00:00Z","to":"2024-02-05T18:00:00Z"})"));
  EXPECT_GT(some["positions"], 0);
  EXPECT_LT(some["positions"], world["positions"]);
  for (const auto& vessel : some["vessels"]) {
    EXPECT_LE(vessel["minutes"], 12 * 60);
    EXPECT_GE(vessel["entered"], "2024-02-05T06:00:00Z");
    EXPECT_LE(vessel["left"], "2024-02-05T18:00:00Z");
  }
  for (const auto& event : some["events"]) EXPECT_TRUE(event["lat"] >= 35 && event["lat"] <= 38);
  const auto empty = json_of(asker.post("/api/v1/area", R"({"polygon":[[0,-60],[1,-60],[1,-59]]})"));
  EXPECT_EQ(empty["positions"], 0);
  EXPECT_TRUE(empty["vessels"].empty());
}

TEST(RoutesArea, RefusesWhatIsNoArea) {
  Asker asker;
  const auto ask = [&](std::string_view body) { return asker.post("/api/v1/area", body); };
  expect_refused(ask(""), 400, "body");
  expect_refused(ask("[]"), 400, "body");
  expect_refused(ask(std::string(100'000, '[')), 400, "body");
  expect_refused(ask("{}"), 400, "polygon");
  expect_refused(ask(R"({"polygon":[[0,0],[1,1]]})"), 400, "polygon");
  expect_refused(ask(R"({"polygon":[[0,0],[1,"1"],[1,0]]})"), 400, "polygon[1]");
  expect_refused(ask(R"({"polygon":[[0,0],[1,1e300],[1,0]]})"), 400, "polygon");
  expect_refused(ask(R"({"polygon":[[0,0],[1,1e999],[1,0]]})"), 400, "body");
  expect_refused(ask(R"({"polygon":[[0,0],[1,NaN],[1,0]]})"), 400, "body");
  expect_refused(ask(R"({"polygon":[[0,0],[1,1],[1,0]],"from":"soon"})"), 400, "from");
  expect_refused(ask(R"({"polygon":[[0,0],[1,1],[1,0]],"from":5})"), 400, "from");
  std::string many = R"({"polygon":[)";
  for (int i = 0; i < 5000; ++i) many += i == 0 ? "[1,1]" : ",[1,1]";
  expect_refused(ask(many + "]}"), 400, "polygon");
  EXPECT_EQ(ask(std::string(1'000'000, '[')).status, 413);
}

TEST(TrackText, IsCutAtTheAntimeridian) {
  const std::vector<TrackRow> rows{{0, base::from_degrees(10, 179)}, {60'000, base::from_degrees(12, -179)}};
  std::string out;
  base::JsonWriter json(out);
  append_geometry(json, rows);
  EXPECT_EQ(out, R"({"type":"MultiLineString","coordinates":[[[179,10],[180,11]],[[-180,11],[-179,12]]]})");
}

TEST(TrackText, HostileNamesStayText) {
  std::string kml, cell;
  append_kml_track(kml, "</name><script>alert(1)</script>\x01", {});
  EXPECT_EQ(kml.find("<script>"), std::string::npos);
  append_text_cell(cell, "=HYPERLINK(\"http://x\",\"y\")");
  EXPECT_EQ(cell, "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
}

TEST(Roles, NobodyReadsWithoutOne) {
  Asker asker;
  asker.who.role = Role::open;
  for (const char* path : {"targets", "events", "positions", "vessels", "tracks/1"})
    EXPECT_EQ(asker.get(std::string("/api/v1/") + path).status, 403) << path;
  asker.who.role = Role::viewer;
  EXPECT_EQ(asker.get("/api/v1/targets").status, 200);
}

}  // namespace
}  // namespace cordon::serve
