#include "cordon/names/forms.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <span>

#include "cordon/base/text.hpp"
#include "cordon/names/fold.hpp"
#include "cordon/names/kernels.hpp"
#include "cordon/names/views.hpp"

namespace cordon::names {
namespace {

constexpr std::size_t kMaxTokens = 24;

using Pieces = std::vector<Piece>;

// Digits put for letters by hand or by a scanner: "H0NG", "K1M", "S3rgei".
char digit_as_letter(char digit, char before) {
  switch (digit) {
    case '0':
      return 'o';
    case '1':
      return before != 0 && std::string_view("aeiou").find(before) != std::string_view::npos ? 'l' : 'i';
    case '3':
      return 'e';
    case '4':
      return 'a';
    case '5':
      return 's';
    case '6':
    case '9':
      return 'g';
    case '7':
      return 't';
    case '8':
      return 'b';
    default:
      return 'z';
  }
}

// Joins digits to the letters they stand among. In a person's name every glued digit is a letter; elsewhere
// only one between letters, or a nought, which no hull number is.
Pieces without_digit_errors(Pieces pieces, bool person) {
  Pieces out;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    Piece& piece = pieces[i];
    const bool digits = piece.script == Script::digits;
    const bool to_left = digits && piece.glued && !out.empty() && out.back().script == Script::latin;
    const bool to_right =
        digits && i + 1 < pieces.size() && pieces[i + 1].glued && pieces[i + 1].script == Script::latin;
    const bool nought = piece.latin.find_first_not_of('0') == std::string::npos;
    if (digits && piece.latin.size() <= 2 && (to_left || to_right) &&
        (person || (to_left && to_right) || nought)) {
      std::string letters;
      for (const char d : piece.latin)
        letters +=
            digit_as_letter(d, letters.empty() ? (to_left ? out.back().latin.back() : 0) : letters.back());
      if (to_left) {
        out.back().latin += letters;
        out.back().before_comma = piece.before_comma;
      } else {
        piece.script = Script::latin, piece.latin = letters;
        out.push_back(std::move(piece));
      }
      if (to_right) {
        out.back().latin += pieces[i + 1].latin;
        out.back().before_comma = pieces[i + 1].before_comma;
        ++i;
      }
      continue;
    }
    out.push_back(std::move(piece));
  }
  return out;
}

// "SiemensAG": capitals after a small letter at the end of a word, where they spell a legal form.
std::string with_legal_form_apart(std::string_view text) {
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto small = [](char c) { return c >= 'a' && c <= 'z'; };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i > 2 && capital(text[i]) && small(text[i - 1])) {
      std::size_t end = i;
      while (end < text.size() && capital(text[end])) ++end;
      const std::string word = base::ascii_lower(text.substr(i, end - i));
      const std::string_view view = word;
      const bool ends = end == text.size() || !small(text[end]);
      if (ends && word.size() >= 2 && concept_of(find_phrase(std::span(&view, 1)).id).cls == WordClass::legal)
        out += ' ';
    }
    out += text[i];
  }
  return out;
}

// "Al-Qa'ida/Islamic Army", "X a.k.a. Y": the second name in brackets, where other names stand.
std::string with_other_name_apart(const std::string& text) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
  };
  std::string_view found;
  for (const std::string_view mark : {" a.k.a. ", " aka ", " A.K.A. ", " AKA ", "/"}) {
    const std::size_t at = text.find(mark);
    if (at == text.npos || text.find(mark, at + mark.size()) != text.npos) continue;
    found = std::string_view(text).substr(at, mark.size());
    break;
  }
  if (found.empty() || text.find('(') != text.npos) return text;
  const auto at = static_cast<std::size_t>(found.data() - text.data());
  const std::string left(base::trim(std::string_view(text).substr(0, at))),
      right(base::trim(std::string_view(text).substr(at + found.size())));
  // "A/S", "c/o": no names.
  const auto name = [&](const std::string& part, bool end) {
    if (part.size() < 4) return false;
    for (std::size_t i = 0; i < 3; ++i)
      if (!letter(part[end ? part.size() - 1 - i : i])) return false;
    return true;
  };
  return name(left, true) && name(right, false) ? left + " (" + right + ")" : text;
}

class Builder {
 public:
  Builder(FormsDraft& forms, Kind kind) : forms_(forms), kind_(kind) {}

  void alternative(std::span<const Piece> pieces) {
    Alternative alternative;
    alternative.begin = static_cast<std::uint16_t>(forms_.tokens.size());
    alternative.view_begin = static_cast<std::uint16_t>(forms_.views.size());
    for (std::size_t i = 0; i < pieces.size() && forms_.tokens.size() < alternative.begin + kMaxTokens;)
      i += take(pieces, i);
    alternative.end = static_cast<std::uint16_t>(forms_.tokens.size());
    if (kind_ != Kind::person) settle_numbers(alternative);
    if (kind_ == Kind::vessel) strip_ship_words(alternative);
    if (kind_ == Kind::vessel || kind_ == Kind::organisation) assimilate_words(alternative);
    if (kind_ == Kind::person || kind_ == Kind::any) add_views(forms_, alternative, pieces);
    alternative.view_end = static_cast<std::uint16_t>(forms_.views.size());
    if (alternative.end > alternative.begin) forms_.alternatives.push_back(alternative);
  }

 private:
  // Consumes one or more pieces from i; returns how many.
  std::size_t take(std::span<const Piece> pieces, std::size_t i) {
    const Piece& piece = pieces[i];
    switch (piece.script) {
      case Script::hangul:
      case Script::han: {
        const ConceptId ordinal = ordinal_at(pieces, i);
        const std::u32string_view run =
            std::u32string_view(piece.raw).substr(0, piece.raw.size() - (ordinal != 0));
        if (!run.empty()) piece.script == Script::hangul ? hangul(run) : characters(run, pieces, i);
        if (ordinal == 0) return 1;
        concept_token("", ordinal);
        return 2;
      }
      case Script::cyrillic:
        return cyrillic(pieces, i);
      case Script::kana:
        kana(piece);
        return 1;
      case Script::abjad:
      case Script::other: {
        Token& token = push(piece.latin);
        token.foreign = true;
        token.abjad = piece.script == Script::abjad;
        if (token.abjad && kind_ == Kind::person) know(token, given_name_arabic(piece.raw));
        if (is_particle(piece.latin)) token.kind = TokenKind::particle, token.weight = 0.15f;
        return 1;
      }
      case Script::digits:
        number(piece.latin);
        return 1;
      case Script::latin:
        break;
    }
    return latin(pieces, i);
  }

  Token& push(std::string_view text) {
    text = text.substr(0, 60);
    Token token;
    token.at = static_cast<std::uint16_t>(forms_.chars.size());
    token.length = static_cast<std::uint16_t>(text.size());
    token.letters = letter_set(text);
    token.weight = text.size() >= 4 ? 1.0f : text.size() == 3 ? 0.9f : text.size() == 2 ? 0.75f : 0.5f;
    if (kind_ == Kind::person) know(token, given_name(text));
    forms_.chars += text;
    const std::string bones = skeleton(text);
    token.bones_at = static_cast<std::uint16_t>(forms_.bones.size());
    token.bones_length = static_cast<std::uint16_t>(bones.size());
    forms_.bones += bones;
    token.reading_at = static_cast<std::uint16_t>(forms_.readings.size());
    forms_.tokens.push_back(token);
    return forms_.tokens.back();
  }

  static void know(Token& token, const GivenName& name) {
    token.bits = name.bits, token.given = name.name, token.short_form = name.short_form;
  }

  void concept_token(std::string_view text, ConceptId id) {
    Token& token = push(text);
    token.concept_id = id;
    token.kind = TokenKind::concept_word;
    switch (concept_of(id).cls) {
      case WordClass::legal:
        token.weight = 0.08f;
        break;
      case WordClass::unit:
        token.weight = 0.22f;
        break;
      case WordClass::trade:
        token.weight = 0.6f;
        break;
      case WordClass::topic:
        token.weight = 1.0f;
        break;
      case WordClass::place:
        token.weight = 0.8f;
        break;
      case WordClass::korea:
        token.weight = 0.3f;
        break;
      case WordClass::title:
        token.kind = TokenKind::title;
        token.weight = 0.1f;
        break;
      default:
        token.weight = 0.03f;
        break;
    }
    const WordClass cls = concept_of(id).cls;
    if (cls == WordClass::legal || cls == WordClass::trade || cls == WordClass::unit) forms_.business = true;
  }

  void number(std::string_view digits) {
    digits = digits.substr(std::min(digits.find_first_not_of('0'), digits.size() - 1));
    Token& token = push(digits);
    token.kind = TokenKind::number;
    token.weight = 1.0f;
    token.number = 0;
    for (const char d : digits.substr(0, 9)) token.number = token.number * 10 + (d - '0');
  }

  void reading(Token& token, std::span<const Element> elements, bool exact) {
    if (token.readings == 0) token.reading_at = static_cast<std::uint16_t>(forms_.readings.size());
    if (elements.empty() || forms_.elements.size() > 2000) return;
    forms_.readings.push_back({static_cast<std::uint16_t>(forms_.elements.size()),
                               static_cast<std::uint8_t>(elements.size()), exact});
    forms_.elements.insert(forms_.elements.end(), elements.begin(), elements.end());
    ++token.readings;
    // Longer readings than 15 are compared with none.
    if (elements.size() < 16) token.sizes |= static_cast<std::uint16_t>(1u << elements.size());
  }
  // Most syllables end in a consonant. One between vowels does not count: it opens the next syllable, so that
  // "sencora" is sen-co-ra, not sen-cor-a; but ng ends a syllable wherever it stands.
  static bool mostly_closed(const Syllables& way) {
    constexpr std::uint64_t none = std::uint64_t{1} << 11, open = std::uint64_t{1} << 40,
                            ng = std::uint64_t{1} << 47;
    std::size_t closed = 0;
    for (std::size_t k = 0; k < way.size(); ++k) {
      const std::uint64_t end = way[k].strict & kFinals;
      const bool lent = k + 1 < way.size() && (way[k + 1].strict & kOnsets) == none && end != ng;
      closed += end != open && !lent;
    }
    return closed * 2 >= way.size();
  }

  void korean_readings(Token& token, const std::vector<Syllables>& ways, bool exact) {
    for (std::size_t i = 0; i < std::min<std::size_t>(ways.size(), 4); ++i) {
      std::vector<Element> elements;
      for (const Syllable& s : ways[i]) elements.push_back({s, 0, 0, 0});
      if (i == 0) token.closed = mostly_closed(ways[i]);
      reading(token, elements, exact);
    }
  }
  void latin_readings(Token& token, const Piece& piece) {
    korean_readings(token, read_latin(piece.korean.empty() ? piece.latin : piece.korean), false);
    bool wade_giles = false;
    for (const auto& way : read_pinyin(piece.latin, wade_giles)) {
      if (wade_giles && kind_ != Kind::person && kind_ != Kind::any) break;
      std::vector<Element> elements;
      for (const Pinyin p : way) elements.push_back({{}, p, 0, 0});
      reading(token, elements, false);
    }
  }

  std::size_t latin(std::span<const Piece> pieces, std::size_t i) {
    std::vector<std::string_view> words;
    for (std::size_t k = i; k < pieces.size() && words.size() < 8 && pieces[k].script == Script::latin; ++k)
      words.push_back(pieces[k].latin);
    const Piece& piece = pieces[i];
    const Found found = find_phrase(words);
    const WordClass cls = concept_of(found.id).cls;
    const bool usable = kind_ == Kind::person   ? cls == WordClass::title
                        : kind_ == Kind::vessel ? false
                                                : found.id != 0;
    if (usable && !(cls == WordClass::title && kind_ != Kind::person) &&
        piece.latin.size() + found.length > 2) {
      std::string text;
      for (std::size_t k = 0; k < found.length; ++k) text += words[k];
      concept_token(text, found.id);
      return found.length;
    }
    if (is_particle(piece.latin) && kind_ != Kind::vessel && !(kind_ == Kind::organisation)) {
      Token& token = push(piece.latin);
      token.kind = TokenKind::particle, token.weight = 0.15f;
      latin_readings(token, piece);  // "An" and "Do" are Korean syllables too
      return 1;
    }
    if (piece.latin.size() == 1 && kind_ == Kind::person) {
      Token& token = push(piece.latin);
      token.kind = TokenKind::initial;
      // Romanised Korean has names of one letter: "O", "I", "U".
      latin_readings(token, piece);
      return 1;
    }
    const std::size_t at = forms_.tokens.size();
    latin_readings(push(piece.latin), piece);
    if (kind_ == Kind::organisation && piece.latin.size() >= 5) romanised_concept(forms_.tokens[at]);
    return 1;
  }

  // "muyok" in an organisation's name is the word 무역, trading.
  void romanised_concept(Token& token) {
    for (std::uint8_t r = 0; r < token.readings; ++r) {
      const Reading& way = forms_.readings[token.reading_at + r];
      Syllables syllables;
      for (std::uint8_t k = 0; k < way.size; ++k)
        if (forms_.reading(way)[k].korean.strict) syllables.push_back(forms_.reading(way)[k].korean);
      if (syllables.size() != way.size) continue;
      const ConceptId id = find_romanised(syllables);
      if (id == 0) continue;
      const std::string text(forms_.word(token));
      forms_.tokens.pop_back();
      concept_token(text, id);
      return;
    }
  }

  // 제2 or 第2, at the end of this piece and in the next: second. 0 where there is none.
  ConceptId ordinal_at(std::span<const Piece> pieces, std::size_t i) const {
    const std::u32string_view run = pieces[i].raw;
    if (kind_ == Kind::person || kind_ == Kind::vessel || i + 1 == pieces.size()) return 0;
    if ((run.back() != U'제' && run.back() != U'第') || pieces[i + 1].script != Script::digits ||
        !pieces[i + 1].glued)
      return 0;
    std::u32string ordinal = U"제";
    ordinal.append(pieces[i + 1].latin.begin(), pieces[i + 1].latin.end());
    const Found found = find_hangul(ordinal);
    return found.length == ordinal.size() ? found.id : ConceptId{0};
  }

  // A place as an adjective: Танчхонский банк is the bank of Танчхон.
  static std::u32string_view without_adjective(std::u32string_view word) {
    for (const std::u32string_view end : {U"ский", U"ская", U"ское", U"ские", U"ского", U"ской"})
      if (word.size() >= end.size() + 3 && word.ends_with(end))
        return word.substr(0, word.size() - end.size());
    return word;
  }

  std::size_t cyrillic(std::span<const Piece> pieces, std::size_t i) {
    std::vector<std::u32string_view> words;
    for (std::size_t k = i; k < pieces.size() && words.size() < 6 && pieces[k].script == Script::cyrillic;
         ++k)
      words.push_back(pieces[k].raw);
    const Found found = find_cyrillic(words);
    const WordClass cls = concept_of(found.id).cls;
    if (kind_ == Kind::person ? cls == WordClass::title : kind_ != Kind::vessel && found.id != 0) {
      std::string text;
      for (std::size_t k = 0; k < found.length; ++k) text += pieces[i + k].latin;
      concept_token(text, found.id);
      return found.length;
    }
    const std::u32string_view word =
        kind_ == Kind::organisation ? without_adjective(pieces[i].raw) : std::u32string_view(pieces[i].raw);
    Token& token = push(word.size() == pieces[i].raw.size() ? pieces[i].latin : cyrillic_latin(word));
    token.foreign = true;
    if (word.size() == 1) token.kind = TokenKind::initial;
    korean_readings(token, read_cyrillic(word), false);
    return 1;
  }

  void kana(const Piece& piece) {
    if (kind_ != Kind::person && kind_ != Kind::vessel) {
      return segment(
          piece.raw, piece.raw, [](std::u32string_view rest) { return find_han(rest); },
          [&](std::u32string_view word) { kana_word(kana_latin(word)); });
    }
    kana_word(piece.latin);
  }

  void kana_word(std::string_view romaji) {
    if (romaji.empty()) return;
    Token& token = push(romaji);
    token.foreign = true;
    korean_readings(token, read_kana(romaji), false);
  }

  void hangul_word(std::u32string_view word) {
    if (word.empty()) return;
    std::string text;
    Syllables syllables;
    for (const char32_t c : word)
      if (is_hangul(c)) text += hangul_latin(c), syllables.push_back(hangul_syllable(c));
    if (!syllables.empty()) soften_head(syllables.front());
    if (syllables.empty() || syllables.size() > 20) {
      if (!text.empty()) push(text).foreign = true;
      return;
    }
    Token& token = push(text);
    token.foreign = true;
    korean_readings(token, {syllables}, true);
    token.closed = true;
  }

  // A run of Hangul: known words by the longest entry, the rest is the distinctive part.
  void hangul(std::u32string_view run) {
    if (kind_ == Kind::person || kind_ == Kind::any) {
      const Found found = find_hangul(run);
      if (found.length == run.size() && concept_of(found.id).cls == WordClass::title)
        return concept_token("title", found.id);
      if (kind_ == Kind::person) return hangul_word(run);
    }
    if (kind_ == Kind::vessel) {
      if (run == U"호") return;
      if (run.size() > 2 && run.back() == U'호') run.remove_suffix(1);
      return hangul_word(run);
    }
    segment(
        run, run, [](std::u32string_view rest) { return find_hangul(rest); },
        [&](std::u32string_view word) { hangul_word(word); });
  }

  // text and forms run in parallel: forms is what is looked up.
  template <class Find, class Rest>
  void segment(std::u32string_view text, std::u32string_view forms, const Find& find, const Rest& rest) {
    std::size_t pending = 0;
    for (std::size_t i = 0; i < text.size();) {
      const Found found = find(forms.substr(i));
      // One character alone is a word only at the very end, after a known word: elsewhere it is part of a
      // name.
      const bool whole = found.length >= 2 || (found.length == 1 && pending == i && i + 1 == text.size());
      if (!whole) {
        ++i;
        continue;
      }
      rest(text.substr(pending, i - pending));
      concept_token("", found.id);
      i += found.length;
      pending = i;
    }
    rest(text.substr(pending));
  }

  void han_word(std::u32string_view word, bool name) {
    if (word.empty()) return;
    std::string text;
    std::vector<Element> elements;
    for (const char32_t c : word) {
      const Han entry = han(c);
      text += pinyin_text(entry.pinyin);
      elements.push_back(
          {entry.korean, entry.pinyin, name && elements.empty() ? entry.surname : Pinyin{0}, entry.form});
    }
    Token& token = push(text);
    token.foreign = true;
    token.closed = true;
    if (elements.size() <= 20) reading(token, elements, true);
  }

  void characters(std::u32string_view run, std::span<const Piece> pieces, std::size_t i) {
    std::u32string forms;
    for (const char32_t c : run) forms += han(c).form;
    if (kind_ == Kind::person) {
      const Found found = find_han(forms);
      if (found.length == run.size() && concept_of(found.id).cls == WordClass::title)
        return concept_token("title", found.id);
      return han_word(run, true);
    }
    if (kind_ == Kind::vessel) {
      const bool counted = i > 0 && pieces[i - 1].script == Script::digits;
      if (counted && (run == U"号" || run == U"號")) return;
      if (run.size() > 2 && (run.back() == U'号' || run.back() == U'號' || run.back() == U'轮'))
        run.remove_suffix(1);
      return han_word(run, false);
    }
    segment(
        run, forms, [](std::u32string_view rest) { return find_han(rest); },
        [&](std::u32string_view word) { han_word(word, false); });
  }

  // Roman numerals at the end of a name (before legal forms) are numbers; "no" before a number says nothing.
  void settle_numbers(const Alternative& alternative) {
    std::vector<Token>& tokens = forms_.tokens;
    std::size_t last = alternative.end;
    while (last > alternative.begin + 1u && tokens[last - 1].kind == TokenKind::concept_word &&
           tokens[last - 1].weight < 0.3f)
      --last;
    for (std::size_t i = alternative.begin + 1u; i < last; ++i) {
      Token& token = tokens[i];
      const bool place = kind_ == Kind::vessel ? i + 1 == last : i + 1 == last || token.length >= 2;
      if (token.kind == TokenKind::word && place && !token.foreign)
        if (const auto value = roman_number(forms_.word(token)); value) {
          token.kind = TokenKind::number;
          token.number = *value;
          token.weight = 1.0f;
        }
    }
    for (std::size_t i = alternative.begin; i + 1 < alternative.end; ++i) {
      const std::string_view word = forms_.word(tokens[i]);
      if (tokens[i + 1].kind == TokenKind::number &&
          (word == "no" || word == "nr" || word == "num" || word == "number"))
        tokens[i].kind = TokenKind::title, tokens[i].weight = 0.0f;
    }
  }

  // Ship names are written syllable by syllable: AM NOK GANG is 압록강.
  void assimilate_words(const Alternative& alternative) {
    for (std::size_t i = alternative.begin; i + 1 < alternative.end; ++i) {
      const Token &x = forms_.tokens[i], &y = forms_.tokens[i + 1];
      for (std::size_t p = 0; p < x.readings; ++p)
        for (std::size_t q = 0; q < y.readings; ++q) {
          const Reading &left = forms_.readings[x.reading_at + p], &right = forms_.readings[y.reading_at + q];
          Syllable &s = forms_.elements[left.at + left.size - 1u].korean,
                   &t = forms_.elements[right.at].korean;
          if (s.strict && t.strict) assimilate(s, t);
        }
    }
  }

  // "M/V", "MT", "(vessel)" say what it is, not which; "HO" (호) is the Korean counter for ships.
  void strip_ship_words(const Alternative& alternative) {
    std::vector<Token>& tokens = forms_.tokens;
    const auto drop = [&](std::size_t i) { tokens[i].kind = TokenKind::title, tokens[i].weight = 0.0f; };
    const std::size_t first = alternative.begin;
    if (alternative.end - first >= 2) {
      const std::string_view a = forms_.word(tokens[first]);
      constexpr std::string_view prefixes = " mv mt ms ss fv mfv mts tk lpg lng mva gv mtanker hmt ";
      if (prefixes.find(" " + std::string(a) + " ") != prefixes.npos)
        drop(first);
      else if (a == "m" && alternative.end - first >= 3 && forms_.word(tokens[first + 1]).size() == 1)
        drop(first), drop(first + 1);
    }
    for (std::size_t i = first; i < alternative.end; ++i) {
      const std::string_view word = forms_.word(tokens[i]);
      if (word == "vessel" || word == "ship" || word == "tanker" ||
          (word == "ho" && i + 1 == alternative.end && i > first))
        drop(i);
    }
  }

  FormsDraft& forms_;
  Kind kind_;
};

// The kind of a name that came without one: a company where it has a word of companies.
Kind guess(std::span<const Piece> pieces) {
  std::vector<std::string_view> latin;
  std::vector<std::u32string_view> wide;
  for (const Piece& piece : pieces) {
    if (piece.script == Script::latin) latin.push_back(piece.latin);
    if (piece.script == Script::cyrillic) wide.push_back(piece.raw);
    if (piece.script == Script::hangul || piece.script == Script::han)
      for (std::size_t i = 0; i < piece.raw.size(); ++i) {
        std::u32string rest = piece.raw.substr(i);
        for (char32_t& c : rest)
          if (!is_hangul(c)) c = han(c).form;
        const Found found = is_hangul(rest.front()) ? find_hangul(rest) : find_han(rest);
        const WordClass cls = concept_of(found.id).cls;
        if (found.length >= 2 && cls != WordClass::none && cls < WordClass::topic) return Kind::organisation;
      }
  }
  const auto business = [](const Found& found, std::size_t letters) {
    const WordClass cls = concept_of(found.id).cls;
    return found.id != 0 && letters > 2 && cls < WordClass::topic;
  };
  for (std::size_t i = 0; i < latin.size(); ++i)
    if (business(find_phrase(std::span(latin).subspan(i)), latin[i].size())) return Kind::organisation;
  for (std::size_t i = 0; i < wide.size(); ++i)
    if (business(find_cyrillic(std::span(wide).subspan(i)), wide[i].size())) return Kind::organisation;
  return Kind::person;
}

// Whether these pieces hold a word that is not in the lexicon: a name.
bool guess_words(std::span<const Piece> pieces) {
  for (const Piece& piece : pieces) {
    const std::string_view word = piece.latin;
    const bool known = piece.script == Script::latin
                           ? find_phrase(std::span(&word, 1)).id != 0 || word == "hong" || word == "kong"
                       : piece.script == Script::hangul   ? find_hangul(piece.raw).length == piece.raw.size()
                       : piece.script == Script::han      ? find_han(piece.raw).length == piece.raw.size()
                       : piece.script == Script::cyrillic ? [&] {
                           const std::u32string_view raw = piece.raw;
                           return find_cyrillic(std::span(&raw, 1)).id != 0;
                         }()
                                                          : false;
    if (!known) return true;
  }
  return false;
}

}  // namespace

std::string skeleton(std::string_view word) {
  std::string out;
  for (std::size_t i = 0; i < word.size(); ++i) {
    char c = word[i];
    const char next = i + 1 < word.size() ? word[i + 1] : 0;
    switch (c) {
      case 'a':
      case 'e':
      case 'i':
      case 'o':
      case 'u':
      case 'y':
      case 'w':
        continue;
      case 'h':
        if (i > 0 && std::string_view("kgsctdpz").find(word[i - 1]) != std::string_view::npos) continue;
        break;
      case 'c':
        c = next == 'h' ? 's' : 'k';
        break;
      case 'q':
      case 'g':
        c = 'k';
        break;
      case 'z':
      case 'j':
      case 'x':
        c = 's';
        break;
      case 'd':
        c = 't';
        break;
      case 'v':
      case 'p':
      case 'b':
        c = 'f';
        break;
      default:
        break;
    }
    if (out.empty() || out.back() != c) out += c;
  }
  return out;
}

FormsDraft make_forms(std::string_view text, Kind kind) {
  FormsDraft forms;
  forms.text = std::string(text.substr(0, kMaxNameBytes));
  std::string spaced = kind == Kind::organisation || kind == Kind::any
                           ? with_legal_form_apart(text.substr(0, kMaxNameBytes))
                           : std::string(text.substr(0, kMaxNameBytes));
  if (kind != Kind::vessel) spaced = with_other_name_apart(spaced);
  Pieces pieces = fold(spaced);
  for (const Piece& piece : pieces) {
    if (!forms.key.empty() && !piece.glued) forms.key += ' ';
    forms.key += piece.raw.empty() ? piece.latin : to_utf8(piece.raw);
  }
  forms.kind = kind == Kind::any ? guess(pieces) : kind;
  pieces = without_digit_errors(std::move(pieces), forms.kind == Kind::person);
  forms.cut = forms.kind == Kind::vessel && base::trim(text).size() == 20;
  Builder builder(forms, forms.kind);
  const auto groups = static_cast<std::uint8_t>(
      std::accumulate(pieces.begin(), pieces.end(), 0,
                      [](int most, const Piece& p) { return std::max<int>(most, p.group); }));
  const auto only = [&](std::uint8_t group) {
    Pieces some;
    std::copy_if(pieces.begin(), pieces.end(), std::back_inserter(some),
                 [&](const Piece& p) { return p.group == group; });
    return some;
  };
  builder.alternative(pieces);
  // A place or legal form in brackets belongs to a company's name; a name in brackets is another name of it.
  const auto names_something = [&](std::uint8_t group) {
    Pieces some = only(group);
    return forms.kind != Kind::organisation || guess_words(some);
  };
  bool other_names = groups > 0;
  for (std::uint8_t group = 1; group <= groups; ++group) other_names = other_names && names_something(group);
  if (other_names) {
    builder.alternative(only(0));
    for (std::uint8_t group = 1; group <= std::min<std::uint8_t>(groups, 3); ++group)
      builder.alternative(only(group));
  }
  for (const Token& token : forms.tokens) forms.letters |= token.letters;
  return forms;
}

PreparedName::PreparedName(std::string_view text, Kind kind) {
  struct Held {
    FormsDraft draft;
    NameForms view;
  };
  const auto held = std::make_shared<Held>(Held{make_forms(text, kind), {}});
  held->view = held->draft.view();
  forms_ = std::shared_ptr<const NameForms>(held, &held->view);
}

PreparedName PreparedName::borrow(const NameForms& forms) {
  PreparedName name;
  name.forms_ = std::shared_ptr<const NameForms>(std::shared_ptr<const NameForms>(), &forms);
  return name;
}

std::string_view PreparedName::text() const {
  return forms_ ? forms_->text : std::string_view{};
}
Kind PreparedName::kind() const {
  return forms_ ? forms_->kind : Kind::any;
}
bool PreparedName::empty() const {
  return !forms_ || forms_->alternatives.empty();
}

std::string latin(std::string_view text) {
  std::string out;
  for (const Piece& piece : fold(text)) {
    std::string word = piece.latin;
    if (piece.script == Script::hangul)
      for (const char32_t c : piece.raw) word += hangul_latin(c);
    if (piece.script == Script::han)
      for (const char32_t c : piece.raw) word += pinyin_text(han(c).pinyin);
    if (word.empty()) continue;
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out;
}

}  // namespace cordon::names
