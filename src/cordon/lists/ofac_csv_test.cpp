#include "cordon/lists/ofac_csv.hpp"

#include <filesystem>
#include <fstream>

#include "cordon/lists/lists.hpp"
#include "cordon/lists/test_input.hpp"

namespace cordon::lists {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMain =
    "100,\"PAEK, Se Bong\",\"individual\",\"DPRK2] [NPWMD\",\"Director\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB "
    "21 Mar 1938; "
    "nationality Korea, North; Passport 1234 (Korea, North); Brigadier General; a.k.a. 'PAEK, Old'; Linked "
    "To: SECOND "
    "ECONOMIC COMM\"\r\n"
    "101,\"CHONG RIM 2\",\"vessel\",\"DPRK3\",-0- ,\"HMYX\",\"General Cargo\",\"2597\",\"1098\",\"Korea, "
    "North\",\"Ocean Co\","
    "\"Vessel Registration Identification IMO 8916293; MMSI 445539000.\"\r\n"
    "102,\"OCEAN BUNKERING JV CO\",-0- ,\"DPRK3\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"Company Number IMO "
    "5571322.\"\r\n"
    "103,\"EP-MMH\",\"aircraft\",\"SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n\x1a";

class OfacCsv : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(folder_);
    write("sdn.csv", kMain);
    write("alt.csv",
          "100,1,\"aka\",\"PAIK, Se Bong\",-0- \r\n102,2,\"fka\",\"OLD BUNKERING\",-0- "
          "\r\n999,3,\"aka\",\"LOST\",-0- \r\n");
    write("add.csv", "100,7,-0- ,\"Pyongyang\",\"Korea, North\",-0- \r\n101,8,-0- ,-0- ,-0- ,-0- \r\n");
    write("sdn_comments.csv",
          "100,\"ITTEE; Secondary sanctions risk: North Korea Sanctions Regulations, section 510.201.\"\r\n");
  }
  void TearDown() override { fs::remove_all(folder_); }
  void write(const char* name, std::string_view text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  const fs::path folder_ = fs::path(::testing::TempDir()) / "cordon_ofac_csv_test";
};

TEST_F(OfacCsv, JoinsItsPartsByUid) {
  const auto list = read_list(folder_ / "sdn.csv");
  ASSERT_TRUE(list) << list.error().message;
  ASSERT_EQ(list->entities.size(), 4u);
  const auto& paek = entity_of(*list, "ofac-100");
  EXPECT_EQ(paek.caption, "Se Bong PAEK");
  EXPECT_EQ(paek.first("lastName"), "PAEK");
  EXPECT_EQ(paek.all("alias"), Values{"Se Bong PAIK"});
  EXPECT_EQ(paek.all("weakAlias"), Values{"Old PAEK"});
  EXPECT_EQ(paek.all("program"), (Values{"DPRK2", "NPWMD"}));
  EXPECT_EQ(paek.all("regime"), Values{"dprk"});
  EXPECT_EQ(paek.first("birthDate"), "1938-03-21");
  EXPECT_EQ(paek.first("nationality"), "kp");
  EXPECT_EQ(paek.first("passportNumber"), "1234");
  EXPECT_EQ(paek.first("position"), "Brigadier General");
  EXPECT_EQ(paek.first("linkedTo"),
            "SECOND ECONOMIC COMMITTEE");  // cut in the main file, goes on in the comments
  EXPECT_EQ(paek.first("riskRegime"), "dprk");
  EXPECT_EQ(paek.first("address"), "Pyongyang, Korea, North");
  const auto& ship = entity_of(*list, "ofac-101");
  EXPECT_EQ(ship.schema, model::Schema::Vessel);
  EXPECT_EQ(ship.first("imoNumber"), "8916293");
  EXPECT_EQ(ship.first("mmsi"), "445539000");
  EXPECT_EQ(ship.first("flag"), "kp");
  EXPECT_EQ(ship.first("callSign"), "HMYX");
  EXPECT_EQ(ship.first("owner"), "Ocean Co");
  EXPECT_EQ(ship.first("tonnage"), "2597");
  const auto& company = entity_of(*list, "ofac-102");
  EXPECT_EQ(company.schema, model::Schema::Company);
  EXPECT_EQ(company.first("imoCompany"), "5571322");
  EXPECT_EQ(company.first("imoNumber"), "");
  EXPECT_EQ(company.first("previousName"), "OLD BUNKERING");
  EXPECT_EQ(entity_of(*list, "ofac-103").schema, model::Schema::Airplane);
  EXPECT_EQ(list->rejects.rows().at("alias of an entry that is not in the main file").count, 1u);
}

TEST_F(OfacCsv, TheNamesOfThePartsDoNotMatter) {
  fs::rename(folder_ / "sdn.csv", folder_ / "a.txt");
  fs::rename(folder_ / "alt.csv", folder_ / "b.txt");
  fs::rename(folder_ / "add.csv", folder_ / "c.txt");
  const auto list = read_list(folder_);
  ASSERT_TRUE(list) << list.error().message;
  EXPECT_EQ(entity_of(*list, "ofac-100").all("alias"), Values{"Se Bong PAIK"});
  const auto part = read_list(folder_ / "b.txt");
  ASSERT_FALSE(part);
  EXPECT_NE(part.error().message.find("give the main file"), std::string::npos) << part.error().message;
}

TEST_F(OfacCsv, AMissingColumnIsCountedAndAnotherListsPartsAreLeftAlone) {
  write("sdn.csv",
        "200,\"A\",-0- ,\"CUBA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n"
        "201,\"B\",-0- ,\"CUBA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n202,\"C\",\"CUBA\"\n");
  const auto list = read_list(folder_ / "sdn.csv");
  ASSERT_TRUE(list) << list.error().message;
  EXPECT_EQ(list->entities.size(), 2u);
  EXPECT_EQ(list->rejects.rows().at("row without twelve columns").count, 1u);
  EXPECT_EQ(list->rejects.total(), 1u) << list->rejects.summary();
}

}  // namespace
}  // namespace cordon::lists
