#include "cordon/lists/values.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cordon::lists {
namespace {

using Strings = std::vector<std::string>;

Strings texts(const std::vector<base::Date>& dates) {
  Strings out;
  for (const base::Date& d : dates) out.push_back(base::to_string(d));
  return out;
}
Strings texts(const std::vector<std::string_view>& views) {
  return {views.begin(), views.end()};
}

TEST(ParseDates, FormsOfTheLists) {
  EXPECT_EQ(texts(parse_dates("1944-10-13")), Strings{"1944-10-13"});
  EXPECT_EQ(texts(parse_dates("13.10.1944")), Strings{"1944-10-13"});
  EXPECT_EQ(texts(parse_dates("10 Dec 1948")), Strings{"1948-12-10"});
  EXPECT_EQ(texts(parse_dates("16 Jun. 1969")), Strings{"1969-06-16"});
  EXPECT_EQ(texts(parse_dates("12 March 1961")), Strings{"1961-03-12"});
  EXPECT_EQ(texts(parse_dates("Sept 1980")), Strings{"1980-09"});
  EXPECT_EQ(texts(parse_dates("circa 1951")), Strings{"1951"});
  EXPECT_EQ(texts(parse_dates("1955-11")), Strings{"1955-11"});
  EXPECT_EQ(texts(parse_dates("dd/mm/1961")), Strings{"1961"});
}

TEST(ParseDates, SeveralAndRanges) {
  EXPECT_EQ(texts(parse_dates("6.3.1955 or 15.3.1955")), (Strings{"1955-03-06", "1955-03-15"}));
  EXPECT_EQ(texts(parse_dates("(a) 1972 (b) 21.3.1974")), (Strings{"1972", "1974-03-21"}));
  EXPECT_EQ(texts(parse_dates("1958 to 1960")), (Strings{"1958", "1959", "1960"}));
  EXPECT_EQ(texts(parse_dates("1963-1964")), (Strings{"1963", "1964"}));
  EXPECT_EQ(texts(parse_dates("between 1970 and 1972")), (Strings{"1970", "1971", "1972"}));
  // A range too wide to compare by keeps its ends.
  EXPECT_EQ(texts(parse_dates("1900 to 1990")), (Strings{"1900", "1990"}));
}

TEST(ParseDates, ExcelDayNumbers) {
  EXPECT_EQ(texts(parse_dates("25569")), Strings{"1970-01-01"});
}

TEST(ParseDates, NothingWhereThereIsNone) {
  for (const char* text : {"", "early 1970s", "10 October (year unknown)", "no. 123456",
                           "24.6.1402 (Hijri Calendar)", "30-35 years"}) {
    EXPECT_TRUE(parse_dates(text).empty()) << text;
  }
}

TEST(SplitEnumeration, MarksOfTheLists) {
  EXPECT_EQ(texts(split_enumeration("(a) L 191609, (b) 04643632")), (Strings{"L 191609", "04643632"}));
  EXPECT_EQ(texts(split_enumeration("\"(a) x; (b) y\"")), (Strings{"x", "y"}));
  EXPECT_EQ(texts(split_enumeration("1) one 2) two")), (Strings{"one", "two"}));
  EXPECT_EQ(texts(split_enumeration("Minsk (Belarus)")), Strings{"Minsk (Belarus)"});
  EXPECT_TRUE(split_enumeration("  ").empty());
}

TEST(Numbers, WithoutWhatIsSaidAboutThem) {
  EXPECT_EQ(leading_number("1084010 (Egypt) issued 3 May 2001"), "1084010");
  EXPECT_EQ(leading_number("L 191609 issued 28 Feb 1996 expires 27 Feb 2001"), "L 191609");
  EXPECT_EQ(document_number("CAR diplomatic passport no. D00000898"), "D00000898");
  EXPECT_EQ(document_number("travel document A0139243"), "A0139243");
  EXPECT_EQ(document_number("12 34 56"), "12 34 56");
}

TEST(NaturalOrder, TurnsFamilyNameFirst) {
  EXPECT_EQ(natural_order("HANIYA, Ismail Abdul Salah"), "Ismail Abdul Salah HANIYA");
  EXPECT_EQ(natural_order("KIM JONG UN"), "KIM JONG UN");
  EXPECT_EQ(natural_order("KIM, "), "KIM");
}

TEST(SplitNames, KeepsCompanyTailsTogether) {
  EXPECT_EQ(split_names("King Royal Co. Ltd., King Royal, Ltd.", true),
            (Strings{"King Royal Co. Ltd.", "King Royal, Ltd."}));
  EXPECT_EQ(split_names("IRGC, Pasdaran", true), (Strings{"IRGC", "Pasdaran"}));
  EXPECT_EQ(split_names("A B / C D; E", false), (Strings{"A B", "C D", "E"}));
  EXPECT_EQ(split_names("Arabic: علي أحمد", false), Strings{"علي أحمد"});
}

TEST(Brackets, NameAndWhatStandsBehindIt) {
  const Bracketed parts = split_brackets("Chong Bong (Greenlight) (Blue Nouvelle)");
  EXPECT_EQ(parts.before, "Chong Bong");
  EXPECT_EQ(texts(parts.inside), (Strings{"Greenlight", "Blue Nouvelle"}));
}

TEST(NonLatin, TellsScriptsApart) {
  for (const char* text : {"金铁三", "김정은", "Ким", "محمد", "Jin (金)"})
    EXPECT_TRUE(has_non_latin(text)) << text;
  for (const char* text : {"KIM", "Haïti", "Société", "Şirketi", "“x” – y’s", "Nguyễn Văn"})
    EXPECT_FALSE(has_non_latin(text)) << text;
}

TEST(Programme, OfTheDprk) {
  for (const char* text :
       {"DPRK", "DPRK3", "EU-PRK", "NORTH KOREA", "DPRK-NKSPEA", "US-NK", "UN-SC1718",
        "The Democratic People's Republic of Korea (Sanctions) (EU Exit) Regulations 2019"}) {
    EXPECT_TRUE(is_dprk_programme(text)) << text;
  }
  for (const char* text : {"SDGT", "EU-RUS", "KOREA", "NPWMD", "BANK"})
    EXPECT_FALSE(is_dprk_programme(text)) << text;
}

TEST(Imo, KindByContextAndCheckDigits) {
  using model::Schema;
  EXPECT_EQ(imo_kind(9187629, Schema::Vessel, false), ImoKind::ship);
  EXPECT_EQ(imo_kind(5571322, Schema::Company, false), ImoKind::company);
  // 5342883 of KPe.022 passes the company check; a company stays a company.
  EXPECT_EQ(imo_kind(5342883, Schema::Organization, false), ImoKind::company);
  EXPECT_EQ(imo_kind(1234560, Schema::Company, false), ImoKind::none);
}

TEST(Imo, FoundInProse) {
  const auto a = find_imo("International Maritime Organization (IMO) Number: 1790183.");
  ASSERT_EQ(a.size(), 1u);
  EXPECT_EQ(a[0].number, 1790183u);
  const auto b = find_imo("ship-to-ship transfer on 19 November 2017. Company Number IMO 5434358.");
  ASSERT_EQ(b.size(), 1u);
  EXPECT_TRUE(b[0].said_company);
  EXPECT_TRUE(find_imo("MAXIMO 1234567, IMO none").empty());
}

TEST(CompanyForm, IsAWordOfTheName) {
  for (const char* name :
       {"RAHAT LTD.", "OCEAN MARITIME MANAGEMENT COMPANY, LIMITED (OMM)", "CIMEX, S.A.", "Foo Co., Ltd"}) {
    EXPECT_TRUE(has_company_form(name)) << name;
  }
  for (const char* name : {"THE HOUTHIS", "COLTD BRIGADE", "Ministry of Atomic Energy"})
    EXPECT_FALSE(has_company_form(name)) << name;
}

}  // namespace
}  // namespace cordon::lists
