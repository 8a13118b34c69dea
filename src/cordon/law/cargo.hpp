// Goods against the law: rows of a shipment or order book in, verdicts with paragraphs out, for each way the
// goods may move. What a row leaves open is said: by the law under `missing`, by the row itself under
// `doubts`.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/base/tally.hpp"
#include "cordon/law/law.hpp"

namespace cordon::law {

struct CargoRow {
  std::string id;  // of the file, or its line
  base::Date date;
  std::string direction;  // "to_dprk", "from_dprk", "none"; empty = the row does not say
  Facts facts;            // goods, hs, quantities, and every column named like a fact; without the direction
  std::vector<std::string> doubts;  // what of the row could not be used as it stands, plain sentences
};

struct CargoFile {
  std::vector<CargoRow> rows;
  base::Tally rejects;  // rows with neither HS code nor goods
};

// Columns (any spelling of facts.json): hs and/or goods; direction (to_dprk or export, from_dprk or import:
// as the trader outside the DPRK sees it; else from origin and destination); date (default_date where it has
// none); quantity with unit, or quantity_t and the like; value_usd, unit_value_usd, origin, ... Fails where
// the header has neither hs nor goods.
base::Result<CargoFile> read_cargo(const LawBook& book, std::string_view csv, std::string name,
                                   const base::Date& default_date);

// What was understood of the goods.
struct CargoGoods {
  std::vector<std::string> hs;     // stated, or from the words
  std::vector<std::string> kinds;  // "coal", "refined", "lux_un": tags of facts.json
  double barrels = 0, tonnes = 0;  // of petroleum and coal; 0 = not known
};

struct CargoAnswer {
  std::string direction;
  bool by_words = false;  // asked of the words alone, because they do not fit the stated HS code
  std::vector<Verdict> verdicts;
};

struct Cargo {
  CargoGoods goods;
  std::vector<std::string> doubts;   // of the row, and what the goods themselves raise
  std::vector<CargoAnswer> answers;  // both directions where the row states none
  bool attention = false;            // some verdict restricts, or cannot be given yet
};

Cargo screen_cargo(const LawBook& book, const CargoRow& row, std::span<const std::string> jurisdictions);

// {"id","date","hs","kinds","barrels","tonnes","doubts","cargo":[{"direction","by","verdicts":[as law
// check]}]}, no newline; what is not known is left out.
void append_json(std::string& out, const CargoRow& row, const Cargo& cargo);
// A line for each verdict: id,date,direction,by,jurisdiction,verdict,measures,because,missing,doubts.
inline constexpr std::string_view kCargoCsvHeader =
    "id,date,direction,by,jurisdiction,verdict,measures,because,missing,doubts\n";
void append_csv_rows(std::string& out, const CargoRow& row, const Cargo& cargo);

}  // namespace cordon::law
