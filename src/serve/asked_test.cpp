#include "serve/asked.hpp"

#include <gtest/gtest.h>

namespace cordon::serve {
namespace {

Request with(std::string_view query) {
  Request request;
  request.params = *parse_query(query);
  return request;
}

TEST(Asked, BoxesWrapAtTheAntimeridian) {
  const auto at = [](double lat, double lon) { return base::from_degrees(lat, lon); };
  const auto across = parse_box("170,-10,190,10");
  ASSERT_TRUE(across);
  EXPECT_TRUE(across->contains(at(0, 179.9)));
  EXPECT_TRUE(across->contains(at(0, -175)));
  EXPECT_FALSE(across->contains(at(0, 0)));
  EXPECT_FALSE(across->contains(at(0, -165)));
  const auto world = parse_box("-250,-90,250,90");
  ASSERT_TRUE(world);
  EXPECT_TRUE(world->contains(at(0, 0)));
  EXPECT_TRUE(world->contains(at(-90, -180)));
  const auto named = parse_box("170,-10,-170,10");
  ASSERT_TRUE(named);
  EXPECT_TRUE(named->contains(at(0, 180)));
  EXPECT_FALSE(named->contains(at(0, 100)));
}

TEST(Asked, BoxesThatAreNoneAreRefused) {
  for (const char* text : {"", "1,2,3", "1,2,3,4,5", "a,b,c,d", "nan,0,1,1", "0,nan,1,1", "inf,0,1,1",
                           "0,10,1,5", "0,-91,1,1", "1e9,0,2e9,1", "1;2;3;4"})
    EXPECT_FALSE(parse_box(text)) << text;
}

TEST(Asked, KeepsTheFirstFaultAndNamesItsPlace) {
  const Request request = with("limit=0&from=yesterday&format=exe&least_score=nan");
  Asked asked(request);
  EXPECT_EQ(asked.number("limit", 10, 1, 100), 10u);
  ASSERT_TRUE(asked.refusal());
  asked.time("from");
  EXPECT_NE(asked.refusal()->body.find("\"where\":\"limit\""), std::string::npos);
  Asked time(request), format(request), score(request);
  time.time("from");
  EXPECT_NE(time.refusal()->body.find("\"where\":\"from\""), std::string::npos);
  EXPECT_EQ(format.one_of("format", {"json", "csv"}), "json");
  EXPECT_NE(format.refusal()->body.find("json, csv"), std::string::npos);
  score.decimal("least_score", 0, 0, 1);
  EXPECT_TRUE(score.refusal());
}

TEST(Asked, AWholeDayBeginsAndEnds) {
  const Request request = with("from=2024-02-07&to=2024-02-07");
  Asked asked(request);
  EXPECT_EQ(asked.time("from"), base::parse_time("2024-02-07T00:00:00Z"));
  EXPECT_EQ(asked.time("to", true), *base::parse_time("2024-02-08T00:00:00Z") - 1);
  EXPECT_FALSE(asked.refusal());
}

TEST(Asked, ListsAreBounded) {
  const Request request = with("mmsi=1,2&mmsi=3");
  Asked asked(request);
  EXPECT_EQ(asked.numbers("mmsi", 3), (std::vector<std::uint32_t>{1, 2, 3}));
  EXPECT_FALSE(asked.refusal());
  asked.numbers("mmsi", 2);
  EXPECT_TRUE(asked.refusal());
}

}  // namespace
}  // namespace cordon::serve
