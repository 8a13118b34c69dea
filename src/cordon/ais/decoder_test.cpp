#include "cordon/ais/decoder.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "cordon/ais/json.hpp"

namespace cordon::ais {
namespace {

std::string with_checksum(const std::string& body) {  // "AIVDM,..." -> "!AIVDM,...*hh"
  unsigned sum = 0;
  for (const char c : body) sum ^= static_cast<unsigned char>(c);
  return fmt::format("!{}*{:02X}", body, sum);
}
std::string tagged(const std::string& tag, const std::string& sentence) {
  unsigned sum = 0;
  for (const char c : tag) sum ^= static_cast<unsigned char>(c);
  return fmt::format("\\{}*{:02X}\\{}", tag, sum, sentence);
}

// A class A report of MMSI 371798000 and the two sentences of a voyage report, made for these tests.
const std::string kPosition = with_checksum("AIVDM,1,1,,A,15RTgt0PAso;90TKcjM8h6g208CQ,0");
const std::string kFirst = "55?MbV02;H;s<HtKR20EHE:0@T4@Dn2222222216L961O5Gf0NSQEp6C";
const std::string kSecond = "lRp888888888880";

std::string part(int count, int index, const std::string& sequence, const std::string& channel,
                 const std::string& payload, int fill, const std::string& talker = "AI") {
  return with_checksum(
      fmt::format("{}VDM,{},{},{},{},{},{}", talker, count, index, sequence, channel, payload, fill));
}

Outcome outcome_of(const std::string& line) {
  Decoder decoder;
  return decoder.push(line);
}

TEST(Decoder, OneOutcomeForEveryKindOfLine) {
  EXPECT_EQ(outcome_of(kPosition), Outcome::message);
  EXPECT_EQ(outcome_of(kPosition + "\r"), Outcome::message);
  EXPECT_EQ(outcome_of(""), Outcome::blank);
  EXPECT_EQ(outcome_of("  \t"), Outcome::blank);
  EXPECT_EQ(outcome_of("# remark"), Outcome::comment);
  EXPECT_EQ(outcome_of("foobar"), Outcome::not_nmea);
  EXPECT_EQ(outcome_of("!"), Outcome::not_nmea);
  EXPECT_EQ(outcome_of("\\s:x"), Outcome::not_nmea);
  EXPECT_EQ(outcome_of("$PGHP,1,2008,5,9,0,0,0,10,338,2,,1,09*17"), Outcome::other_sentence);
  EXPECT_EQ(outcome_of("!AIVSI,r1,,000000.5,0,-90*00"), Outcome::other_sentence);
  EXPECT_EQ(outcome_of(part(2, 1, "3", "B", kFirst, 0)), Outcome::part);
  EXPECT_EQ(outcome_of("!AIVDM,1,1,,A,15RTgt0PAso;90TKcjM8h6g208CQ,0*4B"), Outcome::checksum);
  EXPECT_EQ(outcome_of("!AIVDM,1,1,,A,15RTgt0PAso;90TKcjM8h6g208CQ,0"), Outcome::no_checksum);
  EXPECT_EQ(outcome_of("!AIVDM,1,1,,A,15RTgt0PAso;90TKcjM8h6g208CQ,0*4"), Outcome::no_checksum);
  EXPECT_EQ(outcome_of(with_checksum("AIVDM,1,2,,A,15RTgt0PAso;90TKcjM8h6g208CQ,0")), Outcome::malformed);
  EXPECT_EQ(outcome_of(with_checksum("AIVDM,x,1,,A,15RTgt0PAso;90TKcjM8h6g208CQ,0")), Outcome::malformed);
  EXPECT_EQ(outcome_of(with_checksum("AIVDM,1,1")), Outcome::malformed);
  EXPECT_EQ(outcome_of(with_checksum("AIVDM,1,1,,B,,0")), Outcome::empty_payload);
  EXPECT_EQ(outcome_of(with_checksum("AIVDM,1,1,,A,15RTgt0PAso;90TKcjM8h6g208C~,0")), Outcome::armour);
  EXPECT_EQ(outcome_of(with_checksum("AIVDM,1,1,,A,15RTgt0PAso;90TKcjM8h6g208CX,0")), Outcome::armour);
  EXPECT_EQ(outcome_of(with_checksum("AIVDM,1,1,,A,15RTgt0PAso;90TKcjM8h6g208CQ,6")), Outcome::fill_bits);
  EXPECT_EQ(outcome_of(with_checksum("AIVDM,1,1,,A,15RTgt0PAso;90TKcj,0")), Outcome::too_short);
  EXPECT_EQ(outcome_of(with_checksum("AIVDM,1,1,,A,1,0")), Outcome::too_short);
  EXPECT_EQ(outcome_of(with_checksum("AIVDM,1,1,,A,w5RTgt0PAso;90TKcjM8h6g208CQ,0")), Outcome::unknown_type);
  EXPECT_EQ(outcome_of(with_checksum("AIVDM,1,1,,A,05RTgt0PAso;90TKcjM8h6g208CQ,0")), Outcome::unknown_type);
  EXPECT_EQ(outcome_of(with_checksum("AIVDM,1,1,,A," + std::string(700, '1') + ",0")), Outcome::too_long);
}

TEST(Decoder, LongPositionReportsAreTaken) {  // 204 bits, a hundredth of some streams
  EXPECT_EQ(outcome_of(with_checksum("AIVDM,1,1,,A,15RTgt0PAso;90TKcjM8h6g208CQ000000,0")), Outcome::message);
}

TEST(Decoder, FillBitsShortenTheMessage) {
  Decoder decoder;
  ASSERT_EQ(decoder.push(with_checksum("AIVDM,1,1,,B,B6CdCm0t3`tba35f@V9faHi7kP06,2")), Outcome::message);
  EXPECT_EQ(decoder.message().payload.bits(), 166U);
  EXPECT_EQ(decoder.message().payload.get(160, 8), decoder.message().payload.get(160, 6) << 2);
}

TEST(Decoder, JoinsInterleavedParts) {
  Decoder decoder;
  EXPECT_EQ(decoder.push(part(2, 1, "1", "A", kFirst, 0)), Outcome::part);
  EXPECT_EQ(decoder.push(part(2, 1, "2", "A", kFirst, 0)), Outcome::part);
  EXPECT_EQ(decoder.push(part(2, 1, "1", "B", kFirst, 0)), Outcome::part);
  EXPECT_EQ(decoder.push(kPosition), Outcome::message);
  EXPECT_EQ(decoder.push(part(2, 2, "1", "B", kSecond, 2)), Outcome::message);
  EXPECT_EQ(decoder.message().channel, 'B');
  EXPECT_EQ(decoder.push(part(2, 2, "2", "A", kSecond, 2)), Outcome::message);
  EXPECT_EQ(decoder.push(part(2, 2, "1", "A", kSecond, 2)), Outcome::message);
  EXPECT_EQ(decoder.message().type(), 5U);
  EXPECT_EQ(decoder.message().payload.bits(), 424U);
  EXPECT_EQ(decoder.lost_parts(), 0U);
}

TEST(Decoder, TalkersAndReceiversAreKeptApart) {
  Decoder decoder;
  EXPECT_EQ(decoder.push(part(2, 1, "1", "A", kFirst, 0, "BS")), Outcome::part);
  EXPECT_EQ(decoder.push(part(2, 2, "1", "A", kSecond, 2, "AB")), Outcome::part);
  EXPECT_EQ(decoder.push(part(2, 2, "1", "A", kSecond, 2, "BS")), Outcome::message);
  EXPECT_EQ(decoder.push(tagged("s:r001", part(2, 1, "4", "A", kFirst, 0))), Outcome::part);
  EXPECT_EQ(decoder.push(tagged("s:r002", part(2, 2, "4", "A", kSecond, 2))), Outcome::part);
  EXPECT_EQ(decoder.push(tagged("s:r001", part(2, 2, "4", "A", kSecond, 2))), Outcome::message);
  EXPECT_EQ(decoder.message().receiver, "r001");
}

TEST(Decoder, APartWithoutReceiverJoinsTheOneThatHasIt) {
  Decoder decoder;
  EXPECT_EQ(decoder.push(part(2, 1, "6", "A", kFirst, 0)), Outcome::part);
  EXPECT_EQ(decoder.push(part(2, 2, "6", "A", kSecond, 2) + ",b003660465"), Outcome::message);
  EXPECT_EQ(decoder.message().receiver, "b003660465");
}

TEST(Decoder, SequenceNumberUsedAgainStartsAnew) {
  Decoder decoder;
  EXPECT_EQ(decoder.push(part(2, 1, "1", "A", kFirst, 0)), Outcome::part);
  EXPECT_EQ(decoder.push(part(2, 1, "1", "A", "57" + kFirst.substr(2), 0)), Outcome::part);
  EXPECT_EQ(decoder.push(part(2, 2, "1", "A", kSecond, 2)), Outcome::message);
  EXPECT_EQ(decoder.message().payload.get(6, 6), 7U);  // of the second start
  EXPECT_EQ(decoder.lost_parts(), 1U);
}

TEST(Decoder, DisorderIsForgivenOnlyBriefly) {
  Decoder decoder;
  EXPECT_EQ(decoder.push(part(2, 2, "1", "A", kSecond, 2)), Outcome::part);
  EXPECT_EQ(decoder.push(part(2, 1, "1", "A", kFirst, 0)), Outcome::message);
  EXPECT_EQ(decoder.push(part(2, 2, "1", "A", kSecond, 2)), Outcome::part);
  for (int i = 0; i < 40; ++i) decoder.push(kPosition);
  EXPECT_EQ(decoder.push(part(2, 1, "1", "A", kFirst, 0)), Outcome::part)
      << "the old second half is another's";
}

TEST(Decoder, PartsAgeOut) {
  Decoder decoder;
  EXPECT_EQ(decoder.push(tagged("c:1700000000", part(2, 1, "1", "A", kFirst, 0))), Outcome::part);
  EXPECT_EQ(decoder.push(tagged("c:1700000300", part(2, 2, "1", "A", kSecond, 2))), Outcome::part);
  EXPECT_EQ(decoder.lost_parts(), 2U);
}

TEST(Decoder, AFloodOfFirstPartsIsBounded) {
  Decoder decoder;
  for (int i = 0; i < 20000; ++i)
    EXPECT_EQ(decoder.push(tagged(fmt::format("s:r{}", i), part(2, 1, "1", "A", kFirst, 0))), Outcome::part);
  EXPECT_EQ(decoder.lost_parts(), 20000U);
}

TEST(Decoder, GroupsTieSentences) {
  Decoder decoder;
  EXPECT_EQ(decoder.push(tagged("g:1-2-1604,s:rORBCOMM008,c:1418169601", part(2, 1, "6", "A", kFirst, 0))),
            Outcome::part);
  EXPECT_EQ(decoder.push(tagged("s:rORBCOMM104,c:1418172113", kPosition)), Outcome::message);
  EXPECT_EQ(decoder.push(tagged("g:2-2-1604", part(2, 2, "6", "A", kSecond, 2))), Outcome::message);
  EXPECT_EQ(decoder.message().time, 1418169601000);
  EXPECT_EQ(decoder.message().receiver, "rORBCOMM008");
  EXPECT_EQ(decoder.push(tagged("g:1-2-99,s:r1,c:1418169700", kPosition)), Outcome::message);
  EXPECT_EQ(decoder.push(tagged("g:2-2-99", kPosition)), Outcome::message);
  EXPECT_EQ(decoder.message().time, 1418169700000) << "what the first line of the group told";
}

TEST(Decoder, TimesOfTheReceiver) {
  struct Case {
    std::string line;
    base::TimeMs time;
    std::string receiver;
  };
  const std::vector<Case> cases = {
      {tagged("s:r032,c:1707091202", kPosition), 1707091202000, "r032"},
      {tagged("c:1707091202123", kPosition), 1707091202123, ""},
      {tagged("c:12415440354", kPosition), base::kNoTime, ""},  // eleven digits: a broken clock
      {"120000000000000007099999 " + kPosition, base::kNoTime, ""},
      {"1707091202 " + kPosition, 1707091202000, ""},
      {"1707091202.5;" + kPosition, 1707091202500, ""},
      {"2024-02-05T00:00:02Z " + kPosition, 1707091202000, ""},
      {"[2024-02-05 00:00:02.250] " + kPosition, 1707091202250, ""},
      {"2024/02/05 00:00:02," + kPosition, 1707091202000, ""},
      {"2024-02-05T09:00:02+09:00 " + kPosition, 1707091202000, ""},
      {kPosition + ",r003669946,1325394060,1325394001", 1325394060000, "r003669946"},
      {kPosition + ",d-109,S2105,t050056.00,T56.13718694,r09STOL1,1272844797", 1272844797000, "r09STOL1"},
      {kPosition + ",1272412827", 1272412827000, ""},
      {kPosition, base::kNoTime, ""},
  };
  for (const Case& c : cases) {
    Decoder decoder;
    ASSERT_EQ(decoder.push(c.line), Outcome::message) << c.line;
    EXPECT_EQ(decoder.message().time, c.time) << c.line;
    EXPECT_EQ(decoder.message().receiver, c.receiver) << c.line;
  }
}

TEST(Decoder, ABrokenTagBlockIsIgnoredAndTold) {
  Decoder decoder;
  ASSERT_EQ(decoder.push("\\s:r032,c:1707091202*00\\" + kPosition), Outcome::message);
  EXPECT_EQ(decoder.message().time, base::kNoTime);
  EXPECT_EQ(decoder.message().receiver, "");
  ASSERT_EQ(decoder.push("\\s:r032,c:1707091202" + kPosition), Outcome::message);
  EXPECT_EQ(decoder.bad_tags(), 2U);
}

TEST(Decoder, KindsOfReceivers) {
  EXPECT_EQ(receiver_kind("r003669946"), 1);
  EXPECT_EQ(receiver_kind("b003669710"), 1);
  EXPECT_EQ(receiver_kind("rORBCOMM008"), 2);
  EXPECT_EQ(receiver_kind("s012"), 2);
  EXPECT_EQ(receiver_kind("Spire-7"), 2);
  EXPECT_EQ(receiver_kind(""), 0);
  EXPECT_EQ(receiver_kind("harbour"), 0);
}

TEST(Decoder, OwnShipAndOddFields) {
  Decoder decoder;
  ASSERT_EQ(decoder.push(with_checksum("AIVDO,1,1,,,15RTgt0PAso;90TKcjM8h6g208CQ,0")), Outcome::message);
  EXPECT_TRUE(decoder.message().own_ship);
  EXPECT_EQ(decoder.message().channel, ' ');
  ASSERT_EQ(decoder.push(with_checksum("ABVDM,1,1,,2,10000000Aso;90TKcjM8h6g208CQ,0")), Outcome::message);
  EXPECT_EQ(decoder.message().channel, 'B');
  EXPECT_EQ(decoder.message().mmsi(), 0U);
}

}  // namespace
}  // namespace cordon::ais
