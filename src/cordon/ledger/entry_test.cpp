#include "cordon/ledger/entry.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cordon::ledger {
namespace {

TEST(CanonicalJson, OneFormForEverySpelling) {
  EXPECT_EQ(canonical_json(" { \"b\" : [1 , 2.50,true,null], \"a\":\"\\u00e9\\/\\n\" } ").value(),
            "{\"a\":\"\xC3\xA9/\\n\",\"b\":[1,2.5,true,null]}");
  EXPECT_EQ(canonical_json("18446744073709551615").value(), "18446744073709551615");
  EXPECT_EQ(canonical_json("\"\\u0000\"").value(), "\"\\u0000\"");
}

TEST(CanonicalJson, IsItsOwnCanonicalForm) {
  for (const char* text :
       {"{\"z\":{\"y\":1e-7},\"a\":[[],{}]}", "[0.1,1e300,-0.0,123456789012345678]", "\"\""}) {
    const std::string once = canonical_json(text).value();
    EXPECT_EQ(canonical_json(once).value(), once);
  }
}

TEST(CanonicalJson, RefusesWhatHasNoOneMeaning) {
  const auto said = [](const std::string& text) { return canonical_json(text).error().message; };
  EXPECT_EQ(said("{\"a\":1,\"a\":2}"), "the name \"a\" is given twice");
  EXPECT_EQ(said("{\"o\":{\"a\":1,\"a\":1}}"), "the name \"a\" is given twice");
  EXPECT_EQ(said("[1e999]"), "holds a number too large to keep");
  EXPECT_EQ(said("{\"a\":"), "is not JSON: byte 6");
  EXPECT_EQ(said("\"\xff\""), "is not JSON: byte 2");
  EXPECT_EQ(said(std::string(100, '[') + std::string(100, ']')), "is nested too deeply");
  EXPECT_EQ(said("\"" + std::string(kLongestPayload, 'x') + "\""),
            "expected at most 1048576 bytes of JSON, found 1048578");
  EXPECT_TRUE(canonical_json("[{\"a\":1},{\"a\":2}]"));
}

TEST(Hash, EveryFieldCounts) {
  const Entry entry{7, "2026-11-23T16:41:07.123Z", "ana", "analyst", "k", "s", "{}", "{}", "p", ""};
  std::vector<Entry> others(9, entry);
  others[0].seq = 8;
  others[1].time = "2026-11-23T16:41:07.124Z";
  others[2].actor = "anb";
  others[3].role = "approver";
  others[4].kind = "l";
  others[5].subject = "";
  others[6].payload = "[]";
  others[7].versions = "{\"a\":1}";
  others[8].previous = "q";
  for (const Entry& other : others) EXPECT_NE(hash_of(other), hash_of(entry));
  Entry moved = entry;  // a character that changes its field changes the hash
  moved.actor = "an";
  moved.role = "aanalyst";
  EXPECT_NE(hash_of(moved), hash_of(entry));
}

// printf '15:cordon-ledger/1,1:1,1:t,1:a,1:r,1:k,0:,2:{},2:{},1:p,' | sha256sum
TEST(Hash, IsWhatTheFormatSays) {
  const Entry entry{1, "t", "a", "r", "k", "", "{}", "{}", "p", ""};
  EXPECT_EQ(hash_of(entry), "6cc4643727e6a4f009df908605e62db2948d0a1f247778ec2568247c3a99d2b8");
  EXPECT_EQ(genesis_of("0123"), "be00fa49288e6b4a6406c637fae261ce04ffb05104757efa4f721799cbca72f0");
}

TEST(Checked, NamesTheFieldThatIsWrong) {
  const Record good{"ana", "analyst", "kind", "", "{}", "{}"};
  EXPECT_TRUE(checked(good));
  Record record = good;
  record.actor = "";
  EXPECT_EQ(checked(record).error().message, "actor: expected a text, found nothing");
  record = good;
  record.kind = "two\nlines";
  EXPECT_EQ(checked(record).error().message, "kind: holds a control character");
  record = good;
  record.subject = "\xff";
  EXPECT_EQ(checked(record).error().message, "subject: is not UTF-8");
  record = good;
  record.role = std::string(300, 'r');
  EXPECT_EQ(checked(record).error().message, "role: expected at most 256 bytes, found 300");
  record = good;
  record.versions = "[]";
  EXPECT_EQ(checked(record).error().message, "versions: expected a JSON object, found []");
  record = good;
  record.payload = "nonsense";
  EXPECT_EQ(checked(record).error().message, "payload: is not JSON: byte 2");
}

TEST(LedgerTime, HasAlwaysMilliseconds) {
  EXPECT_EQ(ledger_time(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(ledger_time(1001), "1970-01-01T00:00:01.001Z");
}

}  // namespace
}  // namespace cordon::ledger
