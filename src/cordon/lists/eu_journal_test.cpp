#include "cordon/lists/eu_journal.hpp"

#include "cordon/lists/test_input.hpp"

namespace cordon::lists {
namespace {

constexpr const char* kHeader =
    "celex,recordId,programKey,annex,measure,startDate,reason,schema,name,alias,nationality,birthDate,"
    "passportNumber,imoNumber,address\n";

TEST(EuJournal, ReadsRows) {
  const auto list = read_text(
      std::string(kHeader) +
      "32017R1509,1,EU-PRK,XV.A,Asset freeze,16.7.2009,Because.,Person,Yun Ho-jin,Yun Ho-chin; Old "
      "Yun,DPRK,(a) 13.10.1944 (b) 1945,\"(a) L 191609 (issued 1996), (b) 04643632\",,\"Pyongyang, DPRK\"\n"
      "32017R1509,,EU-PRK,XIII.B,Asset freeze,2.3.2016,,Vessel,Chong Bong (Greenlight) (Blue "
      "Nouvelle),,,,,8909575,\n"
      "32017R1509,33,EU-PRK,XIV.B,Transportation restrictions,30.3.2018,,Vessel,MIN NING DE YOU 078,,,,,Does "
      "not exist,\n"
      "32012R0267,2,EU-IRN,IX,Asset freeze,1.1.2012,,LegalEntity,Iran Shipping Company,,,,,,\n");
  ASSERT_TRUE(list) << list.error().message;
  EXPECT_EQ(list->source->dataset, "eu_2017_1509");
  const auto& yun = entity_of(*list, "eu-32017r1509-xv.a-1");
  EXPECT_EQ(yun.source.record, "32017R1509 annex XV.A[1]");
  EXPECT_EQ(yun.source.line, 2u);
  EXPECT_EQ(yun.all("alias"), (Values{"Yun Ho-chin", "Old Yun"}));
  EXPECT_EQ(yun.all("birthDate"), (Values{"1944-10-13", "1945"}));
  EXPECT_EQ(yun.all("passportNumber"), (Values{"L 191609", "04643632"}));
  EXPECT_EQ(yun.first("listingDate"), "2009-07-16");
  EXPECT_EQ(yun.first("nationality"), "kp");
  EXPECT_EQ(yun.first("country"), "kp");
  EXPECT_EQ(yun.first("authority"), "EU");
  EXPECT_EQ(yun.first("regime"), "dprk");
  const auto& ship = entity_of(*list, "eu-32017r1509-xiii.b-imo8909575");
  EXPECT_EQ(ship.caption, "Chong Bong");
  EXPECT_EQ(ship.all("alias"), (Values{"Greenlight", "Blue Nouvelle"}));
  EXPECT_EQ(ship.first("authority"), "UN");
  const auto& nameless = entity_of(*list, "eu-32017r1509-xiv.b-33");
  EXPECT_EQ(nameless.first("imoNumber"), "");
  EXPECT_TRUE(nameless.has("measure", "Port entry ban"));
  EXPECT_EQ(list->rejects.rows().at("IMO number kept as text").count, 1u);
  const auto& other = entity_of(*list, "eu-32012r0267-ix-2");
  EXPECT_EQ(other.source.dataset(), "eu_2012_267");
  EXPECT_EQ(other.schema, model::Schema::Company);
  EXPECT_EQ(other.first("regime"), "");
}

TEST(EuJournal, AMissingColumnIsNamed) {
  const auto list = read_text(
      "celex,recordId,programKey,annex,measure,startDate,schema\n32017R1509,1,EU-PRK,XV.A,x,1.1.2001,"
      "Person\n");
  ASSERT_FALSE(list);
  EXPECT_NE(list.error().message.find("expected a column 'name'"), std::string::npos) << list.error().message;
}

}  // namespace
}  // namespace cordon::lists
