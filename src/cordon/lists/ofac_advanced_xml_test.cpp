#include "cordon/lists/ofac_advanced_xml.hpp"

#include "cordon/lists/test_input.hpp"

namespace cordon::lists {
namespace {

constexpr const char* kList = R"(<?xml version="1.0"?>
<Sanctions xmlns="http://www.un.org/sanctions/1.0">
 <DateOfIssue><Year>2024</Year><Month>3</Month><Day>7</Day></DateOfIssue>
 <ReferenceValueSets>
  <AliasTypeValues><AliasType ID="1400">A.K.A.</AliasType><AliasType ID="1401">F.K.A.</AliasType></AliasTypeValues>
  <PartyTypeValues><PartyType ID="1">Individual</PartyType><PartyType ID="4">Transport</PartyType></PartyTypeValues>
  <PartySubTypeValues><PartySubType ID="1" PartyTypeID="4">Vessel</PartySubType><PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType>
   <PartySubType ID="3" PartyTypeID="2">Unknown</PartySubType></PartySubTypeValues>
  <NamePartTypeValues><NamePartType ID="1520">Last Name</NamePartType><NamePartType ID="1521">First Name</NamePartType></NamePartTypeValues>
  <FeatureTypeValues><FeatureType ID="8">Birthdate</FeatureType><FeatureType ID="2">VESSEL TYPE</FeatureType>
   <FeatureType ID="25">Location</FeatureType><FeatureType ID="224">Gender</FeatureType><FeatureType ID="10">Nationality Country</FeatureType></FeatureTypeValues>
  <DetailReferenceValues><DetailReference ID="91526">Male</DetailReference><DetailReference ID="60">Bulk Carrier</DetailReference></DetailReferenceValues>
  <IDRegDocTypeValues><IDRegDocType ID="1571">Passport</IDRegDocType><IDRegDocType ID="1626">Vessel Registration Identification</IDRegDocType></IDRegDocTypeValues>
  <CountryValues><Country ID="11088">Korea, North</Country></CountryValues>
  <SanctionsTypeValues><SanctionsType ID="1">Program</SanctionsType></SanctionsTypeValues>
 </ReferenceValueSets>
 <Locations><Location ID="5"><LocationCountry CountryID="11088"/><LocationPart><LocationPartValue><Value>Pyongyang</Value></LocationPartValue></LocationPart></Location></Locations>
 <IDRegDocuments><IDRegDocument ID="1" IDRegDocTypeID="1571" IdentityID="71"><IDRegistrationNo>654210025</IDRegistrationNo></IDRegDocument>
  <IDRegDocument ID="2" IDRegDocTypeID="1626" IdentityID="72"><IDRegistrationNo>IMO 9562233</IDRegistrationNo></IDRegDocument></IDRegDocuments>
 <DistinctParties>
  <DistinctParty FixedRef="100"><Profile ID="100" PartySubTypeID="4"><Identity ID="71">
    <Alias AliasTypeID="1403" Primary="true" LowQuality="false"><DocumentedName><DocumentedNamePart><NamePartValue NamePartGroupID="1">PAEK</NamePartValue></DocumentedNamePart><DocumentedNamePart><NamePartValue NamePartGroupID="2">Se Bong</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
    <Alias AliasTypeID="1400" Primary="false" LowQuality="true"><DocumentedName><DocumentedNamePart><NamePartValue NamePartGroupID="2">Bong</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
    <NamePartGroups><MasterNamePartGroup><NamePartGroup ID="1" NamePartTypeID="1520"/></MasterNamePartGroup><MasterNamePartGroup><NamePartGroup ID="2" NamePartTypeID="1521"/></MasterNamePartGroup></NamePartGroups></Identity>
   <Feature FeatureTypeID="8"><FeatureVersion><DatePeriod><Start><From><Year>1938</Year><Month>3</Month><Day>21</Day></From></Start></DatePeriod></FeatureVersion></Feature>
   <Feature FeatureTypeID="224"><FeatureVersion><VersionDetail DetailReferenceID="91526"/></FeatureVersion></Feature>
   <Feature FeatureTypeID="25"><FeatureVersion><VersionLocation LocationID="5"/></FeatureVersion></Feature>
   <Feature FeatureTypeID="10"><FeatureVersion><VersionLocation LocationID="5"/></FeatureVersion></Feature></Profile></DistinctParty>
  <DistinctParty FixedRef="101"><Profile ID="101" PartySubTypeID="1"><Identity ID="72"><Alias AliasTypeID="1403" Primary="true"><DocumentedName><DocumentedNamePart><NamePartValue NamePartGroupID="9">PETREL 8</NamePartValue></DocumentedNamePart></DocumentedName></Alias></Identity>
   <Feature FeatureTypeID="2"><FeatureVersion><VersionDetail DetailReferenceID="60"/></FeatureVersion></Feature></Profile></DistinctParty>
 </DistinctParties>
 <ProfileRelationships><ProfileRelationship From-ProfileID="101" To-ProfileID="100" RelationTypeID="1"/></ProfileRelationships>
 <SanctionsEntries><SanctionsEntry ID="1" ProfileID="100"><EntryEvent><Date><Year>2016</Year><Month>3</Month><Day>2</Day></Date></EntryEvent>
   <SanctionsMeasure SanctionsTypeID="1"><Comment>DPRK2</Comment></SanctionsMeasure></SanctionsEntry></SanctionsEntries>
</Sanctions>)";

TEST(OfacAdvancedXml, TiesProfilesDocumentsAndRelations) {
  const auto list = read_text(kList);
  ASSERT_TRUE(list) << list.error().message;
  EXPECT_EQ(list->source->version, "2024-03-07");
  EXPECT_EQ(list->source->dataset, "us_ofac_sdn");
  const auto& paek = entity_of(*list, "ofac-100");
  EXPECT_EQ(paek.schema, model::Schema::Person);
  EXPECT_EQ(paek.caption, "Se Bong PAEK");
  EXPECT_EQ(paek.first("weakAlias"), "Bong");
  EXPECT_EQ(paek.first("birthDate"), "1938-03-21");
  EXPECT_EQ(paek.first("gender"), "male");
  EXPECT_EQ(paek.first("nationality"), "kp");
  EXPECT_EQ(paek.first("address"), "Pyongyang, Korea, North");
  EXPECT_EQ(paek.first("passportNumber"), "654210025");
  EXPECT_EQ(paek.first("program"), "DPRK2");
  EXPECT_EQ(paek.first("regime"), "dprk");
  EXPECT_EQ(paek.first("listingDate"), "2016-03-02");
  const auto& ship = entity_of(*list, "ofac-101");
  EXPECT_EQ(ship.schema, model::Schema::Vessel);
  EXPECT_EQ(ship.first("imoNumber"), "9562233");
  EXPECT_EQ(ship.first("type"), "Bulk Carrier");
  EXPECT_EQ(ship.first("linkedTo"), "Se Bong PAEK");
}

}  // namespace
}  // namespace cordon::lists
