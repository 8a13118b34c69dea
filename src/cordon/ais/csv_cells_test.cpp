// The typed readers of CSV cells against slow, obvious ones.
#include "cordon/ais/csv_cells.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

#include "cordon/ais/armour.hpp"
#include "cordon/ais/csv_scan.hpp"
#include "cordon/ais/test_feed.hpp"

namespace cordon::ais {
namespace {

using test::Random;

std::string digits(Random& random, std::size_t most) {
  std::string out;
  for (std::size_t n = random.below(most + 1); n > 0; --n)
    out.push_back(static_cast<char>('0' + (random.below(4) == 0 ? 5 : random.below(10))));
  return out;
}

// Mostly numbers, some with a mistake in them.
std::string random_cell(Random& random) {
  std::string cell = random.below(3) == 0 ? "-" : random.below(20) == 0 ? "+" : "";
  cell += digits(random, random.below(10) == 0 ? 12 : 4);
  if (random.below(4) != 0) cell += "." + digits(random, random.below(8) == 0 ? 12 : 7);
  if (random.below(12) == 0 && !cell.empty())
    cell[random.below(cell.size())] = static_cast<char>(random.below(256));
  if (random.below(30) == 0) cell = " " + cell + "\r";
  for (char& c : cell)
    if (c == ',' || c == '\n' || c == '"') c = '.';
  return cell;
}

// Digit by digit, as one would on paper.
bool read_slowly(std::string text, int decimals, std::int64_t& out) {
  bool negative = false;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
    negative = text[0] == '-';
    text.erase(0, 1);
  }
  const std::size_t point = text.find('.');
  std::string whole = text.substr(0, point), rest = point == std::string::npos ? "" : text.substr(point + 1);
  const auto only_digits = [](const std::string& part) {
    return part.find_first_not_of("0123456789") == std::string::npos;
  };
  if (whole.size() + rest.size() == 0 || whole.size() > 9 || !only_digits(whole) || !only_digits(rest))
    return false;
  while (rest.size() <= static_cast<std::size_t>(decimals)) rest += '0';
  const bool up = rest[static_cast<std::size_t>(decimals)] >= '5';
  out = std::strtoll((whole + rest.substr(0, static_cast<std::size_t>(decimals))).c_str(), nullptr, 10) + up;
  if (negative) out = -out;
  return true;
}

TEST(CsvCells, NumbersAreReadAsOnPaper) {
  Random random{11};
  std::size_t good = 0;
  for (int i = 0; i < 300000; ++i) {
    const std::string cell = random_cell(random);
    for (const int decimals : {0, 1, 7}) {
      std::int64_t fast = 0, slow = 0;
      const bool read = read_fixed(cell, decimals, fast);
      ASSERT_EQ(read, read_slowly(cell, decimals, slow)) << cell;
      if (!read) continue;
      ASSERT_EQ(fast, slow) << cell << " to " << decimals;
      ++good;
    }
  }
  EXPECT_GT(good, 300000U);
}

TEST(CsvCells, VectorsReadWhatThePlainReadersRead) {
  if (!has_avx2()) GTEST_SKIP() << "this processor has no AVX2";
  Random random{12};
  constexpr NumberColumns kColumns = {0, 1, 2, 3, 4, 5, 6, 7};
  std::size_t read = 0;
  for (int round = 0; round < 100000; ++round) {
    std::string row;
    std::vector<std::string> cells;
    for (std::size_t i = 0; i < kNumbers; ++i) {
      std::string cell = random_cell(random);
      if (i == kNumberMmsi && random.below(4) != 0) cell = fmt::format("{:09}", random.below(1000000000));
      if (i == kNumberClock && random.below(8) != 0) {
        cell = fmt::format("2024-02-05{}{:02}:{:02}:{:02}", "T "[random.below(2)], random.below(26),
                           random.below(62), random.below(63));
        if (random.below(8) == 0) cell[random.below(cell.size())] = static_cast<char>('0' + random.below(11));
      }
      cells.push_back(cell);
      row += cell + (i + 1 == kNumbers ? "\n" : ",");
    }
    const std::size_t size = row.size();
    row.append(kRowSlack, static_cast<char>('0' + random.below(10)));
    RowEnds ends;
    split_row_plain(row.data(), row.data() + size, ends);
    RowNumbers numbers;
    read_numbers_avx2(row.data(), ends, kColumns, numbers);
    for (std::size_t i = 0; i < kNumbers; ++i) {
      if (!numbers.has(static_cast<Number>(i))) continue;
      ++read;
      if (i == kNumberMmsi) {
        std::uint32_t mmsi = 0;
        ASSERT_TRUE(read_unsigned(cells[i], 9, mmsi)) << cells[i];
        ASSERT_EQ(numbers.value[i], mmsi);
      } else if (i == kNumberClock) {
        TimeReader reader;
        base::TimeMs time = 0;
        ASSERT_TRUE(reader.read("2024-02-05" + cells[i].substr(10), false, time)) << cells[i];
        ASSERT_EQ(reader.day() + numbers.value[i], time);
      } else {
        std::int64_t value = 0;
        ASSERT_TRUE(read_slowly(cells[i], 7, value)) << cells[i];
        ASSERT_EQ(numbers.value[i], value) << cells[i];
      }
    }
  }
  EXPECT_GT(read, 300000U) << "the vectors must read most of what is sound";
}

TEST(CsvCells, TimesAreThoseOfTheCalendar) {
  Random random{13};
  TimeReader reader;
  for (int i = 0; i < 100000; ++i) {
    const base::TimeMs time = static_cast<base::TimeMs>(random.below(4102444800)) * 1000 +
                              (random.below(3) == 0 ? static_cast<base::TimeMs>(random.below(1000)) : 0);
    std::string text = base::to_iso(time);
    ASSERT_EQ(text.back(), 'Z');
    if (random.below(2) == 0) text.pop_back();
    const bool danish = random.below(2) == 0;
    if (danish)
      text = text.substr(8, 2) + "/" + text.substr(5, 2) + "/" + text.substr(0, 4) + " " + text.substr(11);
    base::TimeMs got = 0;
    ASSERT_TRUE(reader.read(text, danish, got)) << text;
    ASSERT_EQ(got, time) << text;
  }
}

}  // namespace
}  // namespace cordon::ais
