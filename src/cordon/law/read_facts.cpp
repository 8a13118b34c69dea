// Facts as stated -> slots: spellings, units, phrases, HS codes from goods words, quantities, derived facts.
#include <algorithm>
#include <cmath>
#include <optional>

#include "cordon/base/text.hpp"
#include "cordon/law/condition.hpp"
#include "cordon/law/evaluate.hpp"

namespace cordon::law {
namespace {

std::string text_of(double number) {
  if (std::nearbyint(number) == number && std::abs(number) < 1e15) return fmt::format("{:.0f}", number);
  return fmt::format("{}", number);
}

// The first number in a text: "15,000 bbl" -> 15000, "50%" -> 50. Nothing where there is none.
std::optional<double> first_number(std::string_view text) {
  std::string digits;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if ((c >= '0' && c <= '9') || (c == '.' && !digits.empty())) {
      digits.push_back(c);
    } else if (!digits.empty() &&
               (c != ',' || i + 1 == text.size() || text[i + 1] < '0' || text[i + 1] > '9')) {
      break;
    }
  }
  while (!digits.empty() && digits.back() == '.') digits.pop_back();
  return base::parse_number<double>(digits);
}

}  // namespace

void Case::prepare(const Compiled& book, const base::Date& date, const Facts& facts) {
  book_ = &book;
  const std::size_t slots = book.slots.size();
  known_.assign(slots, 0);
  number_.assign(slots, 0);
  words_.resize(slots);
  for (auto& words : words_) words.clear();
  bits_.assign(slots * book.vocabulary.mask_words(), 0);
  hs_.clear();
  goods_.clear();
  cited_.clear();
  cited_exemptions_.clear();
  term_.assign(book.terms.size(), -1);
  reached_.assign(book.measures.size(), Tri::no);
  goods_understood_ = false;
  set_number(book.slot_date, static_cast<double>(base::days_since_epoch(date)));

  std::string key;
  for (const auto& [name, value] : facts.all()) {
    key = base::ascii_lower(name);
    const auto place = book.names.find(key);
    if (place == book.names.end()) {
      if (const auto* text = std::get_if<std::string>(&value)) mark_phrases(book.slot_any, *text);
      if (const auto* list = std::get_if<std::vector<std::string>>(&value))
        for (const std::string& text : *list) mark_phrases(book.slot_any, text);
      continue;
    }
    if (place->second.slot != book.slot_date) read(place->second.slot, place->second.scale, value);
  }
  for (const auto& [name, value] : facts.all())
    if (const auto* text = std::get_if<std::string>(&value)) read_percent(*text);
  read_goods();
  deriving_ = true;
  derive();
  read_quantities();
  derive();
  deriving_ = false;
}

void Case::set_word(std::uint16_t slot, std::uint32_t word) {
  known_[slot] = 1;
  if (!has_word(slot, word)) words_[slot].push_back(word);
}

void Case::set_number(std::uint16_t slot, double number) {
  known_[slot] = 1;
  number_[slot] = number;
}

void Case::set_amount(std::uint16_t slot, double number) {
  set_number(slot, book_->slots[slot].percent && number > 1 ? number / 100 : number);
}

// "entity 50% owned by a designated bank": the share stands in the text of another fact.
void Case::read_percent(std::string_view text) {
  const auto sign = text.find('%');
  const auto words = sign == std::string_view::npos ? text.find(" per cent") : sign;
  if (words == std::string_view::npos || words == 0) return;
  std::size_t start = words;
  while (start > 0 && ((text[start - 1] >= '0' && text[start - 1] <= '9') || text[start - 1] == '.')) --start;
  const auto number = base::parse_number<double>(text.substr(start, words - start));
  if (!number) return;
  for (std::size_t slot = 0; slot < book_->slots.size(); ++slot)
    if (book_->slots[slot].percent && !known_[slot])
      set_number(static_cast<std::uint16_t>(slot), *number / 100);
}

void Case::mark_phrases(std::uint16_t slot, std::string_view text) {
  matches_.clear();
  book_->vocabulary.find(text, matches_);
  const std::size_t width = book_->vocabulary.mask_words();
  for (const auto& match : matches_) {
    const std::uint64_t bit = std::uint64_t{1} << (match.phrase % 64);
    bits_[slot * width + match.phrase / 64] |= bit;
    bits_[book_->slot_any * width + match.phrase / 64] |= bit;
  }
  if (slot == book_->slot_goods) goods_.insert(goods_.end(), matches_.begin(), matches_.end());
}

void Case::read(std::uint16_t slot, double scale, const Value& value) {
  if (const auto* list = std::get_if<std::vector<std::string>>(&value)) {
    for (const std::string& item : *list) read(slot, scale, Value(item));
    return;
  }
  if (const auto* text = std::get_if<std::string>(&value)) {
    if (base::trim(*text).empty()) return;
    mark_phrases(slot, *text);
    read_text(slot, *text);
    if (book_->slots[slot].kind == SlotKind::number) read_number(slot, scale, *text);
    return;
  }
  const double number =
      std::holds_alternative<bool>(value) ? (std::get<bool>(value) ? 1 : 0) : std::get<double>(value);
  switch (book_->slots[slot].kind) {
    case SlotKind::flag:
      return set_number(slot, number != 0 ? 1 : 0);
    case SlotKind::number:
      if (std::isfinite(number) && number >= 0) set_amount(slot, number * scale);
      return;
    case SlotKind::hs: {
      // A JSON number loses the leading zero of a chapter: 307 is 0307.
      std::string code = text_of(number);
      if (code.size() % 2 == 1) code.insert(code.begin(), '0');
      return read_hs(code);
    }
    case SlotKind::text:
      known_[slot] = 1;
      return;
    case SlotKind::word:
      return read_word(slot,
                       std::holds_alternative<bool>(value) ? (number != 0 ? "yes" : "no") : text_of(number));
    case SlotKind::date:
      return;
  }
}

void Case::read_text(std::uint16_t slot, std::string_view text) {
  switch (book_->slots[slot].kind) {
    case SlotKind::flag: {
      // A flag given as text: no words of denial = yes, "unknown" = not known. The text keeps its phrases.
      const std::string form = value_form(text);
      static constexpr std::string_view kNo[] = {"no",  "false", "none",    "n",     "0",
                                                 "not", "never", "refused", "denied"};
      static constexpr std::string_view kOpen[] = {"unknown",   "unclear",  "unstated",   "maybe",
                                                   "not_known", "possibly", "not_stated", "tbc"};
      if (std::find(std::begin(kOpen), std::end(kOpen), form) != std::end(kOpen)) return;
      const std::string_view head = std::string_view(form).substr(0, form.find('_'));
      return set_number(slot, std::find(std::begin(kNo), std::end(kNo), head) != std::end(kNo) ? 0 : 1);
    }
    case SlotKind::date: {
      if (const auto date = base::parse_date(base::trim(text)); date && date->year > 1900)
        set_number(slot, static_cast<double>(base::days_since_epoch(*date)));
      return;
    }
    case SlotKind::word:
      return read_word(slot, text);
    case SlotKind::hs:
      for (const std::string_view part : base::split(text, ',')) read_hs(part);
      return;
    case SlotKind::number:
      return;
    case SlotKind::text:
      known_[slot] = 1;
      if (slot == book_->slot_basis) read_citations(text);
      return;
  }
}

// The spelling itself, or the longest phrase in it that the slot knows ("sells to DPRK" -> supply).
void Case::read_word(std::uint16_t slot, std::string_view text) {
  const auto& known = book_->synonyms[slot];
  const std::string form = value_form(text);
  if (const auto place = known.find(form); place != known.end()) return set_word(slot, place->second);
  const auto tokens = tokens_of(text);
  std::size_t best = 0;
  std::uint32_t word = kNoWord;
  std::string run;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    run.clear();
    for (std::size_t n = 0; n < 5 && i + n < tokens.size(); ++n) {
      if (n > 0) run.push_back('_');
      run.append(tokens[i + n]);
      if (const auto place = known.find(run); place != known.end() && n + 1 > best) {
        best = n + 1;
        word = place->second;
      }
    }
  }
  if (word != kNoWord) return set_word(slot, word);
  // Stated but not understood: an open list takes any value, a closed one stays unknown.
  if (book_->slots[slot].declared_values) return;
  known_[slot] = 1;
  if (const auto place = book_->word_ids.find(form); place != book_->word_ids.end())
    set_word(slot, place->second);
}

void Case::read_number(std::uint16_t slot, double scale, std::string_view text) {
  if (const auto number = first_number(text)) set_amount(slot, *number * scale);
}

void Case::read_hs(std::string_view text) {
  for (std::string& code : hs_expand(text)) {
    if (std::find(hs_.begin(), hs_.end(), code) == hs_.end()) hs_.push_back(std::move(code));
    known_[book_->slot_hs] = 1;
  }
}

// Longest phrase wins: "iron ore" is not also "iron". A stated HS code is never replaced by one guessed from
// words; words still say which of the goods of a heading are meant.
void Case::read_goods() {
  const bool hs_stated = known_[book_->slot_hs] != 0;
  std::erase_if(goods_, [&](const auto& match) { return !book_->goods_words.contains(match.phrase); });
  for (const auto& match : goods_) {
    const bool covered = std::any_of(goods_.begin(), goods_.end(), [&](const auto& other) {
      return other.length > match.length && other.start <= match.start &&
             other.start + other.length >= match.start + match.length;
    });
    if (covered) continue;
    const auto& says = book_->goods_words.at(match.phrase);
    for (const std::uint32_t tag : says.tags) set_word(book_->slot_tags, tag);
    if (!says.hs.empty() || !says.tags.empty()) goods_understood_ = true;
    if (hs_stated) continue;
    for (const std::string& code : says.hs) {
      if (std::find(hs_.begin(), hs_.end(), code) == hs_.end()) hs_.push_back(code);
      known_[book_->slot_hs] = 1;
    }
  }
  for (const std::string& code : hs_)
    for (const auto& [prefix, tag] : book_->hs_tags)
      if (code.starts_with(prefix)) set_word(book_->slot_tags, tag);
  if (hs_stated || goods_understood_) known_[book_->slot_tags] = 1;
}

// 1718 Committee: barrels where given, else tonnes by the product's factor, else 8.33 where no product is
// named.
void Case::read_quantities() {
  const auto slot = [&](const char* name) { return book_->names.at(name).slot; };
  const Petroleum* factor = nullptr;
  for (const Petroleum& row : book_->petroleum) {
    if (row.tag == kNoWord ? factor == nullptr : has_word(book_->slot_tags, row.tag)) {
      factor = &row;
      if (row.tag != kNoWord) break;
    }
  }
  if (!factor) return;
  const auto convert = [&](std::uint16_t barrels, std::uint16_t tonnes, std::uint16_t kilolitres) {
    constexpr double kBarrelsPerKilolitre = 6.2898;  // 1 barrel = 42 US gallons = 0.158987 m3
    if (known_[kilolitres]) {
      if (!known_[barrels]) set_number(barrels, number_[kilolitres] * kBarrelsPerKilolitre);
      if (!known_[tonnes] && factor->tonnes_per_kilolitre > 0)
        set_number(tonnes, number_[kilolitres] * factor->tonnes_per_kilolitre);
    }
    if (known_[tonnes] && !known_[barrels]) set_number(barrels, number_[tonnes] * factor->barrels_per_tonne);
    if (known_[barrels] && !known_[tonnes]) set_number(tonnes, number_[barrels] / factor->barrels_per_tonne);
  };
  convert(slot("quantity_bbl"), slot("quantity_t"), slot("quantity_kl"));
  convert(slot("year_total_bbl"), slot("year_total_t"), slot("year_total_kl"));
}

// "2371 para 6", "UNSCR 2321 (2016) para 12(a)", "OP5 of 2397", or an id of the book.
void Case::read_citations(std::string_view text) {
  const auto add = [](std::vector<std::uint32_t>& to, std::uint32_t index) {
    if (std::find(to.begin(), to.end(), index) == to.end()) to.push_back(index);
  };
  for (const std::string_view part : base::split(text, ' ')) {
    std::string id(base::trim(part));
    while (!id.empty() && (id.back() == ',' || id.back() == ';' || id.back() == '.')) id.pop_back();
    if (const auto place = book_->measure_index.find(id); place != book_->measure_index.end())
      add(cited_, place->second);
    if (const auto place = book_->exemption_index.find(id); place != book_->exemption_index.end())
      add(cited_exemptions_, place->second);
  }
  const auto tokens = tokens_of(text);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i] != "para" && tokens[i] != "paragraph" && tokens[i] != "op") continue;
    if (i + 1 == tokens.size()) break;
    // The resolution stands within three words before or after the paragraph.
    for (std::size_t j = i > 3 ? i - 3 : 0; j < std::min(tokens.size(), i + 5); ++j) {
      const auto place = book_->by_paragraph.find(tokens[j] + "/" + tokens[i + 1]);
      if (place != book_->by_paragraph.end())
        for (const std::uint32_t index : place->second) add(cited_, index);
    }
  }
}

void Case::derive() {
  for (const Derivation& derivation : book_->derivations) {
    bool wanted = false;
    for (const auto& set : derivation.sets) wanted = wanted || set.adds || !known_[set.slot];
    if (!wanted || value(derivation.when) != Tri::yes) continue;
    for (const auto& set : derivation.sets) {
      if (!set.adds && known_[set.slot]) continue;
      if (set.slot == book_->slot_hs) {
        read_hs(set.hs);
      } else if (set.word != kNoWord) {
        set_word(set.slot, set.word);
      } else {
        set_number(set.slot, set.number);
      }
    }
  }
}

}  // namespace cordon::law
