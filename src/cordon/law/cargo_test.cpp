// Goods by code and by word: every row of the goods lists is found with its measure from its day on, no trap
// is hit, in any spelling and at any depth of the code.
#include "cordon/law/cargo.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "cordon/base/bytes.hpp"
#include "cordon/base/csv.hpp"
#include "cordon/base/text.hpp"

namespace cordon::law {
namespace {

const LawBook& book() {
  static const auto loaded = LawBook::embedded();
  EXPECT_TRUE(loaded) << loaded.error().message;
  return **loaded;
}

const std::vector<std::string> kUn = {"UN"};

Cargo screen(std::string_view csv) {
  const auto file = read_cargo(book(), csv, "rows", {});
  EXPECT_TRUE(file) << (file ? "" : file.error().message);
  EXPECT_EQ(file->rows.size(), 1u) << csv;
  return screen_cargo(book(), file->rows.at(0), kUn);
}

Cargo screen(std::string_view column, std::string_view value, std::string_view direction,
             std::string_view date) {
  std::string csv =
      "direction,date," + std::string(column) + "\n" + std::string(direction) + "," + std::string(date) + ",";
  base::append_csv(csv, value);
  return screen(csv + "\n");
}

// Reached by this measure; one that a verdict names because it is near, or came later, does not count.
bool names(const Cargo& cargo, std::string_view measure) {
  for (const CargoAnswer& answer : cargo.answers)
    for (const Verdict& verdict : answer.verdicts)
      if (verdict.verdict != "not_covered")
        for (const Basis& basis : verdict.basis)
          if (basis.id == measure) return true;
  return false;
}

const std::string& verdict(const Cargo& cargo) {
  return cargo.answers.at(0).verdicts.at(0).verdict;
}

base::CsvTable shared(const std::string& name) {
  const std::string path = CORDON_SOURCE_DIR "/../shared/data/law/" + name;
  const auto text = base::read_file(path);
  return text ? base::CsvTable::parse(*text, path).value() : base::CsvTable{};
}

#define NEEDS(table) \
  if ((table).size() == 0) GTEST_SKIP() << "needs the reference data beside the repository"

// One code of a row: "50-63" stands for its chapters.
std::vector<std::string> codes_of(std::string_view hs) {
  if (hs == "50-63") return {"50", "52", "58", "62", "63"};
  if (hs == "1507-1517") return {"1507", "1512", "1517"};
  return {std::string(hs)};
}

std::vector<std::string> depths_of(const std::string& code) {
  std::string digits = code;
  std::erase(digits, '.');
  std::vector<std::string> all = {code, digits};
  const auto dotted = [](const std::string& d) {
    std::string out = d.substr(0, 4);
    for (std::size_t i = 4; i < d.size(); i += 2) out += "." + d.substr(i, 2);
    return out;
  };
  for (std::string longer = digits; longer.size() < 10;) {
    longer += digits == "8802" ? "11" : "10";  // of aircraft, 8802.11 and .12 are helicopters
    all.push_back(longer);
    all.push_back(dotted(longer));
  }
  return all;
}

std::string day(std::string_view date, int shift) {
  return base::to_string(base::date_from_days(base::days_since_epoch(*base::parse_date(date)) + shift));
}

TEST(Cargo, EveryListedCodeHasItsMeasureFromItsDayOn) {
  const auto table = shared("hs_codes.csv");
  NEEDS(table);
  const auto direction = table.column({"direction"}), hs = table.column({"hs"}),
             measure = table.column({"measure_id"}), start = table.column({"start_date"});
  int rows = 0, found = 0, asked = 0, answered = 0, early = 0;
  for (std::size_t i = 0; i < table.size(); ++i) {
    const std::string way(table.cell(i, direction) == "both" ? "to_dprk" : table.cell(i, direction));
    const std::string id(table.cell(i, measure));
    // The day the measure was taken; 2397 paragraph 5 counts from the first day of its year.
    const std::string first(table.cell(i, start));
    ++rows;
    bool whole = true;
    for (const std::string& code : codes_of(table.cell(i, hs))) {
      for (const std::string& spelling : depths_of(code)) {
        ++asked;
        // What is open gives way to what is certain: arms among aircraft are named while aircraft may be
        // sold.
        const bool hit = names(screen("hs", spelling, way, "2020-06-01"), id) ||
                         names(screen("hs", spelling, way, "2016-06-01"), id) ||
                         names(screen("hs", spelling, way, first), id);
        answered += hit ? 1 : 0;
        whole = whole && hit;
        if (!hit) ADD_FAILURE() << way << " " << spelling << " " << id;
      }
      if (names(screen("hs", code, way, day(first, -1)), id)) {
        ++early;
        ADD_FAILURE() << way << " " << code << " " << id << " before " << first;
      }
    }
    found += whole ? 1 : 0;
  }
  std::printf("listed codes: %d of %d rows, %d of %d spellings; %d found a day early\n", found, rows,
              answered, asked, early);
}

TEST(Cargo, NoTrapIsHit) {
  const auto table = shared("hs_not_covered.csv");
  NEEDS(table);
  const auto direction = table.column({"direction"}), hs = table.column({"hs"}),
             words = table.column({"description"});
  int asked = 0, silent = 0;
  for (std::size_t i = 0; i < table.size(); ++i) {
    const std::string way(table.cell(i, direction));
    for (const std::string& code : codes_of(table.cell(i, hs))) {
      for (const std::string& spelling : depths_of(code)) {
        // Ammonium nitrate is on a control list; the row of fertilizers says so itself.
        const auto cargo = screen("hs", spelling, way, "2020-06-01");
        ++asked;
        silent += verdict(cargo) == "not_covered" ? 1 : 0;
        EXPECT_EQ(verdict(cargo), "not_covered") << way << " " << spelling << " " << table.cell(i, words);
      }
    }
  }
  std::printf("traps: %d of %d spellings not hit\n", silent, asked);
}

TEST(Cargo, LuxuryGoodsByWords) {
  const auto table = shared("luxury_goods.csv");
  NEEDS(table);
  const auto category = table.column({"category"}), source = table.column({"source_citation"});
  int rows = 0, seen = 0;
  for (std::size_t i = 0; i < table.size(); ++i) {
    const std::string_view cited = table.cell(i, source);
    if (!cited.starts_with("UNSCR")) continue;
    ++rows;
    const auto cargo = screen("goods", table.cell(i, category), "export", "2017-06-01");
    const bool hit = names(cargo, "LUX-1718-8a3") || names(cargo, "LUX-2270-39") ||
                     names(cargo, "LUX-2321-5") || names(cargo, "LUX-2094-23");
    seen += hit ? 1 : 0;
    if (!hit) ADD_FAILURE() << table.cell(i, category) << ": " << verdict(cargo);
  }
  std::printf("luxury goods of the UN annexes: %d of %d\n", seen, rows);
}

TEST(Cargo, PetroleumIsConvertedAsTheCommitteeDoes) {
  const auto table = shared("petroleum_conversion.csv");
  NEEDS(table);
  const struct {
    std::size_t row;
    const char* goods;
  } rows[] = {{0, "LPG"},     {1, "gasoline"},          {2, "jet fuel"},
              {3, "gas oil"}, {4, "residual fuel oil"}, {6, "refined petroleum"}};
  const auto factor = table.column({"barrels_per_tonne"}), density = table.column({"tonnes_per_kilolitre"});
  for (const auto& one : rows) {
    const double barrels = *base::parse_number<double>(table.cell(one.row, factor));
    const auto by_tonnes = screen(std::string("direction,date,goods,quantity,unit\nto_dprk,2020-06-01,") +
                                  one.goods + ",1000,t\n");
    EXPECT_NEAR(by_tonnes.goods.barrels, 1000 * barrels, 0.5) << one.goods;
    const auto by_barrels = screen(std::string("direction,date,goods,quantity,unit\nto_dprk,2020-06-01,") +
                                   one.goods + ",\"5,000\",bbl\n");
    EXPECT_NEAR(by_barrels.goods.tonnes, 5000 / barrels, 0.5) << one.goods;
    const auto kilolitre = base::parse_number<double>(table.cell(one.row, density));
    const auto by_litres = screen(std::string("direction,date,goods,quantity,unit\nto_dprk,2020-06-01,") +
                                  one.goods + ",2000000,litres\n");
    EXPECT_NEAR(by_litres.goods.barrels, 2000 * 6.2898, 1.0) << one.goods;
    if (kilolitre) {
      EXPECT_NEAR(by_litres.goods.tonnes, 2000 * *kilolitre, 0.5) << one.goods;
    }
  }
}

TEST(Cargo, WordsOfManyLanguages) {
  const struct {
    const char *goods, *direction, *measure;
  } rows[] = {
      {"무연탄", "import", "MIN-2371-8"},
      {"북한산 석탄 5천톤", "import", "MIN-2371-8"},
      {"朝鲜产无烟煤", "import", "MIN-2371-8"},
      {"Антрацит навалом", "import", "MIN-2371-8"},
      {"КАМЕННЫЙ УГОЛЬ", "import", "MIN-2371-8"},
      {"石炭", "import", "MIN-2371-8"},
      {"anthracite coal in bulk", "import", "MIN-2371-8"},
      {"鐵礦石", "import", "MIN-2371-8"},
      {"железная руда", "import", "MIN-2371-8"},
      {"Eisenerz", "import", "MIN-2371-8"},
      {"minerai de fer", "import", "MIN-2371-8"},
      {"냉동 오징어", "import", "SEA-2371-9"},
      {"活雪蟹", "import", "SEA-2371-9"},
      {"ズワイガニ", "import", "SEA-2371-9"},
      {"Мороженая рыба", "import", "SEA-2371-9"},
      {"frozen squid", "import", "SEA-2371-9"},
      {"服装加工", "import", "TEX-2375-16"},
      {"피복 임가공", "import", "TEX-2375-16"},
      {"Vêtements", "import", "TEX-2375-16"},
      {"송이버섯", "import", "AGR-2397-6"},
      {"東北松茸", "import", "AGR-2397-6"},
      {"древесина", "import", "WOO-2397-6"},
      {"菱镁矿", "import", "EAR-2397-6"},
      {"동상", "import", "STA-2321-29"},
      {"铜像", "import", "STA-2321-29"},
      {"금괴", "import", "MIN-2270-30"},
      {"稀土", "import", "MIN-2270-30"},
      {"원유", "export", "CRU-2397-4"},
      {"сырая нефть", "export", "CRU-2397-4"},
      {"柴油", "export", "OIL-2397-5"},
      {"дизельное топливо", "export", "OIL-2397-5"},
      {"휘발유", "export", "OIL-2397-5"},
      {"МАЗУТ", "export", "OIL-2397-5"},
      {"航空煤油", "export", "AVF-2270-31"},
      {"гранит", "import", "EAR-2397-6"},
      {"грузовики", "export", "TRA-2397-7B"},
      {"트랙터", "export", "TRA-2397-7B"},
      {"钢材", "export", "MET-2397-7C"},
      {"机械设备", "export", "IND-2397-7A"},
      {"発電機 発电机", "export", "IND-2397-7A"},
      {"무기", "import", "ARMS-2270-6"},
      {"яхта", "export", "LUX-1718-8a3"},
      {"珠宝首饰", "export", "LUX-1718-8a3"},
  };
  for (const auto& row : rows) {
    const auto cargo = screen("goods", row.goods, row.direction, "2020-06-01");
    EXPECT_TRUE(names(cargo, row.measure)) << row.goods << ": " << verdict(cargo);
  }
  const struct {
    const char *goods, *direction;
  } traps[] = {{"가발", "import"},      {"假发", "import"},
               {"парики", "import"},    {"鎢礦", "import"},
               {"대미 흰쌀", "export"}, {"大米", "export"},
               {"рис", "export"},       {"化肥 尿素", "export"},
               {"удобрения", "export"}, {"의약품", "export"},
               {"药品", "export"},      {"медикаменты", "export"},
               {"医疗器械", "export"},  {"растительное масло", "export"}};
  for (const auto& trap : traps)
    EXPECT_EQ(verdict(screen("goods", trap.goods, trap.direction, "2020-06-01")), "not_covered")
        << trap.goods;
}

TEST(Cargo, LongerWordsWin) {
  // 煤油 is kerosene, not coal; charcoal is wood; an iron ore is not iron.
  EXPECT_EQ(screen("goods", "煤油", "import", "2020-06-01").goods.hs, std::vector<std::string>{"2710"});
  EXPECT_EQ(screen("goods", "древесный уголь", "import", "2020-06-01").goods.hs,
            std::vector<std::string>{"44"});
  EXPECT_EQ(screen("goods", "Charbon de bois", "import", "2020-06-01").goods.hs,
            std::vector<std::string>{"44"});
}

TEST(Cargo, ARoughCodeAsksForAFinerOne) {
  const auto cargo = screen("hs", "26", "import", "2020-06-01");
  EXPECT_EQ(verdict(cargo), "needs_more_information");
  const auto& missing = cargo.answers[0].verdicts[0].missing;
  EXPECT_TRUE(std::any_of(missing.begin(), missing.end(),
                          [](const std::string& m) { return m.find("HS code") != std::string::npos; }));
  EXPECT_TRUE(cargo.attention);
}

TEST(Cargo, WhatTheRowLeavesOpenIsSaid) {
  // Excel ate the zero of 0307.
  const auto squid = screen("hs", "307.43", "import", "2020-06-01");
  EXPECT_EQ(squid.goods.hs, std::vector<std::string>{"030743"});
  EXPECT_EQ(squid.doubts.size(), 1u);
  EXPECT_TRUE(names(squid, "SEA-2371-9"));
  EXPECT_EQ(screen("hs", "HS 2701.12", "import", "2020-06-01").goods.hs, std::vector<std::string>{"270112"});
  for (const char* wrong : {"coal", "7701", "9801", "123456789012", "27:01"})
    EXPECT_EQ(screen("hs", wrong, "import", "2020-06-01").doubts.size(), 1u) << wrong;
  EXPECT_EQ(screen("direction,date,goods,quantity,unit\nto_dprk,2020-06-01,diesel,10,drums\n").doubts.size(),
            1u);
  EXPECT_EQ(screen("direction,date,goods,quantity,unit\nto_dprk,2020-06-01,diesel,10,\n").doubts.size(), 1u);
  EXPECT_EQ(screen("direction,date,goods,quantity,unit\nto_dprk,2020-06-01,diesel,lots,t\n").doubts.size(),
            1u);
  EXPECT_EQ(screen("goods", "diesel", "sideways", "2020-06-01").doubts.size(), 1u);
  EXPECT_EQ(screen("goods", "diesel", "export", "June").answers.at(0).verdicts.at(0).verdict,
            "needs_more_information");
}

TEST(Cargo, DirectionComesFromTheRowOrBothAreAsked) {
  const auto from = screen("date,goods,origin,destination\n2020-06-01,coal,North Korea,China\n");
  ASSERT_EQ(from.answers.size(), 1u);
  EXPECT_EQ(from.answers[0].direction, "from_dprk");
  const auto to = screen("date,goods,destination\n2020-06-01,diesel,Nampo\n");
  ASSERT_EQ(to.answers.size(), 1u);
  EXPECT_EQ(to.answers[0].direction, "to_dprk");
  const auto both = screen("date,hs\n2020-06-01,8413\n");
  ASSERT_EQ(both.answers.size(), 2u);
  EXPECT_TRUE(names(both, "MAC-2397-6"));
  EXPECT_TRUE(names(both, "IND-2397-7A"));
}

TEST(Cargo, AMisdescribedCargoIsAskedBothWays) {
  const auto rice = screen("direction,date,hs,goods\nexport,2020-06-01,1006.30,dump trucks\n");
  EXPECT_EQ(rice.doubts.size(), 1u);
  ASSERT_EQ(rice.answers.size(), 2u);
  EXPECT_TRUE(rice.answers[1].by_words);
  EXPECT_TRUE(names(rice, "TRA-2397-7B"));
  const auto wigs = screen("direction,date,hs,goods\nimport,2020-06-01,6704,anthracite coal\n");
  EXPECT_EQ(wigs.doubts.size(), 1u);
  EXPECT_TRUE(names(wigs, "MIN-2371-8"));
  EXPECT_EQ(screen("direction,date,hs,goods\nimport,2020-06-01,2701,anthracite coal\n").answers.size(), 1u);
}

TEST(Cargo, FilesAreReadToTheEnd) {
  const auto file = read_cargo(book(), "id,hs,goods\na,2701,\nb,,\nc,,coal\n", "rows", {2020, 6, 1});
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->rows.size(), 2u);
  EXPECT_EQ(file->rejects.total(), 1u);
  EXPECT_EQ(file->rows[1].id, "c");
  EXPECT_EQ(file->rows[1].date, (base::Date{2020, 6, 1}));
  EXPECT_FALSE(read_cargo(book(), "id,name\na,b\n", "rows", {}));
  EXPECT_EQ(screen("Direction,Date,HS Code,Description of goods\nimport,2020-06-01,2701,coal\n").goods.hs,
            std::vector<std::string>{"2701"});
  std::string json, csv;
  const Cargo cargo = screen_cargo(book(), file->rows[0], kUn);
  append_json(json, file->rows[0], cargo);
  EXPECT_TRUE(json.starts_with(R"({"id":"a","date":"2020-06-01","hs":["2701"],"kinds":["coal","mineral"])"))
      << json;
  append_csv_rows(csv, file->rows[0], cargo);
  EXPECT_TRUE(csv.starts_with("a,2020-06-01,from_dprk,,UN,prohibited,MIN-2371-8,")) << csv;
}

}  // namespace
}  // namespace cordon::law
