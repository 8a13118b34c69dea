#include "cordon/ledger/export.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "cordon/ledger/test_places.hpp"

namespace cordon::ledger {
namespace {

class Exports : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    OpenOptions options;
    options.access = Access::create;
    ledger = std::move(Ledger::open(folder / "l", options).value());
    auto records = test_records(8);
    records[3].actor = "=HYPERLINK(\"http://x\")";
    records[4].actor = "'quoted";
    records[5].subject = "<script>alert(1)</script>";
    records[5].payload = "{\"name\":\"</script><img src=x onerror=alert(1)>\",\"list\":[1,2.5,null]}";
    ASSERT_TRUE(ledger->append(records));
    options_.format = GetParam();
    options_.versions = "{\"law\":\"2026-11-23\",\"lists\":{\"un_sc\":\"2026-02-27\"}}";
    options_.actor = "ana";
  }
  std::string file() { return write_export(*ledger, options_, key).value(); }
  TestFolder folder;
  SigningKey key = SigningKey::create(folder / "key").value();
  std::unique_ptr<Ledger> ledger;
  ExportOptions options_;
};

TEST_P(Exports, VerifiesWithThePublicKeyAlone) {
  const std::string text = file();
  EXPECT_TRUE(looks_like_export(text));
  const auto check = check_export(text, key.public_key());
  ASSERT_TRUE(check) << check.error().message;
  EXPECT_TRUE(check->whole());
  EXPECT_EQ(check->verdict.entries, 8U);
  EXPECT_EQ(check->verdict.anchored, 8U);
  EXPECT_NE(check->statement.find("\"un_sc\":\"2026-02-27\""), std::string::npos);
  const auto verdict = verify(*ledger, check->heads);
  ASSERT_TRUE(verdict);
  EXPECT_TRUE(verdict->whole());
}

TEST_P(Exports, AnotherKeyDoesNotFit) {
  const auto other = SigningKey::create(folder / "other").value();
  const auto check = check_export(file(), other.public_key());
  ASSERT_TRUE(check);
  EXPECT_FALSE(check->signature_good);
  EXPECT_FALSE(check->whole());
}

TEST_P(Exports, EveryByteCounts) {
  const std::string text = file();
  std::size_t not_read = 0;
  for (std::size_t at = 0; at < text.size(); at += 7) {
    std::string other = text;
    other[at] = other[at] == 'a' ? 'b' : 'a';
    const auto check = check_export(other, key.public_key());
    if (!check) {
      ++not_read;
      continue;
    }
    EXPECT_FALSE(check->whole()) << at << ": " << text.substr(at < 20 ? 0 : at - 20, 40);
  }
  EXPECT_LT(not_read, text.size() / 7 / 2);
}

TEST_P(Exports, AnAlteredEntryIsNamed) {
  std::string text = file();
  for (auto at = text.find("\"n\":3"); at != std::string::npos; at = text.find("\"n\":3", at + 1))
    text[at + 4] = '9';
  for (auto at = text.find("\"\"n\"\":3"); at != std::string::npos; at = text.find("\"\"n\"\":3", at + 1))
    text[at + 6] = '9';
  const auto check = check_export(text, key.public_key());
  ASSERT_TRUE(check) << check.error().message;
  EXPECT_TRUE(check->signature_good);
  EXPECT_FALSE(check->body_good);
  ASSERT_EQ(check->verdict.damages.size(), 1U);
  EXPECT_EQ(check->verdict.damages[0].what, "altered");
  EXPECT_EQ(check->verdict.damages[0].seq, 3U);
}

TEST_P(Exports, ARangeAndASubject) {
  options_.filter.first = 3;
  options_.filter.last = 5;
  auto check = check_export(file(), key.public_key());
  ASSERT_TRUE(check) << check.error().message;
  EXPECT_TRUE(check->whole());
  EXPECT_EQ(check->verdict.entries, 3U);
  options_.filter = {};
  options_.filter.subject = "thing:1";
  check = check_export(file(), key.public_key());
  ASSERT_TRUE(check) << check.error().message;
  EXPECT_TRUE(check->whole());
  options_.filter.subject = "nothing";
  EXPECT_FALSE(write_export(*ledger, options_, key));
}

TEST_P(Exports, HostileTextStaysText) {
  const std::string text = file();
  if (std::string(GetParam()) == "html") {
    EXPECT_EQ(text.find("<img"), std::string::npos);
    EXPECT_EQ(text.find("<script>alert"), std::string::npos);
  }
  if (std::string(GetParam()) == "csv") {
    EXPECT_EQ(text.find(",\"=HYP"), std::string::npos);
    EXPECT_NE(text.find("\"'=HYP"), std::string::npos);
  }
}

TEST_P(Exports, CutFilesAreNoExports) {
  const std::string text = file();
  for (std::size_t size = 0; size < text.size(); size += 97) {
    const auto check = check_export(std::string_view(text).substr(0, size), key.public_key());
    EXPECT_TRUE(!check || !check->whole()) << size;
  }
}

INSTANTIATE_TEST_SUITE_P(Forms, Exports, testing::Values("csv", "json", "html"),
                         [](const auto& each) { return std::string(each.param); });

}  // namespace
}  // namespace cordon::ledger
