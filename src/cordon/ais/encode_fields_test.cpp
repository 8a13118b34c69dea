// Every message type, fields at their limits: encode, send as sentences, decode, compare.
#include "cordon/ais/encode_fields.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "cordon/ais/decoder.hpp"
#include "cordon/ais/encoder.hpp"
#include "cordon/ais/json.hpp"
#include "cordon/ais/layout.hpp"
#include "cordon/ais/test_feed.hpp"

namespace cordon::ais {
namespace {

using nlohmann::json;
using test::Random;

std::uint64_t at_limit(Random& random, std::size_t width) {
  const std::uint64_t most = (std::uint64_t{1} << width) - 1;
  switch (random.below(5)) {
    case 0:
      return 0;
    case 1:
      return most;
    case 2:
      return most - random.below(std::min<std::uint64_t>(most, 3) + 1);
    case 3:
      return std::uint64_t{1} << (width - 1);
    default:
      return random.below(most) + random.below(2);
  }
}

std::string any_text(Random& random, std::size_t most) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_ !\"#$%&'()*+,-./0123456789:;<=>?";
  std::string text;
  for (std::size_t n = random.below(3) == 0 ? most : random.below(most + 1); n > 0; --n)
    text.push_back(kAlphabet[random.below(kAlphabet.size())]);
  while (text.ends_with(' ')) text.pop_back();
  return text;
}

std::string hex_data(Random& random, std::size_t bits) {
  std::string out = std::to_string(bits) + ":";
  for (std::size_t i = 0; i < bits; i += 8) {
    const std::size_t width = std::min<std::size_t>(8, bits - i);
    out += fmt::format("{:02x}", at_limit(random, width) << (8 - width) & 0xFF);
  }
  return out;
}

json any_object(Random& random, const std::vector<FieldLayout>& fields);

json any_value(Random& random, const FieldLayout& field) {
  const auto two = [&](std::size_t width) { return fmt::format("{:02}", at_limit(random, width)); };
  const auto clock = [&] { return two(4) + "-" + two(5) + "T" + two(5) + ":" + two(6); };
  switch (field.kind) {
    case FieldKind::number:
      return at_limit(random, field.width);
    case FieldKind::negative: {
      const std::size_t unused = 64U - field.width;
      return static_cast<std::int64_t>(at_limit(random, field.width) << unused) >> unused;
    }
    case FieldKind::flag:
      return random.below(2) == 1;
    case FieldKind::text:
      return any_text(random, field.width);
    case FieldKind::rest_text:
      return any_text(random, 150);
    case FieldKind::name:
      return any_text(random, 34);
    case FieldKind::data:
      return hex_data(random, random.below(800));
    case FieldKind::month_time:
    case FieldKind::day_month:
      return clock();
    case FieldKind::day_time:
      return two(5) + "T" + two(5) + ":" + two(6) + "Z";
    case FieldKind::date_time:
      return fmt::format("{:04}-{}:{}Z", at_limit(random, 14), clock(), two(6));
    case FieldKind::long_time:
      return fmt::format("{}-{}", 2000 + at_limit(random, 8), clock());
    case FieldKind::part:
      return "B";
    case FieldKind::target:
      return nullptr;
    case FieldKind::array: {
      json list = json::array();
      for (std::size_t n = random.below(field.most + 1U); n > 0; --n)
        list.push_back(any_object(random, field.elements));
      return list;
    }
  }
  return nullptr;
}

json any_object(Random& random, const std::vector<FieldLayout>& fields) {
  json object = json::object();
  for (const FieldLayout& field : fields) object[std::string(field.name)] = any_value(random, field);
  if (object.contains("idtype")) {  // the target's name depends on its kind
    const auto kind = random.below(4);
    object["idtype"] = kind;
    object.erase("id");
    constexpr const char* kNames[] = {"mmsi", "imo", "callsign", "other"};
    object[kNames[kind]] = kind < 2 ? std::to_string(at_limit(random, 42)) : any_text(random, 7);
  }
  return object;
}

// As the decoder prints it; the weather warning's second "type" and "class" under names of their own.
json decoded(const Message& sent) {
  std::string sentences;
  EncodeOptions options;
  options.tag_block = false;
  append_sentences(sentences, sent.payload, base::kNoTime, options);
  Decoder decoder;
  Outcome outcome = Outcome::part;
  while (!sentences.empty()) {
    EXPECT_EQ(outcome, Outcome::part);
    const std::size_t end = sentences.find('\n');
    outcome = decoder.push(std::string_view(sentences).substr(0, end));
    sentences.erase(0, end + 1);
  }
  EXPECT_EQ(outcome, Outcome::message);
  EXPECT_TRUE(decoder.message().payload == sent.payload);
  std::string text;
  append_json(text, decoder.message(), {.scaled = false, .extra = false});
  if (const std::size_t at = text.find("\"dac\":200,\"fid\":23,"); at != std::string::npos) {
    for (const auto& [theirs, ours] :
         {std::pair{"\"type\":", "\"warning_type\":"}, {"\"class\":", "\"warning_class\":"}})
      if (const std::size_t name = text.find(theirs, at); name != std::string::npos)
        text.replace(name, std::string_view(theirs).size(), ours);
  }
  return json::parse(text);
}

void expect_same(const json& sent, const json& got, const std::string& where) {
  for (const auto& [key, value] : sent.items()) {
    ASSERT_TRUE(got.contains(key)) << where << ": " << key << " is lost: " << got.dump();
    const json& other = got[key];
    if (value.is_array()) {
      ASSERT_EQ(value.size(), other.size()) << where << ": " << key;
      for (std::size_t i = 0; i < value.size(); ++i) expect_same(value[i], other[i], where + "." + key);
    } else if (key == "vendorid") {
      // The decoder prints the four characters behind it too, as gpsd does: model and serial number.
      ASSERT_EQ(value, other.get<std::string>().substr(0, value.get<std::string>().size())) << where;
    } else if (value.is_string() && other.is_string() && other.get<std::string>().ends_with("Z") &&
               !value.get<std::string>().ends_with("Z") &&
               value.get<std::string>().find('T') != std::string::npos) {
      ASSERT_EQ(value.get<std::string>() + "Z", other) << where << ": " << key;
    } else if (value.is_boolean() != other.is_boolean()) {
      FAIL() << where << ": " << key << " " << value << " " << other;
    } else {
      ASSERT_EQ(value, other) << where << ": " << key;
    }
  }
}

TEST(EncodeFields, EveryTypeComesBackFieldByField) {
  Random random{31};
  std::set<unsigned> types;
  for (const MessageLayout& layout : message_layouts())
    for (int round = 0; round < 60; ++round) {
      json object = any_object(random, layout.fields);
      object["type"] = layout.type;
      object["repeat"] = random.below(4);
      object["mmsi"] = at_limit(random, 30);
      object["scaled"] = false;
      if (layout.dac != 0) {
        object["dac"] = layout.dac;
        object["fid"] = layout.fid;
      } else if (layout.type == 6 || layout.type == 8) {
        object["dac"] = 777;
      }
      if (layout.type == 22) object["addressed"] = layout.when == "dest1";
      if (layout.type == 24) {
        object["part"] = layout.when == "shipname" ? "A" : "B";
        object["mmsi"] = layout.when == "mothership_mmsi" ? 982340001 : 234000001;
      }
      if (layout.dac == 200 && layout.fid == 10)
        object["hazard"] = random.below(6);       // 6 and 7: another application
      if (layout.dac == 200 && layout.fid == 24)  // of fixed length: all four gauges are there
        while (object["gauges"].size() < 4) object["gauges"].push_back({{"id", 1}, {"level", -1}});
      for (const char* list : {"tidals", "cargos", "targets"})  // an empty one is no message of its kind
        if (object.contains(list) && object[list].empty()) object = json();
      if (object.is_null()) continue;
      const std::string where = fmt::format("type {} {}/{}", layout.type, layout.dac, layout.fid);
      const auto sent = encode_fields(object.dump());
      ASSERT_TRUE(sent) << where << ": " << sent.error().message;
      expect_same(object, decoded(*sent), where);
      if (HasFatalFailure()) return;
      types.insert(layout.type);
    }
  for (const unsigned type : {25U, 26U})
    for (int round = 0; round < 200; ++round) {
      json object = {{"type", type},
                     {"repeat", 0},
                     {"mmsi", at_limit(random, 30)},
                     {"scaled", false},
                     {"addressed", random.below(2) == 1},
                     {"structured", random.below(2) == 1},
                     {"data", hex_data(random, 1 + random.below(100))}};
      if (object["addressed"] == true) object["dest_mmsi"] = at_limit(random, 30);
      if (object["structured"] == true) object["app_id"] = at_limit(random, 16);
      if (type == 26) object["radio"] = at_limit(random, 20);
      const auto sent = encode_fields(object.dump());
      ASSERT_TRUE(sent) << sent.error().message;
      expect_same(object, decoded(*sent), fmt::format("type {}", type));
      if (HasFatalFailure()) return;
      types.insert(type);
    }
  EXPECT_EQ(types.size(), 27U);
}

TEST(EncodeFields, WhatDoesNotFitIsNamed) {
  const auto error = [](std::string_view text) {
    const auto done = encode_fields(text);
    return done ? std::string() : done.error().message;
  };
  EXPECT_EQ(error("[]"), "expected a JSON object");
  EXPECT_EQ(error("{\"type\":1}"), "expected \"scaled\":false, as decode --unscaled writes it");
  EXPECT_EQ(error("{\"type\":1,\"scaled\":false,\"speed\":1024}"), "speed: expected 0..1023, found 1024");
  EXPECT_EQ(error("{\"type\":1,\"scaled\":false,\"lon\":1e9}"),
            "lon: expected -134217728..134217727, found 1000000000.0");
  EXPECT_EQ(error("{\"type\":28,\"scaled\":false}"), "type: expected 1..27, found 28");
  EXPECT_EQ(error("{\"type\":99,\"scaled\":false}"), "type: expected 0..63, found 99");
  EXPECT_EQ(error("{\"type\":5,\"scaled\":false,\"eta\":\"99-01T00:00\"}"),
            "eta: expected a time, found \"99-01T00:00\"");
  EXPECT_EQ(error("{\"type\":8,\"scaled\":false,\"data\":\"9:f\"}"),
            "data: expected BITS:hex of at most 4,096 bits in all, found \"9:f\"");
}

}  // namespace
}  // namespace cordon::ais
