#include "cordon/posture/philox.hpp"

#include <gtest/gtest.h>

namespace cordon::posture {

// The known answers of the Random123 library's kat_vectors for philox4x32 with 10 rounds.
TEST(Philox, KnownAnswers) {
  EXPECT_EQ(philox({0, 0, 0, 0}, 0, 0), (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox({~0U, ~0U, ~0U, ~0U}, ~0U, ~0U), (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, 0xa4093822, 0x299f31d0),
            (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Philox, UnitsAreInsideTheOpenInterval) {
  for (const std::uint32_t word : {0U, 1U, 0x1FFU, 0x80000000U, ~0U}) {
    EXPECT_GT(unit(word), 0);
    EXPECT_LT(unit(word), 1);
    EXPECT_GT(unit64(word), 0);
    EXPECT_LT(unit64(word), 1);
    EXPECT_GT(unit16({word, word, word, word}, 3), 0);
    EXPECT_LT(unit16({word, word, word, word}, 3), 1);
  }
}

}  // namespace cordon::posture
