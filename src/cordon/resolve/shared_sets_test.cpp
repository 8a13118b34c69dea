// Public labelled sets: how well the one default setting does on each, without having seen a label. The true
// clusters are read here alone; the reader leaves their column out.
#include <gtest/gtest.h>

#include <filesystem>
#include <iostream>
#include <map>
#include <string>
#include <utility>

#include "cordon/base/bytes.hpp"
#include "cordon/base/csv.hpp"
#include "cordon/resolve/resolver.hpp"

namespace cordon::resolve {
namespace {

struct Set {
  const char* file;
  const char* id;
  double floor;  // of F1
};

class SharedSet : public ::testing::TestWithParam<Set> {};

TEST_P(SharedSet, HoldsItsFloor) {
  const std::filesystem::path path =
      std::filesystem::path(CORDON_SOURCE_DIR "/../shared/data/resolve") / GetParam().file;
  if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is not here";
  auto table = read_table(path);
  ASSERT_TRUE(table.has_value()) << table.error().message;
  const auto resolver = Resolver::build(std::move(*table));
  ASSERT_TRUE(resolver.has_value()) << resolver.error().message;
  const auto text = base::read_file(path);
  const auto labels = base::CsvTable::parse(*text, "labels");
  ASSERT_TRUE(labels.has_value());
  const auto id = labels->column({GetParam().id}), truth = labels->column({"true_cluster"});
  std::map<std::string, double> found, stated;
  std::map<std::pair<std::string, std::string>, double> both;
  for (std::size_t row = 0; row < labels->size(); ++row) {
    const std::string cluster(resolver->cluster(resolver->table().find(labels->cell(row, id))));
    const std::string answer(labels->cell(row, truth));
    ++found[cluster], ++stated[answer], ++both[{cluster, answer}];
  }
  const auto pairs = [](const auto& counts) {
    double sum = 0;
    for (const auto& [key, count] : counts) sum += count * (count - 1) / 2;
    return sum;
  };
  const double precision = pairs(both) / pairs(found), recall = pairs(both) / pairs(stated);
  const double f1 = 2 * precision * recall / (precision + recall);
  std::cout << GetParam().file << ": F1 " << f1 << ", precision " << precision << ", recall " << recall
            << ", reach estimated " << resolver->report().reach << '\n';
  EXPECT_GE(f1, GetParam().floor);
}

INSTANTIATE_TEST_SUITE_P(All, SharedSet,
                         ::testing::Values(Set{"er_person_febrl4.csv", "rec_id", .999},
                                           Set{"er_person_febrl3.csv", "rec_id", .997},
                                           Set{"er_senzing_truth.csv", "RECORD_ID", .97},
                                           Set{"er_org_chicago.csv", "rec_id", .90}));

}  // namespace
}  // namespace cordon::resolve
