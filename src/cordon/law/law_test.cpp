#include "cordon/law/law.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "cordon/base/bytes.hpp"
#include "cordon/law/observed.hpp"
#include "cordon/law/table.hpp"

namespace cordon::law {
namespace {

using Json = nlohmann::ordered_json;

const LawBook& book() {
  static const auto loaded = LawBook::embedded();
  EXPECT_TRUE(loaded) << loaded.error().message;
  return **loaded;
}

std::vector<Verdict> ask(std::string_view date, std::string_view facts,
                         std::vector<std::string> codes = {"UN"}) {
  auto parsed = Facts::parse(facts);
  EXPECT_TRUE(parsed) << parsed.error().message;
  return check(book(), *base::parse_date(date), *parsed, codes);
}

std::string word(std::string_view date, std::string_view facts, std::string code = "UN") {
  return ask(date, facts, {std::move(code)}).front().verdict;
}

bool cites(const Verdict& verdict, std::string_view id) {
  return std::any_of(verdict.basis.begin(), verdict.basis.end(), [&](const Basis& b) { return b.id == id; });
}

TEST(Book, HoldsTheWholeRegime) {
  std::map<std::string, int> measures, exemptions;
  for (const auto& m : book().measures()) ++measures[m.jurisdiction];
  for (const auto& e : book().exemptions()) ++exemptions[e.jurisdiction];
  EXPECT_EQ(measures["UN"], 147);
  EXPECT_EQ(exemptions["UN"], 15);
  // 49 provisions and the four exceptions by Committee approval that stand inside them.
  EXPECT_EQ(measures["CA"] + exemptions["CA"], 49 + 4);
  for (const char* code : {"GB", "EU", "US"}) EXPECT_GT(measures[code], 3) << code;
}

TEST(Book, EveryRowHasSourceDateAndVerificationState) {
  int paragraphs = 0, contents = 0;
  for (const auto& m : book().measures()) {
    EXPECT_FALSE(book().sources_of(m.id).empty()) << m.id;
    EXPECT_TRUE(m.start.complete()) << m.id;
    if (m.jurisdiction != "UN") continue;
    paragraphs += m.citation.paragraph_verified ? 1 : 0;
    contents += m.citation.content_verified ? 1 : 0;
  }
  EXPECT_EQ(paragraphs, 45);
  EXPECT_EQ(contents, 118);
}

TEST(Check, AVerdictIsOfADay) {
  const auto coal = R"({"activity":"import","direction":"from_dprk","cargo":"coal","hs":"2701"})";
  EXPECT_EQ(word("2015-06-01", coal), "not_covered");
  EXPECT_EQ(word("2016-05-01", coal), "prohibited");
  EXPECT_EQ(word("2017-03-01", coal),
            "needs_more_information");  // the cap of 2321: what was imported before?
  EXPECT_EQ(word("2017-08-04", coal), "needs_more_information");
  EXPECT_EQ(word("2017-08-05", coal), "prohibited");
}

TEST(Check, WindDownsEndOnTheirDay) {
  const auto textile =
      R"({"activity":"import","direction":"from_dprk","cargo":"garments","contract_date":"2017-09-01"})";
  EXPECT_EQ(word("2017-12-10", textile), "allowed_by_exemption");
  EXPECT_EQ(word("2017-12-11", textile), "prohibited_unless_committee_approves");
  const auto wood =
      R"({"activity":"import","direction":"from_dprk","cargo":"timber","contract_date":"2017-12-21"})";
  EXPECT_EQ(word("2018-01-21", wood), "allowed_by_exemption");
  EXPECT_EQ(word("2018-01-22", wood), "prohibited");
}

TEST(Check, CapsCountBarrelsByProduct) {
  const std::string head =
      R"({"activity":"supply","direction":"to_dprk","reported":true,"designated_party":false,"livelihood":true,)";
  // 1,000 t of gasoline is 8,350 barrels, of fuel oil 6,350; 1,000 t of a product not named 8,330.
  EXPECT_EQ(word("2022-05-01", head + R"("cargo":"gasoline","tonnes":1000,"year_total_before":491650})"),
            "allowed_with_conditions");
  EXPECT_EQ(word("2022-05-01", head + R"("cargo":"gasoline","tonnes":1000,"year_total_before":491651})"),
            "prohibited");
  EXPECT_EQ(word("2022-05-01", head + R"("cargo":"fuel oil","tonnes":1000,"year_total_before":493650})"),
            "allowed_with_conditions");
  EXPECT_EQ(word("2022-05-01", head + R"("cargo":"fuel oil","tonnes":1000,"year_total_before":493651})"),
            "prohibited");
  EXPECT_EQ(word("2022-05-01", head + R"("hs":"2710","tonnes":1000,"year_total_before":491670})"),
            "allowed_with_conditions");
  EXPECT_EQ(word("2022-05-01", head + R"("hs":"2710","tonnes":1000,"year_total_before":491671})"),
            "prohibited");
  const auto crude =
      R"({"activity":"supply","direction":"to_dprk","cargo":"crude oil","tonnes":25000,"year_total_t":)";
  EXPECT_EQ(word("2020-05-01", std::string(crude) + "500000}"), "allowed_with_conditions");
  EXPECT_EQ(word("2020-05-01", std::string(crude) + "500001}"), "prohibited_unless_committee_approves");
}

TEST(Check, SaysExactlyWhatIsMissing) {
  const auto verdict =
      ask("2022-05-01", R"({"activity":"supply","direction":"to_dprk","cargo":"gasoline","tonnes":10})")
          .front();
  EXPECT_EQ(verdict.verdict, "needs_more_information");
  ASSERT_EQ(verdict.missing.size(),
            4u);  // reporting, parties, livelihood, total before; the quantity is known
  EXPECT_NE(verdict.missing[3].find("already supplied"), std::string::npos);
  const auto rough = ask("2019-01-01", R"({"activity":"import","direction":"from_dprk","hs":"26"})").front();
  EXPECT_EQ(rough.verdict, "needs_more_information");
  EXPECT_NE(rough.missing.at(0).find("HS code"), std::string::npos);
  const auto nothing = ask("2019-01-01", "{}").front();
  EXPECT_EQ(nothing.verdict, "needs_more_information");
  EXPECT_TRUE(nothing.basis.empty());
}

TEST(Check, GoodsInWords) {
  const auto in = [](const char* goods) {
    return ask("2019-06-01",
               fmt::format(R"({{"activity":"buy","direction":"from_dprk","cargo":"{}"}})", goods))
        .front();
  };
  EXPECT_TRUE(cites(in("anthracite coal"), "MIN-2371-8"));
  EXPECT_TRUE(cites(in("Frozen Squids"), "SEA-2371-9"));
  EXPECT_TRUE(cites(in("women's garments"), "TEX-2375-16"));
  EXPECT_TRUE(cites(in("pine mushrooms"), "AGR-2397-6"));
  EXPECT_EQ(in("wigs and false eyelashes").verdict, "not_covered");
  EXPECT_TRUE(cites(in("wigs and false eyelashes"), "TEX-2375-16"));
  // "iron ore" is not "iron": the longest phrase is the one meant.
  EXPECT_FALSE(cites(in("lead ore"), "MIN-2371-8"));
  EXPECT_TRUE(cites(in("lead ore"), "MIN-2371-10"));
  const auto out = [](const char* goods) {
    return ask("2018-06-01",
               fmt::format(R"({{"activity":"sale","direction":"to_dprk","goods":"{}"}})", goods))
        .front();
  };
  EXPECT_EQ(out("used tanker 1996").verdict, "prohibited_unless_committee_approves");
  EXPECT_TRUE(cites(out("gas oil"), "OIL-2397-5"));
  EXPECT_EQ(out("rice").verdict, "not_covered");
  EXPECT_EQ(out("luxury watches").verdict, "prohibited");
}

TEST(Check, LuxuryThresholdsAreOfTheUnNotOfCanada) {
  const auto rug = R"({"activity":"export","direction":"to_dprk","cargo":"rug","unit_value_usd":300})";
  EXPECT_EQ(word("2020-01-01", rug), "not_covered");
  EXPECT_EQ(word("2020-01-01", rug, "CA"), "prohibited_unless_committee_approves");
  EXPECT_EQ(
      word("2020-01-01", R"({"activity":"export","direction":"to_dprk","cargo":"rug","unit_value_usd":501})"),
      "prohibited");
  EXPECT_EQ(word("2020-01-01", R"({"activity":"export","direction":"to_dprk","cargo":"rug"})"),
            "needs_more_information");
}

TEST(Check, CarveOutLiftsTheFreezeOnly) {
  const auto payment =
      R"({"activity":"transfer_funds","by":"Red Cross","to":"designated bank","purpose":"aid"})";
  EXPECT_EQ(word("2023-07-01", payment), "allowed_by_exemption");
  EXPECT_EQ(word("2022-07-01", payment), "humanitarian_request_required");
  EXPECT_EQ(word("2023-07-01",
                 R"({"activity":"export","direction":"to_dprk","cargo":"water pumps","by":"Red Cross"})"),
            "humanitarian_request_required");
  EXPECT_EQ(word("2023-07-01",
                 R"({"activity":"export","direction":"to_dprk","cargo":"water pumps","by":"Red Cross",
                     "committee_approved":true})"),
            "allowed_by_exemption");
}

TEST(Check, OwnershipFlipsAtExactlyHalf) {
  const auto at = [](double share, std::string code, const char* date = "2025-02-01") {
    return word(
        date,
        fmt::format(
            R"({{"activity":"pay","payee":"company partly owned by a designated person","stake":{}}})",
            share),
        std::move(code));
  };
  EXPECT_EQ(at(0.5, "US"), "freeze");
  EXPECT_EQ(at(0.49, "US"), "not_covered");
  EXPECT_EQ(at(0.5, "EU"), "freeze");
  EXPECT_EQ(at(0.5, "EU", "2024-06-01"), "needs_more_information");
  EXPECT_EQ(at(0.5, "GB"), "needs_more_information");
  EXPECT_EQ(at(0.51, "GB"), "freeze");
  EXPECT_EQ(at(50, "US"), "freeze");  // per cent
  EXPECT_EQ(word("2025-02-01", R"({"activity":"pay","payee":"entity 50% owned by a designated bank"})", "US"),
            "freeze");
}

TEST(Check, FeederChainIsTwoQuestions) {
  const auto all =
      ask("2018-06-10", R"({"activity":"sts","flag_a":"Togo","flag_b":"Sierra Leone","goods":"gas oil",
                                        "onward":"Nampo, dark"})");
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].verdict, "prohibited");
  EXPECT_EQ(all[1].verdict, "needs_more_information");
  EXPECT_TRUE(cites(all[1], "STS-2375-11"));
  const auto flagged = ask("2018-06-10", R"({"activity":"sts","flag":["DPRK","Togo"],"goods":"gas oil"})");
  ASSERT_EQ(flagged.size(), 1u);
  EXPECT_TRUE(cites(flagged[0], "STS-2375-11"));
}

TEST(Check, RepublicOfKoreaIsNotTheDprk) {
  EXPECT_EQ(word("2019-01-01", R"({"activity":"classify","vessel_flag":"Republic of Korea"})"),
            "not_covered");
  EXPECT_EQ(
      word("2019-01-01", R"({"activity":"classify","vessel_flag":"Democratic People's Republic of Korea"})"),
      "prohibited_unless_committee_approves");
  EXPECT_EQ(word("2019-01-01", R"({"activity":"classify","vessel_flag":"KP"})"),
            "prohibited_unless_committee_approves");
  EXPECT_EQ(word("2019-01-01", R"({"activity":"classify","vessel_flag":"non-DPRK"})"), "not_covered");
}

TEST(Check, WhatEndedIsSaidToHaveEnded) {
  const auto panel = ask("2024-06-01", R"({"activity":"report","to":"Panel of Experts"})").front();
  EXPECT_EQ(panel.verdict, "expired_or_superseded");
  EXPECT_TRUE(cites(panel, "POE-1874-26"));
  const auto cap = ask("2018-06-01", R"({"activity":"import","direction":"from_dprk","cargo":"coal",
                                        "relied_on":"2321 para 26"})");
  ASSERT_EQ(cap.size(), 2u);
  EXPECT_EQ(cap[0].verdict, "prohibited");
  EXPECT_EQ(cap[1].verdict, "expired_or_superseded");
}

TEST(Check, UnknownJurisdictionAndDateAreAskedFor) {
  const auto facts = *Facts::parse(R"({"activity":"buy"})");
  const std::vector<std::string> codes{"XX"};
  EXPECT_EQ(check(book(), {2020, 1, 1}, facts, codes).front().verdict, "needs_more_information");
  const std::vector<std::string> un{"UN"};
  EXPECT_EQ(check(book(), {2020, 0, 0}, facts, un).front().missing.size(), 1u);
}

TEST(Check, UnverifiedParagraphsAreShown) {
  const auto verdict =
      ask("2018-06-10", R"({"activity":"sts","flag":["DPRK","Togo"],"goods":"gas oil"})").front();
  for (const Basis& basis : verdict.basis)
    if (basis.id == "STS-2375-11") {
      EXPECT_FALSE(basis.citation.paragraph_verified);
      EXPECT_TRUE(basis.citation.content_verified);
    }
}

TEST(Page, EscapesAndNamesEveryMeasure) {
  std::string html;
  append_html(html, book());
  for (const auto& m : book().measures())
    EXPECT_NE(html.find("id=\"" + m.id + "\""), std::string::npos) << m.id;
  EXPECT_EQ(html.find("<script"), std::string::npos);
  EXPECT_FALSE(explain(book(), "NO-SUCH"));
  EXPECT_NE(explain(book(), "STS-2375-11")->find("NOT confirmed"), std::string::npos);
}

}  // namespace
}  // namespace cordon::law
