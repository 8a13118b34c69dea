#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "cordon/base/ids.hpp"
#include "cordon/lists/lists.hpp"

namespace cordon::lists {
namespace {

TEST(Embedded, HoldsTheDprkDesignationsWithTheirSources) {
  const auto list = read_embedded();
  ASSERT_TRUE(list) << list.error().message;
  EXPECT_TRUE(list->rejects.empty()) << list->rejects.summary();
  std::map<std::string, std::size_t> datasets;
  std::map<model::Schema, std::size_t> un;
  std::set<std::string> ids;
  for (const model::Entity& e : list->entities) {
    ++datasets[std::string(e.source.dataset())];
    if (e.source.dataset() == "un_sc") ++un[e.schema];
    EXPECT_TRUE(ids.insert(e.id).second) << e.id;
    EXPECT_TRUE(e.has("regime", "dprk")) << e.id;
    EXPECT_FALSE(e.source.file->version.empty()) << e.id;
    EXPECT_FALSE(e.source.record.empty()) << e.id;
    for (const auto imo : e.all("imoNumber"))
      EXPECT_TRUE(base::imo_ship_check(*base::parse_imo(imo))) << e.id;
    for (const auto imo : e.all("imoCompany"))
      EXPECT_TRUE(base::imo_company_check(*base::parse_imo(imo))) << e.id;
  }
  EXPECT_EQ(datasets["un_sc"], 155u);
  EXPECT_EQ(un[model::Schema::Person], 80u);
  EXPECT_EQ(datasets["eu_2017_1509"], 171u);
  EXPECT_EQ(datasets["us_ofac_sdn"], 414u);
}

TEST(Embedded, AShipTellsItsMeasureAndWhoDesignatedIt) {
  const auto list = read_embedded();
  ASSERT_TRUE(list) << list.error().message;
  bool found = false;
  for (const model::Entity& e : list->entities) {
    if (e.id != "eu-32017r1509-xiv.b-1") continue;
    found = true;
    EXPECT_EQ(e.caption, "PETREL 8");
    EXPECT_EQ(e.first("imoNumber"), "9562233");
    EXPECT_EQ(e.first("authority"), "UN");
    EXPECT_TRUE(e.has("measure", "Port entry ban"));
    EXPECT_EQ(e.first("listingDate"), "2017-10-03");
    EXPECT_EQ(e.source.record, "32017R1509 annex XIV.B[1]");
  }
  EXPECT_TRUE(found);
}

}  // namespace
}  // namespace cordon::lists
