#include "cordon/watch/evidence.hpp"

#include <gtest/gtest.h>

namespace cordon::watch {
namespace {

model::Event event(model::EventType type, double score) {
  model::Event made;
  made.type = type;
  made.score = score;
  made.start = 1'700'000'000'000;
  made.end = made.start + 3 * base::kHour;
  made.mmsi = {111, 222};
  made.at = base::from_degrees(37.25, 124.5);
  return made;
}

Weights weights() {
  return *Weights::embedded();
}

TEST(Evidence, AnEventCountsByItsScore) {
  Dossier dossier;
  dossier.identity.mmsi = {111};
  dossier.events = {event(model::EventType::gap, 0.5)};
  weigh(dossier, weights(), {});
  ASSERT_EQ(dossier.evidence.size(), 1u);
  EXPECT_DOUBLE_EQ(dossier.score, weights().points("gap") * 0.5);
  EXPECT_EQ(dossier.headline, dossier.evidence[0].statement);
  EXPECT_NE(dossier.headline.find("Silent for 3 h"), std::string::npos) << dossier.headline;
  EXPECT_NE(dossier.headline.find("37.25°N 124.50°E"), std::string::npos) << dossier.headline;
}

TEST(Evidence, RepetitionCountsLessEachTime) {
  Dossier dossier;
  dossier.events = {event(model::EventType::gap, 0.5), event(model::EventType::gap, 1.0)};
  weigh(dossier, weights(), {});
  // The surest first, whole; the second half.
  EXPECT_DOUBLE_EQ(dossier.score, weights().points("gap") * (1.0 + 0.5 / 2));
}

TEST(Evidence, AnEncounterNamesTheOther) {
  Dossier dossier;
  dossier.identity.mmsi = {111};
  dossier.events = {event(model::EventType::encounter, 1.0)};
  dossier.others = {{222, 0, "BETA", "is listed as BETA"}};
  weigh(dossier, weights(), {});
  EXPECT_DOUBLE_EQ(dossier.score, weights().points("encounter") + weights().points("met_listed"));
  EXPECT_EQ(dossier.headline.substr(0, 45), "Met BETA (MMSI 222), which is listed as BETA,")
      << dossier.headline;
}

TEST(Evidence, OnlyDprkPortsAddPoints) {
  auto call = event(model::EventType::port_call, 1.0);
  call.evidence = {{"port", "Ningbo", false}, {"country", "cn", false}};
  Dossier dossier;
  dossier.events = {call};
  weigh(dossier, weights(), {});
  EXPECT_EQ(dossier.score, 0);
  dossier.events[0].evidence = {{"port", "Nampo", false}, {"country", "kp", false}};
  weigh(dossier, weights(), {});
  EXPECT_EQ(dossier.score, weights().points("port_call_dprk"));
}

TEST(Evidence, AListingByNumberOutweighsOneByName) {
  Dossier by_number, by_name;
  Listing listing;
  listing.caption = "ALPHA";
  listing.dprk = true;
  listing.score = 1.0;
  by_number.listings = {listing};
  listing.score = 0.8;
  by_name.listings = {listing};
  weigh(by_number, weights(), {});
  weigh(by_name, weights(), {});
  EXPECT_GT(by_number.score, by_name.score);
  EXPECT_EQ(by_name.headline.substr(0, 13), "May be listed");
}

TEST(Evidence, AVerdictMakesTheDifferenceBetweenOwnedAndLinked) {
  Chain chain;
  chain.summary = "ALPHA <- owns (60 %) BETA CO";
  Dossier linked, possible, blocked;
  linked.chains = {chain};
  chain.verdicts = {{"OFAC", "possible", "40 %", {}}};
  possible.chains = {chain};
  chain.verdicts = {{"OFAC", "blocked", "60 %", {}}};
  blocked.chains = {chain};
  for (auto* dossier : {&linked, &possible, &blocked}) weigh(*dossier, weights(), {});
  EXPECT_LT(linked.score, possible.score);
  EXPECT_LT(possible.score, blocked.score);
  EXPECT_NE(blocked.headline.find("under: OFAC"), std::string::npos);
}

TEST(Weights, AreCheckedWhenRead) {
  EXPECT_FALSE(Weights::parse("{", "w").has_value());
  EXPECT_FALSE(Weights::parse("[]", "w").has_value());
  EXPECT_FALSE(Weights::parse(R"({"weights":{"gap":{}}})", "w").has_value());
  const auto unknown = Weights::parse(R"({"weights":{"gaps":{"points":1}}})", "w");
  ASSERT_FALSE(unknown.has_value());
  EXPECT_EQ(unknown.error().message, "w: unknown kind of evidence 'gaps'");
  const auto own = Weights::parse(R"({"weights":{"gap":{"points":1}}})", "w");
  ASSERT_TRUE(own.has_value());
  EXPECT_EQ(own->points("gap"), 1);
  EXPECT_EQ(own->points("encounter"), 0);
}

}  // namespace
}  // namespace cordon::watch
