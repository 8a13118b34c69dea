#include "cordon/names/fold.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>

namespace cordon::names {
namespace {

bool ascii_letter(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool ascii_digit(char32_t c) {
  return c >= '0' && c <= '9';
}

// Letters that no decomposition reduces to a base letter and a mark.
std::string_view latin_exception(char32_t c) {
  switch (c) {
    case U'ø':
      return "o";
    case U'ł':
      return "l";
    case U'đ':
    case U'ð':
      return "d";
    case U'ħ':
      return "h";
    case U'ı':
      return "i";
    case U'ŋ':
      return "ng";
    case U'æ':
      return "ae";
    case U'œ':
      return "oe";
    case U'þ':
      return "th";
    case U'ə':
      return "a";
    case U'ŧ':
      return "t";
    case U'ß':
      return "ss";
    default:
      return {};
  }
}

struct Letter {
  enum What : std::uint8_t { letter, blank, comma, hyphen, silent, open, close, dot } what = blank;
  Script script = Script::latin;
};

Letter classify(char32_t c) {
  if (ascii_letter(c)) return {Letter::letter, Script::latin};
  if (ascii_digit(c)) return {Letter::letter, Script::digits};
  switch (c) {
    case ',':
    case U'、':
    case U'،':
      return {Letter::comma, {}};
    case '-':
    case U'‐':
    case U'‑':
    case U'–':
      return {Letter::hyphen, {}};
    case '\'':
    case U'’':
    case U'‘':
    case U'ʼ':
    case U'ʿ':
    case U'ʾ':
    case '`':
    case U'´':
      return {Letter::silent, {}};
    case '(':
    case '[':
    case '{':
      return {Letter::open, {}};
    case ')':
    case ']':
    case '}':
      return {Letter::close, {}};
    case '.':
      return {Letter::dot, {}};
    default:
      break;
  }
  if (c < 0x80) return {Letter::blank, {}};
  const auto category = u_charType(static_cast<UChar32>(c));
  if (category == U_NON_SPACING_MARK || category == U_FORMAT_CHAR || category == U_MODIFIER_LETTER) {
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(static_cast<UChar32>(c), &status);
    if (c == U'ー') return {Letter::letter, Script::kana};
    // Marks of Indic, Thai and Semitic scripts are vowels: they stay with their word.
    if (category == U_NON_SPACING_MARK && script != USCRIPT_INHERITED && script != USCRIPT_COMMON)
      return {Letter::letter,
              script == USCRIPT_ARABIC || script == USCRIPT_HEBREW ? Script::abjad : Script::other};
    return {Letter::silent, {}};
  }
  if (!u_isalnum(static_cast<UChar32>(c)) && category != U_COMBINING_SPACING_MARK) return {Letter::blank, {}};
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(c), &status)) {
    case USCRIPT_LATIN:
      return {Letter::letter, Script::latin};
    case USCRIPT_HAN:
      return {Letter::letter, Script::han};
    case USCRIPT_HANGUL:
      return {Letter::letter, Script::hangul};
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
      return {Letter::letter, Script::kana};
    case USCRIPT_CYRILLIC:
      return {Letter::letter, Script::cyrillic};
    case USCRIPT_ARABIC:
    case USCRIPT_HEBREW:
    case USCRIPT_SYRIAC:
      return {Letter::letter, Script::abjad};
    default:
      return {Letter::letter,
              u_charType(static_cast<UChar32>(c)) == U_DECIMAL_DIGIT_NUMBER ? Script::digits : Script::other};
  }
}

// Compatibility forms, case and canonical order by ICU; plain ASCII never gets here.
std::u32string normalised(std::u32string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* folder = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const icu::UnicodeString in = icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(text.data()),
                                                              static_cast<int32_t>(text.size()));
  const icu::UnicodeString out = folder->normalize(in, status);
  std::u32string result(static_cast<std::size_t>(out.countChar32()), U' ');
  status = U_ZERO_ERROR;
  out.toUTF32(reinterpret_cast<UChar32*>(result.data()), static_cast<int32_t>(result.size()), status);
  return result;
}

void append_latin(Piece& piece, char32_t c) {
  if (c < 0x80) {
    piece.latin += static_cast<char>(c);
    if (!piece.korean.empty()) piece.korean += static_cast<char>(c);
    return;
  }
  std::string plain(latin_exception(c));
  if (plain.empty()) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(status);
    icu::UnicodeString parts;
    if (!nfd->getDecomposition(static_cast<UChar32>(c), parts)) return;
    for (int32_t i = 0; i < parts.length(); ++i) {
      if (ascii_letter(parts[i]))
        plain += static_cast<char>(parts[i] | 0x20);
      else if (const auto known = latin_exception(parts[i]); !known.empty())
        plain += known;
    }
  }
  const std::string_view breve = c == U'ŏ' ? "eo" : c == U'ŭ' ? "eu" : std::string_view{};
  if (!breve.empty() && piece.korean.empty()) piece.korean = piece.latin;
  piece.latin += plain;
  if (!piece.korean.empty() || !breve.empty())
    piece.korean += breve.empty() ? std::string_view(plain) : breve;
}

class Cutter {
 public:
  void letter(char32_t c, Script script, bool capital) {
    if (!open_ || script != now_.script) {
      const bool glued = open_;
      flush();
      now_ = Piece{};
      now_.script = script;
      now_.glued = glued;
      now_.after_hyphen = hyphen_ && !pieces_.empty();
      now_.group = inside_ ? groups_ : std::uint8_t{0};
      open_ = true;
      capitals_ = 0, letters_ = 0;
    }
    hyphen_ = false;
    ++letters_;
    capitals_ += capital;
    if (script == Script::latin)
      append_latin(now_, c);
    else if (script == Script::digits)
      now_.latin += static_cast<char>('0' + std::max(0, u_charDigitValue(static_cast<UChar32>(c))));
    else
      now_.raw += c;
  }
  void flush() {
    if (!open_) return;
    open_ = false;
    now_.capital = letters_ > 1 && capitals_ == letters_;
    if ((!now_.latin.empty() || !now_.raw.empty()) && pieces_.size() < kMaxPieces)
      pieces_.push_back(std::move(now_));
  }
  void blank() { flush(), hyphen_ = false; }
  void hyphen() { flush(), hyphen_ = true; }
  void comma() {
    blank();
    if (!pieces_.empty()) pieces_.back().before_comma = true;
  }
  void bracket(bool opens) {
    blank();
    if (opens && groups_ < 200) ++groups_;
    inside_ = opens;
  }
  bool open_latin(std::size_t length) const {
    return open_ && now_.script == Script::latin && letters_ == length;
  }
  bool open() const { return open_; }
  std::vector<Piece> take() {
    flush();
    return std::move(pieces_);
  }

 private:
  std::vector<Piece> pieces_;
  Piece now_;
  bool open_ = false, hyphen_ = false, inside_ = false;
  std::uint8_t groups_ = 0;
  std::size_t capitals_ = 0, letters_ = 0;
};

// "A.B.C. Company" -> "abc company", "L.L.C" -> "llc": a dot between single letters joins them.
bool dot_joins(std::u32string_view text, std::size_t at) {
  const auto lone = [&](std::size_t i) {
    return i < text.size() && classify(text[i]).what == Letter::letter && !ascii_digit(text[i]) &&
           (i == 0 || classify(text[i - 1]).what != Letter::letter) &&
           (i + 1 >= text.size() || classify(text[i + 1]).what != Letter::letter);
  };
  return at > 0 && lone(at - 1) && lone(at + 1);
}

}  // namespace

std::u32string to_utf32(std::string_view utf8) {
  std::u32string out;
  out.reserve(utf8.size());
  for (std::size_t i = 0; i < utf8.size();) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    const std::size_t length = byte < 0x80       ? 1
                               : byte >> 5 == 6  ? 2
                               : byte >> 4 == 14 ? 3
                               : byte >> 3 == 30 ? 4
                                                 : 0;
    char32_t c = length == 1 ? byte : length == 0 ? 0 : byte & (0x7Fu >> length);
    bool good = length != 0 && i + length <= utf8.size();
    for (std::size_t k = 1; good && k < length; ++k) {
      const auto next = static_cast<unsigned char>(utf8[i + k]);
      good = next >> 6 == 2;
      c = c << 6 | (next & 0x3F);
    }
    good = good && c <= 0x10FFFF && !(c >= 0xD800 && c <= 0xDFFF);
    out += good ? c : U' ';
    i += good ? length : 1;
  }
  return out;
}

std::string to_utf8(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) {
    const auto put = [&](char32_t bits) { out += static_cast<char>(bits); };
    if (c < 0x80)
      put(c);
    else if (c < 0x800)
      put(0xC0 | c >> 6), put(0x80 | (c & 0x3F));
    else if (c < 0x10000)
      put(0xE0 | c >> 12), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
    else
      put(0xF0 | c >> 18), put(0x80 | (c >> 12 & 0x3F)), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
  }
  return out;
}

std::vector<Piece> fold(std::string_view text) {
  text = text.substr(0, kMaxNameBytes);
  const bool plain =
      std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  std::u32string wide = plain ? std::u32string(text.begin(), text.end()) : to_utf32(text);
  Cutter cutter;
  // The case of letters is read before folding removes it; folding keeps the order of words, so capitals are
  // counted per letter only where the text is ASCII.
  if (!plain) wide = normalised(wide);
  for (std::size_t i = 0; i < wide.size(); ++i) {
    const char32_t c = wide[i];
    const Letter letter = classify(c);
    switch (letter.what) {
      case Letter::letter: {
        const bool capital = c >= 'A' && c <= 'Z';
        cutter.letter(capital ? c | 0x20 : c, letter.script, capital);
        break;
      }
      case Letter::comma:
        cutter.comma();
        break;
      case Letter::hyphen:
        cutter.hyphen();
        break;
      case Letter::open:
        cutter.bracket(true);
        break;
      case Letter::close:
        cutter.bracket(false);
        break;
      case Letter::dot:
        if (!dot_joins(wide, i)) cutter.blank();
        break;
      case Letter::silent:
        break;
      case Letter::blank:
        if (c == '&') {
          cutter.blank();
          for (const char d : std::string_view("and"))
            cutter.letter(static_cast<char32_t>(d), Script::latin, false);
        }
        cutter.blank();
        break;
    }
  }
  std::vector<Piece> pieces = cutter.take();
  for (Piece& piece : pieces) {
    switch (piece.script) {
      case Script::cyrillic:
        piece.latin = cyrillic_latin(piece.raw);
        break;
      case Script::kana:
        piece.latin = kana_latin(piece.raw);
        break;
      case Script::abjad:
      case Script::other:
        piece.latin = other_latin(piece.raw);
        break;
      default:
        break;
    }
  }
  return pieces;
}

}  // namespace cordon::names
