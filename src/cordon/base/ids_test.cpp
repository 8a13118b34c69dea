#include "cordon/base/ids.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>

#include "cordon/base/bytes.hpp"
#include "cordon/base/csv.hpp"
#include "cordon/base/resource.hpp"
#include "cordon/base/text.hpp"

namespace cordon::base {
namespace {

TEST(Ids, ImoShipCheck) {
  for (const std::uint32_t good : {9074729U, 9187629U, 8514409U}) EXPECT_TRUE(imo_ship_check(good)) << good;
  EXPECT_FALSE(imo_ship_check(9074728));
  EXPECT_FALSE(imo_ship_check(0));
  EXPECT_FALSE(imo_ship_check(907472));
  EXPECT_FALSE(imo_ship_check(90747290));
  // A wrong digit under a weight that shares no factor with 10 is always found: the first (7), the fifth (3).
  for (std::uint32_t digit = 0; digit < 10; ++digit) {
    if (digit != 9) {
      EXPECT_FALSE(imo_ship_check(74729 + digit * 1000000)) << digit;
    }
    if (digit != 7) {
      EXPECT_FALSE(imo_ship_check(9074029 + digit * 100)) << digit;
    }
  }
}

TEST(Ids, OneCheckDigitInTenIsRight) {
  for (std::uint32_t body = 900000; body < 901000; ++body) {
    int ships = 0, companies = 0;
    for (std::uint32_t check = 0; check < 10; ++check) {
      ships += imo_ship_check(body * 10 + check) ? 1 : 0;
      companies += imo_company_check(body * 10 + check) ? 1 : 0;
    }
    EXPECT_EQ(ships, 1) << body;
    EXPECT_EQ(companies, 1) << body;
  }
}

TEST(Ids, ImoForms) {
  for (const char* text :
       {"IMO 9187629", "IMO9187629", "9187629", "imo: 9187629", "IMO No", " IMO#9187629 "}) {
    const auto imo = parse_imo(text);
    if (std::string_view(text) == "IMO No") {
      EXPECT_FALSE(imo);
    } else {
      EXPECT_EQ(imo, 9187629U) << text;
    }
  }
  for (const char* text : {"", "IMO", "918762", "91876299", "9187629x", "-187629", "0000000", "9187 629"}) {
    EXPECT_FALSE(parse_imo(text)) << text;
  }
}

TEST(Ids, LeiCheck) {
  EXPECT_TRUE(lei_check("5493001KJTIIGC8Y1R12"));
  EXPECT_TRUE(lei_check("HWUPKR0MPOU8FGXBT394"));
  EXPECT_FALSE(lei_check("5493001KJTIIGC8Y1R13"));
  EXPECT_FALSE(lei_check("5493001KJTIIGC8Y1R1"));
  EXPECT_FALSE(lei_check("5493001kjtiigc8y1r12"));
  EXPECT_FALSE(lei_check(""));
}

TEST(Ids, MmsiKinds) {
  struct Case {
    std::uint32_t mmsi;
    MmsiKind kind;
    int mid;
  };
  for (const auto& [mmsi, kind, mid] :
       {Case{445123000, MmsiKind::ship, 445}, Case{4452001, MmsiKind::coast, 445},
        Case{44500001, MmsiKind::group, 445}, Case{111440001, MmsiKind::sar_aircraft, 440},
        Case{844512345, MmsiKind::handheld, 445}, Case{984451234, MmsiKind::craft, 445},
        Case{992351234, MmsiKind::aton, 235}, Case{970123456, MmsiKind::sart, 0},
        Case{972123456, MmsiKind::mob, 0}, Case{974123456, MmsiKind::epirb, 0}, Case{0, MmsiKind::invalid, 0},
        Case{123456789, MmsiKind::invalid, 0}, Case{999999999, MmsiKind::invalid, 0},
        Case{1000000000, MmsiKind::invalid, 0}, Case{200000000, MmsiKind::invalid, 0},
        Case{776000000, MmsiKind::invalid, 0}, Case{899999999, MmsiKind::invalid, 0},
        Case{971123456, MmsiKind::invalid, 0}}) {
    EXPECT_EQ(mmsi_kind(mmsi), kind) << mmsi;
    EXPECT_EQ(mmsi_mid(mmsi), mid) << mmsi;
  }
}

TEST(Ids, MidFlags) {
  EXPECT_EQ(mid_country(445), "kp");
  EXPECT_EQ(mid_country(440), "kr");
  EXPECT_EQ(mid_country(477), "hk");
  EXPECT_EQ(mid_country(354), "pa");
  EXPECT_EQ(mid_country(200), "");
  EXPECT_EQ(mid_country(-1), "");
  EXPECT_EQ(mid_country(1000), "");
}

TEST(Ids, EveryMidHasACountryWithAName) {
  int allocated = 0;
  for (int mid = 0; mid < 1000; ++mid) {
    const std::string_view code = mid_country(mid);
    if (code.empty()) continue;
    ++allocated;
    EXPECT_NE(country_name(code), code) << mid;
  }
  EXPECT_GT(allocated, 285);
}

TEST(Ids, CountriesAsTheListsWriteThem) {
  struct Case {
    const char* name;
    const char* code;
  };
  for (const auto& [name, code] : {Case{"KP", "kp"},
                                   Case{"prk", "kp"},
                                   Case{"DPRK", "kp"},
                                   Case{"Korea, North", "kp"},
                                   Case{"NORTH KOREA", "kp"},
                                   Case{"Democratic People's Republic of Korea", "kp"},
                                   Case{"Democratic People\u2019s Republic of Korea", "kp"},
                                   Case{"Korea (Democratic People's Republic of)", "kp"},
                                   Case{"Korea, Democratic People's Republic of", "kp"},
                                   Case{"Korea, South", "kr"},
                                   Case{"Republic of Korea", "kr"},
                                   Case{"Korea, Republic of", "kr"},
                                   Case{"Russian Federation", "ru"},
                                   Case{"Russia / Russie", "ru"},
                                   Case{"Iran (Islamic Republic of)", "ir"},
                                   Case{"Iran, Islamic Republic of", "ir"},
                                   Case{"Iranian", "ir"},
                                   Case{"Syrian Arab Republic", "sy"},
                                   Case{"Türkiye", "tr"},
                                   Case{"Hong Kong", "hk"},
                                   Case{"China, Hong Kong Special Administrative Region", "hk"},
                                   Case{"Taiwan", "tw"},
                                   Case{"Taiwan, Province of China", "tw"},
                                   Case{"Burma", "mm"},
                                   Case{"Myanmar (Burma) / Myanmar (Birmanie)", "mm"},
                                   Case{"Côte d'Ivoire", "ci"},
                                   Case{"Cote d\u2019Ivoire", "ci"},
                                   Case{"Congo, Democratic Republic of the", "cd"},
                                   Case{"Congo, Republic of the", "cg"},
                                   Case{"United States of America", "us"},
                                   Case{"U.S.A.", "us"},
                                   Case{"St. Kitts and Nevis", "kn"},
                                   Case{"Saint Kitts & Nevis", "kn"},
                                   Case{"  sierra   leone ", "sl"},
                                   Case{"and", "ad"},
                                   Case{"조선민주주의인민공화국", "kp"},
                                   Case{"Soviet Union", "suhh"}}) {
    EXPECT_EQ(country_code(name).value_or("-"), code) << name;
  }
  for (const char* name : {"", " ", "Korea", "Atlantis", "-0-", "n/a", "the", "of the"}) {
    EXPECT_FALSE(country_code(name)) << name << country_code(name).value_or("");
  }
  EXPECT_FALSE(country_code(std::string(1 << 20, 'x')));
}

TEST(Ids, CountryNames) {
  EXPECT_EQ(country_name("kp"), "North Korea");
  EXPECT_EQ(country_name("KP"), "North Korea");
  EXPECT_EQ(country_name("qq"), "qq");
}

// Two countries that claim one spelling would make the answer depend on the order of the file.
TEST(Ids, NoSpellingBelongsToTwoCountries) {
  const auto text = resource("names/countries.csv");
  ASSERT_TRUE(text) << text.error().message;
  const auto table = CsvTable::parse(*text, "countries.csv");
  ASSERT_TRUE(table) << table.error().message;
  std::set<std::string> codes;
  for (std::size_t row = 0; row < table->size(); ++row) {
    const std::string code(table->cell(row, table->column({"code"})));
    EXPECT_TRUE(codes.insert(code).second) << code << " occurs twice";
    EXPECT_EQ(country_code(table->cell(row, table->column({"name"}))), code);
    for (const auto alias : split(table->cell(row, table->column({"aliases"})), '|')) {
      EXPECT_EQ(country_code(alias), code) << alias << " in line " << table->line(row);
    }
  }
  EXPECT_GE(codes.size(), 249U);  // ISO 3166-1 has 249
}

TEST(Ids, EveryMidOfTheReferenceTableIsKnown) {
  const std::filesystem::path path = CORDON_SOURCE_DIR "/../shared/data/ais/mid.csv";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "needs ../shared";
  const auto table = CsvTable::parse(*read_file(path), "mid.csv");
  ASSERT_TRUE(table);
  for (std::size_t row = 0; row < table->size(); ++row) {
    const int mid = parse_number<int>(table->cell(row, 0)).value_or(-1);
    EXPECT_FALSE(mid_country(mid).empty()) << mid;
    const auto code = country_code(table->cell(row, 1));
    if (code) {
      EXPECT_EQ(mid_country(mid), *code) << mid;
    }
  }
}

TEST(Ids, EveryCountryOfTheUnListIsKnown) {
  const std::filesystem::path path = CORDON_SOURCE_DIR "/../shared/data/lists/un_consolidated_2026-02-27.xml";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "needs ../shared";
  const std::string text = *read_file(path);
  std::set<std::string> unknown;
  int seen = 0;
  for (std::size_t at = text.find("<COUNTRY>"); at != std::string::npos;
       at = text.find("<COUNTRY>", at + 1)) {
    const std::string name = text.substr(at + 9, text.find('<', at + 9) - at - 9);
    ++seen;
    if (!trim(name).empty() && !country_code(name)) unknown.insert(name);
  }
  EXPECT_GT(seen, 1000);
  EXPECT_TRUE(unknown.empty()) << *unknown.begin() << " and " << unknown.size() - 1 << " more";
}

TEST(Ids, AllImoNumbersOfTheUnDprkListAreCompanies) {
  const std::filesystem::path path = CORDON_SOURCE_DIR "/../shared/data/lists/un_consolidated_2026-02-27.xml";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "needs ../shared";
  const std::string text = *read_file(path);
  std::set<std::uint32_t> companies;
  for (std::size_t at = text.find("IMO"); at != std::string::npos; at = text.find("IMO", at + 1)) {
    const std::size_t digit = text.find_first_of("0123456789", at);
    if (digit == std::string::npos || digit > at + 40) continue;
    if (const auto imo = parse_imo(text.substr(digit, 7)); imo && imo_company_check(*imo))
      companies.insert(*imo);
  }
  EXPECT_GE(companies.size(), 14U);
}

}  // namespace
}  // namespace cordon::base
