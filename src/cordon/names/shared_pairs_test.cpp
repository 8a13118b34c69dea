// Labelled pairs of names that are too large to carry here. Skipped where they are absent. The floors only
// rise.
#include <gtest/gtest.h>

#include <cstdio>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cordon/base/bytes.hpp"
#include "cordon/base/csv.hpp"
#include "cordon/names/compare.hpp"

namespace cordon::names {
namespace {

struct Result {
  double f1 = 0.0, auc = 0.0;
};

Kind kind_of(std::string_view schema) {
  return schema == "Person"        ? Kind::person
         : schema == "Vessel"      ? Kind::vessel
         : schema == "LegalEntity" ? Kind::any
                                   : Kind::organisation;
}

// Prints F1, AUC and, per kind, recall (label 1) or false alarms (label 0).
std::optional<Result> measure(const std::string& path, const char* left, const char* right, const char* label,
                              const char* kind) {
  const auto text = base::read_file(path);
  if (!text) return std::nullopt;
  const auto table = base::CsvTable::parse(*text, path);
  if (!table) return std::nullopt;
  std::vector<double> good, bad;
  std::map<std::string, std::pair<int, int>> kinds;
  int true_hits = 0, false_hits = 0;
  for (std::size_t i = 0; i < table->size(); ++i) {
    const auto cell = [&](const char* name) { return table->cell(i, table->column({name})); };
    const Kind k = kind_of(cell("schema"));
    const double s = score(PreparedName(cell(left), k), PreparedName(cell(right), k));
    const bool same = cell(label) == "1" || cell(label) == "true";
    (same ? good : bad).push_back(s);
    (same ? true_hits : false_hits) += s >= kMatch;
    auto& row = kinds[(same ? "1 " : "0 ") + std::string(cell(kind))];
    row.first += s >= kMatch, ++row.second;
  }
  Result result;
  for (const double x : good)
    for (const double y : bad) result.auc += x > y ? 1.0 : x == y ? 0.5 : 0.0;
  result.auc /= static_cast<double>(good.size() * bad.size());
  result.f1 = 2.0 * true_hits / (true_hits + false_hits + static_cast<double>(good.size()));
  std::printf("%s: F1 %.3f, AUC %.3f, recall %.3f, precision %.3f\n",
              path.substr(path.rfind('/') + 1).c_str(), result.f1, result.auc,
              true_hits / static_cast<double>(good.size()),
              true_hits / static_cast<double>(true_hits + false_hits));
  for (const auto& [name, row] : kinds)
    std::printf("    %-24s %d of %d\n", name.c_str(), row.first, row.second);
  return result;
}

const std::string kFolder = CORDON_SOURCE_DIR "/../shared/data/screening/";

TEST(SharedPairs, Dprk) {
  const auto result = measure(kFolder + "dprk_name_pairs.csv", "query", "listed", "label", "kind");
  if (!result) GTEST_SKIP() << "no labelled DPRK pairs here";
  EXPECT_GE(result->f1, 0.965);
  EXPECT_GE(result->auc, 0.98);
}

// Our own pairs for the kinds of which that set has few.
TEST(SharedPairs, DprkThinKinds) {
  const auto result =
      measure(CORDON_SOURCE_DIR "/tests/names/dprk_thin_pairs.csv", "query", "listed", "label", "kind");
  ASSERT_TRUE(result);
  EXPECT_GE(result->f1, 0.985);
  EXPECT_GE(result->auc, 0.99);
}

TEST(SharedPairs, Names) {
  const auto result = measure(kFolder + "name_pairs.csv", "name1", "name2", "is_match", "case_group");
  if (!result) GTEST_SKIP() << "no labelled name pairs here";
  EXPECT_GE(result->f1, 0.905);
  EXPECT_GE(result->auc, 0.95);
}

}  // namespace
}  // namespace cordon::names
