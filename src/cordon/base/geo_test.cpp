#include "cordon/base/geo.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>
#include <vector>

namespace cordon::base {
namespace {

constexpr long double kRadians = std::numbers::pi_v<long double> / 180;

// The angle between two unit vectors, in long double: independent of the haversine, right at any angle.
double reference_distance(const LatLon& a, const LatLon& b) {
  const auto vector = [](const LatLon& p, long double* v) {
    const long double lat = p.lat_e7 * 1e-7L * kRadians, lon = p.lon_e7 * 1e-7L * kRadians;
    v[0] = std::cos(lat) * std::cos(lon);
    v[1] = std::cos(lat) * std::sin(lon);
    v[2] = std::sin(lat);
  };
  long double u[3], v[3];
  vector(a, u);
  vector(b, v);
  const long double x = u[1] * v[2] - u[2] * v[1], y = u[2] * v[0] - u[0] * v[2],
                    z = u[0] * v[1] - u[1] * v[0];
  const long double angle =
      std::atan2(std::sqrt(x * x + y * y + z * z), u[0] * v[0] + u[1] * v[1] + u[2] * v[2]);
  return static_cast<double>(angle * 6371000.0L);
}

// Points everywhere, with the awkward ones more often than chance would give them.
std::vector<LatLon> points(unsigned seed, int count) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> lat(-90, 90), lon(-180, 180), tiny(-1e-4, 1e-4);
  std::vector<LatLon> all;
  for (int i = 0; i < count; ++i) {
    switch (random() % 5) {
      case 0:
        all.push_back(from_degrees(random() % 2 != 0 ? 90 : -90, lon(random)));
        break;
      case 1:
        all.push_back(from_degrees(lat(random), 180 + tiny(random)));
        break;
      case 2:
        all.push_back(from_degrees(tiny(random), lon(random)));
        break;
      default:
        all.push_back(from_degrees(lat(random), lon(random)));
    }
  }
  return all;
}

TEST(Geo, FromDegreesWrapsAndClamps) {
  EXPECT_EQ(from_degrees(37.5, 190).lon_e7, -1700000000);
  EXPECT_EQ(from_degrees(0, 180).lon_e7, -1800000000);
  EXPECT_EQ(from_degrees(0, -180).lon_e7, -1800000000);
  EXPECT_EQ(from_degrees(0, 179.99999999).lon_e7, -1800000000);
  EXPECT_EQ(from_degrees(0, 179.9999999).lon_e7, 1799999999);
  EXPECT_EQ(from_degrees(0, 720 + 1).lon_e7, 10000000);
  EXPECT_EQ(from_degrees(0, -541).lon_e7, 1790000000);
  EXPECT_EQ(from_degrees(91, 0).lat_e7, 900000000);
  EXPECT_EQ(from_degrees(-91, 0).lat_e7, -900000000);
  EXPECT_FALSE(from_degrees(NAN, 0).valid());
  EXPECT_FALSE(from_degrees(0, INFINITY).valid());
  EXPECT_FALSE(LatLon{}.valid());
}

TEST(Geo, LonDifferenceStaysInItsHalfOpenRange) {
  EXPECT_DOUBLE_EQ(lon_difference(-179, 179), 2);
  EXPECT_DOUBLE_EQ(lon_difference(179, -179), -2);
  EXPECT_DOUBLE_EQ(lon_difference(180, 0), -180);
  EXPECT_DOUBLE_EQ(lon_difference(-180, 0), -180);
  std::mt19937 random(3);
  std::uniform_real_distribution<double> any(-1000, 1000);
  for (int i = 0; i < 10000; ++i) {
    const double a = any(random), b = any(random), d = lon_difference(a, b);
    ASSERT_GE(d, -180);
    ASSERT_LT(d, 180);
    ASSERT_NEAR(std::remainder(a - b - d, 360), 0, 1e-9);
  }
  EXPECT_LT(lon_difference(-180.00000000000003, 0), 180);
}

TEST(Geo, DistanceAgreesWithVectorsEverywhere) {
  const auto all = points(11, 600);
  for (const LatLon& a : all) {
    for (const LatLon& b : all) {
      // Near antipodes the haversine in double is good to some metres; elsewhere to a micrometre a kilometre.
      const double expected = reference_distance(a, b);
      const double slack = expected > 20'000'000 ? 5.0 : 1e-9 * expected + 1e-3;
      ASSERT_NEAR(distance_m(a, b), expected, slack)
          << a.lat() << ' ' << a.lon() << ' ' << b.lat() << ' ' << b.lon();
    }
  }
}

TEST(Geo, DistanceOfKnownPlaces) {
  const double quarter = kEarthRadiusM * std::numbers::pi / 2;
  EXPECT_NEAR(distance_m(from_degrees(0, 0), from_degrees(0, 90)), quarter, 1e-3);
  EXPECT_NEAR(distance_m(from_degrees(90, 0), from_degrees(-90, 77)), 2 * quarter, 1e-3);
  EXPECT_NEAR(distance_m(from_degrees(0, 0), from_degrees(0, 180)), 2 * quarter, 1e-3);
  EXPECT_NEAR(distance_m(from_degrees(10, 179.999), from_degrees(10, -179.999)), 219.0, 0.1);
  EXPECT_EQ(distance_m(from_degrees(38.7, 125.4), from_degrees(38.7, 125.4)), 0);
  // One unit of storage is a centimetre, not nothing.
  EXPECT_NEAR(distance_m({0, 0}, {1, 0}), 0.0111, 1e-4);
}

TEST(Geo, BearingOfKnownDirections) {
  const LatLon o = from_degrees(0, 179.5);
  EXPECT_NEAR(bearing_deg(o, from_degrees(1, 179.5)), 0, 1e-9);
  EXPECT_NEAR(bearing_deg(o, from_degrees(0, -179.5)), 90, 1e-9);
  EXPECT_NEAR(bearing_deg(o, from_degrees(-1, 179.5)), 180, 1e-9);
  EXPECT_NEAR(bearing_deg(o, from_degrees(0, 178)), 270, 1e-9);
  for (const LatLon& a : points(5, 200)) {
    for (const LatLon& b : points(6, 50)) {
      const double bearing = bearing_deg(a, b);
      ASSERT_GE(bearing, 0);
      ASSERT_LT(bearing, 360);
    }
  }
}

TEST(Geo, DestinationLiesWhereItSays) {
  std::mt19937 random(9);
  std::uniform_real_distribution<double> bearing(0, 360), range(1, 19'000'000);
  for (const LatLon& a : points(21, 3000)) {
    const double course = bearing(random), metres = range(random);
    const LatLon b = destination(a, course, metres);
    // Coordinates are rounded to 1e-7 degree: 8 mm in each direction.
    ASSERT_NEAR(reference_distance(a, b), metres, 0.02);
    if (std::abs(a.lat()) < 89.9 && metres > 1000) {
      ASSERT_NEAR(std::abs(std::remainder(bearing_deg(a, b) - course, 360)), 0,
                  0.1 / std::sin(std::min(metres, 19'900'000.0) / kEarthRadiusM) / 1000 + 1e-3);
    }
  }
}

TEST(Geo, InterpolationDividesTheWay) {
  std::mt19937 random(10);
  std::uniform_real_distribution<double> part(0, 1);
  const auto from = points(31, 400), to = points(32, 400);
  for (std::size_t i = 0; i < from.size(); ++i) {
    const double whole = reference_distance(from[i], to[i]), f = part(random);
    if (whole > 20'015'000) continue;  // antipodes: any way is a great circle, tested below
    const LatLon m = interpolate(from[i], to[i], f);
    ASSERT_NEAR(reference_distance(from[i], m), f * whole, 0.05);
    ASSERT_NEAR(reference_distance(m, to[i]), (1 - f) * whole, 0.05);
    ASSERT_NEAR(reference_distance(interpolate(from[i], to[i], 0), from[i]), 0, 0.02);
    ASSERT_NEAR(reference_distance(interpolate(from[i], to[i], 1), to[i]), 0, 0.02);
  }
  // Across the date line the middle is at the line, not at Greenwich.
  EXPECT_EQ(interpolate(from_degrees(0, 179), from_degrees(0, -179), 0.5).lon_e7, -1800000000);
  // Beyond the end: dead reckoning.
  EXPECT_NEAR(interpolate(from_degrees(0, 0), from_degrees(0, 1), 2).lon(), 2, 1e-6);
  const LatLon a = from_degrees(12, 34), far = from_degrees(-12, 34 - 180);
  EXPECT_NEAR(reference_distance(a, interpolate(a, far, 0.5)), reference_distance(a, far) / 2, 1);
  EXPECT_EQ(interpolate(a, a, 0.3), a);
}

}  // namespace
}  // namespace cordon::base
