#include "cordon/lists/eu_fsf_xml.hpp"

#include "cordon/lists/test_input.hpp"

namespace cordon::lists {
namespace {

constexpr const char* kList = R"xml(<?xml version="1.0"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2024-02-01T10:00:00">
 <sanctionEntity designationDate="2009-07-16" unitedNationId="KPi.001" euReferenceNumber="EU.27.28" logicalId="13">
  <regulation programme="PRK" numberTitle="2017/1509" entryIntoForceDate="2017-09-01"/>
  <subjectType code="person" classificationCode="P"/>
  <nameAlias wholeName="Yun Ho-jin" gender="M" strong="true" function="Director"/>
  <nameAlias wholeName="윤호진" strong="true"/><nameAlias wholeName="Uncle" strong="false"/>
  <identification identificationTypeCode="passport" number="381420754 (expired)"/>
  <address city="Pyongyang" countryIso2Code="KP" countryDescription="KOREA, DEMOCRATIC PEOPLE'S REPUBLIC OF">
   <contactInfo key="EMAIL" value="a@b.kp"/></address>
  <birthdate birthdate="1944-10-13" city="Kaesong" countryIso2Code="00" countryDescription="UNKNOWN"/>
  <citizenship countryIso2Code="KP"/><remark>Date of UN designation: 2009-07-16</remark>
 </sanctionEntity>
 <sanctionEntity logicalId="14"><subjectType code="enterprise"/><nameAlias wholeName="PETREL 8" strong="true"/>
  <regulation programme="PRK"/><identification identificationTypeCode="imo" number="9562233"/></sanctionEntity>
</export>)xml";

TEST(EuFsfXml, ReadsPeopleAndShips) {
  const auto list = read_text(kList);
  ASSERT_TRUE(list) << list.error().message;
  EXPECT_EQ(list->source->version, "2024-02-01T10:00:00");
  const auto& yun = entity_of(*list, "eu-fsf-13");
  EXPECT_EQ(yun.caption, "Yun Ho-jin");
  EXPECT_EQ(yun.source.record, "EU.27.28");
  EXPECT_EQ(yun.first("originalScript"), "윤호진");
  EXPECT_EQ(yun.first("weakAlias"), "Uncle");
  EXPECT_EQ(yun.first("gender"), "male");
  EXPECT_EQ(yun.first("passportNumber"), "381420754");
  EXPECT_EQ(yun.first("birthDate"), "1944-10-13");
  EXPECT_EQ(yun.first("birthPlace"), "Kaesong");
  EXPECT_EQ(yun.first("nationality"), "kp");
  EXPECT_EQ(yun.first("programId"), "EU-PRK");
  EXPECT_EQ(yun.first("regime"), "dprk");
  EXPECT_EQ(yun.first("email"), "a@b.kp");
  EXPECT_EQ(yun.all("listingDate"), (Values{"2017-09-01", "2009-07-16"}));
  EXPECT_EQ(entity_of(*list, "eu-fsf-14").schema, model::Schema::Vessel);
  EXPECT_EQ(entity_of(*list, "eu-fsf-14").first("imoNumber"), "9562233");
}

}  // namespace
}  // namespace cordon::lists
