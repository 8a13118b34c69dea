#include "cordon/model/event.hpp"

#include <gtest/gtest.h>

namespace cordon::model {
namespace {

TEST(Event, TypesReadBack) {
  for (int i = 0; i <= static_cast<int>(EventType::listed_vessel); ++i) {
    const auto type = static_cast<EventType>(i);
    EXPECT_EQ(parse_event_type(to_string(type)), type);
  }
  EXPECT_EQ(to_string(EventType::dark_rendezvous), "dark_rendezvous");
  EXPECT_FALSE(parse_event_type("meeting"));
}

TEST(Event, IsOneJsonLine) {
  Event event;
  event.type = EventType::encounter;
  event.start = base::start_of({2018, 3, 30});
  event.end = event.start + 2 * base::kHour;
  event.mmsi = {445000001, 412000002};
  event.imo = {9187629, 0};
  event.at = base::from_degrees(32.1234567, 125.5);
  event.score = 0.87654;
  event.rule = "encounter/1";
  event.evidence = {{"median_distance_m", "43", true}, {"port", "Nampo", false}, {"odd", "n/a", true}};
  event.reasons = {"Two \"ships\""};
  event.support = {Where::of(0, 17), Where::of(1, 2)};
  std::string out;
  append_json(out, event, {"feed.nmea"});
  EXPECT_EQ(out,
            R"({"type":"encounter","start":"2018-03-30T00:00:00Z","end":"2018-03-30T02:00:00Z",)"
            R"("mmsi":[445000001,412000002],"imo":[9187629,0],"lat":32.12346,"lon":125.5,"score":0.877,)"
            R"("rule":"encounter/1","evidence":{"median_distance_m":43,"port":"Nampo","odd":"n/a"},)"
            R"("reasons":["Two \"ships\""],"support":[{"file":"feed.nmea","line":17},{"feed":1,"line":2}]})");
}

TEST(Event, WhatIsNotKnownIsNull) {
  std::string out;
  append_json(out, Event{}, {});
  EXPECT_EQ(
      out,
      R"({"type":"encounter","start":null,"end":null,"mmsi":[],"imo":[],"lat":null,"lon":null,"score":0,)"
      R"("rule":"","evidence":{},"reasons":[],"support":[]})");
}

}  // namespace
}  // namespace cordon::model
