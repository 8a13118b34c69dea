#include "cordon/network/words.hpp"

#include <gtest/gtest.h>

#include <string>

#include "cordon/network/share_text.hpp"

namespace cordon::network {
namespace {

TEST(Shares, DecimalFiguresAddUpExactly) {
  EXPECT_EQ(*parse_share("33.3333") * 3, 999'999'000);
  EXPECT_EQ(parse_share(" 50 % "), 50 * kPercent);
  EXPECT_EQ(parse_share("49.99999999"), 50 * kPercent);  // rounded to the unit
  EXPECT_EQ(parse_share("0"), 0);
  EXPECT_EQ(parse_share("100"), kWhole);
  for (const char* bad : {"", "%", "100.1", "-1", "1e1", "5 0", ".", "nan", "99999999999999999999"})
    EXPECT_FALSE(parse_share(bad)) << bad;
  EXPECT_EQ(parse_share(".5"), kPercent / 2);
}

TEST(Shares, RangesAndBounds) {
  const auto is = [](std::string_view text, Share min, Share max) {
    const auto range = parse_share_range(text);
    ASSERT_TRUE(range) << text;
    EXPECT_EQ(range->min, min) << text;
    EXPECT_EQ(range->max, max) << text;
  };
  is("25-50", 25 * kPercent, 50 * kPercent);
  is("25% to 50%", 25 * kPercent, 50 * kPercent);
  is("25–50", 25 * kPercent, 50 * kPercent);
  is("more than 25%", 25 * kPercent + 1, kWhole);
  is(">=50", 50 * kPercent, kWhole);
  is("<5", 0, 5 * kPercent - 1);
  is("unknown", kUnknownShare, kUnknownShare);
  is("", kUnknownShare, kUnknownShare);
  EXPECT_FALSE(parse_share_range("half"));
  EXPECT_FALSE(parse_share_range("50-25"));
}

TEST(Shares, InWords) {
  EXPECT_EQ(share_text(50 * kPercent), "50 %");
  EXPECT_EQ(share_text(333'333'000), "33.3333 %");
  EXPECT_EQ(share_text(25 * kPercent + 1), "more than 25 %");
  EXPECT_EQ(share_text(75 * kPercent - 1), "less than 75 %");
  EXPECT_EQ(held_text({25 * kPercent, 50 * kPercent, false, true}), "25 % to 50 %");
  EXPECT_EQ(held_text({0, 0, true, true}), "a share not stated");
}

TEST(Words, EveryWordOfTheTableIsFound) {
  for (const char* word : {"registered_owner",
                           "Board Member",
                           "controls_board",
                           "joint_arrangement",
                           "voting-rights",
                           "IS_DIRECTLY_CONSOLIDATED_BY",
                           "acting_for",
                           "beneficiaryOfLegalArrangement",
                           "trustee",
                           "nominee",
                           "nominator",
                           "unknownInterest",
                           "votes",
                           "associate",
                           "classes",
                           "shares",
                           "seniorManagingOfficial",
                           "technical manager",
                           "same_as",
                           "parent",
                           "subsidiary_of"})
    EXPECT_TRUE(relation_word(word)) << word;
  EXPECT_FALSE(relation_word("shares_address"));
  EXPECT_TRUE(relation_word("IS_ULTIMATELY_CONSOLIDATED_BY")->reversed);
}

TEST(Words, TheWeakestStatusCounts) {
  EXPECT_EQ(status_word("alleged, denied by the company"), model::Status::denied);
  EXPECT_EQ(status_word("alleged (indictment 2019-07-22)"), model::Status::alleged);
  EXPECT_EQ(status_word("conviction set aside on appeal"), model::Status::set_aside);
  EXPECT_EQ(status_word("reported in proposal"), model::Status::reported);
  EXPECT_FALSE(status_word("??"));
}

TEST(Words, ListingsInFreeText) {
  const auto two = listings_of("UN 2014-07-28 (KPe.020); OFAC 2014-07-30 EO 13551");
  ASSERT_EQ(two.size(), 2u);
  EXPECT_EQ(two[0].authority, "UN");
  EXPECT_EQ(base::to_string(two[1].start), "2014-07-30");
  const auto ended = listings_of("UNSCR 2270 Annex III 2016-03-02; delisted Mar 2016");
  ASSERT_EQ(ended.size(), 1u);
  EXPECT_EQ(base::to_string(ended[0].end), "2016-03");
  EXPECT_TRUE(listings_of("US proposal Dec 2017").empty());
  EXPECT_TRUE(listings_of("US indictment 2021-04-23").empty());
  EXPECT_TRUE(listings_of("").empty());
  EXPECT_EQ(listings_of("yes").size(), 1u);
}

TEST(Holds, CoarseDates) {
  const base::Date month{2016, 12, 0};
  EXPECT_EQ(holds({}, month, {2016, 11, 30}), Holds::yes);
  EXPECT_EQ(holds({}, month, {2016, 12, 10}), Holds::maybe);
  EXPECT_EQ(holds({}, month, {2017, 1, 1}), Holds::no);
  EXPECT_EQ(holds(month, {}, {2016, 11, 30}), Holds::no);
  EXPECT_EQ(holds(month, {}, {2016, 12, 1}), Holds::maybe);
  EXPECT_EQ(holds(month, {}, {2016, 12, 31}), Holds::yes);
  EXPECT_EQ(holds(month, month, {}), Holds::yes);
}

}  // namespace
}  // namespace cordon::network
