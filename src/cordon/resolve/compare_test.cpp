#include "cordon/resolve/compare.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "cordon/names/kernels_reference.hpp"
#include "cordon/resolve/compare_parts.hpp"
#include "cordon/resolve/text_forms.hpp"

namespace cordon::resolve {
namespace {

// One column of two values, and how they agree.
Outcome compare(const std::string& column, const std::string& a, const std::string& b,
                const std::string& more = {}) {
  Table table;
  const std::size_t at = table.column(column);
  table.add_row("1"), table.put(at, a);
  table.add_row("2"), table.put(at, b);
  // A third record keeps the column from being one value throughout.
  table.add_row("3"), table.put(at, "1999-12-31");
  if (!more.empty()) table.put(table.column(more), "x");
  const Plan plan = plan_fields(table);
  auto cells = std::make_shared<Cells>();
  cells->fields = plan.fields.size();
  cells->at.assign(table.size() * cells->fields, 0);
  FieldValues field(plan.fields.at(0), plan, table, cells, 0);
  for (RecordId record = 0; record < table.size(); ++record) field.append(table, record);
  table_chances(field);
  return compare_cells(field, 0, 1);
}

int level(const std::string& column, const std::string& a, const std::string& b,
          const std::string& more = {}) {
  return compare(column, a, b, more).level;
}

TEST(Compare, People) {
  EXPECT_EQ(level("full_name", "Kim Chol Su", "KIM CHOL SU", "dob"), 0);
  EXPECT_EQ(level("full_name", "Salinger, Kristen", "Kristen Salinger", "dob"), 0) << "family name first";
  EXPECT_LE(level("full_name", "Wei Wang", "王伟", "dob"), 3) << "romanised";
  EXPECT_EQ(level("full_name", "Robert Smith", "Robbie Smith", "dob"), 1) << "pet form";
  EXPECT_EQ(level("full_name", "Mohamed Antoun", "Mhd Antoun", "dob"), 1);
  EXPECT_LE(level("full_name", "Ann Mackinder", "Ann Mac Kinder", "dob"), 3);
  EXPECT_EQ(level("full_name", "Robert E Smith", "Robert Smith", "dob"), 2);
  EXPECT_EQ(level("full_name", "R Roderick", "Ray Roderick", "dob"), 1) << "initial";
  EXPECT_EQ(level("full_name", "Mark Kusha", "Marsha Kusha", "dob"), 4);
  EXPECT_EQ(level("full_name", "Maria Sentosa", "Maria Medina", "dob"), 5);
  EXPECT_EQ(level("full_name", "Morris Klein I", "Morris Klein II", "dob"), 7) << "father and son";
  EXPECT_EQ(level("full_name", "Morris Klein Sr", "Morris Klein Senior", "dob"), 0);
  EXPECT_EQ(level("full_name", "Jorge Barge", "Nelson Nice", "dob"), 7);
}

TEST(Compare, Organisations) {
  EXPECT_EQ(level("company", "Ocean Maritime, Ltd.", "OCEAN MARITIME LTD"), 0);
  EXPECT_LE(level("company", "Ocean Maritime Management", "Ocean Maritme Management"), 1);
  EXPECT_EQ(level("vessel_name", "JI SONG 6", "JI SONG 8"), 6) << "another number is another ship";
  EXPECT_GE(level("company", "School 5", "School 6"), 5);
}

TEST(Compare, AddressesDatesNumbers) {
  EXPECT_EQ(level("address", "2424 West Touhy Avenue", "2424 W. Touhy Ave"), 0);
  EXPECT_EQ(level("address", "2424 W Touhy", "2424 West Touhy Avenue"), 1);
  EXPECT_EQ(level("address", "12 Main St", "14 Main St"), 5);
  EXPECT_EQ(level("address", "wright place", "wrigh tplace"), 4);
  EXPECT_EQ(level("birth_date", "9/14/97", "1997-09-14"), 0);
  EXPECT_EQ(level("birth_date", "1985-02-01", "1985-01-02"), 1) << "day and month swapped";
  EXPECT_EQ(level("birth_date", "1985-02-01", "1985-02-11"), 1);
  EXPECT_EQ(level("birth_date", "1985", "1985-02-11"), 2);
  EXPECT_EQ(level("birth_date", "1985-02-01", "1970-09-17"), 3);
  EXPECT_EQ(level("passport", "AB 123-456", "ab123456"), 0);
  EXPECT_EQ(level("passport", "AB123456", "AB123465"), 1);
  EXPECT_EQ(level("phone", "+39 0352 6553537", "0352 6553537"), 1);
  EXPECT_EQ(level("email", "Ellie<E.Ohare@mail.com>", "e.ohare@mail.com"), 0);
  EXPECT_EQ(level("country", "DPRK", "North Korea"), 0);
  EXPECT_EQ(level("gender", "F", "Female"), 0);
  EXPECT_EQ(level("passport", "AB123456", "n/a"), kMissing);
}

TEST(Compare, RareAgreementWeighsMore) {
  EXPECT_LT(compare("passport", "AB123456", "AB123456").chance, compare("state", "nsw", "nsw").chance);
}

TEST(Compare, WithinEqualsTheDistance) {
  std::mt19937 random(1);
  for (int i = 0; i < 20000; ++i) {
    std::string a, b;
    for (std::size_t n = random() % 9; n-- > 0;) a += static_cast<char>('a' + random() % 3);
    for (std::size_t n = random() % 9; n-- > 0;) b += static_cast<char>('a' + random() % 3);
    const int distance = names::reference::osa(a, b);
    for (const int limit : {1, 2})
      ASSERT_EQ(within(a, b, limit), distance <= limit) << a << ' ' << b << ' ' << limit;
  }
}

TEST(Days, AreReadInTheFormsOfRegisters) {
  const auto number = [](std::string_view text, bool month_first = true) {
    const auto day = read_day(text, month_first);
    return day ? day->number : 0;
  };
  EXPECT_EQ(number("19560409"), 19560409u);
  EXPECT_EQ(number("9/28/97"), 19970928u);
  EXPECT_EQ(number("20/8/1991"), 19910820u);
  EXPECT_EQ(number("25-Jun-08"), 20080625u);
  EXPECT_EQ(number("1/2/1985"), 19850102u);
  EXPECT_EQ(number("1/2/1985", false), 19850201u);
  EXPECT_EQ(number("1985"), 19850000u);
  EXPECT_EQ(number("tomorrow"), 0u);
  EXPECT_EQ(number("99999999"), 0u);
}

}  // namespace
}  // namespace cordon::resolve
