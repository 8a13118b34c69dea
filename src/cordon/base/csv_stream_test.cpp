#include "cordon/base/csv_stream.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace cordon::base {
namespace {

using Rows = std::vector<std::pair<CsvRow, std::uint64_t>>;

Result<Rows> streamed(std::string_view text, std::size_t piece) {
  Rows rows;
  CsvStream stream(
      "t",
      [&](const CsvRow& header) -> Result<void> {
        rows.emplace_back(header, 0);
        return {};
      },
      [&](CsvRow&& row, std::uint64_t line) { rows.emplace_back(std::move(row), line); });
  for (std::size_t i = 0; i < text.size(); i += piece)
    if (auto done = stream.push(text.substr(i, piece)); !done) return tl::unexpected(done.error());
  if (auto done = stream.finish(); !done) return tl::unexpected(done.error());
  return rows;
}

// The slow twin: the table that is read at once.
Rows at_once(std::string_view text) {
  const auto table = CsvTable::parse(text, "t");
  Rows rows = {{table->header(), 0}};
  for (std::size_t i = 0; i < table->size(); ++i) rows.emplace_back(table->row(i), table->line(i));
  return rows;
}

TEST(CsvStream, AnyPiecesGiveTheRowsOfTheTable) {
  for (const std::string_view text :
       {"a,b\n1,2\n3,4", "\xEF\xBB\xBF# from there\n\na;b\r\n1;\"x\ny;\"\"z\"\"\"\r\n\r\n2;5\" pipe\n", "a\n",
        "a", "a,b\n\"\",\"x\"tail\n,\n", "a\tb\n1\t\"2\n3\"\n"})
    for (std::size_t piece = 1; piece <= text.size(); ++piece) {
      const auto rows = streamed(text, piece);
      ASSERT_TRUE(rows) << text << rows.error().message;
      EXPECT_EQ(*rows, at_once(text)) << text << piece;
    }
}

TEST(CsvStream, ManyPiecesOfAMegabyte) {
  std::string text = "id,name\n";
  for (int i = 0; i < 200'000; ++i) text += std::to_string(i) + ",\"Kim\nChol " + std::to_string(i) + "\"\n";
  EXPECT_EQ(*streamed(text, 65536), at_once(text));
}

TEST(CsvStream, TellsTheLineOfWhatIsWrong) {
  std::string text = "id,name\n";
  for (int i = 0; i < 100'000; ++i) text += "1234567890,Kim Chol\n";
  EXPECT_EQ(streamed(text + "1,caf\xE9\n", 65536).error().message,
            "t: line 100002: expected UTF-8, found another encoding; save the file as UTF-8");
  EXPECT_EQ(streamed(text + "1,\"Kim\n2,b\n", 65536).error().message,
            "t: line 100002: a quote is opened and never closed");
  EXPECT_EQ(streamed("", 1).error().message, "t: line 1: expected a header line, found none");
  EXPECT_EQ(streamed("# x\n", 1).error().message, "t: line 2: expected a header line, found none");
}

TEST(CsvStream, Utf16) {
  std::string wide = "\xFF\xFE";
  for (const char c : std::string_view("id,name\n1,Kim\n")) wide += c, wide += '\0';
  EXPECT_EQ(*streamed(wide, 3), (Rows{{{"id", "name"}, 0}, {{"1", "Kim"}, 2}}));
}

}  // namespace
}  // namespace cordon::base
