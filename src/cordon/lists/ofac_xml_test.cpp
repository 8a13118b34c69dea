#include "cordon/lists/ofac_xml.hpp"

#include "cordon/lists/test_input.hpp"

namespace cordon::lists {
namespace {

constexpr const char* kList = R"(<?xml version="1.0" standalone="yes"?>
<sdnList xmlns="http://any.release/of/the/schema"><publshInformation><Publish_Date>03/28/2025</Publish_Date><Record_Count>2</Record_Count></publshInformation>
 <sdnEntry><uid>100</uid><firstName>Se Bong</firstName><lastName>PAEK</lastName><sdnType>Individual</sdnType><remarks>(Linked To: SECOND ECONOMIC COMMITTEE)</remarks>
  <programList><program>DPRK2</program></programList>
  <idList><id><uid>1</uid><idType>Passport</idType><idNumber>654210025</idNumber><idCountry>Korea, North</idCountry></id>
   <id><uid>2</uid><idType>Secondary sanctions risk:</idType><idNumber>North Korea Sanctions Regulations, sections 510.201 and 510.210</idNumber></id>
   <id><uid>3</uid><idType>Gender</idType><idNumber>Male</idNumber></id></idList>
  <akaList><aka><uid>4</uid><type>a.k.a.</type><category>weak</category><lastName>BONG</lastName></aka>
   <aka><uid>5</uid><type>a.k.a.</type><category>strong</category><lastName>PAIK</lastName><firstName>Se Bong</firstName></aka></akaList>
  <nationalityList><nationality><country>Korea, North</country></nationality></nationalityList>
  <dateOfBirthList><dateOfBirthItem><dateOfBirth>21 Mar 1938</dateOfBirth></dateOfBirthItem></dateOfBirthList></sdnEntry>
 <sdnEntry><uid>101</uid><lastName>CHONG RIM 2</lastName><sdnType>Vessel</sdnType>
  <idList><id><idType>Vessel Registration Identification</idType><idNumber>IMO 8916293</idNumber></id></idList>
  <vesselInfo><callSign>HMYX</callSign><vesselType>General Cargo</vesselType><vesselFlag>Korea, North</vesselFlag><vesselOwner>Ocean Co</vesselOwner><tonnage>2597</tonnage></vesselInfo></sdnEntry>
</sdnList>)";

TEST(OfacXml, ReadsEntries) {
  const auto list = read_text(kList);
  ASSERT_TRUE(list) << list.error().message;
  EXPECT_EQ(list->source->version, "2025-03-28");
  const auto& paek = entity_of(*list, "ofac-100");
  EXPECT_EQ(paek.caption, "Se Bong PAEK");
  EXPECT_EQ(paek.first("passportNumber"), "654210025");
  EXPECT_EQ(paek.first("riskRegime"), "dprk");
  EXPECT_EQ(paek.first("gender"), "male");
  EXPECT_EQ(paek.first("weakAlias"), "BONG");
  EXPECT_EQ(paek.first("alias"), "Se Bong PAIK");
  EXPECT_EQ(paek.first("nationality"), "kp");
  EXPECT_EQ(paek.first("birthDate"), "1938-03-21");
  EXPECT_EQ(paek.first("linkedTo"), "SECOND ECONOMIC COMMITTEE");
  const auto& ship = entity_of(*list, "ofac-101");
  EXPECT_EQ(ship.first("imoNumber"), "8916293");
  EXPECT_EQ(ship.first("callSign"), "HMYX");
  EXPECT_EQ(ship.first("flag"), "kp");
  EXPECT_EQ(ship.first("owner"), "Ocean Co");
}

TEST(OfacXml, ACountThatDoesNotHoldIsAnError) {
  std::string text(kList);
  text.replace(text.find("<Record_Count>2"), 15, "<Record_Count>9");
  const auto list = read_text(text);
  ASSERT_FALSE(list);
  EXPECT_NE(list.error().message.find("says it has 9 records, found 2"), std::string::npos)
      << list.error().message;
}

}  // namespace
}  // namespace cordon::lists
