#include "cordon/base/land.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "cordon/base/land_reference.hpp"
#include "cordon/base/resource.hpp"

namespace cordon::base {
namespace {

struct Place {
  const char* name;
  double lat, lon;
  bool land;
};

TEST(Land, knows_places) {
  for (const Place& p : {
           Place{"Pyongyang", 39.03, 125.75, true},
           {"Nampo roads", 38.70, 125.00, false},
           Place{"Taedong estuary at Nampo", 38.70, 125.40, false},
           {"hills north of Nampo", 38.85, 125.35, true},
           {"Jeju island", 33.38, 126.55, true},
           {"off Jeju", 33.10, 126.55, false},
           {"mid East China Sea", 29.0, 125.5, false},
           {"mid Yellow Sea", 35.5, 123.0, false},
           {"Sea of Japan", 40.0, 134.0, false},
           {"Taiwan strait", 24.5, 119.5, false},
           {"Taiwan", 23.7, 121.0, true},
           {"Ulleungdo", 37.50, 130.86, true},
           {"Baengnyeong island", 37.96, 124.68, true},
           {"Seoul", 37.56, 126.98, true},
           {"Beijing", 39.9, 116.4, true},
           {"Ulaanbaatar, north of the theatre", 47.9, 106.9, true},
           {"Chukotka west of the antimeridian", 66.5, 179.5, true},
           {"Chukotka east of the antimeridian", 66.0, -175.0, true},
           {"Chukotka on the antimeridian", 67.5, -180.0, true},
           {"Bering Sea on the antimeridian", 58.0, -180.0, false},
           {"Vanua Levu, Fiji", -16.6, 179.2, true},
           {"Koro Sea, Fiji", -17.5, 179.9, false},
           {"South Pole", -90.0, 0.0, true},
           {"South Pole plateau at the antimeridian", -85.0, -180.0, true},
           {"North Pole", 90.0, 0.0, false},
           {"Caspian, a hole in the ring", 42.0, 50.5, false},
           {"null island", 0.0, 0.0, false},
           {"London", 51.5, -0.2, true},
       }) {
    EXPECT_EQ(on_land(from_degrees(p.lat, p.lon)), p.land) << p.name;
  }
  EXPECT_FALSE(on_land(LatLon{}));
}

TEST(Land, cuts_do_not_show) {
  // Land and sea go on across the borders between the 1:10m and the 1:50m pieces.
  for (const double d : {-1e-7, 0.0, 1e-7}) {
    EXPECT_TRUE(on_land(from_degrees(30.0, 112.0 + d)));
    EXPECT_TRUE(on_land(from_degrees(46.0 + d, 125.0)));
    EXPECT_FALSE(on_land(from_degrees(18.0 + d, 130.0)));
    EXPECT_FALSE(on_land(from_degrees(35.0, 146.0 + d)));
  }
  // Wuhan's meridian is a cut, not a coast: the sea is far.
  EXPECT_EQ(distance_to_shore_m(from_degrees(35.0, 112.0), 300000), 300000);
}

TEST(Land, distance_to_known_coasts) {
  // Ulleungdo is alone: 20 km south of its southern shore (37.455) there is nothing nearer.
  EXPECT_NEAR(distance_to_shore_m(from_degrees(37.275, 130.86), 100000), 20000, 1500);
  EXPECT_EQ(distance_to_shore_m(from_degrees(40.0, 134.0), 50000), 50000);
  EXPECT_EQ(distance_to_shore_m(LatLon{}, 1000), 1000);
  EXPECT_EQ(distance_to_shore_m(from_degrees(37.275, 130.86), 0), 0);
}

class Random : public ::testing::TestWithParam<int> {};

TEST_P(Random, agrees_with_every_edge) {
  std::mt19937_64 random(static_cast<std::uint64_t>(GetParam()));
  const auto between = [&](double low, double high) {
    return low + (high - low) * static_cast<double>(random() >> 11) * 0x1p-53;
  };
  for (int i = 0; i < 40; ++i) {
    LatLon at = i % 2 ? from_degrees(between(18, 46), between(112, 146))
                      : from_degrees(between(-90, 90), between(-180, 180));
    if (i % 5 == 0) {  // beside a vertex, and level with it
      const auto rings = land_rings();
      const auto& ring = rings[random() % rings.size()];
      at = ring.points[random() % ring.points.size()];
      at.lat_e7 = std::clamp(at.lat_e7 + static_cast<std::int32_t>(random() % 3) - 1, -900000000, 900000000);
      at.lon_e7 =
          std::clamp(at.lon_e7 + static_cast<std::int32_t>(random() % 4001) - 2000, -1800000000, 1799999999);
    }
    EXPECT_EQ(on_land(at), reference::on_land(land(), at)) << at.lat() << " " << at.lon();
    const double cap = i % 3 ? 100000 : 1500000;
    const double expected = reference::distance_to_shore_m(land(), at, cap);
    EXPECT_NEAR(distance_to_shore_m(at, cap), expected, 30 + expected * 1e-3) << at.lat() << " " << at.lon();
  }
}
INSTANTIATE_TEST_SUITE_P(Seeds, Random, ::testing::Range(0, 4));

TEST(Land, rings_are_boxed_and_closed_on_themselves) {
  std::size_t points = 0;
  for (const LandRing& ring : land_rings()) {
    ASSERT_GE(ring.points.size(), 3u);
    points += ring.points.size();
    for (const LatLon& p : ring.points) {
      EXPECT_GE(p.lat_e7, ring.south_e7);
      EXPECT_LE(p.lat_e7, ring.north_e7);
      EXPECT_GE(p.lon_e7, ring.west_e7);
      EXPECT_LE(p.lon_e7, ring.east_e7);
    }
  }
  EXPECT_GT(points, 70000u);
}

TEST(Land, loads_quickly_and_once) {
  const auto text = resource("geo/land.txt");
  ASSERT_TRUE(text);
  EXPECT_LT(text->size(), 1500000u);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back([] { EXPECT_TRUE(on_land(from_degrees(39.03, 125.75))); });
  for (auto& t : threads) t.join();
}

TEST(Land, says_which_line_is_wrong) {
  for (const auto& [text, line] : {std::pair<std::string, std::string>{"unit 1000\n1 2 3\n", "line 2"},
                                   {"unit 1000\n1 2 3 4\n", "line 2"},
                                   {"1 2 3 4 5 6\n", "line 1"},
                                   {"unit 0\n", "line 1"},
                                   {"unit 3\n", "line 1"},
                                   {"unit 1000\n\n90001 0 1 1 1 1\n", "line 3"},
                                   {"unit 1000\n0 0 x 1 1 1\n", "line 2"},
                                   {"seam lon 999\n", "line 1"},
                                   {"seam lat -90 x\n", "line 1"},
                                   {"# only a comment\n", "found none"}}) {
    const auto parsed = Land::parse(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_NE(parsed.error().message.find(line), std::string::npos) << parsed.error().message;
  }
}

TEST(Land, a_square_of_ones_own) {
  // One square degree from (0,0) to (1,1), with a pond in it.
  const auto square =
      Land::parse("unit 1000\nseam lat 0\n0 0 0 1000 1000 0 0 -1000\n800 400 0 100 100 0 0 -100\n");
  ASSERT_TRUE(square);
  EXPECT_TRUE(square->on_land(from_degrees(0.2, 0.2)));
  EXPECT_FALSE(square->on_land(from_degrees(0.85, 0.45)));
  EXPECT_FALSE(square->on_land(from_degrees(-0.1, 0.5)));
  // The southern side is a seam: from 0.1 degree south of its middle the nearest shore is a corner.
  EXPECT_NEAR(square->distance_to_shore_m(from_degrees(-0.1, 0.5), 1e6),
              distance_m(from_degrees(-0.1, 0.5), from_degrees(0, 0)), 5);
  EXPECT_NEAR(square->distance_to_shore_m(from_degrees(1.1, 0.5), 1e6), 11119.5, 5);
}

}  // namespace
}  // namespace cordon::base
