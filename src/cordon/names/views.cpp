#include "cordon/names/views.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace cordon::names {
namespace {

constexpr std::size_t kMaxViews = 10, kMostSyllables = 5;

struct Part {
  std::vector<Element> elements;
  bool exact = false;
  float weight = 1.0f;
};
using Choices = std::vector<Part>;  // the ways to read one word

bool has_korean(const Part& part) {
  return std::all_of(part.elements.begin(), part.elements.end(),
                     [](const Element& e) { return e.korean.strict || e.korean.loose; });
}
bool has_pinyin(const Part& part) {
  return std::all_of(part.elements.begin(), part.elements.end(),
                     [](const Element& e) { return e.pinyin != 0; });
}

// A word that is no Korean word may be one with a slip of the hand or of a scanner: rn for m, two letters
// swapped.
Choices repaired(std::string_view word) {
  Choices out;
  const auto add = [&](const std::string& text) {
    const auto ways = read_latin(text);
    if (ways.empty() || out.size() >= 3) return;
    Part part;
    part.weight = 0.93f;
    for (const Syllable& s : ways.front()) part.elements.push_back({s, 0, 0, 0});
    out.push_back(std::move(part));
  };
  for (std::size_t at = word.find("rn"); at != word.npos; at = word.find("rn", at + 1))
    add(std::string(word.substr(0, at)) + "m" + std::string(word.substr(at + 2)));
  for (std::size_t i = 0; i + 1 < word.size() && word.size() >= 4; ++i) {
    std::string swapped(word);
    std::swap(swapped[i], swapped[i + 1]);
    if (swapped != word) add(swapped);
  }
  return out;
}

class Splitter {
 public:
  Splitter(FormsDraft& forms, bool family_first_only)
      : forms_(forms), family_first_only_(family_first_only) {}

  void run(const std::vector<Choices>& words, bool korean) {
    words_ = &words;
    korean_ = korean;
    now_.clear();
    extend(0, 1.0f, true);
  }

 private:
  void extend(std::size_t i, float weight, bool exact) {
    if (added_ >= kMaxViews) return;
    if (i == words_->size()) return settle(weight, exact);
    for (const Part& part : (*words_)[i]) {
      if (korean_ ? !has_korean(part) : !has_pinyin(part)) continue;
      now_.push_back(&part);
      extend(i + 1, weight * part.weight, exact && part.exact);
      now_.pop_back();
    }
  }

  std::size_t family(const std::vector<Element>& elements) const {
    if (!korean_)
      return chinese_family_length(elements.front().surname ? elements.front().surname
                                                            : elements.front().pinyin);
    std::vector<Syllable> syllables;
    for (const Element& e : elements) syllables.push_back(e.korean);
    return family_length(syllables.data(), syllables.size());
  }

  void settle(float weight, bool exact) {
    std::vector<Element> flat;
    for (const Part* part : now_) flat.insert(flat.end(), part->elements.begin(), part->elements.end());
    if (flat.size() < 2 || flat.size() > kMostSyllables) return;
    const bool reliable = exact || now_.size() >= 2;
    const std::size_t first = now_.front()->elements.size(), last = now_.back()->elements.size();
    // Family name first: it ends where a word ends, unless the whole is one word.
    if (const std::size_t n = family(flat);
        n > 0 && n < flat.size() && (now_.size() == 1 || first == n || (exact && first > n)))
      add(flat, n, reliable, weight, false);
    if (now_.size() >= 2 && !family_first_only_ && last <= 2) {
      const std::vector<Element>& tail = now_.back()->elements;
      std::vector<Element> turned = tail;
      turned.insert(turned.end(), flat.begin(), flat.end() - static_cast<std::ptrdiff_t>(last));
      if (family(turned) == last) add(turned, last, reliable, weight, true);
    }
  }

  void add(const std::vector<Element>& elements, std::size_t family_size, bool reliable, float weight,
           bool turned) {
    View view;
    view.at = static_cast<std::uint16_t>(forms_.elements.size());
    view.size = static_cast<std::uint8_t>(elements.size());
    view.family = static_cast<std::uint8_t>(family_size);
    view.exact = reliable;
    view.turned = turned;
    view.weight = weight;
    forms_.elements.insert(forms_.elements.end(), elements.begin(), elements.end());
    forms_.views.push_back(view);
    ++added_;
  }

  FormsDraft& forms_;
  bool family_first_only_;
  const std::vector<Choices>* words_ = nullptr;
  bool korean_ = true;
  std::vector<const Part*> now_;
  std::size_t added_ = 0;
};

}  // namespace

void add_views(FormsDraft& forms, const Alternative& alternative, std::span<const Piece> pieces) {
  std::vector<Choices> words;
  bool any_repaired = false;
  for (std::size_t i = alternative.begin; i < alternative.end; ++i) {
    const Token& token = forms.tokens[i];
    if (token.kind == TokenKind::title || token.kind == TokenKind::number) continue;
    if (token.kind == TokenKind::concept_word || token.abjad) return;
    Choices choices;
    for (std::uint8_t r = 0; r < token.readings; ++r) {
      const Reading& reading = forms.readings[token.reading_at + r];
      const Element* at = forms.reading(reading);
      if (reading.size <= kMostSyllables)
        choices.push_back({{at, at + reading.size}, reading.exact != 0, 1.0f});
    }
    if (choices.empty() && !any_repaired && !token.foreign) {
      choices = repaired(forms.word(token));
      any_repaired = true;
    }
    if (choices.empty()) return;
    words.push_back(std::move(choices));
    if (words.size() > 4) return;
  }
  if (words.empty()) return;
  const bool comma = pieces.size() > 1 && pieces.front().before_comma;
  Splitter splitter(forms, comma);
  splitter.run(words, true);
  splitter.run(words, false);
}

}  // namespace cordon::names
