#include "cordon/lists/targets_csv.hpp"

#include "cordon/lists/test_input.hpp"

namespace cordon::lists {
namespace {

TEST(TargetsCsv, ReadsRowsWithAndWithoutProgramIds) {
  const auto list = read_text(
      "id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,program_ids,"
      "dataset,first_seen,last_seen,last_change\n"
      "NK-1,Vessel,PETREL 8,PETREL;Petrel "
      "Eight,2010,kp;km,,IMO9562233;620233000;X1,,,,UN-SC1718,un_sc_sanctions,,,2024-01-01\n"
      "NK-2,Person,Kim X,,1944-10-13,kp,\"Pyongyang\",123456,DPRK;Other,,,,un_sc_sanctions,,,\n"
      ",Person,No id,,,,,,,,,,,,,\nNK-3,Security,Bond,,,,,,,,,,,,,\n");
  ASSERT_TRUE(list) << list.error().message;
  const auto& ship = entity_of(*list, "NK-1");
  EXPECT_EQ(ship.first("imoNumber"), "9562233");
  EXPECT_EQ(ship.first("mmsi"), "620233000");
  EXPECT_EQ(ship.first("registrationNumber"), "X1");
  EXPECT_EQ(ship.all("alias"), (Values{"PETREL", "Petrel Eight"}));
  EXPECT_EQ(ship.first("regime"), "dprk");
  EXPECT_EQ(ship.source.dataset(), "un_sc_sanctions");
  const auto& kim = entity_of(*list, "NK-2");
  EXPECT_EQ(kim.first("idNumber"), "123456");
  EXPECT_EQ(kim.first("birthDate"), "1944-10-13");
  EXPECT_EQ(kim.first("regime"), "dprk");
  EXPECT_EQ(list->rejects.total(), 2u) << list->rejects.summary();
  const auto old = read_text(
      "id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,dataset,"
      "first_seen,last_seen\n"
      "NK-2,Person,Kim X,,,,,,,,,a,,\n");
  ASSERT_TRUE(old) << old.error().message;
  EXPECT_EQ(old->entities.size(), 1u);
}

}  // namespace
}  // namespace cordon::lists
