#include "cordon/resolve/table.hpp"

#include <gtest/gtest.h>

#include <string>

#include "cordon/resolve/decisions.hpp"
#include "cordon/resolve/field.hpp"

namespace cordon::resolve {
namespace {

std::string cell(const Table& table, std::string_view column, RecordId record) {
  std::string out;
  const auto at = table.known_column(column);
  if (!at) return "(no column)";
  table.each(*at, record, [&](ValueId id) {
    out += (out.empty() ? "" : ";") + std::string(table.columns()[*at].values[id]);
  });
  return out;
}

TEST(Table, ReadsCsvWithQuotesAndGaps) {
  const auto table = parse_table("name;id;note\r\n\"Kim; \"\"the\"\" Elder\";7; x \r\n\r\nPak;8\n", "t.csv");
  ASSERT_TRUE(table.has_value()) << table.error().message;
  ASSERT_EQ(table->size(), 2u);
  EXPECT_EQ(table->id(0), "7");
  EXPECT_EQ(cell(*table, "name", 0), "Kim; \"the\" Elder");
  EXPECT_EQ(cell(*table, "note", 0), "x");
  EXPECT_EQ(cell(*table, "note", 1), "");
  EXPECT_TRUE(table->rejects.empty());
  EXPECT_EQ(table->find("8"), 1u);
  EXPECT_EQ(table->find("9"), table->size());
}

// Rows go in some dozens at a time: those with quotes, without, of few cells and of no id mix; and where two
// cells are of one column, each record keeps both.
TEST(Table, ReadsManyRowsAsOneByOne) {
  for (const bool repeated : {false, true}) {
    std::string csv = repeated ? "id,name,name\n" : "id,name,note\n";
    for (int i = 0; i < 500; ++i) {
      const std::string name = "name " + std::to_string(i % 37);
      if (i % 7 == 3)
        csv += "," + name + "\n";
      else if (i % 3 == 0)
        csv += "r" + std::to_string(i) + ",\"" + name + "\"\"\",\"a,\nb\"\n";
      else
        csv += "r" + std::to_string(i) + "," + name + ",other " + std::to_string(i % 11) + "\n";
    }
    const auto table = parse_table(csv, "t.csv");
    ASSERT_TRUE(table.has_value());
    ASSERT_EQ(table->size(), 500u);
    for (RecordId i = 0; i < 500; ++i) {
      const bool no_id = i % 7 == 3, quoted = i % 3 == 0 && !no_id;
      EXPECT_EQ(table->id(i), (no_id ? "" : "r") + std::to_string(no_id ? i + 1 : i));
      const std::string name = "name " + std::to_string(i % 37) + (quoted ? "\"" : ""),
                        note = no_id    ? ""
                               : quoted ? "a,\nb"
                                        : "other " + std::to_string(i % 11);
      if (repeated)
        EXPECT_EQ(cell(*table, "name", i), name + (note.empty() ? "" : ";" + note));
      else
        EXPECT_EQ(cell(*table, "name", i) + "|" + cell(*table, "note", i), name + "|" + note);
    }
  }
}

TEST(Table, CountsWhatItCannotTake) {
  const std::string huge(10000, 'x');
  const auto table = parse_table("id,name,true_cluster\n1,a,9\n1,b,9,extra\n," + huge + ",9\n", "t.csv");
  ASSERT_TRUE(table.has_value());
  EXPECT_EQ(table->size(), 3u);
  EXPECT_EQ(table->repeated_ids(), 1u);
  EXPECT_EQ(table->id(2), "3");
  EXPECT_EQ(cell(*table, "true_cluster", 0), "(no column)");
  EXPECT_EQ(cell(*table, "name", 2).size(), kLongestValue);
  for (const char* reason : {"record id seen before (kept as a record of its own)",
                             "row with more cells than the header", "empty id, the record's number taken",
                             "value cut after 4096 bytes", "column that states the answer left out"})
    EXPECT_EQ(table->rejects.rows().count(reason), 1u) << reason;
}

TEST(Table, RefusesWhatIsNoTable) {
  for (const char* text :
       {"", "  \n", "id,name\n", "id,name\n1,\"open\n", "[1, 2", "{\"id\": 1", "\xEF\xBB\xBF"})
    EXPECT_FALSE(parse_table(text, "bad").has_value()) << text;
}

TEST(Table, ReadsOtherEncodings) {
  const auto latin = parse_table("id,name\n1,Jos\xE9\n", "t.csv");
  ASSERT_TRUE(latin.has_value());
  EXPECT_EQ(cell(*latin, "name", 0), "José");
  const auto wide = parse_table(std::string("\xFF\xFEi\0d\0,\0n\0\n\0\x31\0,\0K\0\n\0", 18), "t.csv");
  ASSERT_TRUE(wide.has_value()) << wide.error().message;
  EXPECT_EQ(cell(*wide, "n", 0), "K");
  const auto nul = parse_table(std::string("id,name\n1,a\0b\n", 14), "t.csv");
  ASSERT_TRUE(nul.has_value());
  EXPECT_EQ(cell(*nul, "name", 0), "a b");
}

TEST(Table, ReadsFollowTheMoney) {
  const auto table = parse_table(
      R"({"id":"a","schema":"Person","properties":{"name":["Kim Chol","Kim Chul"],"birthDate":["1970"]},"datasets":["x"]}
not json
{"id":"o","schema":"Ownership","properties":{"owner":["a"]}}
[3]
{"schema":"Vessel","properties":{"name":["JI SONG 6"]}}
)",
      "t.json");
  ASSERT_TRUE(table.has_value());
  EXPECT_EQ(table->shape, Shape::ftm);
  ASSERT_EQ(table->size(), 2u);
  EXPECT_EQ(cell(*table, "name", 0), "Kim Chol;Kim Chul");
  EXPECT_EQ(cell(*table, "dataset", 0), "x");
  EXPECT_EQ(cell(*table, "name", 1), "JI SONG 6");
  EXPECT_EQ(table->rejects.rows().at("line is no JSON").count, 1u);
  EXPECT_EQ(table->rejects.rows().at("entity that is no party").count, 1u);
  EXPECT_EQ(table->rejects.rows().at("JSON value that is no object").count, 1u);
}

TEST(Table, ReadsSenzing) {
  const auto table = parse_table(
      R"({"DATA_SOURCE":"C","RECORD_ID":"1","FEATURES":[{"NAME_FULL":"Kim"},{"PHONE_NUMBER":"555 1234"},{"NAME_FULL":"Gim"}]}
{"DATA_SOURCE":"C","RECORD_ID":2,"PRIMARY_NAME_LAST":"Pak","AMOUNT":5.5}
)",
      "t.json");
  ASSERT_TRUE(table.has_value());
  EXPECT_EQ(table->shape, Shape::senzing);
  EXPECT_EQ(table->id(1), "2");
  EXPECT_EQ(cell(*table, "NAME_FULL", 0), "Kim;Gim");
  EXPECT_EQ(cell(*table, "AMOUNT", 1), "5.5");
}

TEST(Plan, SeesWhatColumnsMean) {
  const auto table = parse_table(
      "id,given_name,surname,soc_sec_id,date_of_birth,street_number,address_1,suburb,zip,state,contact,"
      "empty\n"
      "1,a,b,1,19700101,2,x street,s,1,nsw,a@b.org,\n2,c,d,2,19710101,3,y street,t,2,vic,c@d.org,\n"
      "3,e,f,3,19720101,4,z street,u,3,qld,e@f.org,\n4,g,h,4,19730101,5,w street,v,4,wa,g@h.org,\n"
      "5,i,j,5,19740101,6,v street,w,5,sa,i@j.org,\n",
      "t.csv");
  ASSERT_TRUE(table.has_value());
  const Plan plan = plan_fields(*table);
  std::map<std::string, FieldType> types;
  for (const Field& field : plan.fields) types[field.name] = field.type;
  EXPECT_EQ(types.at("name"), FieldType::person);
  EXPECT_EQ(types.at("soc_sec_id"), FieldType::number);
  EXPECT_EQ(types.at("date_of_birth"), FieldType::date);
  EXPECT_EQ(types.at("street_number"), FieldType::house_number);
  EXPECT_EQ(types.at("address_1"), FieldType::address);
  EXPECT_EQ(types.at("suburb"), FieldType::place);
  EXPECT_EQ(types.at("zip"), FieldType::postcode);
  EXPECT_EQ(types.at("state"), FieldType::category);
  EXPECT_EQ(types.at("contact"), FieldType::email);
  EXPECT_EQ(plan.ignored, std::vector<std::string>{"empty (empty)"});
}

TEST(Decisions, AreReadAndRefused) {
  const auto good =
      parse_decisions("left,right,decision,who\na,b,same,X\nb,c,Different,\nc,d,unsure,\n", "d.csv");
  ASSERT_TRUE(good.has_value()) << good.error().message;
  ASSERT_EQ(good->size(), 3u);
  EXPECT_EQ((*good)[0].who, "X");
  EXPECT_EQ((*good)[1].ruling, Ruling::different);
  const auto bad = parse_decisions("left,right,decision\na,b,same\na,c,perhaps\n", "d.csv");
  ASSERT_FALSE(bad.has_value());
  EXPECT_NE(bad.error().message.find("line 3"), std::string::npos) << bad.error().message;
  EXPECT_FALSE(parse_decisions("left,right\na,b\n", "d.csv").has_value());
}

}  // namespace
}  // namespace cordon::resolve
