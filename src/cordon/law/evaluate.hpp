// Facts of one case in numbered slots, and the value of conditions on them. A Case is made for each question;
// its memory is kept for the next one.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/law/compile.hpp"

namespace cordon::law {

class Case {
 public:
  // Reads the facts, the goods vocabulary, quantities and derived facts.
  void prepare(const Compiled& book, const base::Date& date, const Facts& facts);

  Tri value(std::uint32_t node);
  // The questions behind an unknown value, each once, in the order of the condition.
  void missing(std::uint32_t node, std::vector<std::string>& questions);
  // Set by the caller as measures are decided, for {"reached":[..]}.
  void reached(std::uint32_t measure, Tri state) { reached_[measure] = state; }

  bool known(std::uint16_t slot) const { return known_[slot] != 0; }
  bool has_word(std::uint16_t slot, std::uint32_t word) const;
  const std::vector<std::string>& hs() const { return hs_; }
  double number(std::uint16_t slot) const { return number_[slot]; }  // of a known slot, in its own unit
  const std::vector<std::uint32_t>& words(std::uint16_t slot) const { return words_[slot]; }
  // Measures and exemptions that the facts rely on by id or by resolution and paragraph.
  const std::vector<std::uint32_t>& cited() const { return cited_; }
  const std::vector<std::uint32_t>& cited_exemptions() const { return cited_exemptions_; }

 private:
  void read(std::uint16_t slot, double scale, const Value& value);
  void read_text(std::uint16_t slot, std::string_view text);
  void read_word(std::uint16_t slot, std::string_view text);
  void read_number(std::uint16_t slot, double scale, std::string_view text);
  void read_hs(std::string_view text);
  void read_goods();
  void read_quantities();
  void read_citations(std::string_view text);
  void derive();
  void set_word(std::uint16_t slot, std::uint32_t word);
  void set_number(std::uint16_t slot, double number);
  void set_amount(std::uint16_t slot, double number);
  void read_percent(std::string_view text);
  void mark_phrases(std::uint16_t slot, std::string_view text);
  Tri compute(const Node& node);
  Tri hs_test(const Node& node) const;
  Tri compare(const Node& node) const;
  Tri absent(std::uint16_t slot) const;

  const Compiled* book_ = nullptr;
  std::vector<std::uint8_t> known_;
  std::vector<double> number_;  // flag 0/1, number, days of a date
  std::vector<std::vector<std::uint32_t>> words_;
  std::vector<std::uint64_t> bits_;  // phrases found, by slot
  std::vector<std::string> hs_;
  std::vector<std::int8_t> term_;  // -1 not computed
  std::vector<Tri> reached_;
  std::vector<std::uint32_t> cited_, cited_exemptions_;
  std::vector<Vocabulary::Match> matches_, goods_;
  bool goods_understood_ = false, deriving_ = false;
};

}  // namespace cordon::law
