#include "cordon/law/evaluate.hpp"

#include <algorithm>
#include <cmath>

namespace cordon::law {

Tri Case::absent(std::uint16_t slot) const {
  return book_->slots[slot].absent_is_no ? Tri::no : Tri::unknown;
}

bool Case::has_word(std::uint16_t slot, std::uint32_t word) const {
  const auto& words = words_[slot];
  return std::find(words.begin(), words.end(), word) != words.end();
}

// A code stated more roughly than the law needs (27 where 2701 is banned) leaves the question open.
Tri Case::hs_test(const Node& node) const {
  if (!known_[book_->slot_hs]) return absent(book_->slot_hs);
  Tri best = Tri::no;
  for (std::uint32_t i = node.first; i < node.first + node.count; ++i) {
    const HsRow& row = book_->hs[i];
    for (const std::string& code : hs_) {
      Tri here = Tri::no;
      if (code.starts_with(row.prefix)) {
        here = Tri::yes;
      } else if (std::string_view(row.prefix).starts_with(code)) {
        here = Tri::unknown;
      }
      if (here != Tri::no && row.only != kNoWord && !has_word(book_->slot_tags, row.only))
        here = goods_understood_ ? Tri::no : Tri::unknown;
      if (here == Tri::yes) return Tri::yes;
      best = std::max(best, here);
    }
  }
  return best;
}

// Of a sum with unknown parts only the known part is a lower bound: quantities are never negative.
Tri Case::compare(const Node& node) const {
  double sum = 0;
  bool complete = true;
  for (std::uint32_t i = 0; i < node.count; ++i) {
    const std::uint32_t slot = book_->pool[node.first + i];
    if (known_[slot]) {
      sum += number_[slot];
    } else {
      complete = false;
    }
  }
  constexpr double kTolerance = 1e-9;
  switch (node.compare) {
    case Compare::at_least:
      if (sum >= node.number - kTolerance) return Tri::yes;
      break;
    case Compare::above:
      if (sum > node.number + kTolerance) return Tri::yes;
      break;
    case Compare::at_most:
      if (sum > node.number + kTolerance) return Tri::no;
      return complete ? Tri::yes : absent(node.slot);
    case Compare::below:
      if (sum >= node.number - kTolerance) return Tri::no;
      return complete ? Tri::yes : absent(node.slot);
  }
  return complete ? Tri::no : absent(node.slot);
}

Tri Case::compute(const Node& node) {
  switch (node.op) {
    case Op::all: {
      Tri result = Tri::yes;
      for (std::uint32_t i = 0; i < node.count && result != Tri::no; ++i)
        result = std::min(result, value(book_->pool[node.first + i]));
      return result;
    }
    case Op::any: {
      Tri result = Tri::no;
      for (std::uint32_t i = 0; i < node.count && result != Tri::yes; ++i)
        result = std::max(result, value(book_->pool[node.first + i]));
      return result;
    }
    case Op::negate:
      return static_cast<Tri>(2 - static_cast<int>(value(node.first)));
    case Op::sure:
      return value(node.first) == Tri::yes ? Tri::yes : Tri::no;
    case Op::maybe:
      return value(node.first) == Tri::no ? Tri::no : Tri::yes;
    case Op::term: {
      // While facts are being derived a term may still change.
      if (deriving_) return value(book_->terms[node.first]);
      std::int8_t& memo = term_[node.first];
      if (memo < 0) memo = static_cast<std::int8_t>(value(book_->terms[node.first]));
      return static_cast<Tri>(memo);
    }
    case Op::is: {
      if (!known_[node.slot]) return absent(node.slot);
      if (book_->slots[node.slot].kind == SlotKind::flag)
        return number_[node.slot] == node.number ? Tri::yes : Tri::no;
      for (std::uint32_t i = 0; i < node.count; ++i)
        if (has_word(node.slot, book_->pool[node.first + i])) return Tri::yes;
      return Tri::no;
    }
    case Op::words: {
      if (!known_[node.slot] && node.slot != book_->slot_any) return absent(node.slot);
      const std::uint64_t* bits = &bits_[node.slot * book_->vocabulary.mask_words()];
      for (std::uint32_t i = 0; i < node.count; ++i) {
        const std::uint32_t phrase = book_->pool[node.first + i];
        if (bits[phrase / 64] >> (phrase % 64) & 1) return Tri::yes;
      }
      return Tri::no;
    }
    case Op::prefix:
    case Op::rows:
      return hs_test(node);
    case Op::known:
      return known_[node.slot] ? Tri::yes : Tri::no;
    case Op::compare:
      return compare(node);
    case Op::reached: {
      Tri result = Tri::no;
      for (std::uint32_t i = 0; i < node.count; ++i)
        result = std::max(result, reached_[book_->pool[node.first + i]]);
      return result;
    }
    case Op::before:
      if (!known_[node.slot]) return absent(node.slot);
      return number_[node.slot] < node.number ? Tri::yes : Tri::no;
    case Op::from:
      if (!known_[node.slot]) return absent(node.slot);
      return number_[node.slot] >= node.number ? Tri::yes : Tri::no;
    case Op::until:
      if (!known_[node.slot]) return absent(node.slot);
      return number_[node.slot] <= node.number ? Tri::yes : Tri::no;
  }
  return Tri::unknown;
}

Tri Case::value(std::uint32_t node) {
  return compute(book_->nodes[node]);
}

void Case::missing(std::uint32_t index, std::vector<std::string>& questions) {
  const Node& node = book_->nodes[index];
  if (value(index) != Tri::unknown) return;
  switch (node.op) {
    case Op::all:
    case Op::any:
      for (std::uint32_t i = 0; i < node.count; ++i) missing(book_->pool[node.first + i], questions);
      return;
    case Op::negate:
      return missing(node.first, questions);
    case Op::term:
      return missing(book_->terms[node.first], questions);
    case Op::sure:
    case Op::maybe:
    case Op::reached:
      return;
    default:
      break;
  }
  const auto ask = [&](std::uint16_t slot) {
    const Slot& s = book_->slots[slot];
    const std::string& question = s.ask.empty() ? s.meaning : s.ask;
    if (std::find(questions.begin(), questions.end(), question) == questions.end())
      questions.push_back(question);
  };
  if (node.op == Op::compare) {
    for (std::uint32_t i = 0; i < node.count; ++i) {
      const auto slot = static_cast<std::uint16_t>(book_->pool[node.first + i]);
      if (!known_[slot]) ask(slot);
    }
  } else {
    ask(node.slot);
  }
}

}  // namespace cordon::law
