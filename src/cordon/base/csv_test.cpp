#include "cordon/base/csv.hpp"

#include <gtest/gtest.h>

#include <random>

namespace cordon::base {
namespace {

using Rows = std::vector<CsvRow>;

Rows rows_of(std::string_view text, char separator = ',', std::vector<std::uint64_t>* lines = nullptr) {
  Rows rows;
  const auto done = read_csv(text, separator, [&](CsvRow&& row, std::uint64_t line) {
    rows.push_back(std::move(row));
    if (lines != nullptr) lines->push_back(line);
  });
  EXPECT_TRUE(done) << done.error().message;
  return rows;
}

TEST(Csv, PlainAndQuoted) {
  EXPECT_EQ(rows_of("a,b\nc,d\n"), (Rows{{"a", "b"}, {"c", "d"}}));
  EXPECT_EQ(rows_of("a,b\r\nc,d"), (Rows{{"a", "b"}, {"c", "d"}}));
  EXPECT_EQ(rows_of("a,\r\n,\r\n"), (Rows{{"a", ""}, {"", ""}}));
  EXPECT_EQ(rows_of("\"a,b\",\"say \"\"hi\"\"\",\"two\r\nlines\"\n"),
            (Rows{{"a,b", "say \"hi\"", "two\r\nlines"}}));
  EXPECT_EQ(rows_of("\"\"\n"), Rows{});
  EXPECT_EQ(rows_of("\"\",\"\""), (Rows{{"", ""}}));
  EXPECT_EQ(rows_of(" a , b "), (Rows{{" a ", " b "}}));
  EXPECT_EQ(rows_of("a;b,c\n", ';'), (Rows{{"a", "b,c"}}));
}

TEST(Csv, TheLoosenessOfRealFiles) {
  EXPECT_EQ(rows_of("\xEF\xBB\xBFid,n\n1,x\n\x1A"), (Rows{{"id", "n"}, {"1", "x"}}));
  EXPECT_EQ(rows_of("1,x\r\n\x1A\r\n"), (Rows{{"1", "x"}}));
  EXPECT_EQ(rows_of("36,\"A\",-0- ,\"C\",-0- \n"), (Rows{{"36", "A", "-0- ", "C", "-0- "}}));
  EXPECT_EQ(rows_of("\"a\" ,b\n"), (Rows{{"a ", "b"}}));
  EXPECT_EQ(rows_of("5\" gun,b\n"), (Rows{{"5\" gun", "b"}}));
  EXPECT_EQ(rows_of("\n\na\n\r\n\nb\n"), (Rows{{"a"}, {"b"}}));
  EXPECT_EQ(rows_of(""), Rows{});
  EXPECT_EQ(rows_of("a\rb,c\n"), (Rows{{"a\rb", "c"}}));
}

TEST(Csv, LineNumbersCountThroughQuotes) {
  std::vector<std::uint64_t> lines;
  rows_of("h\n\"one\ntwo\nthree\"\n\nx\n", ',', &lines);
  EXPECT_EQ(lines, (std::vector<std::uint64_t>{1, 2, 6}));
}

TEST(Csv, AnOpenQuoteNamesItsLine) {
  const auto done = read_csv("a,b\nc,\"d\ne,f\n", ',', [](CsvRow&&, std::uint64_t) {});
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().message, "line 2: a quote is opened and never closed");
}

TEST(Csv, WhatIsWrittenReadsBack) {
  std::mt19937 random(4);
  for (int round = 0; round < 3000; ++round) {
    Rows rows(1 + random() % 4);
    std::string text;
    for (CsvRow& row : rows) {
      row.resize(2 + random() % 3);
      for (std::string& cell : row) {
        for (std::size_t i = random() % 6; i > 0; --i) cell.push_back("ab,\"\n\r; '"[random() % 9]);
      }
      for (std::size_t i = 0; i < row.size(); ++i) {
        if (i != 0) text.push_back(',');
        append_csv(text, row[i]);
      }
      text += random() % 2 != 0 ? "\n" : "\r\n";
    }
    ASSERT_EQ(rows_of(text), rows) << text;
  }
}

TEST(Csv, TableFindsColumnsBySeveralNames) {
  const auto table =
      CsvTable::parse("# a note\n# another\nIMO; Name ;flag\n9187629;\"A; B\"\n1;x;y;z\n", "t.csv");
  ASSERT_TRUE(table) << table.error().message;
  EXPECT_EQ(table->size(), 2U);
  EXPECT_EQ(table->column({"imo_number", "imo"}), 0U);
  EXPECT_EQ(table->require({"NAME"}).value(), 1U);
  EXPECT_EQ(table->cell(0, 1), "A; B");
  EXPECT_EQ(table->cell(0, 2), "");
  EXPECT_EQ(table->cell(0, std::nullopt), "");
  EXPECT_EQ(table->cell(9, 0), "");
  EXPECT_EQ(table->line(0), 4U);
  EXPECT_EQ(table->line(1), 5U);
  EXPECT_FALSE(table->column({"mmsi"}));
  EXPECT_EQ(table->require({"mmsi", "MMSI no"}).error().message,
            "t.csv: expected a column 'mmsi' or 'MMSI no', found IMO, Name, flag");
}

TEST(Csv, TableErrors) {
  EXPECT_EQ(CsvTable::parse("", "t.csv").error().message,
            "t.csv: line 1: expected a header line, found none");
  EXPECT_EQ(CsvTable::parse("# only notes", "t.csv").error().message,
            "t.csv: line 2: expected a header line, found none");
  EXPECT_EQ(CsvTable::parse("# note\na\n\"b", "t.csv").error().message,
            "t.csv: line 3: a quote is opened and never closed");
}

TEST(Csv, ARowHasALimit) {
  const std::string row((std::size_t{16} << 20) + 1, 'x');
  EXPECT_EQ(CsvTable::parse("a\n" + row, "t.csv").error().message, "t.csv: line 2: a row longer than 16 MiB");
  EXPECT_TRUE(CsvTable::parse("a\n" + row.substr(1), "t.csv"));
}

TEST(Csv, EncodingIsKnownOrAnError) {
  const std::string utf16("\xFF\xFEi\0d\0\n\0\xE9\0\n\0", 12);
  const auto table = CsvTable::parse(utf16, "t.csv");
  ASSERT_TRUE(table);
  EXPECT_EQ(table->header(), CsvRow{"id"});
  EXPECT_EQ(table->cell(0, 0), "\u00E9");
  EXPECT_EQ(CsvTable::parse("id\nok\ncaf\xE9\n", "t.csv").error().message,
            "t.csv: line 3: expected UTF-8, found another encoding; save the file as UTF-8");
  EXPECT_EQ(read_csv("\xE9", ',', [](CsvRow&&, std::uint64_t) {}).error().message,
            "line 1: expected UTF-8, found another encoding; save the file as UTF-8");
}

}  // namespace
}  // namespace cordon::base
