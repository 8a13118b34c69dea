#include "cordon/names/kernels.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "cordon/names/kernels_reference.hpp"

namespace cordon::names {
namespace {

// Few letters make many coincidences, where the bit tricks could go wrong.
std::string random_word(std::mt19937& random, std::size_t longest, int letters) {
  std::string word(random() % (longest + 1), ' ');
  for (char& c : word)
    c = static_cast<char>('a' + static_cast<int>(random() % static_cast<unsigned>(letters)));
  return word;
}

TEST(Kernels, KnownDistances) {
  EXPECT_EQ(osa("kitten", "sitting"), 3);
  EXPECT_EQ(osa("cahng", "chang"), 1);
  EXPECT_EQ(osa("ca", "abc"), 3);  // restricted: no edit inside a swapped pair
  EXPECT_EQ(osa("", "abc"), 3);
  EXPECT_EQ(osa("abc", ""), 3);
  EXPECT_EQ(indel("kitten", "sitting"), 5);
  EXPECT_NEAR(jaro_winkler("martha", "marhta"), 0.961111, 1e-6);
  EXPECT_NEAR(jaro_winkler("dixon", "dicksonx"), 0.813333, 1e-6);
}

TEST(Kernels, EqualTheirReferences) {
  std::mt19937 random(7);
  for (int round = 0; round < 60000; ++round) {
    const int letters = 2 + round % 7;
    const std::size_t longest = round % 3 == 0 ? 64 : 12;
    const std::string a = random_word(random, longest, letters), b = random_word(random, longest, letters);
    ASSERT_EQ(osa(a, b), reference::osa(a, b)) << a << " | " << b;
    ASSERT_EQ(indel(a, b), reference::indel(a, b)) << a << " | " << b;
    ASSERT_DOUBLE_EQ(jaro_winkler(a, b), reference::jaro_winkler(a, b)) << a << " | " << b;
    ASSERT_LE(distance_floor(letter_set(a), letter_set(b)), osa(a, b)) << a << " | " << b;
    ASSERT_EQ(osa(a, b), osa(b, a));
  }
}

TEST(Kernels, LongStringsAreComparedOnTheirFirst64Bytes) {
  const std::string a(100, 'a'), b(300, 'a');
  EXPECT_EQ(osa(a, b), 0);
  EXPECT_EQ(indel(a, b), 0);
  EXPECT_DOUBLE_EQ(jaro_winkler(a, b), 1.0);
}

}  // namespace
}  // namespace cordon::names
