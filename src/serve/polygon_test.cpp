#include "serve/polygon.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <random>

namespace cordon::serve {
namespace {

base::LatLon at(double lon, double lat) {
  return base::from_degrees(lat, lon);
}

// Every side looked at: slow and obvious.
bool inside(std::span<const Polygon::Corner> corners, double lon, double lat) {
  bool in = false;
  for (std::size_t i = 0, j = corners.size() - 1; i < corners.size(); j = i++) {
    const auto &a = corners[i], &b = corners[j];
    if ((a.lat > lat) != (b.lat > lat) && lon < (b.lon - a.lon) * (lat - a.lat) / (b.lat - a.lat) + a.lon)
      in = !in;
  }
  return in;
}

TEST(Polygon, HasTheSameInsideAsTheSlowWay) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> unit(0, 1);
  for (int round = 0; round < 30; ++round) {
    std::vector<Polygon::Corner> corners;
    const auto count = 3 + random() % 300;
    for (std::size_t i = 0; i < count; ++i)
      corners.push_back({120 + 10 * unit(random), 30 + 10 * unit(random)});
    const auto polygon = Polygon::make(corners);
    ASSERT_TRUE(polygon);
    for (int i = 0; i < 300; ++i) {
      const auto place = at(119 + 12 * unit(random), 29 + 12 * unit(random));
      EXPECT_EQ(polygon->contains(place), inside(corners, place.lon(), place.lat()));
    }
  }
}

TEST(Polygon, LiesAcrossTheAntimeridian) {
  for (const double shift : {0.0, 360.0, -360.0}) {
    const std::vector<Polygon::Corner> corners{
        {175 + shift, -5}, {-175, -5}, {-175, 5}, {175, 5}, {175 + shift, -5}};
    const auto polygon = Polygon::make(corners);
    ASSERT_TRUE(polygon) << shift;
    EXPECT_TRUE(polygon->contains(at(180, 0)));
    EXPECT_TRUE(polygon->contains(at(-176, 4)));
    EXPECT_TRUE(polygon->contains(at(176, -4)));
    EXPECT_FALSE(polygon->contains(at(0, 0)));
    EXPECT_FALSE(polygon->contains(at(-174, 0)));
  }
}

TEST(Polygon, RefusesWhatIsNoArea) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  using Corners = std::vector<Polygon::Corner>;
  EXPECT_FALSE(Polygon::make(Corners{}));
  EXPECT_FALSE(Polygon::make(Corners{{0, 0}, {1, 1}, {0, 0}}));
  EXPECT_FALSE(Polygon::make(Corners{{0, 0}, {1, nan}, {1, 0}}));
  EXPECT_FALSE(Polygon::make(Corners{{0, 0}, {nan, 1}, {1, 0}}));
  EXPECT_FALSE(Polygon::make(Corners{{0, 0}, {1, 91}, {1, 0}}));
  EXPECT_FALSE(Polygon::make(Corners{{0, 80}, {120, 80}, {-120, 80}}));  // round the pole
  EXPECT_FALSE(Polygon::make(Corners(Polygon::kMostCorners + 2, {1, 1})));
  // Flat, but an area: nothing lies inside.
  const auto flat = Polygon::make(Corners{{0, 0}, {1, 0}, {2, 0}});
  ASSERT_TRUE(flat);
  EXPECT_FALSE(flat->contains(at(1, 0)));
}

}  // namespace
}  // namespace cordon::serve
