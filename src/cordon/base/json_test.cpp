#include "cordon/base/json.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>

#include "cordon/base/text.hpp"

namespace cordon::base {
namespace {

std::string json_of(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}
std::string fixed(double value, int decimals) {
  std::string out;
  append_json_fixed(out, value, decimals);
  return out;
}

TEST(Json, StringsAreEscaped) {
  EXPECT_EQ(json_of(""), "\"\"");
  EXPECT_EQ(json_of("a\"b\\c/\n\r\t\b\x7F"), "\"a\\\"b\\\\c/\\n\\r\\t\\u0008\x7F\"");
  EXPECT_EQ(json_of(std::string_view("\0\x1F", 2)), "\"\\u0000\\u001f\"");
  EXPECT_EQ(json_of("김정은"), "\"김정은\"");
  EXPECT_EQ(json_of("bad \xFF\" end"), "\"bad \uFFFD\\\" end\"");
}

TEST(Json, AnyBytesReadBackAsTheirRepairedText) {
  std::mt19937 random(2);
  for (int round = 0; round < 5000; ++round) {
    std::string bytes(random() % 30, '\0');
    for (char& c : bytes) c = static_cast<char>(random() % 256);
    ASSERT_EQ(nlohmann::json::parse(json_of(bytes)).get<std::string>(), to_utf8(bytes));
  }
}

TEST(Json, NumbersReadBackExactly) {
  std::mt19937_64 random(3);
  for (int round = 0; round < 20000; ++round) {
    const std::uint64_t bits = random();
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    std::string out;
    append_json_number(out, value);
    if (std::isfinite(value)) {
      ASSERT_EQ(nlohmann::json::parse(out).get<double>(), value) << out;
    } else {
      ASSERT_EQ(out, "null");
    }
  }
}

TEST(Json, FixedDecimalsLoseTheirZeros) {
  EXPECT_EQ(fixed(1.5, 3), "1.5");
  EXPECT_EQ(fixed(2.0, 2), "2");
  EXPECT_EQ(fixed(100, 0), "100");
  EXPECT_EQ(fixed(100, 2), "100");
  EXPECT_EQ(fixed(0.0004, 3), "0");
  EXPECT_EQ(fixed(-0.0004, 3), "0");
  EXPECT_EQ(fixed(-1.0006, 3), "-1.001");
  EXPECT_EQ(fixed(125.1234567, 5), "125.12346");
  EXPECT_EQ(fixed(NAN, 3), "null");
  EXPECT_EQ(fixed(1e300, 3), "1e+300");
}

TEST(Json, WriterKeepsCommasAndNesting) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.field("a", 1);
  json.key("b");
  json.begin_array();
  json.begin_array();
  json.end_array();
  json.value("x");
  json.value(true);
  json.null();
  json.value(std::numeric_limits<std::uint64_t>::max());
  json.value(std::numeric_limits<std::int64_t>::min());
  json.begin_object();
  json.end_object();
  json.value(0.1);
  json.end_array();
  json.fixed_field("c", 2.50, 2);
  json.key("d");
  json.raw("[1]");
  json.field("e", std::string("s"));
  json.end_object();
  EXPECT_EQ(
      out,
      R"({"a":1,"b":[[],"x",true,null,18446744073709551615,-9223372036854775808,{},0.1],"c":2.5,"d":[1],"e":"s"})");
  EXPECT_TRUE(nlohmann::json::accept(out));
}

}  // namespace
}  // namespace cordon::base
