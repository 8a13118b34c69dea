#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "cordon/base/bytes.hpp"

namespace cordon::base {
namespace {

struct Line {
  std::string text;
  std::uint64_t number, offset;
  bool operator==(const Line&) const = default;
};

// The obvious way: the whole text in memory.
std::vector<Line> reference(const std::string& text, std::size_t max_line, std::uint64_t* overlong) {
  std::vector<Line> lines;
  std::uint64_t number = 0;
  *overlong = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t newline = text.find('\n', at);
    std::string line = text.substr(at, newline == std::string::npos ? newline : newline - at);
    if (!line.empty() && line.back() == '\r') line.pop_back();
    ++number;
    if (line.size() > max_line) {
      ++*overlong;
    } else {
      lines.push_back({line, number, at});
    }
    if (newline == std::string::npos) break;
    at = newline + 1;
  }
  return lines;
}

TEST(Lines, AgreesWithTheObviousWayHoweverTheBytesAreCut) {
  std::mt19937 random(13);
  for (int round = 0; round < 5000; ++round) {
    std::string text;
    for (std::size_t i = random() % 120; i > 0; --i) text.push_back("ab\n\r\n\x00z"[random() % 8]);
    const std::size_t max_line = random() % 12;
    std::vector<Line> got;
    LineSplitter splitter(
        [&](std::string_view line, std::uint64_t number, std::uint64_t offset) {
          got.push_back({std::string(line), number, offset});
        },
        max_line);
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t size = 1 + random() % 30;
      splitter.push(std::string_view(text).substr(at, size));
      at += size;
    }
    splitter.finish();
    std::uint64_t overlong = 0;
    ASSERT_EQ(got, reference(text, max_line, &overlong)) << round;
    ASSERT_EQ(splitter.overlong(), overlong);
  }
}

TEST(Lines, AnEndlessLineCostsNoMemory) {
  const auto resident_pages = [] {
    std::ifstream file("/proc/self/statm");
    long total = 0, resident = 0;
    file >> total >> resident;
    return resident;
  };
  std::vector<std::string> got;
  LineSplitter splitter([&](std::string_view line, std::uint64_t number, std::uint64_t offset) {
    got.push_back(std::string(line) + '@' + std::to_string(number) + '@' + std::to_string(offset));
  });
  splitter.push("before\n");
  const std::string chunk(1 << 20, 'x');
  const long before = resident_pages();
  for (int i = 0; i < 2048; ++i) splitter.push(chunk);
  EXPECT_LT((resident_pages() - before) * ::sysconf(_SC_PAGESIZE), 16 << 20);
  splitter.push("\nafter");
  splitter.finish();
  EXPECT_EQ(splitter.overlong(), 1U);
  EXPECT_EQ(splitter.lines(), 3U);
  EXPECT_EQ(got, (std::vector<std::string>{"before@1@0", "after@3@2147483656"}));
}

}  // namespace
}  // namespace cordon::base
