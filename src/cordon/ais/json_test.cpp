#include "cordon/ais/json.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "cordon/ais/cursor.hpp"
#include "cordon/ais/decoder.hpp"
#include "cordon/ais/encoder.hpp"
#include "cordon/ais/test_feed.hpp"

namespace cordon::ais {
namespace {

std::string json_of(const Payload& bits, bool scaled = true) {
  Message message;
  message.payload = bits;
  std::string out;
  JsonOptions options;
  options.scaled = scaled;
  append_json(out, message, options);
  return out;
}

TEST(Json, ClassA) {
  model::Position p;
  p.type = 1;
  p.mmsi = 445000123;
  p.time = 1707091202000;
  p.at = {387000000, 1255000000};
  p.sog_dkn = 96;
  p.cog_ddeg = 1296;
  p.heading_deg = 128;
  p.nav_status = 0;
  std::string text;
  append_position(text, p, {});
  Decoder decoder;
  ASSERT_EQ(decoder.push(text.substr(0, text.size() - 1)), Outcome::message);
  std::string out;
  append_json(out, decoder.message());
  EXPECT_EQ(
      out,
      R"({"class":"AIS","type":1,"repeat":0,"mmsi":445000123,"scaled":true,"status":0,)"
      R"("status_text":"Under way using engine","turn":"n/a","speed":9.6,"accuracy":false,"lon":125.5000000,)"
      R"("lat":38.7000000,"course":129.6,"heading":128,"second":2,"maneuver":0,"raim":false,"radio":0})");
  out.clear();
  append_json(out, decoder.message(), {.scaled = false, .extra = true});
  const auto object = nlohmann::json::parse(out);
  EXPECT_EQ(object["lon"], 75300000);
  EXPECT_EQ(object["turn"], -128);
  EXPECT_EQ(object["speed"], 96);
  EXPECT_EQ(object["rxtime"], "2024-02-05T00:00:02Z");
  EXPECT_EQ(object["channel"], "A");
}

TEST(Json, TurnAndSpeedWords) {
  const auto with = [](unsigned turn, unsigned speed) {
    Payload bits;
    bits.put(1, 6);
    bits.put(0, 36);
    bits.put(turn, 8);
    bits.put(speed, 10);
    bits.set_bits(168);
    return nlohmann::json::parse(json_of(bits));
  };
  EXPECT_EQ(with(0, 0)["turn"], 0);
  EXPECT_EQ(with(12, 0)["turn"], 6);  // (12 / 4.733)^2 = 6.43
  EXPECT_EQ(with(256 - 12, 0)["turn"], -6);
  EXPECT_EQ(with(126, 0)["turn"], 709);
  EXPECT_EQ(with(127, 0)["turn"], "fastright");
  EXPECT_EQ(with(129, 0)["turn"], "fastleft");
  EXPECT_EQ(with(128, 1023)["speed"], "n/a");
  EXPECT_EQ(with(128, 1022)["speed"], "fast");
  EXPECT_EQ(with(128, 1021)["speed"], 102.1);
}

TEST(Json, LongRangeHasTenthsOfMinutes) {
  model::Position p;
  p.type = 27;
  p.mmsi = 236091959;
  p.at = base::from_degrees(87.065, -154.201667);
  std::string text;
  append_position(text, p, {});
  Decoder decoder;
  ASSERT_EQ(decoder.push(text.substr(0, text.size() - 1)), Outcome::message);
  std::string out;
  append_json(out, decoder.message());
  EXPECT_NE(out.find(R"("lon":-154.2017,"lat":87.0650)"), std::string::npos) << out;
}

TEST(Json, TextIsEscaped) {
  Payload bits;
  bits.put(14, 6);
  bits.put(0, 34);
  bits.put_text("SAY \"HI\\\"", 9);
  EXPECT_EQ(nlohmann::json::parse(json_of(bits))["text"], "SAY \"HI\\\"");
}

// Whatever the bits say: valid JSON, within the buffer, the same type and sender.
TEST(Json, AnyBitsGiveOneValidObject) {
  test::Random random{7};
  constexpr unsigned kApplications[] = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22,
                                        24, 25, 27, 28, 29, 30, 31, 32, 40, 55, 10, 23};
  for (int i = 0; i < 40000; ++i) {
    Payload bits;
    const unsigned type = static_cast<unsigned>(random.below(64));
    bits.put(type, 6);
    bits.put(random.below(1U << 30), 32);
    const bool long_one = random.below(20) == 0;
    const std::size_t size = 38 + random.below(long_one ? kMaxBits - 38 : 500);
    if (type == 6 || type == 8) {
      if (type == 6)
        bits.put(random(), 34);
      else
        bits.put(0, 2);
      constexpr unsigned kAreas[] = {1, 200, 235, 250};
      bits.put(kAreas[random.below(4)], 10);
      bits.put(kApplications[random.below(24)], 6);
    }
    const bool ones = random.below(10) == 0;
    while (bits.bits() < size)
      bits.put(ones ? ~0ULL : random(), std::min<std::size_t>(64, size - bits.bits()));
    for (const bool scaled : {true, false}) {
      const std::string text = json_of(bits, scaled);
      ASSERT_LT(text.size(), kMaxJson);
      const auto object = nlohmann::json::parse(text, nullptr, false);
      ASSERT_FALSE(object.is_discarded()) << text;
      EXPECT_EQ(object["type"], type);
    }
  }
}

}  // namespace
}  // namespace cordon::ais
