#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cordon/simulate/scenario.hpp"
#include "serve/test_state.hpp"

namespace cordon::serve {
namespace {

Response drop(std::string_view body) {
  Asker asker;
  return asker.post("/api/v1/analyse?name=dropped%3Cb%3E", body);
}

TEST(Analyse, KnowsAFeed) {
  auto options = simulate::preset("small");
  options->thin_s = 900;
  auto scenario = simulate::Scenario::make(*options);
  ASSERT_TRUE(scenario) << scenario.error().message;
  std::string feed;
  scenario->run_nmea([&](std::string_view piece) { feed += piece; });
  ASSERT_LT(feed.size(), 16u << 20);
  const auto found = json_of(drop(feed));
  EXPECT_EQ(found["kind"], "ais");
  EXPECT_EQ(found["name"], "dropped<b>");
  EXPECT_GT(found["result"]["positions"], 1000);
  EXPECT_GT(found["result"]["vessels"].size(), 30u);
  EXPECT_GT(found["result"]["events"].size(), 0u);
}

TEST(Analyse, KnowsACsvOfPositions) {
  const auto found =
      json_of(drop("MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status,"
                   "Length,Width,Draft,"
                   "Cargo,TransceiverClass\n445123000,2024-02-05T00:00:00,38.1,124.2,5.0,90.0,90,SUN "
                   "RISE,IMO8899001,ABC,70,0,100,20,5.0,70,A\n"));
  EXPECT_EQ(found["kind"], "ais");
  EXPECT_EQ(found["result"]["positions"], 1);
  EXPECT_EQ(found["result"]["vessels"][0]["name"], "SUN RISE");
}

TEST(Analyse, KnowsNamesWithAndWithoutAHeader) {
  const auto& entity = test_state()->survey->lists.entities.at(0);
  const auto table = json_of(drop("id,name\n1," + entity.caption + "\n2,Nobody At All\n"));
  EXPECT_EQ(table["kind"], "names");
  ASSERT_EQ(table["result"]["answers"].size(), 2u);
  EXPECT_FALSE(table["result"]["answers"][0]["hits"].empty());
  const auto plain = json_of(drop("Kim Test\nAnother Name\n"));
  EXPECT_EQ(plain["kind"], "names");
  EXPECT_EQ(plain["result"]["answers"].size(), 2u);
}

TEST(Analyse, KnowsOwnership) {
  const auto& entity = test_state()->survey->lists.entities.at(0);
  const auto found = json_of(drop("owner,owned,pct\n" + entity.id + ",alpha,60\nalpha,beta,60\n"));
  EXPECT_EQ(found["kind"], "ownership");
  EXPECT_EQ(found["result"]["edges"], 2);
  EXPECT_EQ(found["result"]["listed"], 1);
  EXPECT_FALSE(found["result"]["verdicts"].empty());
}

// "name\nKim Test\n", by gzip.
TEST(Analyse, UnpacksATable) {
  const std::string packed(
      "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xcb\x4b\xcc\x4d\xe5\xf2\xce\xcc\x55\x08\x49\x2d\x2e\xe1"
      "\x02\x00\x66\x84\x30\x87\x0e\x00\x00\x00",
      34);
  const auto found = json_of(drop(packed));
  EXPECT_EQ(found["kind"], "names");
  EXPECT_EQ(found["result"]["answers"].size(), 1u);
}

TEST(Analyse, RefusesTheRest) {
  expect_refused(drop(""), 400, "body");
  expect_refused(drop(std::string(1000, '\0')), 422, "body");
  expect_refused(drop("\x89PNG\r\n\x1a\n<html>"), 422, "body");
  expect_refused(drop(std::string("\x1f\x8b\x08 broken", 11)), 422, "body");
  expect_refused(drop("<html><script>alert(1)</script></html>"), 422, "body");
  EXPECT_EQ(drop(std::string(17u << 20, 'x')).status, 413);
  std::string many = "name\n";
  for (int i = 0; i < 2000; ++i) many += "a\n";
  EXPECT_GE(drop(many).status, 400);
}

}  // namespace
}  // namespace cordon::serve
