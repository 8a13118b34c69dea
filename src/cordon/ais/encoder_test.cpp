#include "cordon/ais/encoder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "cordon/ais/decoder.hpp"
#include "cordon/ais/test_feed.hpp"
#include "cordon/ais/units.hpp"

namespace cordon::ais {
namespace {

using test::Random;

// A place that the type can carry: what is sent is a whole number of its units.
base::LatLon place(Random& random, std::int64_t coarse) {
  if (random.below(10) == 0) return {};
  const auto lon_steps = 180 * kUnitsPerDegree / coarse, lat_steps = 90 * kUnitsPerDegree / coarse;
  const auto lon =
      static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(2 * lon_steps))) - lon_steps;
  const auto lat =
      static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(2 * lat_steps + 1))) - lat_steps;
  return to_place(lon * coarse, lat * coarse);
}

model::Position random_position(Random& random, std::uint8_t type) {
  model::Position p;
  p.type = type;
  p.mmsi = random.number<std::uint32_t>(1000000000);
  p.time = random.below(8) == 0 ? base::kNoTime
                                : 1700000000000 + static_cast<base::TimeMs>(random.below(1000000000)) *
                                                      (random.below(2) == 0 ? 1000 : 1);
  p.at = place(random, type == 27 ? kCoarse : 1);
  const bool whole_knots = type == 9 || type == 27;
  if (type != 4 && type != 11 && type != 21) {
    p.sog_dkn = random.below(9) == 0 ? model::kSogNone
                : whole_knots        ? static_cast<std::uint16_t>(random.below(type == 27 ? 63 : 1023) * 10)
                                     : random.number<std::uint16_t>(1023);
    p.cog_ddeg = random.below(9) == 0 ? model::kCogNone
                 : type == 27         ? static_cast<std::uint16_t>(random.below(360) * 10)
                                      : random.number<std::uint16_t>(3600);
    if (!whole_knots && random.below(9) != 0) p.heading_deg = random.number<std::uint16_t>(360);
  }
  if (type <= 3 || type == 27) p.nav_status = random.number<std::uint8_t>(16);
  p.receiver = random.number<std::uint8_t>(3);
  return p;
}

TEST(Encoder, PositionsOfEveryTypeComeBackAsTheyWere) {
  Random random{1};
  constexpr std::string_view kReceivers[] = {"", "r003", "s17"};
  constexpr std::uint8_t kTypes[] = {1, 2, 3, 4, 9, 18, 19, 21, 27};
  for (const std::uint8_t type : kTypes)
    for (int i = 0; i < 2000; ++i) {
      model::Position sent = random_position(random, type);
      EncodeOptions options;
      options.receiver = kReceivers[sent.receiver];
      std::string text;
      append_position(text, sent, options);
      ASSERT_TRUE(text.ends_with('\n'));
      text.pop_back();
      ASSERT_LE(text.size() - text.find('!'), 80U) << "82 with its ending";
      Decoder decoder;
      ASSERT_EQ(decoder.push(text), Outcome::message) << text;
      model::Position got;
      ASSERT_TRUE(to_position(decoder.message(), 3, got));
      sent.where = model::Where::of(3, 1);
      EXPECT_TRUE(test::same(sent, got)) << text;
    }
}

std::string random_text(Random& random, std::size_t most) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_ !\"#$%&'()*+,-./0123456789:;<=>?";
  std::string text;
  for (std::size_t n = random.below(most + 1); n > 0; --n)
    text.push_back(kAlphabet[random.below(kAlphabet.size())]);
  while (text.ends_with(' ')) text.pop_back();
  return text;
}

void expect_static(const model::VesselStatic& a, const model::VesselStatic& b) {
  EXPECT_EQ(a.time, b.time);
  EXPECT_EQ(a.mmsi, b.mmsi);
  EXPECT_EQ(a.imo, b.imo);
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.callsign, b.callsign);
  EXPECT_EQ(a.destination, b.destination);
  EXPECT_EQ(a.ship_type, b.ship_type);
  EXPECT_EQ(a.to_bow_m, b.to_bow_m);
  EXPECT_EQ(a.to_stern_m, b.to_stern_m);
  EXPECT_EQ(a.to_port_m, b.to_port_m);
  EXPECT_EQ(a.to_starboard_m, b.to_starboard_m);
  EXPECT_EQ(a.draught_dm, b.draught_dm);
  EXPECT_EQ(a.type, b.type);
  EXPECT_EQ(a.part, b.part);
}

TEST(Encoder, StaticDataComesBackAsItWas) {
  Random random{2};
  for (int i = 0; i < 3000; ++i) {
    model::VesselStatic sent;
    sent.type = i % 3 == 0 ? 5 : 24;
    sent.part = static_cast<std::uint8_t>(i % 3);
    sent.time = 1700000000000 + i * 1000;
    sent.mmsi = random.number<std::uint32_t>(970000000);
    if (sent.type == 5) {
      sent.imo = random.number<std::uint32_t>(1U << 30);
      sent.destination = random_text(random, 20);
      sent.draught_dm = random.number<std::uint16_t>(256);
    }
    if (sent.part != 2) sent.name = random_text(random, 20);
    if (sent.part != 1) {
      sent.callsign = random_text(random, 7);
      sent.ship_type = random.number<std::uint8_t>(256);
      sent.to_bow_m = random.number<std::uint16_t>(512);
      sent.to_stern_m = random.number<std::uint16_t>(512);
      sent.to_port_m = random.number<std::uint16_t>(64);
      sent.to_starboard_m = random.number<std::uint16_t>(64);
    }
    std::string text;
    EncodeOptions options;
    options.sequence = static_cast<std::uint8_t>(i % 10);
    append_static(text, sent, options);
    Decoder decoder;
    Outcome last = Outcome::blank;
    for (std::string_view rest = text; !rest.empty(); rest.remove_prefix(rest.find('\n') + 1))
      last = decoder.push(rest.substr(0, rest.find('\n')));
    ASSERT_EQ(last, Outcome::message) << text;
    model::VesselStatic got;
    ASSERT_TRUE(to_static(decoder.message(), 0, got));
    expect_static(sent, got);
  }
}

// Bits of every type and length survive the way through sentences.
TEST(Encoder, BitsOfEveryTypeComeBackAsTheyWere) {
  Random random{3};
  for (unsigned type = 1; type <= 27; ++type)
    for (int i = 0; i < 200; ++i) {
      Payload sent;
      sent.put(type, 6);
      const std::size_t bits = 424 + random.below(i == 0 ? kMaxBits - 424 : 1100);
      while (sent.bits() < bits) sent.put(random(), std::min<std::size_t>(64, bits - sent.bits()));
      if (type == 24 && sent.get(38, 2) > 1) continue;
      std::string text;
      EncodeOptions options;
      options.channel = random.below(2) == 0 ? ' ' : 'B';
      append_sentences(text, sent, 1700000000000, options);
      Decoder decoder;
      Outcome last = Outcome::blank;
      for (std::string_view rest = text; !rest.empty(); rest.remove_prefix(rest.find('\n') + 1))
        last = decoder.push(rest.substr(0, rest.find('\n')));
      ASSERT_EQ(last, Outcome::message) << text;
      EXPECT_TRUE(decoder.message().payload == sent);
      EXPECT_EQ(decoder.message().time, 1700000000000);
    }
}

TEST(Units, EveryStepSurvives) {
  Random random{4};
  for (int i = 0; i < 100000; ++i) {
    const auto units = static_cast<std::int64_t>(random.below(216000000)) - 108000000;
    EXPECT_EQ(from_e7(to_e7(units)), units);
  }
  EXPECT_EQ(to_place(180 * kUnitsPerDegree, 0).lon_e7, -1800000000);
  EXPECT_FALSE(to_place(181 * kUnitsPerDegree, 91 * kUnitsPerDegree).valid());
  EXPECT_FALSE(to_place(0, 91 * kUnitsPerDegree).valid());
}

}  // namespace
}  // namespace cordon::ais
