#include "cordon/base/large_pages.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <numeric>

namespace cordon::base {
namespace {

// Across the size from which memory comes in large pages, contents move with the vector.
TEST(LargePages, HoldWhatIsPutIn) {
  LargeVector<std::uint64_t> numbers;
  for (std::uint64_t i = 0; i < 2'000'000; ++i) numbers.push_back(i);
  EXPECT_EQ(std::accumulate(numbers.begin(), numbers.end(), std::uint64_t{0}),
            std::uint64_t{1999999} * 1000000);
  const LargeVector<std::uint64_t> copy = numbers;
  numbers.clear(), numbers.shrink_to_fit();
  EXPECT_EQ(copy.back(), 1'999'999u);
}

}  // namespace
}  // namespace cordon::base
