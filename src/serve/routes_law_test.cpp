#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "serve/openapi.hpp"
#include "serve/test_state.hpp"

namespace cordon::serve {
namespace {

TEST(RoutesLaw, AnswersAsTheVerbDoes) {
  Asker asker;
  const std::string question =
      R"({"id":"q1","date":"2019-05-10","facts":{"activity":"buy","direction":"from_dprk","cargo":"anthracite coal"},"jurisdictions":["UN","CA"]})";
  const auto requests = law::parse_requests(question);
  ASSERT_TRUE(requests);
  const auto& one = requests->all[0];
  std::string expected;
  law::append_json(expected, one, law::check(*test_state()->law, one.date, one.facts, one.jurisdictions));
  EXPECT_EQ(whole(asker.post("/api/v1/law/check", question)), expected);
  const auto list = json_of(asker.post("/api/v1/law/check", "[" + question + "," + question + "]"));
  EXPECT_EQ(list.size(), 2u);
  const auto unknown = asker.post("/api/v1/law/check", R"({"date":"2019-05-10","facts":{"colo\nur":"red"}})");
  bool told = false;
  for (const auto& [name, value] : unknown.headers) {
    told = told || name == "X-Cordon-Unknown-Facts";
    EXPECT_EQ(value.find('\n'), std::string::npos);
  }
  EXPECT_TRUE(told);
}

TEST(RoutesLaw, RefusesWhatIsNoQuestion) {
  Asker asker;
  for (const char* body : {"", "{", "[1]", R"({"facts":5})", R"({"date":5,"facts":{}})", "null"})
    expect_refused(asker.post("/api/v1/law/check", body), 400, "body");
  std::string many = "[";
  for (int i = 0; i < 1001; ++i) many += i == 0 ? R"({"facts":{}})" : R"(,{"facts":{}})";
  expect_refused(asker.post("/api/v1/law/check", many + "]"), 400, "body");
}

TEST(RoutesLaw, MeasuresByJurisdictionDayAndWords) {
  Asker asker;
  const auto all = json_of(asker.get("/api/v1/law/measures?limit=10000"));
  EXPECT_EQ(all["measures"].size(), test_state()->law->measures().size());
  const auto un = json_of(asker.get("/api/v1/law/measures?jurisdiction=un"));
  EXPECT_GT(un["measures"].size(), 10u);
  for (const auto& one : un["measures"]) EXPECT_EQ(one["jurisdiction"], "UN");
  const auto early = json_of(asker.get("/api/v1/law/measures?jurisdiction=UN&at=2010-01-01"));
  EXPECT_LT(early["total"], un["total"]);
  for (const auto& one : early["measures"])
    if (one["start"].is_string()) {
      EXPECT_LE(one["start"].get<std::string>().substr(0, 10), "2010-01-01");
    }
  expect_refused(asker.get("/api/v1/law/measures?jurisdiction=Atlantis"), 400, "jurisdiction");
  expect_refused(asker.get("/api/v1/law/measures?at=2010"), 400, "at");
  const auto one = json_of(asker.get("/api/v1/law/measures/STS-2375-11"));
  EXPECT_EQ(one["id"], "STS-2375-11");
  EXPECT_FALSE(one["sources"].empty());
  EXPECT_TRUE(one["paragraph_verified"].is_boolean());
  EXPECT_EQ(json_of(asker.get("/api/v1/law/measures/EX-2397-25"))["is_exemption"], true);
  expect_refused(asker.get("/api/v1/law/measures/none"), 404, "id");
}

TEST(RoutesLaw, TheVocabularyNamesWhatAFormOffers) {
  Asker asker;
  const auto words = json_of(asker.get("/api/v1/law/vocabulary"));
  EXPECT_GT(words["facts"].size(), 20u);
  EXPECT_GT(words["jurisdictions"].size(), 5u);
  EXPECT_GT(words["verdicts"].size(), 5u);
  bool activity = false;
  for (const auto& fact : words["facts"])
    if (fact["name"] == "activity") activity = fact["values"].size() > 3;
  EXPECT_TRUE(activity);
}

TEST(OpenApi, DescribesTheseRoutes) {
  for (const auto& gap : openapi_gaps()) ADD_FAILURE() << gap;
}

}  // namespace
}  // namespace cordon::serve
