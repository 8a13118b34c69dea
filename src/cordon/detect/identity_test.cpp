#include "cordon/detect/identity.hpp"

#include <gtest/gtest.h>

#include "cordon/detect/registry.hpp"
#include "cordon/detect/testkit.hpp"

namespace cordon::detect {
namespace {

using testkit::Traffic;
using enum model::EventType;

const base::LatLon kSea = base::from_degrees(34.0, 124.2);
const base::TimeMs kStart = testkit::at("2024-03-01T00:00:00");
base::TimeMs h(double hours_after) {
  return kStart + static_cast<base::TimeMs>(hours_after * base::kHour);
}

Traffic voyage(std::uint32_t mmsi, double begin_h, double end_h) {
  Traffic traffic;
  traffic.sail(mmsi, h(begin_h), h(end_h), moved(kSea, begin_h * 18e3, 0), moved(kSea, end_h * 18e3, 0));
  return traffic;
}

TEST(Names, TidyAndTypingErrors) {
  EXPECT_EQ(tidy_name("  M/V Sun  Rise@@ "), "SUN RISE");
  EXPECT_EQ(typing_distance("XIN BAO 46", "XIQ BAO 46", 2), 1);
  EXPECT_EQ(typing_distance("ABCD", "ABDC", 2), 1);
  EXPECT_EQ(typing_distance("ABCD", "WXYZ", 2), 3);
  EXPECT_TRUE(imo_typo(9074729, 9074792));   // neighbours swapped
  EXPECT_TRUE(imo_typo(9074729, 9074129));   // one digit
  EXPECT_FALSE(imo_typo(9074729, 9074729));  // equal is no error
  EXPECT_FALSE(imo_typo(9074729, 9174792));
  EXPECT_TRUE(fishing_gear_name("NET-12-85%"));
  EXPECT_TRUE(fishing_gear_name("A7 12.4V"));
  EXPECT_FALSE(fishing_gear_name("NAVIOS V"));
}

TEST(IdentityChange, NameAndNumberUnderWay) {
  auto traffic = voyage(514801776, 0, 10);
  traffic.says(514801776, h(0), 9074729, "PIONEER EASTERN", 80)
      .says(514801776, h(5), 9241061, "HOPE DAWN", 80)
      .says(514801776, h(6), 9241061, "HOPE DAWN", 80);
  const auto events = testkit::of(testkit::detect(traffic.batch()), identity_change);
  ASSERT_EQ(events.size(), 1U);
  // Somewhere between the last statement of the old and the first of the new.
  EXPECT_EQ(events[0].start, h(0));
  EXPECT_EQ(events[0].end, h(5));
  EXPECT_GT(events[0].score, 0.9);
}

TEST(IdentityChange, TypingErrorsGarbledReportsAndPortsAreInnocent) {
  auto typo = voyage(413646580, 0, 10);
  typo.says(413646580, h(0), 9074729, "XIN BAO 46", 70).says(413646580, h(5), 9074729, "XIQ BAO 46", 70);
  EXPECT_TRUE(testkit::of(testkit::detect(typo.batch()), identity_change).empty());
  auto garbled = voyage(413646580, 0, 10);
  garbled.says(413646580, h(0), 9074729, "XIN BAO 46", 70)
      .says(413646580, h(5), 9241061, "QQ", 70)
      .says(413646580, h(5.2), 9074729, "XIN BAO 46", 70);
  EXPECT_TRUE(testkit::of(testkit::detect(garbled.batch()), identity_change).empty());
  Traffic port;
  port.stay(413646580, h(0), h(10), base::from_degrees(35.1, 129.05), 3 * base::kMinute, 5);  // Pusan
  port.says(413646580, h(0), 9074729, "OCEAN RAINBOW", 70).says(413646580, h(5), 9074729, "ORIENT PEARL", 70);
  EXPECT_TRUE(testkit::of(testkit::detect(port.batch()), identity_change).empty());
}

TEST(IdentityChange, TheSameHullGoesOnUnderAnotherMmsi) {
  auto traffic = voyage(671088622, 0, 5);
  traffic.says(671088622, h(0), 9074729, "RAINBOW HARMONY", 80);
  traffic.sail(518191886, h(5.2), h(10), moved(kSea, 5.2 * 18e3, 0), moved(kSea, 180e3, 0))
      .says(518191886, h(5.3), 9074729, "UNITY EAGLE", 80);
  const auto events = testkit::of(testkit::detect(traffic.batch()), identity_change);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].mmsi, (std::vector<std::uint32_t>{518191886, 671088622}));
  EXPECT_EQ(events[0].rule, "identity_change/2");
}

TEST(IdentityMismatch, OneNumberOnTwoHullsAtOnce) {
  auto traffic = voyage(671088622, 0, 10);
  traffic.says(671088622, h(0), 9074729, "RAINBOW HARMONY", 80)
      .says(518191886, h(1), 9074729, "UNITY EAGLE", 80);
  traffic.sail(518191886, h(0), h(10), moved(kSea, 0, 400e3), moved(kSea, 90e3, 400e3));
  const auto events = testkit::detect(traffic.batch());
  ASSERT_EQ(testkit::of(events, identity_mismatch).size(), 1U);
  EXPECT_TRUE(testkit::of(events, identity_change).empty());
}

std::vector<model::RegisteredVessel> registry() {
  return *parse_registry(
      "IMO,name,flag,type,length,beam,built,owner,manager\n"
      "9074729,EVER DAWN,PA,Products Tanker,180,30,1994,A,B\n"
      "9241061,NET CATCHER,PA,Fishing Vessel,60,10,2001,A,B\n",
      "test");
}

TEST(IdentityMismatch, AgainstARegister) {
  const auto rows = registry();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].flag, "pa");
  const auto count = [&](std::uint32_t mmsi, std::uint32_t imo, const char* name, std::uint8_t type,
                         unsigned length, unsigned beam) {
    auto traffic = voyage(mmsi, 0, 10);
    traffic.says(mmsi, h(0), imo, name, type, length, beam);
    return testkit::of(testkit::detect(traffic.batch(), default_parameters(), rows), identity_mismatch)
        .size();
  };
  EXPECT_EQ(count(354000001, 9074729, "EVER DAWN", 80, 180, 30), 0U);   // as registered
  EXPECT_EQ(count(354000001, 9074729, "EVER DAWN", 80, 172, 29), 0U);   // within a tenth
  EXPECT_EQ(count(354000001, 9074729, "EVER NIGHT", 80, 180, 30), 0U);  // a new name alone is lawful
  EXPECT_EQ(count(354000001, 9074729, "EVER DAWN", 80, 150, 25), 1U);   // another hull
  EXPECT_EQ(count(667000001, 9074729, "EVER DAWN", 80, 180, 30), 1U);   // MMSI of Sierra Leone, flag Panama
  EXPECT_EQ(count(354000001, 9241061, "NET CATCHER", 80, 60, 10),
            1U);  // a fishing vessel's number on a tanker
}

TEST(Listed, ByNumberByTypoByNameAndNotByChance) {
  const ListedVessel listed[] = {{8819017, 0, "RAK WON 2", "HMYE", "ofac-1", "Asset freeze"},
                                 {0, 445123000, "JANG SONG", "", "un-1", ""}};
  const auto score = [&](std::uint32_t mmsi, std::uint32_t imo, const char* name, std::uint8_t type = 70) {
    auto traffic = voyage(mmsi, 0, 4);
    traffic.says(mmsi, h(0), imo, name, type);
    const auto rows = registry();
    const auto events =
        testkit::of(testkit::detect(traffic.batch(), default_parameters(), rows, listed), listed_vessel);
    return events.size() == 1 ? events[0].score : events.empty() ? 0.0 : -1.0;
  };
  EXPECT_GT(score(572884994, 8819017, "OCEAN GLORY"), 0.95);  // another name, the listed number
  EXPECT_GT(score(572884994, 8819071, "RAK WON 2"), 0.7);     // two digits swapped, the listed name
  EXPECT_EQ(score(572884994, 8819071, "OCEAN GLORY"), 0.0);   // a near number alone is chance
  EXPECT_GT(score(572884994, 0, "RAK WON 2"), 0.5);           // the name, no number
  EXPECT_EQ(score(572884994, 9074729, "RAK WON 2"), 0.0);     // the name, but a registered ship of its own
  EXPECT_GT(score(445123000, 0, "SOME SHIP"), 0.5);           // the listed MMSI
  EXPECT_EQ(score(354000001, 9074729, "EVER DAWN"), 0.0);
}

TEST(Listed, EntriesOfOneShipAreToldOnce) {
  const ListedVessel listed[] = {{8819017, 0, "RAK WON 2", "", "ofac-1", ""},
                                 {8819017, 0, "RAK WON 2", "", "eu-7", ""},
                                 {8819017, 0, "OLD NAME", "", "eu-7", ""}};
  auto traffic = voyage(572884994, 0, 4);
  traffic.says(572884994, h(0), 8819017, "RAK WON 2", 70);
  const auto events =
      testkit::of(testkit::detect(traffic.batch(), default_parameters(), {}, listed), listed_vessel);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].evidence[2].value, "ofac-1 eu-7");
}

TEST(Registry, BadRowsAreCountedAndABadHeaderIsAnError) {
  base::Tally rejected;
  const auto rows = parse_registry("imo,name\nxyz,A\n9074729,B\n", "r.csv", &rejected);
  ASSERT_TRUE(rows);
  EXPECT_EQ(rows->size(), 1U);
  EXPECT_EQ(rejected.total(), 1U);
  EXPECT_FALSE(parse_registry("name,flag\nA,PA\n", "r.csv"));
}

}  // namespace
}  // namespace cordon::detect
