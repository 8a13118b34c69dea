#include "cordon/names/fold.hpp"

#include <gtest/gtest.h>

#include "cordon/names/normalise.hpp"

namespace cordon::names {
namespace {

TEST(Fold, LatinLosesAccentsAndCase) {
  EXPECT_EQ(latin("Recep Tayyip ERDOĞAN"), "recep tayyip erdogan");
  EXPECT_EQ(latin("Łukasz Øre Straße"), "lukasz ore strasse");
  EXPECT_EQ(latin("A.B.C. Company"), "abc company");
  EXPECT_EQ(latin("Amazon.com, Inc."), "amazon com inc");
  EXPECT_EQ(latin("Standard & Poor's"), "standard and poors");
  EXPECT_EQ(latin("JI SONG 6@@@@"), "ji song 6");
  EXPECT_EQ(latin("ＫＩＭ"), "kim");  // full width
}

TEST(Fold, OtherScriptsBecomeLatin) {
  EXPECT_EQ(latin("Ким Чен Ын"), "kim chen yn");
  EXPECT_EQ(latin("김정은"), "kimjongun");
  EXPECT_EQ(latin("金正恩"), "jinzhengen");
  EXPECT_EQ(latin("キム・ジョンウン"), "kimu jonun");
  EXPECT_EQ(latin("Νικόλαος"), "nikolaos");
}

TEST(Fold, FlagsAndBrackets) {
  const auto pieces = fold("KIM, Jong-un (K1M)");
  ASSERT_EQ(pieces.size(), 6u);
  EXPECT_TRUE(pieces[0].before_comma);
  EXPECT_TRUE(pieces[0].capital);
  EXPECT_TRUE(pieces[2].after_hyphen);
  EXPECT_EQ(pieces[3].group, 1);
  EXPECT_TRUE(pieces[4].glued);
  EXPECT_EQ(fold("Kim Chŏng-sik")[1].korean, "cheong");
}

TEST(Fold, HostileInput) {
  EXPECT_TRUE(fold("").empty());
  EXPECT_TRUE(fold("\xff\xff\xc0\x80").empty());
  EXPECT_LE(fold(std::string(100000, 'a')).front().latin.size(), kMaxNameBytes);
  std::string many;
  for (int i = 0; i < 300; ++i) many += "a ";
  EXPECT_LE(fold(many).size(), kMaxPieces);
}

}  // namespace
}  // namespace cordon::names
