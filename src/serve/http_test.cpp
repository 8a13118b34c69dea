#include "serve/http.hpp"

#include <gtest/gtest.h>

#include "serve/hub.hpp"
#include "serve/position_table.hpp"
#include "serve/router.hpp"

namespace cordon::serve {
namespace {

TEST(Http, DecodesPercentsAndRefusesWhatIsNoText) {
  EXPECT_EQ(percent_decode("a%20b+c", true), "a b c");
  EXPECT_EQ(percent_decode("a+b", false), "a+b");
  EXPECT_EQ(percent_decode("%ec%9d%b4", false), "이");
  for (const char* bad : {"%", "%4", "%zz", "%00", "%ff", "%c3%28"})
    EXPECT_FALSE(percent_decode(bad, true)) << bad;
  EXPECT_EQ(percent_decode(percent_encode("ä/?&=%\n"), false), "ä/?&=%\n");
}

TEST(Http, ReadsQueries) {
  const auto params = parse_query("a=1&b=&c&&a=%26");
  ASSERT_TRUE(params.has_value());
  ASSERT_EQ(params->size(), 4u);
  Request request;
  request.params = *params;
  EXPECT_EQ(request.param("a"), "1");
  EXPECT_EQ(request.all("a").back(), "&");
  EXPECT_TRUE(request.has("c"));
  EXPECT_FALSE(request.has("d"));
  std::string many;
  for (int i = 0; i < 300; ++i) many += "a=1&";
  EXPECT_FALSE(parse_query(many).has_value());
}

TEST(Http, NumbersAreCheckedAndNamed) {
  Request request;
  request.params = {{"limit", "7"}, {"big", "1000000"}, {"bad", "7x"}, {"nan", "nan"}};
  EXPECT_EQ(number_param(request, "limit", 1, 0, 10), 7u);
  EXPECT_EQ(number_param(request, "none", 1, 0, 10), 1u);
  EXPECT_FALSE(number_param(request, "big", 1, 0, 10).has_value());
  EXPECT_NE(number_param(request, "bad", 1, 0, 10).error().message.find("bad"), std::string::npos);
  EXPECT_FALSE(decimal_param(request, "nan").has_value());
}

TEST(Router, FindsARouteItsPartsAndItsMethods) {
  const auto found = find_route(Method::get, "/api/v1/entities/un%2Fa%20b");
  ASSERT_NE(found.route, nullptr);
  EXPECT_EQ(found.route->path, "/api/v1/entities/{id}");
  EXPECT_EQ(found.captures.at(0), "un/a b") << "an encoded slash stays in its piece";
  EXPECT_EQ(find_route(Method::get, "/api/v1/entities/").route, nullptr);
  EXPECT_EQ(find_route(Method::get, "/api/v1/entities/a/b").route, nullptr);
  EXPECT_EQ(find_route(Method::get, "/api/v1/entities/%ff").route, nullptr);
  const auto other = find_route(Method::del, "/healthz");
  EXPECT_EQ(other.route, nullptr);
  EXPECT_EQ(other.allowed, std::vector<Method>{Method::get});
}

TEST(Router, NoTwoRoutesAreTheSame) {
  const auto table = routes_table();
  for (const auto& a : table)
    for (const auto& b : table) EXPECT_TRUE(&a == &b || a.path != b.path || a.method != b.method) << a.path;
}

TEST(Hub, KeepsTheLastEventsAndTellsWhoMissedSome) {
  Hub hub(3);
  std::uint64_t seen = 0;
  EXPECT_EQ(hub.after(seen), "");
  for (int i = 1; i <= 5; ++i) hub.publish("a", std::to_string(i));
  std::uint64_t two = 2;
  const auto kept = hub.after(two);
  EXPECT_EQ(kept.find("missed"), std::string::npos);
  EXPECT_EQ(two, 5u);
  EXPECT_EQ(hub.after(two), "");
  const auto late = hub.after(seen);
  EXPECT_EQ(late.find("event: missed"), 0u);
  EXPECT_NE(late.find("id: 3\n"), std::string::npos);
  std::uint64_t from_before = 99;
  EXPECT_NE(hub.after(from_before).find("missed"), std::string::npos);
  std::uint64_t small = 2;
  hub.after(small, 1);
  EXPECT_EQ(small, 3u) << "a slow listener gets one piece at a time";
}

TEST(PositionTable, IsSortedByVesselThenTime) {
  PositionCollector collector(5);
  model::FeedBatch batch;
  const auto add = [&](std::uint32_t mmsi, base::TimeMs time, bool placed = true) {
    model::Position position;
    position.mmsi = mmsi;
    position.time = time;
    if (placed) position.at = {1, 2};
    position.sog_dkn = static_cast<std::uint16_t>(time);
    batch.positions.push_back(position);
  };
  add(9, 30), add(3, 20), add(9, 10), add(3, 5), add(9, 11, false), add(5, 1), add(7, 1);
  collector.push(batch);
  const auto table = collector.finish();
  EXPECT_EQ(table.mmsi, (std::vector<std::uint32_t>{3, 5, 9}));
  EXPECT_EQ(table.time, (std::vector<base::TimeMs>{5, 20, 1, 10, 30}));
  EXPECT_EQ(table.sog_dkn, (std::vector<std::uint16_t>{5, 20, 1, 10, 30}));
  EXPECT_EQ(table.dropped, 1u);
  const auto rows = table.rows_of_mmsi(9);
  EXPECT_EQ(rows.begin, 3u);
  EXPECT_EQ(rows.end, 5u);
  EXPECT_EQ(table.rows_of_mmsi(4).end, 0u);
}

}  // namespace
}  // namespace cordon::serve
