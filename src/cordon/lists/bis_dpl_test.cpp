#include "cordon/lists/bis_dpl.hpp"

#include "cordon/lists/test_input.hpp"

namespace cordon::lists {
namespace {

TEST(BisDpl, ReadsRowsAndMonthFirstDates) {
  const auto list = read_text(
      "\"Name\"\t\"Street_Address\"\t\"City\"\t\"State\"\t\"Country\"\t\"Postal_Code\"\t\"Effective_"
      "Date\"\t\"Expiration_Date\"\t\"Standard_Order\"\t\"Last_Update\"\t\"Action\"\t\"FR_Citation\"\n"
      "\"A TRADING CO\"\t\"1 "
      "ROAD\"\t\"DUBAI\"\t\"\"\t\"AE\"\t\"\"\t\"06/07/2003\"\t\"06/29/"
      "2056\"\t\"Y\"\t\"2007-01-31\"\t\"NEW\"\t\"68 F.R. 1\"\n"
      "\"A TRADING CO\"\t\"2 "
      "ROAD\"\t\"DUBAI\"\t\"\"\t\"AE\"\t\"\"\t\"06/07/2003\"\t\"\"\t\"Y\"\t\"\"\t\"\"\t\"68 F.R. 1\"\n");
  ASSERT_TRUE(list) << list.error().message;
  const auto& first = entity_of(*list, "bis-dpl-a-trading-co-2003-06-07");
  EXPECT_EQ(first.first("listingDate"), "2003-06-07");
  EXPECT_EQ(first.first("listingEnd"), "2056-06-29");
  EXPECT_EQ(first.first("country"), "ae");
  EXPECT_EQ(first.schema, model::Schema::Company);
  EXPECT_EQ(entity_of(*list, "bis-dpl-a-trading-co-2003-06-07~2").first("address"), "2 ROAD, DUBAI, AE");
  EXPECT_TRUE(list->rejects.empty());
}

}  // namespace
}  // namespace cordon::lists
