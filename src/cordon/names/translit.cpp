#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <utility>

#include "cordon/names/fold.hpp"

namespace cordon::names {
namespace {

struct Pair {
  char32_t from;
  const char* to;
};

// Russian, Ukrainian, Belarusian, Serbian and Macedonian letters; lower case, sorted.
constexpr auto kCyrillic = std::to_array<Pair>(
    {{U'а', "a"},  {U'б', "b"},  {U'в', "v"},  {U'г', "g"},  {U'д', "d"},    {U'е', "e"},  {U'ж', "zh"},
     {U'з', "z"},  {U'и', "i"},  {U'й', "y"},  {U'к', "k"},  {U'л', "l"},    {U'м', "m"},  {U'н', "n"},
     {U'о', "o"},  {U'п', "p"},  {U'р', "r"},  {U'с', "s"},  {U'т', "t"},    {U'у', "u"},  {U'ф', "f"},
     {U'х', "kh"}, {U'ц', "ts"}, {U'ч', "ch"}, {U'ш', "sh"}, {U'щ', "shch"}, {U'ъ', ""},   {U'ы', "y"},
     {U'ь', ""},   {U'э', "e"},  {U'ю', "yu"}, {U'я', "ya"}, {U'ё', "e"},    {U'ђ', "dj"}, {U'ѓ', "gj"},
     {U'є', "ye"}, {U'ѕ', "dz"}, {U'і', "i"},  {U'ї', "i"},  {U'ј', "j"},    {U'љ', "lj"}, {U'њ', "nj"},
     {U'ћ', "c"},  {U'ќ', "kj"}, {U'ў', "u"},  {U'џ', "dz"}, {U'ґ', "g"}});

// Katakana by pairs: the mora and its Hepburn letters; small vowels join the mora before them (see
// kana_latin).
constexpr auto kKana = std::to_array<Pair>(
    {{U'ァ', "a"},  {U'ア', "a"},  {U'ィ', "i"},   {U'イ', "i"},  {U'ゥ', "u"},   {U'ウ', "u"},
     {U'ェ', "e"},  {U'エ', "e"},  {U'ォ', "o"},   {U'オ', "o"},  {U'カ', "ka"},  {U'ガ', "ga"},
     {U'キ', "ki"}, {U'ギ', "gi"}, {U'ク', "ku"},  {U'グ', "gu"}, {U'ケ', "ke"},  {U'ゲ', "ge"},
     {U'コ', "ko"}, {U'ゴ', "go"}, {U'サ', "sa"},  {U'ザ', "za"}, {U'シ', "shi"}, {U'ジ', "ji"},
     {U'ス', "su"}, {U'ズ', "zu"}, {U'セ', "se"},  {U'ゼ', "ze"}, {U'ソ', "so"},  {U'ゾ', "zo"},
     {U'タ', "ta"}, {U'ダ', "da"}, {U'チ', "chi"}, {U'ヂ', "ji"}, {U'ッ', "t"},   {U'ツ', "tsu"},
     {U'ヅ', "zu"}, {U'テ', "te"}, {U'デ', "de"},  {U'ト', "to"}, {U'ド', "do"},  {U'ナ', "na"},
     {U'ニ', "ni"}, {U'ヌ', "nu"}, {U'ネ', "ne"},  {U'ノ', "no"}, {U'ハ', "ha"},  {U'バ', "ba"},
     {U'パ', "pa"}, {U'ヒ', "hi"}, {U'ビ', "bi"},  {U'ピ', "pi"}, {U'フ', "fu"},  {U'ブ', "bu"},
     {U'プ', "pu"}, {U'ヘ', "he"}, {U'ベ', "be"},  {U'ペ', "pe"}, {U'ホ', "ho"},  {U'ボ', "bo"},
     {U'ポ', "po"}, {U'マ', "ma"}, {U'ミ', "mi"},  {U'ム', "mu"}, {U'メ', "me"},  {U'モ', "mo"},
     {U'ャ', "ya"}, {U'ヤ', "ya"}, {U'ュ', "yu"},  {U'ユ', "yu"}, {U'ョ', "yo"},  {U'ヨ', "yo"},
     {U'ラ', "ra"}, {U'リ', "ri"}, {U'ル', "ru"},  {U'レ', "re"}, {U'ロ', "ro"},  {U'ヮ', "wa"},
     {U'ワ', "wa"}, {U'ヰ', "i"},  {U'ヱ', "e"},   {U'ヲ', "o"},  {U'ン', "n"},   {U'ヴ', "vu"}});

template <std::size_t N>
const char* find(const std::array<Pair, N>& table, char32_t c) {
  const auto at =
      std::lower_bound(table.begin(), table.end(), c, [](const Pair& p, char32_t x) { return p.from < x; });
  return at != table.end() && at->from == c ? at->to : nullptr;
}

// A small vowel or ya yu yo changes the vowel of the mora before it (out[at..]): chi+ye -> che, ki+yo -> kyo,
// ji+yo -> jo, u+o -> wo, ku+a -> kwa, te+i -> ti.
void join_small(std::string& out, std::size_t at, std::string_view sound) {
  const std::string mora = out.substr(at);
  if (mora.empty()) {
    out += sound;
    return;
  }
  out.pop_back();
  const bool hissing = mora == "shi" || mora == "chi" || mora == "ji";
  if (sound.size() == 2 && hissing) sound.remove_prefix(1);
  if (mora == "u" || mora == "ku" || mora == "gu") out += 'w';
  out += sound;
}

// Khmer, for which ICU has no rules. Consonants in their order from U+1780, vowel signs from U+17B6 as they
// are written in names; a consonant without a sign is followed by o, unless it ends the word or bears the
// next consonant below it (U+17D2).
std::string khmer_latin(std::u32string_view word) {
  constexpr std::array<const char*, 35> consonants = {
      "k",  "kh", "k", "kh", "ng", "ch", "chh", "ch", "chh", "nh", "d", "th", "d", "th", "n", "t", "th", "t",
      "th", "n",  "b", "ph", "p",  "ph", "m",   "y",  "r",   "l",  "v", "sh", "s", "s",  "h", "l", ""};
  constexpr std::array<const char*, 18> vowels = {"a",   "i",  "ei", "oe", "eu", "o", "ou", "uo", "oe",
                                                  "oea", "ie", "e",  "ae", "ai", "o", "au", "om", "ah"};
  std::string out;
  const auto is_consonant = [&](std::size_t i) {
    return i < word.size() && word[i] >= 0x1780 && word[i] <= 0x17A2;
  };
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char32_t c = word[i];
    if (c >= 0x17B6 && c <= 0x17C7) out += vowels[c - 0x17B6];
    if (!is_consonant(i)) continue;
    std::size_t sign = i + 1;
    // U+17C9 makes b a p; other signs of the series are silent.
    bool hard = false;
    while (sign < word.size() && word[sign] >= 0x17C9 && word[sign] <= 0x17D1) hard |= word[sign++] == 0x17C9;
    out += hard && c == 0x1794 ? "p" : c == 0x17A2 && sign < word.size() ? "" : consonants[c - 0x1780];
    const bool shut = sign < word.size() && word[sign] == 0x17CB;
    if (is_consonant(sign) && !shut && !out.empty() &&
        (i == 0 || word[i - 1] == 0x17D2 || is_consonant(i - 1)))
      out += 'o';
  }
  return out;
}

std::unique_ptr<const icu::Transliterator> make_any_latin() {
  UErrorCode status = U_ZERO_ERROR;
  return std::unique_ptr<const icu::Transliterator>(icu::Transliterator::createInstance(
      "Any-Latin; NFD; [:Nonspacing Mark:] Remove; Latin-ASCII; Lower", UTRANS_FORWARD, status));
}

// ICU does not promise that one object may be used by several threads at a time, and making one takes 6 ms
// and much memory: so the first is shared, and a thread has its own only where it meets another there.
void to_latin(icu::UnicodeString& text) {
  static std::mutex busy;
  static const auto shared = make_any_latin();
  if (const std::unique_lock lock(busy, std::try_to_lock); lock) {
    if (shared != nullptr) shared->transliterate(text);
    return;
  }
  thread_local const auto own = make_any_latin();
  if (own != nullptr) own->transliterate(text);
}

}  // namespace

std::string cyrillic_latin(std::u32string_view word) {
  std::string out;
  for (const char32_t c : word)
    if (const char* to = find(kCyrillic, c)) out += to;
  return out;
}

std::string kana_latin(std::u32string_view word) {
  std::string out;
  std::size_t mora = 0;
  for (char32_t c : word) {
    if (c >= 0x3041 && c <= 0x3096) c += 0x60;  // hiragana stands 0x60 before katakana
    const char* sound = find(kKana, c);
    if (sound == nullptr) continue;
    constexpr std::u32string_view small = U"ァィゥェォャュョ";
    if (small.find(c) != small.npos) {
      join_small(out, mora, sound);
    } else {
      mora = out.size();
      out += sound;
    }
  }
  return out;
}

std::string other_latin(std::u32string_view word) {
  if (!word.empty() && word.front() >= 0x1780 && word.front() <= 0x17B3) return khmer_latin(word);
  icu::UnicodeString text = icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(word.data()),
                                                          static_cast<int32_t>(word.size()));
  to_latin(text);
  std::string out;
  for (int32_t i = 0; i < text.length(); ++i)
    if ((text[i] >= 'a' && text[i] <= 'z') || (text[i] >= '0' && text[i] <= '9'))
      out += static_cast<char>(text[i]);
  return out;
}

}  // namespace cordon::names
