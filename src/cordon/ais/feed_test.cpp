#include "cordon/ais/feed.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

#include <string>
#include <tuple>
#include <vector>

#include "cordon/ais/armour.hpp"
#include "cordon/ais/csv_scan.hpp"
#include "cordon/ais/decoder.hpp"
#include "cordon/ais/encoder.hpp"
#include "cordon/ais/fast_lane.hpp"
#include "cordon/ais/test_feed.hpp"

namespace cordon::ais {
namespace {

using test::Random;
using test::read_text;
using test::Rows;

// The same lines through the decoder alone: what the fast lane must equal.
struct Slowly {
  std::vector<model::Position> positions;
  std::vector<model::VesselStatic> statics;
  std::uint64_t messages = 0;
  base::Tally rejects;
};
Slowly decode_slowly(const std::string& text) {
  Slowly out;
  Decoder decoder;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const Outcome outcome = decoder.push(rest.substr(0, end));
    if (is_reject(outcome)) out.rejects.add(to_string(outcome));
    if (outcome == Outcome::message) {
      ++out.messages;
      if (model::Position p; to_position(decoder.message(), 7, p)) out.positions.push_back(p);
      if (model::VesselStatic v; to_static(decoder.message(), 7, v)) out.statics.push_back(v);
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (decoder.lost_parts() > 0) out.rejects.add("incomplete", {}, decoder.lost_parts());
  if (decoder.bad_tags() > 0) out.rejects.add("tag_block_ignored", {}, decoder.bad_tags());
  return out;
}

auto all_of(const model::VesselStatic& v) {
  return std::tie(v.time, v.mmsi, v.imo, v.name, v.callsign, v.destination, v.ship_type, v.draught_dm,
                  v.to_bow_m, v.to_stern_m, v.to_port_m, v.to_starboard_m, v.where.packed);
}

std::string random_feed(Random& random, int lines) {
  std::string text;
  constexpr std::string_view kReceivers[] = {"", "r003669945", "s12", "rORBCOMM008", "x", "b1"};
  constexpr std::uint8_t kTypes[] = {1, 2, 3, 4, 5, 9, 18, 19, 21, 24, 27};
  for (int i = 0; i < lines; ++i) {
    EncodeOptions options;
    options.tag_block = random.below(3) != 0;
    options.receiver = kReceivers[random.below(6)];
    options.channel = "AB12 "[random.below(5)];
    options.talker = random.below(4) == 0 ? "BS" : "AI";
    Payload bits;  // any bits: reserved values too
    const std::uint8_t type = kTypes[random.below(std::size(kTypes))];
    bits.put(type, 6);
    const std::size_t size = random.below(8) == 0   ? 40 + random.below(600)
                             : type == 5            ? 424
                             : random.below(4) == 0 ? 96
                                                    : 168;
    while (bits.bits() < size) bits.put(random(), std::min<std::size_t>(32, size - bits.bits()));
    append_sentences(
        text, bits,
        random.below(5) == 0 ? base::kNoTime : static_cast<base::TimeMs>(random.below(8000000000)) * 1000,
        options);
    if (random.below(6) == 0)
      text.insert(text.size() - 1, random.below(2) == 0 ? "\r" : ",r09STOL1,1272844797");
    if (random.below(5) == 0)
      text[text.size() - 1 - random.below(std::min<std::size_t>(text.size(), 160))] ^=
          static_cast<char>(1 + random.below(127));
    // Two line breaks leave every checksum as it was.
    if (random.below(10) == 0)
      text.insert(text.size() - 1 - random.below(std::min<std::size_t>(text.size(), 90)), "\n\n");
    if (text.back() != '\n') text.push_back('\n');
  }
  return text;
}

TEST(FastLane, EqualsTheDecoderOnAnyLines) {
  if (!has_fast_lane()) GTEST_SKIP() << "this processor has no AVX2";
  Random random{5};
  for (int round = 0; round < 60; ++round) {
    const std::string text = random_feed(random, 400);
    const auto slow = decode_slowly(text);
    FeedOptions options;
    options.batch_rows = 1 + random.below(100);
    const Rows fast = read_text(text, options);
    ASSERT_EQ(fast.positions.size(), slow.positions.size());
    for (std::size_t i = 0; i < slow.positions.size(); ++i)
      ASSERT_TRUE(test::same(fast.positions[i], slow.positions[i])) << i;
    ASSERT_EQ(fast.statics.size(), slow.statics.size());
    ASSERT_FALSE(slow.statics.empty());
    for (std::size_t i = 0; i < slow.statics.size(); ++i)
      ASSERT_EQ(all_of(fast.statics[i]), all_of(slow.statics[i])) << i;
    EXPECT_EQ(fast.report.lines, static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n')));
    EXPECT_EQ(fast.report.positions, slow.positions.size());
    EXPECT_EQ(fast.report.messages, slow.messages);
    ASSERT_EQ(fast.report.rejects.rows().size(), slow.rejects.rows().size());
    for (const auto& [reason, row] : fast.report.rejects.rows()) {
      const auto expected = slow.rejects.rows().find(reason);
      ASSERT_NE(expected, slow.rejects.rows().end()) << reason;
      EXPECT_EQ(row.count, expected->second.count) << reason;
    }
  }
}

TEST(Kernels, Avx2EqualsPlain) {
  if (!has_avx2()) GTEST_SKIP() << "this processor has no AVX2";
  Random random{6};
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (std::size_t n = random.below(120); n > 0; --n)
      text.push_back(
          random.below(200) == 0
              ? static_cast<char>(random.below(256))
              : "0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVW`abcdefghijklmnopqrstuvw"[random.below(64)]);
    std::vector<std::uint8_t> a(200), b(200);
    const bool sound = plain_kernels().unpack(text.data(), text.size(), a.data());
    ASSERT_EQ(avx2_kernels().unpack(text.data(), text.size(), b.data()), sound);
    const auto bytes = static_cast<std::ptrdiff_t>((text.size() * 6 + 7) / 8);
    if (sound) {
      ASSERT_TRUE(std::equal(a.begin(), a.begin() + bytes, b.begin())) << text;
    }
    ASSERT_EQ(avx2_kernels().checksum(text.data(), text.size()),
              plain_kernels().checksum(text.data(), text.size()));
    for (char& c : text)
      if (random.below(4) == 0) c = ",\n\"x"[random.below(4)];
    text += "\n,";
    RowEnds plain, simd;
    split_row_plain(text.data(), text.data() + text.size(), plain);
    split_row_avx2(text.data(), text.data() + text.size(), simd);
    ASSERT_EQ(plain.cells, simd.cells);
    ASSERT_EQ(plain.size, simd.size);
    ASSERT_EQ(plain.quoted, simd.quoted);
    for (std::size_t i = 0; i < plain.cells; ++i) ASSERT_EQ(plain.end[i], simd.end[i]);
  }
}

constexpr std::string_view kMarine =
    "MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status,Length,Width,Draft,"
    "Cargo,"
    "TransceiverClass\n";

TEST(Csv, MarineCadastre) {
  const Rows rows =
      read_text(std::string(kMarine) +
                "445000123,2024-02-05T23:59:59,38.70001,-125.5,9.6,129.6,511.0,\"KUM, "
                "\"\"SAN\"\"\",IMO9187629,HMZF,79,0.0,94,16,5.5,70,A\n"
                "445000123,2024-02-06T00:00:00,38.7,125.5,102.3,360.0,90,\"KUM, "
                "\"\"SAN\"\"\",IMO9187629,HMZF,79,0.0,94,16,5.5,70,A\r\n"
                "445000124,2024-02-06 00:00:01,91.0,181.0,,,,,,,,,,,,,B\n"
                "x,2024-02-06T00:00:01,1,1\n"
                "1,2024-13-06T00:00:01,1,1\n"
                "1,2024-12-06T00:00:01,1e3,1\n"
                "1,2024-12-06T00:00:01,90000000000000000000000,1\n"
                "1,2024\n"
                "\n"
                "445000125,2024-02-06T00:00:02,-38.12345675,-179.99999999,1,-49.6,0,,,,,,,,,,A");
  EXPECT_EQ(rows.error, "");
  EXPECT_EQ(rows.report.format, FeedFormat::marine_cadastre);
  EXPECT_EQ(rows.report.lines, 11U);
  EXPECT_EQ(rows.report.rejects.total(), 5U);
  ASSERT_EQ(rows.positions.size(), 4U);
  const model::Position& first = rows.positions[0];
  EXPECT_EQ(first.mmsi, 445000123U);
  EXPECT_EQ(base::to_iso(first.time), "2024-02-05T23:59:59Z");
  EXPECT_EQ(first.at, (base::LatLon{387000100, -1255000000}));
  EXPECT_EQ(first.sog_dkn, 96);
  EXPECT_EQ(first.cog_ddeg, 1296);
  EXPECT_EQ(first.heading_deg, model::kHeadingNone);
  EXPECT_EQ(first.nav_status, 0);
  EXPECT_EQ(first.type, 1);
  EXPECT_EQ(first.where, model::Where::of(7, 2));
  EXPECT_EQ(rows.positions[1].time - first.time, 1000);
  EXPECT_EQ(rows.positions[1].sog_dkn, model::kSogNone);
  EXPECT_EQ(rows.positions[1].cog_ddeg, model::kCogNone);
  EXPECT_FALSE(rows.positions[2].at.valid());
  EXPECT_EQ(rows.positions[2].type, 18);
  EXPECT_EQ(rows.positions[3].at, (base::LatLon{-381234568, -1800000000}));
  EXPECT_EQ(rows.positions[3].cog_ddeg, 3600);
  EXPECT_EQ(rows.positions[3].where.line(), 11U);
  ASSERT_EQ(rows.statics.size(), 1U) << "the second row tells nothing new";
  EXPECT_EQ(rows.statics[0].name, "KUM, \"SAN\"");
  EXPECT_EQ(rows.statics[0].imo, 9187629U);
  EXPECT_EQ(rows.statics[0].length_m(), 94U);
  EXPECT_EQ(rows.statics[0].beam_m(), 16U);
  EXPECT_EQ(rows.statics[0].draught_dm, 55);
  EXPECT_EQ(rows.statics[0].ship_type, 79);
}

TEST(Csv, Danish) {
  const Rows rows = read_text(
      "# Timestamp,Type of mobile,MMSI,Latitude,Longitude,Navigational "
      "status,ROT,SOG,COG,Heading,IMO,Callsign,Name,Ship "
      "type,Cargo type,Width,Length,Type of position fixing device,Draught,Destination,ETA,Data source "
      "type,A,B,C,D\n"
      "31/12/2023 23:59:59,Class A,219000001,55.5,11.25,Engaged in "
      "fishing,0.0,7.4,181.5,182,Unknown,OXAB,KAREN,Fishing,,6,20,GPS,2.5,GRENAA,,AIS,12,8,3,3\n"
      "01/01/2024 00:00:00,Base Station,2190068,56.4,10.9,Unknown "
      "value,,,,,Unknown,,,Undefined,,,,Surveyed,,,,AIS,,,,\n");
  EXPECT_EQ(rows.error, "");
  EXPECT_EQ(rows.report.format, FeedFormat::danish);
  ASSERT_EQ(rows.positions.size(), 2U);
  EXPECT_EQ(base::to_iso(rows.positions[0].time), "2023-12-31T23:59:59Z");
  EXPECT_EQ(rows.positions[0].nav_status, 7);
  EXPECT_EQ(rows.positions[0].sog_dkn, 74);
  EXPECT_EQ(rows.positions[1].type, 4);
  EXPECT_EQ(rows.positions[1].nav_status, 15);
  ASSERT_EQ(rows.statics.size(), 2U);
  EXPECT_EQ(rows.statics[0].ship_type, 30);
  EXPECT_EQ(rows.statics[0].to_bow_m, 12);
  EXPECT_EQ(rows.statics[0].imo, 0U);
  EXPECT_EQ(rows.statics[0].destination, "GRENAA");
}

TEST(Csv, AMissingColumnIsNamed) {
  const Rows rows = read_text("MMSI,LAT,LON,SOG\n1,2,3,4\n");
  EXPECT_NE(rows.error.find("expected a column BaseDateTime"), std::string::npos) << rows.error;
}

TEST(Feed, EmptyAndForeignFilesAreErrors) {
  EXPECT_NE(read_text("").error.find("is empty"), std::string::npos);
  EXPECT_NE(read_text("hello\nworld\n").error.find("expected AIS messages, found none in 2 lines"),
            std::string::npos);
  const model::FeedSink none = [](const model::FeedBatch&) {};
  EXPECT_FALSE(read_feed("/", 0, none));
  EXPECT_FALSE(read_feed("/nowhere/feed.nmea", 0, none));
}

TEST(Feed, AnOverlongLineIsSkippedAndCounted) {
  model::Position p;
  p.mmsi = 445000001;
  p.type = 1;
  std::string good;
  append_position(good, p, {});
  const Rows rows = read_text(good + std::string(3 << 20, 'x') + "\n" + good);
  EXPECT_EQ(rows.positions.size(), 2U);
  EXPECT_EQ(rows.report.lines, 3U);
  EXPECT_EQ(rows.report.rejects.rows().at("overlong_line").count, 1U);
  EXPECT_EQ(rows.positions[1].where.line(), 3U);
}

TEST(Feed, StartTimeServesLinesWithoutOne) {
  model::Position p;
  p.mmsi = 445000001;
  p.type = 1;
  std::string text;
  for (int i = 0; i < 20; ++i) append_position(text, p, {});
  FeedOptions options;
  options.start_time = 1700000000000;
  for (const model::Position& row : read_text(text, options).positions)
    EXPECT_EQ(row.time, options.start_time);
  EXPECT_EQ(read_text(text).positions[0].time, base::kNoTime);
}

}  // namespace
}  // namespace cordon::ais
