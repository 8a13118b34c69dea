#include "cordon/base/large.hpp"

#include <gtest/gtest.h>

namespace cordon::base {
namespace {

struct alignas(64) Line {
  char byte = 0;
};

TEST(Large, ElementsLieWhereTheirTypeWants) {
  for (const std::size_t count :
       {std::size_t{1}, std::size_t{7}, std::size_t{40'000}}) {  // the last in large pages
    LargeVector<Line> lines;
    for (std::size_t i = 0; i < count; ++i) lines.emplace_back();
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(lines.data()) % alignof(Line), 0U) << count;
  }
}

}  // namespace
}  // namespace cordon::base
