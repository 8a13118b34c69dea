#include "cordon/lists/ftm_json.hpp"

#include "cordon/lists/test_input.hpp"
#include "cordon/model/entity.hpp"

namespace cordon::lists {
namespace {

TEST(FtmJson, ReadsEntitiesEdgesAndFoldsDetails) {
  const auto list = read_text(
      R"({"id":"s1","schema":"Sanction","properties":{"entity":["NK-1"],"programId":["UN-SC1718"],"startDate":["2009-04-24"]}})"
      "\n"
      R"({"id":"NK-1","caption":"KOMID","schema":"Company","properties":{"name":["Korea Mining"],"alias":["KOMID"],"country":["kp"],"imoNumber":["5571322"]},"datasets":["un_sc_sanctions"],"target":true})"
      "\n"
      R"({"id":"p","schema":"Passport","properties":{"holder":["NK-2"],"number":["123"]}})"
      "\n"
      R"({"id":"NK-2","schema":"Person","properties":{"name":["Kim X"]},"datasets":["a"],"source":{"file":"un.xml","record":"KPi.1","version":"2026"}})"
      "\n"
      R"({"id":"o","schema":"Ownership","properties":{"owner":["NK-2"],"asset":["NK-1"],"percentage":["50"]}})"
      "\n"
      "{broken\n"
      R"({"id":"n","schema":"Note","properties":{}})"
      "\n"
      R"({"schema":"Person","properties":{"name":["No id"]}})"
      "\n");
  ASSERT_TRUE(list) << list.error().message;
  ASSERT_EQ(list->entities.size(), 3u);
  const auto& komid = entity_of(*list, "NK-1");
  EXPECT_EQ(komid.caption, "KOMID");
  EXPECT_EQ(komid.source.dataset(), "un_sc_sanctions");
  EXPECT_EQ(komid.first("imoCompany"), "5571322");
  EXPECT_EQ(komid.first("regime"), "dprk");
  EXPECT_EQ(komid.first("listingDate"), "2009-04-24");
  const auto& kim = entity_of(*list, "NK-2");
  EXPECT_EQ(kim.first("passportNumber"), "123");
  EXPECT_EQ(kim.source.record, "KPi.1");
  EXPECT_EQ(kim.source.file->version, "2026");
  EXPECT_EQ(entity_of(*list, "o").first("asset"), "NK-1");
  EXPECT_EQ(list->rejects.rows().at("line that is no JSON object").count, 1u);
  EXPECT_EQ(list->rejects.rows().at("object without id or schema").count, 1u);
  EXPECT_EQ(list->rejects.rows().at("schema that names no party").count, 1u);
}

TEST(FtmJson, ReadsWhatTheProgramWrites) {
  const auto first = read_text(
      R"({"id":"x~1","schema":"Vessel","caption":"A \"B\"","properties":{"name":["A \"B\""],"imoNumber":["9562233"]},"datasets":["un_sc"],"source":{"file":"f","record":"r","version":"v"}})"
      "\n");
  ASSERT_TRUE(first) << first.error().message;
  std::string line;
  model::append_ftm(line, first->entities.at(0));
  const auto second = read_text(line + "\n");
  ASSERT_TRUE(second);
  std::string again;
  model::append_ftm(again, second->entities.at(0));
  EXPECT_EQ(line, again);
}

TEST(FtmJson, RefusesEndlessPropertyNames) {
  std::string line = R"({"id":"x","schema":"Person","properties":{"name":["A"],")" + std::string(1000, 'k') +
                     R"(":["v"]}})" + "\n";
  const auto list = read_text(line);
  ASSERT_TRUE(list);
  EXPECT_EQ(list->rejects.rows().at("property name too long").count, 1u);
}

}  // namespace
}  // namespace cordon::lists
