// The fast form of the law: conditions as flat nodes, facts as numbered slots, words as numbers. Built once
// by the loader (load.cpp), read by evaluate.cpp. Not part of the public interface.
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cordon/law/law.hpp"
#include "cordon/law/vocabulary.hpp"

namespace cordon::law {

// Three values: a leaf on an unstated fact is unknown unless facts.json says absence means no.
enum class Tri : std::uint8_t { no, unknown, yes };

enum class SlotKind : std::uint8_t { flag, number, date, word, text, hs };

struct Slot {
  std::string name, meaning, ask, unit;
  SlotKind kind = SlotKind::text;
  bool absent_is_no = false;
  bool required = false;         // nothing can be said without it
  bool declared_values = false;  // word slots: only the values listed
  bool percent = false;  // number slots: a share; above 1 it is per cent, and "50%" in any text states it
};

enum class Op : std::uint8_t {
  all,
  any,
  negate,
  sure,    // unknown counts as no
  maybe,   // unknown counts as yes
  term,    // number = index of a named condition
  is,      // slot holds one of values (word, flag)
  words,   // slot's text holds one of the phrases of the mask
  prefix,  // one of the HS codes starts with one of the prefixes
  rows,    // one of the HS codes is in the goods list of a measure
  known,
  compare,  // sum of slots against number
  reached,  // a measure evaluated earlier applies
  before,   // date < day
  from,     // date >= day
  until,    // date <= day
};

enum class Compare : std::uint8_t { at_least, at_most, above, below };

struct HsRow {
  std::string prefix;
  std::uint32_t only = kNoWord;  // the row covers this kind of goods only (a tag)
};

struct Node {
  Op op{};
  Compare compare{};
  std::uint16_t slot = 0;
  std::uint32_t first = 0, count = 0;  // range in children, words, masks, prefixes or rows
  double number = 0;
};

// A place in the day line where a measure's text was written.
struct Outcome {
  std::uint32_t when = 0;
  bool has_when = false;
  std::uint8_t verdict = 0;
  bool separate = false;  // the law keeps this question apart from the others
  std::string because;
  std::vector<std::string> missing;
};

struct Rule {
  std::uint32_t jurisdiction = 0;
  bool decides = false;  // has a condition; else it informs only
  std::uint32_t when = 0;
  bool joins = false;             // accompanies a verdict, never makes one
  std::vector<Outcome> outcomes;  // the last has no condition
  std::vector<std::uint32_t> yields_to;
  std::vector<std::uint32_t> exemptions;
  std::vector<std::uint32_t> also;  // measures of other jurisdictions cited with this one
  std::uint32_t near = 0, asked = 0;
  bool has_near = false, has_asked = false;
  std::int64_t start_day = 0, last_day = 0;
  std::string source_keys, condition;
  std::unordered_map<std::string, double> caps;  // numbers of "caps"
  std::vector<double> notify_pct;                // shares of a cap at which States are told
  int period_month = 1, period_day = 1;          // when the year of a cap starts
};

struct ExemptionRule {
  std::uint32_t jurisdiction = 0;
  bool decides = false;
  std::uint32_t when = 0;
  bool open = false;  // not knowing whether it holds leaves the verdict open
  std::vector<Outcome> outcomes;
  std::int64_t start_day = 0, last_day = 0;
  std::string source_keys, condition;
};

struct Derivation {
  std::uint32_t when = 0;
  struct Set {
    std::uint16_t slot = 0;
    bool adds = false;
    std::uint32_t word = kNoWord;
    double number = 0;
    std::string hs;
  };
  std::vector<Set> sets;
};

struct VerdictWord {
  std::string word, meaning;
  enum class Kind : std::uint8_t { restrictive, open, permissive, none } kind{};
};

struct Petroleum {
  std::string product;
  std::uint32_t tag = kNoWord;  // kNoWord = where the product is not named
  double barrels_per_tonne = 0, tonnes_per_kilolitre = 0;
};

struct NotCovered {
  std::uint32_t direction = kNoWord;
  std::string prefix, why;
  std::uint32_t near = 0;
};

struct Alias {
  std::uint16_t slot = 0;
  double scale = 1;
};

struct Compiled {
  std::string version;
  std::vector<model::Measure> measures;
  std::vector<Rule> rules;  // same index as measures
  std::vector<Exemption> exemptions;
  std::vector<ExemptionRule> exemption_rules;
  std::vector<Jurisdiction> jurisdictions;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> range;  // of measures, by jurisdiction
  std::vector<LawSource> sources;
  std::vector<VerdictWord> verdicts;  // index = rank, strictest first

  std::vector<Slot> slots;
  std::unordered_map<std::string, Alias> names;  // fact names and aliases
  Vocabulary vocabulary;
  // word slot values: normalised spelling -> canonical word, by slot
  std::vector<std::unordered_map<std::string, std::uint32_t>> synonyms;
  std::unordered_map<std::string, std::uint32_t> word_ids;
  std::vector<std::string> words;

  std::vector<Node> nodes;
  std::vector<std::uint32_t> pool;  // children, word ids, slots, measure indices
  std::vector<std::uint64_t> masks;
  std::vector<HsRow> hs;
  std::vector<std::uint32_t> terms;  // node of each named condition
  std::map<std::string, std::vector<HsRow>, std::less<>> rows_of;
  std::vector<Derivation> derivations;

  // What a phrase of goods vocabulary says: tags and HS codes.
  struct GoodsWord {
    std::vector<std::uint32_t> tags;
    std::vector<std::string> hs;
  };
  std::unordered_map<std::uint32_t, GoodsWord> goods_words;    // by phrase
  std::vector<std::pair<std::string, std::uint32_t>> hs_tags;  // HS prefix -> tag
  std::vector<Petroleum> petroleum;
  std::vector<NotCovered> not_covered;
  std::uint16_t slot_goods = 0, slot_hs = 0, slot_tags = 0, slot_any = 0, slot_date = 0, slot_direction = 0,
                slot_basis = 0;

  std::unordered_map<std::string, std::uint32_t> measure_index, exemption_index, jurisdiction_index;
  // "2371/6" -> measures of that resolution and paragraph, for facts that rely on a paragraph.
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_paragraph;
};

}  // namespace cordon::law
