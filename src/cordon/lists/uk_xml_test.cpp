#include "cordon/lists/uk_xml.hpp"

#include "cordon/lists/test_input.hpp"

namespace cordon::lists {
namespace {

constexpr const char* kList = R"(<?xml version="1.0"?>
<Designations xmlns="urn:x"><DateGenerated>16/01/2024</DateGenerated>
 <Designation><LastUpdated>16/02/2022</LastUpdated><DateDesignated>31/12/2020</DateDesignated><UniqueID>DPR0001</UniqueID>
  <OFSIGroupID>11001</OFSIGroupID><UNReferenceNumber>KPi.001</UNReferenceNumber>
  <Names><Name><Name1>Ho-jin</Name1><Name6>YUN</Name6><NameType>Primary Name</NameType></Name>
   <Name><Name6>YUN HO CHIN</Name6><NameType>Alias</NameType><AliasStrength>Low quality a.k.a</AliasStrength></Name></Names>
  <NonLatinNames><NonLatinName><NameNonLatinScript>윤호진</NameNonLatinScript></NonLatinName></NonLatinNames>
  <RegimeName>The Democratic People's Republic of Korea (Sanctions) (EU Exit) Regulations 2019</RegimeName>
  <IndividualEntityShip>Individual</IndividualEntityShip><DesignationSource>UN</DesignationSource>
  <SanctionsImposed>Asset freeze|Travel Ban</SanctionsImposed>
  <Addresses><Address><AddressLine1>1 Street</AddressLine1><AddressCountry>North Korea</AddressCountry></Address></Addresses>
  <IndividualDetails><Individual><DOBs><DOB>13/10/1944</DOB><DOB>dd/mm/1945</DOB></DOBs>
   <BirthDetails><Location><TownOfBirth>Pyongyang</TownOfBirth><CountryOfBirth>North Korea</CountryOfBirth></Location></BirthDetails>
   <Nationalities><Nationality>North Korea</Nationality></Nationalities><Positions><Position>Director</Position></Positions>
  </Individual></IndividualDetails></Designation>
 <Designation><UniqueID>DPR0200</UniqueID><Names><Name><Name6>PETREL 8</Name6><NameType>Primary Name</NameType></Name></Names>
  <IndividualEntityShip>Ship</IndividualEntityShip>
  <ShipDetails><Ship><IMONumbers><IMONumber>9562233</IMONumber></IMONumbers>
   <CurrentOwnerOperators><CurrentOwnerOperator>Li-Quan Shipping</CurrentOwnerOperator></CurrentOwnerOperators>
   <PreviousFlags><PreviousFlag>Comoros</PreviousFlag></PreviousFlags>
   <TypeOfShipDetails><TypeOfShipDetail><TypeOfShip>Bulk carrier</TypeOfShip></TypeOfShipDetail></TypeOfShipDetails>
  </Ship></ShipDetails></Designation>
</Designations>)";

TEST(UkXml, ReadsPeopleAndShips) {
  const auto list = read_text(kList);
  ASSERT_TRUE(list) << list.error().message;
  EXPECT_EQ(list->source->version, "2024-01-16");
  EXPECT_EQ(list->source->dataset, "gb_fcdo");
  const auto& yun = entity_of(*list, "gb-dpr0001");
  EXPECT_EQ(yun.caption, "Ho-jin YUN");
  EXPECT_EQ(yun.schema, model::Schema::Person);
  EXPECT_EQ(yun.first("weakAlias"), "YUN HO CHIN");
  EXPECT_EQ(yun.first("originalScript"), "윤호진");
  EXPECT_EQ(yun.first("regime"), "dprk");
  EXPECT_EQ(yun.first("programId"), "GB-DPR");
  EXPECT_EQ(yun.all("measure"), (Values{"Asset freeze", "Travel Ban"}));
  EXPECT_EQ(yun.all("birthDate"), (Values{"1944-10-13", "1945"}));
  EXPECT_EQ(yun.first("birthPlace"), "Pyongyang, North Korea");
  EXPECT_EQ(yun.first("nationality"), "kp");
  EXPECT_EQ(yun.first("listingDate"), "2020-12-31");
  EXPECT_EQ(yun.first("address"), "1 Street, North Korea");
  EXPECT_TRUE(yun.has("referenceNumber", "KPi.001"));
  const auto& ship = entity_of(*list, "gb-dpr0200");
  EXPECT_EQ(ship.schema, model::Schema::Vessel);
  EXPECT_EQ(ship.first("imoNumber"), "9562233");
  EXPECT_EQ(ship.first("owner"), "Li-Quan Shipping");
  EXPECT_EQ(ship.first("pastFlags"), "km");
  EXPECT_EQ(ship.first("type"), "Bulk carrier");
}

}  // namespace
}  // namespace cordon::lists
