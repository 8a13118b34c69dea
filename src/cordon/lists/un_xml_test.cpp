#include "cordon/lists/un_xml.hpp"

#include "cordon/lists/test_input.hpp"

namespace cordon::lists {
namespace {

constexpr const char* kList = R"(<?xml version='1.0' encoding='UTF-8'?>
<CONSOLIDATED_LIST dateGenerated='2025-01-02T03:04:05Z'>
 <INDIVIDUALS>
  <INDIVIDUAL>
   <DATAID>1</DATAID><FIRST_NAME>PAK</FIRST_NAME><SECOND_NAME>SONG
     CHOL</SECOND_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE>
   <REFERENCE_NUMBER>KPi.900 </REFERENCE_NUMBER><LISTED_ON>2017-06-02</LISTED_ON><GENDER>Male</GENDER>
   <COMMENTS1>Some remark.</COMMENTS1>
   <DESIGNATION><VALUE>Director</VALUE><VALUE/></DESIGNATION>
   <NATIONALITY><VALUE>Democratic People's Republic of Korea</VALUE></NATIONALITY>
   <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Pak Song-chol; Park Sung Chul</ALIAS_NAME></INDIVIDUAL_ALIAS>
   <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>"Uncle"</ALIAS_NAME></INDIVIDUAL_ALIAS>
   <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Jin Tiesan (金铁三)</ALIAS_NAME></INDIVIDUAL_ALIAS>
   <INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
   <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1958</FROM_YEAR><TO_YEAR>1960</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
   <INDIVIDUAL_PLACE_OF_BIRTH><CITY>Kaesong</CITY><COUNTRY>Democratic People's Republic of Korea</COUNTRY></INDIVIDUAL_PLACE_OF_BIRTH>
   <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Numéro de passeport </TYPE_OF_DOCUMENT><NUMBER>381420754</NUMBER></INDIVIDUAL_DOCUMENT>
   <INDIVIDUAL_DOCUMENT/>
  </INDIVIDUAL>
 </INDIVIDUALS>
 <ENTITIES>
  <ENTITY><DATAID>2</DATAID><FIRST_NAME>FIRST OIL JV CO LTD</FIRST_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE>
   <REFERENCE_NUMBER>KPe.057</REFERENCE_NUMBER><COMMENTS1>Owner of a tanker. IMO number: 5963351.</COMMENTS1>
   <ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>OLD OIL</ALIAS_NAME></ENTITY_ALIAS></ENTITY>
  <ENTITY><DATAID>3</DATAID><FIRST_NAME>A GROUP</FIRST_NAME><UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE></ENTITY>
  <ENTITY><DATAID>4</DATAID></ENTITY>
 </ENTITIES>
</CONSOLIDATED_LIST>)";

TEST(UnXml, ReadsPeopleAndEntities) {
  const auto list = read_text(kList);
  ASSERT_TRUE(list) << list.error().message;
  EXPECT_EQ(list->source->version, "2025-01-02T03:04:05Z");
  ASSERT_EQ(list->entities.size(), 3u);
  const auto& pak = entity_of(*list, "un-kpi.900");
  EXPECT_EQ(pak.caption, "PAK SONG CHOL");
  EXPECT_EQ(pak.schema, model::Schema::Person);
  EXPECT_EQ(pak.source.record, "KPi.900");
  EXPECT_EQ(pak.source.line, 4u);
  EXPECT_EQ(pak.all("alias"), (Values{"Pak Song-chol", "Park Sung Chul", "Jin Tiesan", "金铁三"}));
  EXPECT_EQ(pak.all("originalScript"), Values{"金铁三"});
  EXPECT_EQ(pak.all("weakAlias"), Values{"Uncle"});
  EXPECT_EQ(pak.all("birthDate"), (Values{"1958", "1959", "1960"}));
  EXPECT_EQ(pak.all("passportNumber"), Values{"381420754"});
  EXPECT_EQ(pak.all("position"), Values{"Director"});
  EXPECT_EQ(pak.first("gender"), "male");
  EXPECT_EQ(pak.first("nationality"), "kp");
  EXPECT_EQ(pak.first("birthPlace"), "Kaesong, Democratic People's Republic of Korea");
  EXPECT_EQ(pak.first("regime"), "dprk");
  const auto& oil = entity_of(*list, "un-kpe.057");
  EXPECT_EQ(oil.schema, model::Schema::Company);
  EXPECT_EQ(oil.first("imoCompany"), "5963351");
  EXPECT_EQ(oil.first("imoNumber"), "");
  EXPECT_EQ(oil.first("previousName"), "OLD OIL");
  const auto& group = entity_of(*list, "un-3");
  EXPECT_EQ(group.schema, model::Schema::Organization);
  EXPECT_EQ(group.first("regime"), "");
}

TEST(UnXml, CountsWhatItCannotUse) {
  const auto list = read_text(kList);
  ASSERT_TRUE(list);
  EXPECT_EQ(list->rejects.rows().at("record without a name").count, 1u);
}

TEST(UnXml, TellsWhereTheFileBreaks) {
  std::string text(kList);
  text.resize(text.find("</ENTITIES>"));
  const auto list = read_text(text);
  ASSERT_FALSE(list);
  EXPECT_NE(list.error().message.find("test: line "), std::string::npos) << list.error().message;
  EXPECT_NE(list.error().message.find("cut off"), std::string::npos) << list.error().message;
}

}  // namespace
}  // namespace cordon::lists
