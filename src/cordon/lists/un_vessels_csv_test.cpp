#include "cordon/lists/un_vessels_csv.hpp"

#include "cordon/lists/test_input.hpp"

namespace cordon::lists {
namespace {

TEST(UnVesselsCsv, TakesTheMeasuresThatApply) {
  const auto list = read_text(
      "#,vessel_name,imo_number,designated_owner,mmsi,flag,call_sign,other_information,type,date_of_"
      "designation,"
      "Paragraph 12 (a) of resolution 2321 (2016),Paragraph 6 of resolution 2371 (2017)\n"
      "1,PETREL 8,9562233,NA,620233000,Comoros,D6FV9,Remark,Bulk carrier,3 Oct. 2017,NA,\"Port entry ban\"\n"
      "2,CHOL RYONG (Ex RYONG GUN BONG),8606173,OMM,,DPRK,,,,1: 2 Mar. 2016 2: 30 Mar. 2018,Yes,NA\n");
  ASSERT_TRUE(list) << list.error().message;
  const auto& petrel = entity_of(*list, "un-1718-imo9562233");
  EXPECT_EQ(petrel.all("measure"), Values{"Paragraph 6 of resolution 2371 (2017)"});
  EXPECT_EQ(petrel.first("flag"), "km");
  EXPECT_EQ(petrel.first("owner"), "");
  EXPECT_EQ(petrel.first("listingDate"), "2017-10-03");
  EXPECT_EQ(petrel.first("regime"), "dprk");
  const auto& chol = entity_of(*list, "un-1718-imo8606173");
  EXPECT_EQ(chol.caption, "CHOL RYONG");
  EXPECT_EQ(chol.first("previousName"), "RYONG GUN BONG");
  EXPECT_EQ(chol.all("listingDate"), (Values{"2016-03-02", "2018-03-30"}));
  EXPECT_EQ(chol.first("linkedTo"), "OMM");
}

}  // namespace
}  // namespace cordon::lists
