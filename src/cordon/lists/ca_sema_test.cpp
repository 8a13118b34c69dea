#include "cordon/lists/ca_sema.hpp"

#include "cordon/lists/test_input.hpp"

namespace cordon::lists {
namespace {

TEST(CaSema, ReadsRecords) {
  const auto list = read_text(R"(<?xml version="1.0"?><data-set>
<record><Country>Russia / Russie</Country><LastName>IVANOV</LastName><GivenName>Igor</GivenName><Aliases>Игорь ИВАНОВ / Ігор IВАНОВ</Aliases>
 <DateOfBirthOrShipBuildDate>25569</DateOfBirthOrShipBuildDate><Schedule>1, Part 1</Schedule><Item>7</Item><DateOfListing>2022-03-23</DateOfListing></record>
<record><Country>Russia / Russie</Country><EntityOrShip>Begey</EntityOrShip><TitleOrShip>Oil Tanker</TitleOrShip><ShipIMONumber>8943210</ShipIMONumber>
 <DateOfBirthOrShipBuildDate>1985</DateOfBirthOrShipBuildDate><Schedule>1.1</Schedule><Item>5</Item><DateOfListing>2025-02-21</DateOfListing></record>
<record><Country>Iran</Country><EntityOrShip>Commercial Bank of Syria/Banque commerciale de Syrie</EntityOrShip><Aliases>CBS, Syria Commercial Co., Ltd.</Aliases><Item>9</Item><DateOfListing>2011-01-01</DateOfListing></record>
<record><Country>Russia / Russie</Country><EntityOrShip>Fakel JSC (also known as Fakel Plant JSC and Office Fakel)</EntityOrShip><Item>10</Item><DateOfListing>2011-01-01</DateOfListing></record>
<record><Country>Russia / Russie</Country><EntityOrShip>Twin</EntityOrShip><Item>10</Item><DateOfListing>2011-01-01</DateOfListing></record>
</data-set>)");
  ASSERT_TRUE(list) << list.error().message;
  const auto& ivanov = entity_of(*list, "ca-sema-russia-1-part-1-7");
  EXPECT_EQ(ivanov.caption, "Igor IVANOV");
  EXPECT_EQ(ivanov.all("alias"), (Values{"Игорь ИВАНОВ", "Ігор IВАНОВ"}));
  EXPECT_EQ(ivanov.first("birthDate"), "1970-01-01");  // an Excel day number
  EXPECT_EQ(ivanov.first("program"), "Russia");
  EXPECT_EQ(ivanov.first("country"), "");  // the regulations' country is not the person's
  const auto& ship = entity_of(*list, "ca-sema-russia-1.1-5");
  EXPECT_EQ(ship.schema, model::Schema::Vessel);
  EXPECT_EQ(ship.first("imoNumber"), "8943210");
  EXPECT_EQ(ship.first("type"), "Oil Tanker");
  EXPECT_EQ(ship.first("buildDate"), "1985");
  const auto& bank = entity_of(*list, "ca-sema-iran--9");
  EXPECT_EQ(bank.caption, "Commercial Bank of Syria");
  EXPECT_EQ(bank.all("alias"), (Values{"Banque commerciale de Syrie", "CBS", "Syria Commercial Co., Ltd."}));
  EXPECT_EQ(entity_of(*list, "ca-sema-russia--10").all("alias"), (Values{"Fakel Plant JSC", "Office Fakel"}));
  EXPECT_EQ(entity_of(*list, "ca-sema-russia--10~2").caption, "Twin");
  EXPECT_EQ(list->rejects.rows().at("id used twice, numbered").count, 1u);
}

}  // namespace
}  // namespace cordon::lists
