// Vessels that two lists share, joined by IMO number: found on the one list by the names that the other gives
// them, numbers left out. Skipped where the lists are absent.
#include <gtest/gtest.h>

#include <cstdio>
#include <string>
#include <vector>

#include "cordon/base/bytes.hpp"
#include "cordon/base/csv.hpp"
#include "cordon/base/text.hpp"
#include "cordon/lists/lists.hpp"
#include "cordon/names/normalise.hpp"
#include "cordon/screen/index.hpp"

namespace cordon::screen {
namespace {

const std::string kShared = CORDON_SOURCE_DIR "/../shared/data/";

// "Hu Chang (O Un Chong Nyon)": the name and the former one.
std::vector<std::string> names_of(std::string_view cell) {
  std::vector<std::string> out;
  for (std::string_view part : base::split(cell, '(')) {
    part = base::trim(part);
    if (part.ends_with(')')) part.remove_suffix(1);
    if (!part.empty()) out.push_back(names::latin(part));
  }
  return out;
}

TEST(SharedVessels, OfacAndEuByNameAlone) {
  const auto text = base::read_file(kShared + "screening/vessel_same_imo_cross_list.csv");
  if (!text) GTEST_SKIP() << "no vessels of two lists here";
  auto list = lists::read_list(kShared + "lists/ofac_csv_bench");
  if (!list) GTEST_SKIP() << "no OFAC list here";
  const auto table = base::CsvTable::parse(*text, "vessels");
  const Index index = Index::build(list->entities);
  std::size_t shared = 0, shared_found = 0, other = 0, other_found = 0;
  for (std::size_t i = 0; i < table->size(); ++i) {
    const std::string_view eu = table->cell(i, table->column({"eu_names"}));
    bool same = false;
    for (const std::string& x : names_of(eu))
      for (const std::string_view y : base::split(table->cell(i, table->column({"ofac_names"})), ';'))
        same = same || x == names::latin(y);
    Query query;
    query.schema = model::Schema::Vessel;
    query.names = {std::string(eu)};
    bool found = false;
    for (const Hit& hit : index.search(query, 5))
      found =
          found || (hit.match && index.entity(hit.entity).id == table->cell(i, table->column({"ofac_id"})));
    ++(same ? shared : other), (same ? shared_found : other_found) += found;
    if (!found)
      std::printf("    not found: %s | %s\n", std::string(eu).c_str(),
                  std::string(table->cell(i, table->column({"ofac_names"}))).c_str());
  }
  std::printf("vessels with a shared name: %zu of %zu; without: %zu of %zu\n", shared_found, shared,
              other_found, other);
  EXPECT_EQ(shared_found, shared);
  EXPECT_GE(shared_found + other_found + 3, table->size());
}

}  // namespace
}  // namespace cordon::screen
