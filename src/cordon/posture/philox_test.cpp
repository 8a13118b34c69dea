#include "cordon/posture/philox.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "cordon/posture/draws.hpp"

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

// Whatever the instruction set, and for counts that do not fill the lanes.
TEST(Philox, ManyAtOnceAreTheSameWords) {
  for (const std::size_t count : {0, 1, 7, 16, 17, 261}) {
    std::vector<std::uint32_t> first(count + kLanes);
    for (std::size_t i = 0; i < first.size(); ++i) first[i] = static_cast<std::uint32_t>(i * 2654435761U);
    std::array<std::vector<std::uint32_t>, 4> words;
    for (auto& word : words) word.resize(count + kLanes);
    std::uint32_t* const out[4] = {words[0].data(), words[1].data(), words[2].data(), words[3].data()};
    philox_many(first.data(), count, 5, ~0U, 3, 0xa4093822, 0x299f31d0, out);
    for (std::size_t i = 0; i < count; ++i) {
      const Words one = philox({first[i], 5, ~0U, 3}, 0xa4093822, 0x299f31d0);
      for (std::size_t k = 0; k < 4; ++k) ASSERT_EQ(words[k][i], one[k]) << i << ' ' << k;
    }
  }
}

}  // namespace cordon::posture
