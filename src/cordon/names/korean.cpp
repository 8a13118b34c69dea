#include "cordon/names/korean.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <cstring>

#include "cordon/names/fold.hpp"

namespace cordon::names {
namespace {

// Jamo in Unicode order.
constexpr std::u32string_view kOnset = U"ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
constexpr std::u32string_view kVowel = U"ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";
// Finals by the sound they close with: none ㄱ ㄴ ㄷ ㄹ ㅁ ㅂ ㅇ.
constexpr std::u32string_view kFinal = U"-ㄱㄴㄷㄹㅁㅂㅇ";
constexpr std::array<std::uint8_t, 28> kFinalClass = {0, 1, 1, 1, 2, 2, 2, 3, 4, 1, 5, 6, 4, 4,
                                                      6, 4, 5, 6, 6, 3, 3, 7, 3, 3, 1, 3, 6, 3};

enum Part : std::uint8_t { onset, vowel, final };

constexpr std::uint64_t bits(Part part, std::u32string_view jamo) {
  std::uint64_t set = 0;
  for (const char32_t c : jamo) {
    const std::u32string_view all = part == onset ? kOnset : part == vowel ? kVowel : kFinal;
    const std::size_t at = all.find(c);
    if (at != all.npos) set |= std::uint64_t{1} << (at + (part == onset ? 0 : part == vowel ? 19 : 40));
  }
  return set;
}

struct Spelling {
  std::string_view text;
  std::uint64_t strict, loose;
};

constexpr Spelling on(std::string_view t, std::u32string_view s, std::u32string_view l = U"") {
  return {t, bits(onset, s), bits(onset, s) | bits(onset, l)};
}
constexpr Spelling vo(std::string_view t, std::u32string_view s, std::u32string_view l = U"") {
  return {t, bits(vowel, s), bits(vowel, s) | bits(vowel, l)};
}
constexpr Spelling fi(std::string_view t, std::u32string_view s, std::u32string_view l = U"") {
  return {t, bits(final, s), bits(final, s) | bits(final, l)};
}

// Spellings by their first letter, longest first, so that the likelier reading comes first ("ng" before "n");
// the empty spelling ends every list.
using Spellings = std::array<std::vector<Spelling>, 128>;
struct Alphabet {
  Spellings onsets, vowels, finals;
};

Spellings by_letter(std::vector<Spelling> all) {
  std::stable_sort(all.begin(), all.end(),
                   [](const Spelling& a, const Spelling& b) { return a.text.size() > b.text.size(); });
  Spellings lists;
  for (std::size_t c = 0; c < lists.size(); ++c)
    for (const Spelling& spelling : all)
      if (spelling.text.empty() || static_cast<unsigned char>(spelling.text.front()) == c)
        lists[c].push_back(spelling);
  return lists;
}

Alphabet made(std::vector<Spelling> onsets, std::vector<Spelling> vowels, std::vector<Spelling> finals) {
  return {by_letter(std::move(onsets)), by_letter(std::move(vowels)), by_letter(std::move(finals))};
}

// Loose onsets hold the two assimilations that change a syllable's head (ㄹ read ㄴ, and ㄹ or ㄴ lost at the
// head of a word in the South: 리/이, 로/노, 녀/여); loose vowels the customs of passports (Jung and Sung for
// 정 and 성).
const Alphabet& latin_alphabet() {
  static const Alphabet alphabet =
      made({on("", U"ㅇ"),           on("g", U"ㄱ"),        on("k", U"ㄱㅋ"),       on("kh", U"ㅋ"),
            on("kk", U"ㄲ"),         on("gg", U"ㄲ"),       on("n", U"ㄴ", U"ㄹ"),  on("d", U"ㄷ"),
            on("t", U"ㄷㅌ"),        on("th", U"ㅌ"),       on("tt", U"ㄸ"),        on("dd", U"ㄸ"),
            on("r", U"ㄹ", U"ㄴ"),   on("l", U"ㄹ", U"ㄴ"), on("rh", U"ㄹ", U"ㄴ"), on("m", U"ㅁ"),
            on("b", U"ㅂ"),          on("p", U"ㅂㅍ"),      on("ph", U"ㅍ"),        on("pp", U"ㅃ"),
            on("bb", U"ㅃ"),         on("s", U"ㅅ", U"ㅆ"), on("ss", U"ㅆ", U"ㅅ"), on("sh", U"ㅅ"),
            on("j", U"ㅈ", U"ㅊ"),   on("jj", U"ㅉ"),       on("ch", U"ㅈㅊ"),      on("chh", U"ㅊ"),
            on("tch", U"ㅉ", U"ㅊ"), on("tj", U"ㅉ"),       on("c", U"ㅈ"),         on("cc", U"ㅉ"),
            on("z", U"ㅈ"),          on("h", U"ㅎ")},
           {vo("a", U"ㅏ"),
            vo("ah", U"ㅏ"),
            vo("ar", U"", U"ㅏ"),
            vo("ya", U"ㅑ"),
            vo("eo", U"ㅓ", U"ㅗ"),
            vo("o", U"ㅗㅓ"),
            vo("oh", U"ㅗ", U"ㅓ"),
            vo("uh", U"ㅓ"),
            vo("ur", U"", U"ㅓ"),
            vo("u", U"ㅜㅡ", U"ㅓ"),
            vo("oo", U"ㅜ", U"ㅡ"),
            vo("woo", U"ㅜ"),
            vo("wu", U"ㅜ"),
            vo("eu", U"ㅡ", U"ㅓ"),
            vo("ui", U"ㅢ", U"ㅟ"),
            vo("eui", U"ㅢ"),
            vo("uy", U"ㅢ"),
            vo("i", U"ㅣ", U"ㅢ"),
            vo("ee", U"ㅣ"),
            vo("yi", U"ㅣ", U"ㅢ"),
            vo("ie", U"", U"ㅣ"),
            vo("e", U"ㅔ", U"ㅐㅓㅖ"),
            vo("ae", U"ㅐ", U"ㅔ"),
            vo("ai", U"ㅐ"),
            vo("ay", U"ㅐ"),
            vo("oe", U"ㅚ", U"ㅞㅓ"),
            vo("oi", U"ㅚ"),
            vo("oy", U"ㅚ"),
            vo("wae", U"ㅙ"),
            vo("way", U"ㅙ"),
            vo("we", U"ㅞ", U"ㅚㅙㅝ"),
            vo("wa", U"ㅘ"),
            vo("wo", U"ㅝ"),
            vo("weo", U"ㅝ"),
            vo("wi", U"ㅟ", U"ㅢ"),
            vo("wee", U"ㅟ"),
            vo("wuy", U"ㅟ"),
            vo("yo", U"ㅛㅕ"),
            vo("yeo", U"ㅕ", U"ㅛ"),
            vo("you", U"ㅕ", U"ㅠ"),
            vo("ou", U"", U"ㅜㅓ"),
            vo("yu", U"ㅠ", U"ㅕ"),
            vo("yoo", U"ㅠ"),
            vo("yae", U"ㅒ"),
            vo("ye", U"ㅖ", U"ㅒㅕ")},
           {fi("", U"-"), fi("k", U"ㄱ"), fi("g", U"ㄱ"), fi("ck", U"ㄱ"), fi("kk", U"ㄱ"), fi("n", U"ㄴ"),
            fi("t", U"ㄷ"), fi("d", U"ㄷ"), fi("s", U"ㄷ"), fi("l", U"ㄹ"), fi("ll", U"ㄹ"), fi("r", U"ㄹ"),
            fi("m", U"ㅁ"), fi("p", U"ㅂ"), fi("b", U"ㅂ"), fi("ng", U"ㅇ")});
  return alphabet;
}

// Katakana in Hepburn letters; ku mu ru pu may close a syllable, and n stands for both ㄴ and ㅇ.
const Alphabet& kana_alphabet() {
  static const Alphabet alphabet =
      made({on("", U"ㅇ"), on("k", U"ㄱㅋ"), on("g", U"ㄱ"), on("s", U"ㅅㅆ"), on("sh", U"ㅅㅆ"),
            on("t", U"ㄷㅌ"), on("d", U"ㄷ"), on("ch", U"ㅈㅊ"), on("ts", U"ㅊ"), on("n", U"ㄴ", U"ㄹ"),
            on("h", U"ㅎ"), on("f", U"ㅎ", U"ㅍ"), on("b", U"ㅂ"), on("p", U"ㅂㅍ"), on("m", U"ㅁ"),
            on("r", U"ㄹ"), on("j", U"ㅈ"), on("z", U"ㅈ")},
           {vo("a", U"ㅏ"), vo("i", U"ㅣ", U"ㅢ"), vo("u", U"ㅜㅡ"), vo("e", U"ㅔㅐ", U"ㅚㅖ"),
            vo("o", U"ㅗㅓ"), vo("ya", U"ㅑ"), vo("yu", U"ㅠ"), vo("yo", U"ㅛㅕ"), vo("ye", U"ㅖ", U"ㅕ"),
            vo("wa", U"ㅘ"), vo("wo", U"ㅝ", U"ㅓ"), vo("wi", U"ㅟ"), vo("we", U"ㅞㅙㅚ"), vo("ui", U"ㅢ"),
            vo("wu", U"ㅜ"), vo("ei", U"", U"ㅔㅖㅐ")},
           {fi("", U"-"), fi("ku", U"ㄱ"), fi("gu", U"ㄱ"), fi("k", U"ㄱ"), fi("n", U"ㄴㅇ"),
            fi("t", U"ㄷ", U"ㄱㅂ"), fi("ru", U"ㄹ"), fi("mu", U"ㅁ"), fi("m", U"ㅁ"), fi("pu", U"ㅂ"),
            fi("bu", U"ㅂ")});
  return alphabet;
}

// Kontsevich, with the older custom of е for ㅓ ("Чен Ын"), in the letters of kOwn below.
const Alphabet& cyrillic_alphabet() {
  static const Alphabet alphabet =
      made({on("", U"ㅇ"),          on("k", U"ㄱㅋ"),      on("kx", U"ㅋ"),       on("kk", U"ㄲ"),
            on("g", U"ㄱ"),         on("n", U"ㄴ", U"ㄹ"), on("t", U"ㄷㅌ"),      on("tx", U"ㅌ"),
            on("tt", U"ㄸ"),        on("d", U"ㄷ"),        on("r", U"ㄹ"),        on("l", U"ㄹ"),
            on("m", U"ㅁ"),         on("p", U"ㅂㅍ"),      on("px", U"ㅍ"),       on("pp", U"ㅃ"),
            on("b", U"ㅂ"),         on("v", U"ㅂ"),        on("s", U"ㅅ", U"ㅆ"), on("ss", U"ㅆ", U"ㅅ"),
            on("w", U"ㅅ"),         on("c", U"ㅈ", U"ㅊ"), on("cx", U"ㅊ"),       on("cc", U"ㅉ"),
            on("dz", U"ㅈ"),        on("qz", U"ㅈ"),       on("q", U"ㅈ", U"ㅊ"), on("qx", U"ㅊ"),
            on("cz", U"ㅈ", U"ㅉ"), on("x", U"ㅎ")},
           {vo("a", U"ㅏ"),          vo("A", U"ㅑ"),
            vo("o", U"ㅓㅗ"),        vo("O", U"ㅕㅛ"),
            vo("u", U"ㅜ", U"ㅡ"),   vo("U", U"ㅠ", U"ㅜ"),
            vo("y", U"ㅡ"),          vo("i", U"ㅣ"),
            vo("E", U"ㅐㅔ", U"ㅓ"), vo("e", U"ㅔㅖ", U"ㅓㅕㅐ"),
            vo("oi", U"ㅚ"),         vo("oj", U"ㅚ"),
            vo("oe", U"ㅚ"),         vo("ve", U"ㅚㅞㅙ"),
            vo("vE", U"ㅙㅞ"),       vo("va", U"ㅘ"),
            vo("vo", U"ㅝ"),         vo("vi", U"ㅟ"),
            vo("yj", U"ㅢ"),         vo("yi", U"ㅢ"),
            vo("je", U"ㅖ"),         vo("jo", U"ㅕㅛ"),
            vo("EE", U"ㅐ")},
           {fi("", U"-"), fi("k", U"ㄱ"), fi("n", U"ㄴㅇ"), fi("n`", U"ㄴ"), fi("n'", U"ㄴ"), fi("ng", U"ㅇ"),
            fi("t", U"ㄷ"), fi("l'", U"ㄹ"), fi("l", U"ㄹ"), fi("r", U"ㄹ"), fi("m", U"ㅁ"), fi("p", U"ㅂ")});
  return alphabet;
}

class Reader {
 public:
  Reader(const Alphabet& alphabet, std::string_view word)
      : alphabet_(alphabet), size_(std::min(word.size(), kLongestWord)) {
    std::copy_n(word.begin(), size_, letters_.begin());
  }
  std::vector<Syllables> read() {
    if (size_ > 0) extend(0);
    for (Syllables& reading : found_)
      for (Syllable& s : reading) {
        // Jung for 정 is a custom of closed syllables: Ju is never 저.
        constexpr std::uint64_t eo = bits(vowel, U"ㅓ"), u = bits(vowel, U"ㅜ");
        if ((s.strict & u) && !(s.strict & eo) && (s.strict & bits(final, U"-"))) s.loose &= ~eo;
      }
    for (Syllables& reading : found_) {
      for (std::size_t i = 0; i + 1 < reading.size(); ++i) assimilate(reading[i], reading[i + 1]);
      soften_head(reading.front());
    }
    return std::move(found_);
  }

 private:
  const std::vector<Spelling>& list(const Spellings& lists, std::size_t at) const {
    return lists[static_cast<unsigned char>(letters_[at]) & 127u];
  }
  bool here(const Spelling& s, std::size_t from) const {
    for (std::size_t i = 0; i < s.text.size(); ++i)
      if (letters_[from + i] != s.text[i]) return false;
    return true;
  }
  // False where no syllables lead from here to the end; true where some do or a limit forbade to look.
  bool extend(std::size_t at) {
    if (at == size_) {
      if (std::find(found_.begin(), found_.end(), now_) == found_.end()) found_.push_back(now_);
      return true;
    }
    if (now_.size() == kMaxSyllables) return true;
    bool reaches = false;
    for (const Spelling& head : list(alphabet_.onsets, at)) {
      if (!here(head, at)) continue;
      for (const Spelling& middle : list(alphabet_.vowels, at + head.text.size())) {
        if (!here(middle, at + head.text.size())) continue;
        const std::size_t tail_at = at + head.text.size() + middle.text.size();
        for (const Spelling& tail : list(alphabet_.finals, tail_at)) {
          if (!here(tail, tail_at)) continue;
          const std::size_t next = tail_at + tail.text.size();
          if (dead_[next]) continue;
          if (found_.size() >= kMaxReadings || ++steps_ > 400) return true;
          now_.push_back({head.strict | middle.strict | tail.strict, head.loose | middle.loose | tail.loose});
          reaches |= extend(next);
          now_.pop_back();
        }
      }
    }
    if (!reaches) dead_[at] = true;
    return reaches;
  }

  static constexpr std::size_t kLongestSpelling = 8, kLongestWord = 80;  // callers ask for half of it
  const Alphabet& alphabet_;
  std::size_t size_;  // of the word
  // The word, and zeros as far behind it as a spelling may look.
  std::array<char, kLongestWord + kLongestSpelling> letters_{};
  std::bitset<kLongestWord + 1> dead_;
  Syllables now_;
  std::vector<Syllables> found_;
  int steps_ = 0;
};

// Cyrillic letters in one ASCII letter each, for the table above.
std::string cyrillic_code(std::u32string_view word) {
  constexpr std::u32string_view letters = U"абвгдеёжзийклмнопрстуфхцчшщъыьэюя";
  constexpr std::string_view codes = "abvgdeOzzijklmnoprstufxqcwW`y'EUA";
  std::string out;
  for (const char32_t c : word) {
    const std::size_t at = letters.find(c);
    out += at == letters.npos ? '?' : codes[at];
  }
  return out;
}

// Passport spellings of family names that follow no system.
struct Customary {
  std::string_view latin;
  char32_t hangul;
};
constexpr auto kCustomary = std::to_array<Customary>(
    {{"park", U'박'}, {"pak", U'박'},  {"lee", U'리'},  {"rhee", U'리'}, {"yi", U'리'},    {"rie", U'리'},
     {"li", U'리'},   {"ri", U'리'},   {"choi", U'최'}, {"choe", U'최'}, {"chwe", U'최'},  {"chey", U'최'},
     {"choy", U'최'}, {"chai", U'채'}, {"noh", U'로'},  {"roh", U'로'},  {"rim", U'림'},   {"lim", U'림'},
     {"rhim", U'림'}, {"yim", U'림'},  {"ryu", U'류'},  {"yoo", U'류'},  {"ahn", U'안'},   {"hahn", U'한'},
     {"sohn", U'손'}, {"paik", U'백'}, {"baik", U'백'}, {"hur", U'허'},  {"huh", U'허'},   {"suh", U'서'},
     {"koo", U'구'},  {"moon", U'문'}, {"shim", U'심'}, {"woo", U'우'},  {"whang", U'황'}, {"kwak", U'곽'},
     {"gwak", U'곽'}, {"jee", U'지'},  {"chee", U'지'}, {"yom", U'렴'},  {"wook", U'욱'}});

}  // namespace

// Sound changes where syllables meet within a word: 압록 Amnok, 국무 Kungmu, 신라 Silla, 독립 Tongnip.
void assimilate(Syllable& left, Syllable& right) {
  constexpr std::uint64_t nasal_heads = bits(onset, U"ㄴㅁㄹ"), liquid = bits(onset, U"ㄹ");
  if (right.strict & nasal_heads) {
    if (left.strict & bits(final, U"ㅇ")) left.loose |= bits(final, U"ㄱ");
    if (left.strict & bits(final, U"ㄴ")) left.loose |= bits(final, U"ㄷ");
    if (left.strict & bits(final, U"ㅁ")) left.loose |= bits(final, U"ㅂ");
    if (right.strict & bits(onset, U"ㄴ")) right.loose |= liquid;
  }
  if ((left.strict & bits(final, U"ㄹ")) && (right.strict & liquid)) {
    left.loose |= bits(final, U"ㄴ");
    right.loose |= bits(onset, U"ㄴ");
  }
  // "rl" written once: Kuwollyong and Kuwolyong.
  if ((left.strict & bits(final, U"-")) && (right.strict & liquid)) left.loose |= bits(final, U"ㄹ");
}

// A syllable at the head of a word may have lost ㄹ or ㄴ in the South: 리 이, 녀 여, 로 노, 림 임.
void soften_head(Syllable& s) {
  constexpr std::uint64_t soft = bits(vowel, U"ㅣㅑㅕㅛㅠㅖ");
  if ((s.loose & bits(onset, U"ㅇ")) && (s.loose & soft)) s.loose |= bits(onset, U"ㄹㄴ");
  if (s.loose & bits(onset, U"ㄴ")) s.loose |= bits(onset, U"ㄹ");
  if (s.strict & bits(onset, U"ㄹ"))
    s.loose |= bits(onset, U"ㄴ") | (s.loose & soft ? bits(onset, U"ㅇ") : 0);
}

bool is_hangul(char32_t c) {
  return c >= 0xAC00 && c <= 0xD7A3;
}

Syllable hangul_syllable(char32_t c) {
  const auto index = static_cast<std::uint32_t>(c - 0xAC00);
  const std::uint64_t set = std::uint64_t{1} << (index / 588) | std::uint64_t{1} << (19 + index % 588 / 28) |
                            std::uint64_t{1} << (40 + kFinalClass[index % 28]);
  return {set, set};
}

std::string_view hangul_latin(char32_t c) {
  static const std::vector<std::string> all = [] {
    constexpr std::array<const char*, 19> heads = {"k",  "kk", "n", "t",  "tt", "r",  "m",  "p",  "pp", "s",
                                                   "ss", "",   "j", "jj", "ch", "kh", "th", "ph", "h"};
    constexpr std::array<const char*, 21> middles = {"a",  "ae", "ya", "yae", "o",  "e",  "yo",
                                                     "ye", "o",  "wa", "wae", "oe", "yo", "u",
                                                     "wo", "we", "wi", "yu",  "u",  "ui", "i"};
    constexpr std::array<const char*, 8> tails = {"", "k", "n", "t", "l", "m", "p", "ng"};
    std::vector<std::string> made;
    for (std::size_t index = 0; index < 11172; ++index)
      made.push_back(std::string(heads[index / 588]) + middles[index % 588 / 28] +
                     tails[kFinalClass[index % 28]]);
    return made;
  }();
  return is_hangul(c) ? std::string_view(all[c - 0xAC00]) : std::string_view{};
}

std::vector<Syllables> read_latin(std::string_view word) {
  // Letters no spelling of Korean has: most words of other languages end here.
  if (word.size() > 24 || word.find_first_of("fqvx0123456789") != word.npos) return {};
  std::vector<Syllables> readings = Reader(latin_alphabet(), word).read();
  constexpr std::size_t kLongestCustomary = std::ranges::max(kCustomary, {}, [](const Customary& custom) {
                                              return custom.latin.size();
                                            }).latin.size();
  if (word.size() > kLongestCustomary) return readings;
  for (const Customary& custom : kCustomary)
    if (custom.latin == word) {
      Syllables one = {hangul_syllable(custom.hangul)};
      soften_head(one.front());
      for (Syllables& reading : readings)
        if (reading.size() == 1)
          one.front().strict |= reading.front().strict, one.front().loose |= reading.front().loose;
      std::erase_if(readings, [](const Syllables& r) { return r.size() == 1; });
      readings.insert(readings.begin(), std::move(one));
      break;
    }
  return readings;
}

std::vector<Syllables> read_cyrillic(std::u32string_view word) {
  if (word.size() > 40) return {};
  return Reader(cyrillic_alphabet(), cyrillic_code(word)).read();
}

std::vector<Syllables> read_kana(std::string_view romaji) {
  if (romaji.size() > 40) return {};
  // ファ is written for 화, フィ for 휘.
  std::string word;
  for (std::size_t i = 0; i < romaji.size(); ++i) {
    const bool before_vowel =
        i + 1 < romaji.size() && std::string_view("aieo").find(romaji[i + 1]) != std::string_view::npos;
    word += romaji[i] == 'f' && before_vowel ? std::string("hw") : std::string(1, romaji[i]);
  }
  return Reader(kana_alphabet(), word).read();
}

std::size_t family_length(const Syllable* syllables, std::size_t size) {
  // Family names of the Koreas; rare ones that are also common words elsewhere are left out.
  static const std::vector<Syllable> single = [] {
    std::vector<Syllable> made;
    for (const char32_t c :
         std::u32string_view(U"김리이박최정강조윤장림임한오서신권황안송류유홍전고문량양손배백허남심로노하곽성"
                             U"차주우구민진지엄채원천방공현함변염렴여려"
                             U"추도소석선설마길연련위표명기반라나왕금옥육륙인맹제모탁국어태경복"))
      made.push_back(hangul_syllable(c));
    return made;
  }();
  static const std::vector<Syllables> two = [] {
    std::vector<Syllables> made;
    for (const std::u32string_view name :
         {U"남궁", U"황보", U"제갈", U"사공", U"선우", U"서문", U"독고", U"동방"})
      made.push_back({hangul_syllable(name[0]), hangul_syllable(name[1])});
    return made;
  }();
  if (size >= 3)
    for (const Syllables& name : two)
      if (fit(name[0], syllables[0]) == 1.0f && fit(name[1], syllables[1]) == 1.0f) return 2;
  if (size == 0) return 0;
  for (const Syllable& name : single)
    if (fit(name, syllables[0]) >= kLooseFit) return 1;
  return 0;
}

}  // namespace cordon::names
