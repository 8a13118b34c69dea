#include "cordon/base/ordered.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace cordon::base {
namespace {

struct Job {
  std::uint64_t in = 0, out = 0;
};

TEST(Ordered, ResultsComeInTheOrderOfTheWork) {
  for (const unsigned threads : {1U, 2U, 5U}) {
    std::vector<std::uint64_t> got;
    Ordered<Job> ordered(
        threads,
        [](Job& job) {
          job.out = job.in;
          for (std::uint64_t i = job.in * 2654435761 % 4096; i > 0; --i) job.out = job.out * 31 + 7;
        },
        [&](Job& job) { got.push_back(job.in); });
    constexpr std::uint64_t kJobs = 2000;
    for (std::uint64_t i = 0; i < kJobs; ++i) {
      ordered.job().in = i;
      ordered.submit();
    }
    ordered.finish();
    ASSERT_EQ(got.size(), kJobs);
    for (std::uint64_t i = 0; i < kJobs; ++i) ASSERT_EQ(got[i], i);
  }
}

TEST(Ordered, MayEndWithWorkUndone) {
  Ordered<Job> ordered(
      3, [](Job& job) { job.out = job.in; }, [](Job&) {});
  for (std::uint64_t i = 0; i < 5; ++i) ordered.submit();
}

}  // namespace
}  // namespace cordon::base
