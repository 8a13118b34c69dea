#include "cordon/law/facts.hpp"

#include <gtest/gtest.h>

#include "cordon/law/vocabulary.hpp"

namespace cordon::law {
namespace {

TEST(Facts, ReadsTheFourKindsOfValue) {
  const auto facts = Facts::parse(R"({"a":"x","b":1.5,"c":true,"d":["y",2],"e":null})");
  ASSERT_TRUE(facts) << facts.error().message;
  EXPECT_EQ(facts->all().size(), 4u);
  EXPECT_EQ(std::get<std::string>(*facts->find("a")), "x");
  EXPECT_EQ(std::get<std::vector<std::string>>(*facts->find("d")).at(1), "2");
  EXPECT_EQ(facts->find("e"), nullptr);
}

TEST(Facts, RefusesWhatItCannotRead) {
  EXPECT_FALSE(Facts::parse(R"({"barrels": 55e455})"));  // larger than any number kept
  for (const char* bad : {"", "[", "[]", "7", R"({"a":{"b":1}})", R"({"a":[{}]})", "{\"a\":\"\xff\"}"})
    EXPECT_FALSE(Facts::parse(bad)) << bad;
  std::string many = "{";
  for (int i = 0; i < 1001; ++i) many += (i ? ",\"f" : "\"f") + std::to_string(i) + "\":1";
  EXPECT_FALSE(Facts::parse(many + "}"));
}

TEST(Requests, OneOrManyAndTheErrorNamesThePlace) {
  const auto one = parse_requests(R"({"date":"2019-01-01","facts":{"activity":"buy"}})");
  ASSERT_TRUE(one) << one.error().message;
  EXPECT_FALSE(one->is_list);
  EXPECT_EQ(one->all[0].jurisdictions, (std::vector<std::string>{"UN", "CA"}));
  const auto bad =
      parse_requests(R"([{"date":"2019-01-01","facts":{}},{"id":"H07","date":"2019","facts":{}}])");
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().message, "request 2 (id H07): date: expected YYYY-MM-DD, found '2019'");
  EXPECT_FALSE(parse_requests(R"({"facts":{}})"));
  EXPECT_FALSE(parse_requests(R"({"date":"2019-01-01"})"));
  EXPECT_FALSE(parse_requests("[1]"));
}

TEST(Vocabulary, FindsPhrasesWhateverTheirDress) {
  Vocabulary words;
  const auto squid = words.add("frozen squid"), il62 = words.add("il 62m"), dprk = words.add("DPRK");
  EXPECT_EQ(words.add("Frozen  SQUIDS"), squid);
  EXPECT_EQ(words.add(" .,- "), kNoWord);
  std::vector<Vocabulary::Match> found;
  words.find("FROZEN squids; Il-62M, non-DPRK", found);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].phrase, squid);
  EXPECT_EQ(found[1].phrase, il62);
  found.clear();
  words.find("to the DPRK\xE2\x80\x99s port", found);
  EXPECT_TRUE(found.empty() || found[0].phrase == dprk);
  EXPECT_EQ(value_form("From DPRK"), value_form("from_dprk"));
}

}  // namespace
}  // namespace cordon::law
