// The network around vessels of the small scenario.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "serve/test_state.hpp"

namespace cordon::serve {
namespace {

// A vessel that a listed party owns or controls.
std::string chained_vessel() {
  for (const auto& dossier : test_state()->survey->dossiers)
    for (const auto& chain : dossier.chains)
      for (const auto& verdict : chain.verdicts)
        if (verdict.verdict == "blocked") return dossier.id;
  ADD_FAILURE() << "the scenario has no chain";
  return {};
}

TEST(RoutesNetwork, SearchFindsPartiesByName) {
  Asker asker;
  const auto& graph = test_state()->survey->behind->graph();
  const auto node = *graph.find(chained_vessel());
  const auto found = json_of(
      asker.get("/api/v1/network/search?q=" + percent_encode(std::string(graph.caption(node)).substr(0, 4))));
  bool there = false;
  for (const auto& one : found["nodes"]) there = there || one["id"] == std::string(graph.id(node));
  EXPECT_TRUE(there);
  expect_refused(asker.get("/api/v1/network/search"), 400, "q");
  expect_refused(asker.get("/api/v1/network/search?q=x&limit=1001"), 400, "limit");
}

TEST(RoutesNetwork, APartIsDrawnWithAllItsTies) {
  Asker asker;
  const auto part = json_of(asker.get("/api/v1/network/expand?hops=3&id=" + chained_vessel()));
  ASSERT_GT(part["nodes"].size(), 2u);
  std::set<std::string> ids;
  std::set<std::pair<double, double>> places;
  bool listed = false;
  for (const auto& node : part["nodes"]) {
    ids.insert(node["id"]);
    places.emplace(node["x"].get<double>(), node["y"].get<double>());
    listed = listed || node["listed"].get<bool>();
  }
  EXPECT_EQ(places.size(), part["nodes"].size());
  EXPECT_TRUE(listed);
  ASSERT_FALSE(part["edges"].empty());
  for (const auto& edge : part["edges"]) {
    EXPECT_TRUE(ids.contains(edge["from"]) && ids.contains(edge["to"]));
    EXPECT_TRUE(edge["source"].is_object());
  }
  const auto again = json_of(asker.get("/api/v1/network/expand?hops=3&id=" + chained_vessel()));
  EXPECT_EQ(part, again);
  const auto few = json_of(asker.get("/api/v1/network/expand?hops=3&limit=2&id=" + chained_vessel()));
  EXPECT_EQ(few["nodes"].size(), 2u);
  EXPECT_TRUE(few["cut"]);
}

TEST(RoutesNetwork, AVesselOnAListIsListedItself) {
  Asker asker;
  std::size_t seen = 0;
  for (const auto& dossier : test_state()->survey->dossiers) {
    const auto found = asker.get("/api/v1/network/control?id=" + dossier.id);
    if (dossier.listings.empty() || found.status != 200) continue;
    ++seen;
    EXPECT_TRUE(json_of(found)["listed"]) << dossier.id;
    EXPECT_TRUE(json_of(asker.get("/api/v1/network/expand?hops=0&id=" + dossier.id))["nodes"][0]["listed"]);
  }
  EXPECT_GT(seen, 0u);
}

TEST(RoutesNetwork, PathsAreThoseOfTheDossier) {
  Asker asker;
  const auto vessel = chained_vessel();
  const auto& dossier = *test_state()->dossier(vessel);
  const auto found = json_of(asker.get("/api/v1/network/paths?k=8&max_hops=8&owners=yes&from=" + vessel));
  ASSERT_FALSE(found["paths"].empty());
  std::set<std::string> listed;
  for (const auto& path : found["paths"]) {
    EXPECT_FALSE(path["steps"].empty());
    listed.insert(path["listed"]["entity_id"]);
  }
  bool there = false;
  for (const auto& chain : dossier.chains) there = there || listed.contains(chain.listed_id);
  EXPECT_TRUE(there);
  const auto to = found["paths"][0]["steps"][0]["from"]["id"].get<std::string>();
  const auto direct =
      json_of(asker.get("/api/v1/network/paths?from=" + vessel + "&to=" + percent_encode(to)));
  EXPECT_FALSE(direct["paths"].empty());
}

TEST(RoutesNetwork, ControlSpeaksForEveryRuleOnAnyDay) {
  Asker asker;
  const auto vessel = chained_vessel();
  const auto now = json_of(asker.get("/api/v1/network/control?id=" + vessel));
  ASSERT_EQ(now["verdicts"].size(), network::kRules.size());
  bool touched = false;
  for (const auto& verdict : now["verdicts"]) {
    EXPECT_FALSE(verdict["citation"].get<std::string>().empty());
    touched = touched || verdict["verdict"] != "no";
  }
  EXPECT_TRUE(touched);
  double sum = 0;
  for (const auto& share : now["by_country"]) sum += share["share_min"].get<double>();
  EXPECT_LE(sum, 100.001);
  // The day of the load, named: the same answer by the other way.
  const auto named = asker.get("/api/v1/network/control?id=" + vessel + "&as_of=2024-02-01");
  EXPECT_EQ(named.status, 200);
  expect_refused(asker.get("/api/v1/network/control?id=" + vessel + "&as_of=soon"), 400, "as_of");
}

TEST(RoutesNetwork, UnknownPartiesAndWrongNumbersAreRefused) {
  Asker asker;
  for (const char* path : {"expand", "control", "export"}) {
    expect_refused(asker.get(std::string("/api/v1/network/") + path), 400, "id");
    expect_refused(asker.get(std::string("/api/v1/network/") + path + "?id=nobody"), 404, "id");
  }
  const auto vessel = chained_vessel();
  expect_refused(asker.get("/api/v1/network/expand?hops=7&id=" + vessel), 400, "hops");
  expect_refused(asker.get("/api/v1/network/expand?limit=1000000000&id=" + vessel), 400, "limit");
  expect_refused(asker.get("/api/v1/network/paths?k=0&from=" + vessel), 400, "k");
  expect_refused(asker.get("/api/v1/network/paths?from=" + vessel + "&to=nobody"), 404, "to");
}

TEST(RoutesNetwork, ExportsAreOfThePart) {
  Asker asker;
  const auto vessel = chained_vessel();
  const auto part = json_of(asker.get("/api/v1/network/expand?hops=2&id=" + vessel));
  const auto lines = whole(asker.get("/api/v1/network/export?hops=2&format=ftm&id=" + vessel));
  EXPECT_EQ(static_cast<std::size_t>(std::count(lines.begin(), lines.end(), '\n')),
            part["nodes"].size() + part["edges"].size());
  EXPECT_NE(whole(asker.get("/api/v1/network/export?format=gexf&id=" + vessel)).find("</gexf>"),
            std::string::npos);
  EXPECT_NE(whole(asker.get("/api/v1/network/export?format=graphml&id=" + vessel)).find("</graphml>"),
            std::string::npos);
}

}  // namespace
}  // namespace cordon::serve
