#include "cordon/names/korean.hpp"

#include <gtest/gtest.h>

#include "cordon/names/fold.hpp"

namespace cordon::names {
namespace {

Syllables of(std::u32string_view hangul) {
  Syllables s;
  for (const char32_t c : hangul) s.push_back(hangul_syllable(c));
  return s;
}

bool reads(const std::vector<Syllables>& ways, std::u32string_view hangul) {
  const Syllables wanted = of(hangul);
  for (const Syllables& way : ways) {
    bool all = way.size() == wanted.size();
    for (std::size_t i = 0; all && i < way.size(); ++i) all = fit(way[i], wanted[i]) >= kLooseFit;
    if (all) return true;
  }
  return false;
}

// Each syllable of common names in the spellings of five systems.
TEST(Korean, LatinSpellingsMeetTheirHangul) {
  const std::pair<const char*, const char32_t*> cases[] = {{"jong", U"정"},
                                                           {"jong", U"종"},
                                                           {"jung", U"정"},
                                                           {"jeong", U"정"},
                                                           {"chong", U"정"},
                                                           {"choe", U"최"},
                                                           {"choi", U"최"},
                                                           {"chwe", U"최"},
                                                           {"pak", U"박"},
                                                           {"park", U"박"},
                                                           {"bak", U"박"},
                                                           {"ri", U"리"},
                                                           {"lee", U"이"},
                                                           {"rhee", U"리"},
                                                           {"yi", U"이"},
                                                           {"i", U"리"},
                                                           {"rim", U"임"},
                                                           {"im", U"림"},
                                                           {"no", U"로"},
                                                           {"roh", U"노"},
                                                           {"hyok", U"혁"},
                                                           {"hyuk", U"혁"},
                                                           {"hyek", U"혁"},
                                                           {"kyong", U"경"},
                                                           {"gyeong", U"경"},
                                                           {"kyung", U"경"},
                                                           {"chol", U"철"},
                                                           {"cheol", U"철"},
                                                           {"chul", U"철"},
                                                           {"won", U"원"},
                                                           {"eun", U"은"},
                                                           {"un", U"은"},
                                                           {"jongun", U"정은"},
                                                           {"changhyeok", U"창혁"},
                                                           {"amnok", U"압록"},
                                                           {"kungmu", U"국무"},
                                                           {"neungnado", U"릉라도"},
                                                           {"taepyongsan", U"태평산"}};
  for (const auto& [latin, hangul] : cases)
    EXPECT_TRUE(reads(read_latin(latin), hangul)) << latin << " " << to_utf8(hangul);
}

TEST(Korean, OtherScripts) {
  EXPECT_TRUE(reads(read_cyrillic(U"чен"), U"정"));
  EXPECT_TRUE(reads(read_cyrillic(U"ын"), U"은"));
  EXPECT_TRUE(reads(read_cyrillic(U"чхоль"), U"철"));
  EXPECT_TRUE(reads(read_kana(kana_latin(U"ジョンウン")), U"정은"));
  EXPECT_TRUE(reads(read_kana(kana_latin(U"キム")), U"김"));
  EXPECT_TRUE(reads(read_kana(kana_latin(U"ギョンヒョク")), U"경혁"));
}

TEST(Korean, WhatIsAnotherSyllableStaysAnother) {
  EXPECT_LT(fit(hangul_syllable(U'정'), hangul_syllable(U'종')), kLooseFit);
  EXPECT_FALSE(reads(read_latin("il"), U"은"));
  EXPECT_FALSE(reads(read_latin("song"), U"종"));
  EXPECT_FALSE(reads(read_latin("ra"), U"리"));
  EXPECT_TRUE(read_latin("vladimir").empty());
  EXPECT_TRUE(read_latin("").empty());
}

TEST(Korean, FamilyNames) {
  for (const char* name : {"kim", "ri", "lee", "pak", "choe", "jang", "o", "an"}) {
    const auto ways = read_latin(name);
    ASSERT_FALSE(ways.empty()) << name;
    EXPECT_EQ(family_length(ways.front().data(), ways.front().size()), 1u) << name;
  }
  const Syllables two = of(U"남궁철"), none = of(U"븗철");
  EXPECT_EQ(family_length(two.data(), two.size()), 2u);
  EXPECT_EQ(family_length(none.data(), none.size()), 0u);
}

TEST(Korean, DprkSpelling) {
  EXPECT_EQ(hangul_latin(U'정'), "jong");
  EXPECT_EQ(hangul_latin(U'최'), "choe");
  EXPECT_EQ(hangul_latin(U'릉'), "rung");
  EXPECT_EQ(hangul_latin(U'A'), "");
}

}  // namespace
}  // namespace cordon::names
