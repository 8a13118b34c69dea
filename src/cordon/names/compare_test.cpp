#include "cordon/names/compare.hpp"

#include <gtest/gtest.h>

#include <string>

namespace cordon::names {
namespace {

void same(Kind kind, std::string_view left, std::string_view right) {
  const Comparison result = compare(left, right, kind);
  EXPECT_TRUE(result.match()) << left << " ~ " << right << " scored " << result.score;
  EXPECT_FALSE(result.reasons.empty()) << left;
}
void different(Kind kind, std::string_view left, std::string_view right) {
  const Comparison result = compare(left, right, kind);
  EXPECT_FALSE(result.match()) << left << " ~ " << right << " scored " << result.score;
  EXPECT_FALSE(result.reasons.empty()) << left;
}

// What the systems in use today get wrong.
TEST(Compare, KoreanPersonsInEveryScript) {
  for (const std::string_view name :
       {"김정은", "金正恩", "Ким Чен Ын", "キム・ジョンウン", "KIM JONG-UN", "Kim Jongun", "Jong Un KIM",
        "Gim Jeong-eun", "Kim Chŏng-ŭn", "Jin Zheng'en", "K1M JONG UN", "KIRN JONG UN"})
    same(Kind::person, name, "KIM JONG UN");
  for (const std::string_view name :
       {"KIM JONG IL", "김정일", "金正日", "Ким Чен Ир", "Kim Jong-nam", "Jin Zhengri", "PAK JONG UN"})
    different(Kind::person, name, "KIM JONG UN");
  same(Kind::person, "최룡해", "CHOE RYONG HAE");
  same(Kind::person, "Lee Won-ho", "RI WON HO");
  same(Kind::person, "Rhee Won Ho", "RI WON HO");
  same(Kind::person, "이원호", "리원호");
  different(Kind::person, "라원호", "RI WON HO");
  different(Kind::person, "최일부", "CHOE, Pu Il");
}

TEST(Compare, Vessels) {
  same(Kind::vessel, "을지봉 6", "UL JI BONG 6");
  same(Kind::vessel, "EULJIBONG NO.6", "UL JI BONG 6");
  same(Kind::vessel, "M/V JISONG6", "JI SONG 6");
  same(Kind::vessel, "HAO FAN VI", "HAO FAN 6");
  same(Kind::vessel, "Chongchongang", "CHONG CHON GANG");
  same(Kind::vessel, "KANG SONG 1@@@@@@@@@", "KANG SONG 1");
  same(Kind::vessel, "D0NG FENG 6", "DONG FENG 6");
  same(Kind::vessel, "WORLD PROSPERITY OCE", "WORLD PROSPERITY OCEANIC");
  different(Kind::vessel, "JI SONG 6", "JI SONG 8");
  different(Kind::vessel, "KUM UN SAN", "KUM UN SAN 3");
  different(Kind::vessel, "HWA RYONG", "HWA SONG");
  different(Kind::vessel, "DONG FANG 6", "DONG FENG 6");
}

TEST(Compare, Organisations) {
  same(Kind::organisation, "조선광업개발무역회사", "KOREA MINING DEVELOPMENT TRADING CORPORATION");
  same(Kind::organisation, "朝鮮鉱業開発貿易会社", "KOREA MINING DEVELOPMENT TRADING CORPORATION");
  same(Kind::organisation, "KOMID", "KOREA MINING DEVELOPMENT TRADING CORPORATION");
  same(Kind::organisation, "Choson Namgang Muyok Hoesa", "KOREA NAMGANG TRADING CORPORATION");
  same(Kind::organisation, "丹東至誠金屬材料有限公司", "DANDONG ZHICHENG METALLIC MATERIAL CO., LTD.");
  same(Kind::organisation, "ООО «СК Гудзон»", "GUDZON SHIPPING CO LLC");
  same(Kind::organisation, "Siemens Aktiengesellschaft", "Siemens AG");
  different(Kind::organisation, "朝鮮石油貿易会社", "KOREA MINING DEVELOPMENT TRADING CORPORATION");
  different(Kind::organisation, "Apollo Investment Fund VIII L.P.", "Apollo Investment Fund IX L.P.");
  different(Kind::organisation, "KOMIPO", "KOREA MINING DEVELOPMENT TRADING CORPORATION");
  different(Kind::organisation, "Volkswagen AG", "Siemens AG");
}

// Pinyin and Korean romanisations mean other sounds by the same letters.
TEST(Compare, MandarinWordsAgainstKorean) {
  different(Kind::organisation, "HUAMING SHIPPING LTD", "HWASONG SHIPPING CO LTD");
  different(Kind::organisation, "ZHONGFENG MARINE CO LTD", "CHONGBONG SHIPPING CO LTD");
  different(Kind::organisation, "ZHONGFENG SHIPPING CO LTD", "CHONGBONG SHIPPING CO LTD");
  different(Kind::organisation, "HUAXING TRADING CO LTD", "HWASONG TRADING CO LTD");
  different(Kind::organisation, "JINXING SHIPPING LTD", "KUMSONG SHIPPING LTD");
  different(Kind::organisation, "JINGANG SHIPPING LTD", "JONGAM SHIPPING LTD");
  same(Kind::organisation, "HUASONG SHIPPING LTD", "HWASONG SHIPPING CO LTD");
  same(Kind::organisation, "CHUNGBONG SHIPPING LTD", "CHONGBONG SHIPPING CO LTD");
  same(Kind::organisation, "ZHONG FENG MARINE CO LTD", "ZHONGFENG MARINE LTD");
}

TEST(Compare, PersonsElsewhere) {
  same(Kind::person, "Путин Владимир Владимирович", "Vladimir Putin");
  same(Kind::person, "محمد علي", "Mohamed Ali");
  same(Kind::person, "Usama ibn Laden", "Osama bin Laden");
  same(Kind::person, "V. Putin", "Vladimir Putin");
  same(Kind::person, "Nikolai Patr ushev", "Nikolai Patrushev");
  different(Kind::person, "Sergey Viktorovich Lavrov", "Sergey Ivanevich LAVROV");
  different(Kind::person, "Frost, William G.", "William W Frost");
  different(Kind::person, "ABDUL BASIR HAQQANI", "ABDUL BASIR NOORZAI");
}

TEST(Compare, WhoseSonDecides) {
  different(Kind::person, "Abdullah bin Omar al-Muhammad", "Omar bin Abdullah al-Muhammad");
  different(Kind::person, "Saif al-Din bin Ibrahim al-Masri", "Ibrahim bin al-Din al-Masri");
  same(Kind::person, "Abdullah bin Omar al-Muhammad", "Abdallah ibn Umar Muhammad");
  same(Kind::person, "Muhammad bin Muhammad al-Masri", "Mohamed ben Mohamed al Masri");
}

// Common names that look alike are two names; the spellings and short forms of one are one.
TEST(Compare, GivenNames) {
  same(Kind::person, "Mohamed al-Masri", "Mukhammad al Masri");
  same(Kind::person, "محمد حسین رضایی", "Mohammad Hossein Rezaei");
  same(Kind::person, "Ted Kaczynski", "Theodore Kaczynski");
  same(Kind::person, "Bob Menendez", "Robert Menendez");
  same(Kind::person, "Volodymyr Zelensky", "Vladimir Zelensky");
  different(Kind::person, "Mohamed al-Masri", "Ahmed al-Masri");
  different(Kind::person, "Habib ben Mohamed Loubiri", "Habib ben Ahmed Loubiri");
  different(Kind::person, "Emilia Rodriguez", "Emilio Rodriguez");
  different(Kind::person, "محمد حمیدی", "Mohammad Hamid");
  different(Kind::person, "Friedrich Hans", "Hans Friedrich");
  same(Kind::person, "Friedrich, Hans", "Hans Friedrich");
}

// The same words left out say more or less as the words that agree are rare or common.
TEST(Compare, CommonNamesNeedMore) {
  const auto score_of = [](std::string_view x, std::string_view y) {
    return compare(x, y, Kind::person).score;
  };
  EXPECT_GT(score_of("Oleg Kozhemyako", "Oleg Nikolaevich Kozhemyako"),
            score_of("Oleg Ivanov", "Oleg Nikolaevich Ivanov"));
  same(Kind::person, "Vladimir Putin", "Vladimir Vladimirovich Putin");
  different(Kind::person, "Carlos Cruz", "Juan Carlos Cruz Ovalle");
  different(Kind::person, "Maria Sanchez", "Maria Janette Moran Sanchez");
  same(Kind::person, "Osama bin Laden", "Usāma bin Muhammad ibn Awad ibn Lādin");
  same(Kind::person, "President Erdoğan", "Recep Tayyip Erdoğan");
  different(Kind::person, "President Smith", "John Smith");
}

TEST(Compare, TranscribedByEar) {
  same(Kind::person, "贝拉克·奥巴马", "Barack Obama");
  same(Kind::person, "ប៉ុល ពត", "Pol Pot");
  same(Kind::person, "쑨쓰둥", "Sun Sidong");
  same(Kind::vessel, "하오판 6", "HAO FAN 6");
  same(Kind::person, "Hsi Chin-ping", "Xi Jinping");
  same(Kind::person, "T'ien Yin-yin", "Tian Yinyin");
  same(Kind::person, "Si Jinpin", "Xi Jinping");
  different(Kind::person, "Sun Xidong", "Sun Sidong");
  different(Kind::person, "영철 주", "Young Chul");
  same(Kind::person, "Vladimir nitPu", "Vladimir Putin");
}

TEST(Compare, OrganisationForms) {
  different(Kind::organisation, "Deutsche Bank AG", "Deutsche Bank GmbH");
  same(Kind::organisation, "Deutsche Bank AG", "Deutsche Bank (Schweiz) AG");
  same(Kind::organisation, "TACTICAL MISSILES JOINT STOCK COMPAN", "TACTICAL MISSILES JOINT STOCK COMPANY");
  same(Kind::organisation, "Al Qaeda", "Al-Qa'ida/Islamic Army");
  const double series =
      compare("KKR Asian Fund III L.P.", "KKR Asian Fund IV L.P.", Kind::organisation).score;
  const double other = compare("KKR Asian Fund III L.P.", "Apollo Fund IV L.P.", Kind::organisation).score;
  EXPECT_LT(series, kMatch);
  EXPECT_GT(series, other);
}

TEST(Compare, LegalFormsWrittenTogetherAndSmallWords) {
  same(Kind::organisation, "SiemensAG", "Siemens AG");
  same(Kind::organisation, "vanderbilt corp", "van der bilt corp");
  same(Kind::organisation, "Sencora, Inc.", "Cencora, Inc.");
}

TEST(Compare, IsSymmetricAndFastPathAgrees) {
  const std::string_view names[] = {"KIM JONG UN", "김정은",      "JI SONG 6",      "Frost, William W.",
                                    "金正恩",      "OOO Gazprom", "A.B.C. Company", "Ω 7 漢"};
  for (const Kind kind : {Kind::any, Kind::person, Kind::organisation, Kind::vessel})
    for (const std::string_view x : names)
      for (const std::string_view y : names) {
        const PreparedName a(x, kind), b(y, kind);
        EXPECT_NEAR(score(a, b), score(b, a), 1e-6) << x << " | " << y;
        EXPECT_EQ(score(a, b), compare(a, b).score) << x << " | " << y;
      }
}

TEST(Compare, NothingToCompare) {
  EXPECT_EQ(compare("", "KIM", Kind::person).score, 0.0);
  EXPECT_EQ(compare("@@@ ---", "KIM", Kind::vessel).score, 0.0);
  EXPECT_EQ(score(PreparedName(), PreparedName()), 0.0);
  EXPECT_TRUE(PreparedName("...").empty());
  const std::string bad = "\xff\xfe KIM \xc3";
  EXPECT_GT(compare(bad, "KIM", Kind::person).score, 0.7);
}

TEST(Compare, ReasonsAreSentences) {
  for (const auto& [x, y] :
       {std::pair("KIM JONG UN", "KIM JONG IL"), std::pair("Vladimir Putin", "Vladimir Pudin")})
    for (const std::string& reason : compare(x, y, Kind::person).reasons) {
      EXPECT_EQ(reason.back(), '.') << reason;
      EXPECT_TRUE(reason.front() >= 'A' && reason.front() <= 'Z') << reason;
    }
  EXPECT_EQ(compare("KIM JONG UN", "KIM JONG IL", Kind::person).reasons.front(),
            "Given name differs: JONG UN against JONG IL.");
}

}  // namespace
}  // namespace cordon::names
