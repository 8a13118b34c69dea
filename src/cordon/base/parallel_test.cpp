#include "cordon/base/parallel.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <mutex>
#include <utility>
#include <vector>

namespace cordon::base {
namespace {

using Ranges = std::vector<std::pair<std::size_t, std::size_t>>;

Ranges ranges_of(std::size_t size, std::size_t grain, const char* threads) {
  ::setenv("CORDON_THREADS", threads, 1);
  Ranges ranges;
  std::mutex guard;
  parallel_for(size, grain, [&](std::size_t begin, std::size_t end) {
    const std::lock_guard lock(guard);
    ranges.emplace_back(begin, end);
  });
  ::unsetenv("CORDON_THREADS");
  std::sort(ranges.begin(), ranges.end());
  return ranges;
}

TEST(Parallel, RangesCoverAllOnceAndDoNotDependOnThreads) {
  for (const std::size_t size : {0, 1, 2, 255, 256, 257, 1000, 99991}) {
    for (const std::size_t grain : {0, 1, 7, 1000, 1000000}) {
      const Ranges one = ranges_of(size, grain, "1");
      std::size_t next = 0;
      for (const auto& [begin, end] : one) {
        ASSERT_EQ(begin, next);
        ASSERT_LT(begin, end);
        if (one.size() > 1) {
          ASSERT_GE(end - begin, grain);
        }
        next = end;
      }
      ASSERT_EQ(next, size);
      EXPECT_EQ(ranges_of(size, grain, "3"), one);
      EXPECT_EQ(ranges_of(size, grain, "16"), one);
    }
  }
}

TEST(Parallel, ThreadCountComesFromTheEnvironment) {
  ::setenv("CORDON_THREADS", "5", 1);
  EXPECT_EQ(thread_count(), 5U);
  for (const char* nonsense : {"0", "-1", "many", ""}) {
    ::setenv("CORDON_THREADS", nonsense, 1);
    EXPECT_GE(thread_count(), 1U) << nonsense;
  }
  ::unsetenv("CORDON_THREADS");
}

}  // namespace
}  // namespace cordon::base
