#include "cordon/names/han.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_map>

#include "cordon/base/resource.hpp"
#include "cordon/base/text.hpp"
#include "cordon/names/fold.hpp"

namespace cordon::names {
namespace {

// Surnames whose reading as a name is not the character's usual one.
constexpr std::u32string_view kSurnameHan = U"朴单單曾解仇查翟盖蓋";
constexpr std::array<std::string_view, 10> kSurnamePinyin = {"piao", "shan", "shan", "zeng", "xie",
                                                             "qiu",  "zha",  "zhai", "ge",   "ge"};

constexpr std::string_view kFamilies =
    "wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song zheng xie "
    "han tang feng "
    "yu dong xiao cheng cao yuan deng fu shen zeng peng lu su jiang cai jia ding wei xue ye yan pan du dai "
    "xia zhong tian ren "
    "fan fang shi yao tan liao zou xiong jin hao kong bai cui kang mao qiu qin gu hou shao meng long wan "
    "duan qian yin yi qi si "
    "chang wen niu chi quan piao ji jian ge an mu shan tao ling nan chai bao pei nie xi ye mo";

// Spellings of one syllable (at most six letters) as numbers, in a hash table of one array: every word of
// every name is looked up here at each of its letters.
class Spellings {
 public:
  // Returns the number kept for the spelling: this one, or the one it was first given.
  std::uint16_t add(std::string_view spelling, std::uint16_t number) {
    Slot& slot = find(packed(spelling));
    if (slot.key == 0) slot = {packed(spelling), number};
    return slot.number;
  }
  // 0 where it is not known.
  std::uint16_t operator[](std::string_view spelling) const {
    return const_cast<Spellings*>(this)->find(packed(spelling)).number;
  }

 private:
  static constexpr std::size_t kBits = 12;  // some 420 syllables of pinyin, 400 spellings of Wade-Giles
  struct Slot {
    std::uint64_t key = 0;
    std::uint16_t number = 0;
  };
  static std::uint64_t packed(std::string_view spelling) {
    std::uint64_t key = 0;
    for (const char c : spelling.substr(0, 8)) key = key << 8 | static_cast<unsigned char>(c);
    return key;
  }
  Slot& find(std::uint64_t key) {
    std::size_t at = static_cast<std::size_t>((key * 0x9e3779b97f4a7c15u) >> (64 - kBits));
    while (slots_[at].key != 0 && slots_[at].key != key) at = (at + 1) & (slots_.size() - 1);
    return slots_[at];
  }
  std::vector<Slot> slots_ = std::vector<Slot>(std::size_t{1} << kBits);
};

struct Tables {
  std::vector<std::string> text = {""};  // by Pinyin
  Spellings by_text;
  Spellings wade_giles;  // into wade_readings
  std::vector<std::vector<Pinyin>> wade_readings = {{}};
  std::unordered_map<char32_t, Han> characters;
  std::vector<std::vector<Syllable>> korean;  // by Pinyin: the Korean readings of its characters
  std::vector<bool> family;                   // by Pinyin
  std::vector<std::vector<Syllable>> by_ear;  // by Pinyin: its Hangul transcription
  std::vector<Pinyin> blurred;                // by Pinyin: one number for all that careless writing confuses

  Pinyin number(std::string_view pinyin) {
    const Pinyin number = by_text.add(pinyin, static_cast<Pinyin>(text.size()));
    if (number == text.size()) text.emplace_back(pinyin);
    return number;
  }
};

void replace_head(std::string& s, std::string_view from, std::string_view to) {
  if (s.starts_with(from)) s = std::string(to) + s.substr(from.size());
}
void replace_tail(std::string& s, std::string_view from, std::string_view to) {
  if (s.ends_with(from)) s = s.substr(0, s.size() - from.size()) + std::string(to);
}

// Wade-Giles without apostrophes, as it is written in names: k stands for g and k, ch for j, q, zh and ch.
std::vector<std::string> wade_giles_of(const std::string& pinyin) {
  const auto has_i = [&](std::string_view head) { return pinyin.starts_with(head) && pinyin.size() > 1; };
  std::string s = pinyin;
  const bool palatal = has_i("j") || has_i("q") || has_i("x");
  if (pinyin == "zi" || pinyin == "ci") return {"tzu", "tsu"};
  if (pinyin == "si") return {"szu", "ssu"};
  if (pinyin == "yi") return {"i", "yi"};
  if (pinyin == "you") return {"yu", "yu"};
  if (pinyin == "er") return {"erh"};
  if (palatal && s.size() > 1 && s[1] == 'u' && !s.ends_with("iu")) s = s.substr(0, 1) + "u" + s.substr(2);
  for (const auto& [from, to] :
       {std::pair<std::string_view, std::string_view>{"zh", "ch"}, {"j", "ch"}, {"q", "ch"}, {"x", "hs"}})
    if (s.starts_with(from)) {
      replace_head(s, from, to);
      break;
    }
  if (!pinyin.starts_with("zh") && pinyin[0] == 'z') replace_head(s, "z", "ts");
  if (pinyin[0] == 'c' && !pinyin.starts_with("ch")) replace_head(s, "c", "ts");
  if (pinyin[0] == 'b') s[0] = 'p';
  if (pinyin[0] == 'd') s[0] = 't';
  if (pinyin[0] == 'g') s[0] = 'k';
  if (pinyin[0] == 'r') s[0] = 'j';
  if (pinyin == "zhi" || pinyin == "chi" || pinyin == "shi" || pinyin == "ri") s += 'h';
  replace_tail(s, "ong", "ung");
  replace_tail(s, "ian", "ien");
  if (pinyin == "yan") s = "yen";
  if (s.ends_with("ie") || s.ends_with("ue") || pinyin == "ye") s += 'h';
  std::vector<std::string> out = {s};
  if (s.ends_with("uo") && !pinyin.starts_with("g") && !pinyin.starts_with("k") && !pinyin.starts_with("h") &&
      !pinyin.starts_with("sh"))
    out.push_back(s.substr(0, s.size() - 2) + "o");
  if (pinyin == "ge" || pinyin == "ke" || pinyin == "he") out.push_back(s.substr(0, s.size() - 1) + "o");
  if (pinyin == "gui" || pinyin == "kui") out.push_back("kuei");
  return out;
}

// n and ng, s and sh, c and ch, z and zh, x and sh: what dialects and hasty writers confuse.
std::string blurred(std::string_view pinyin) {
  std::string s(pinyin);
  for (const auto& [from, to] :
       {std::pair<std::string_view, std::string_view>{"sh", "s"}, {"zh", "z"}, {"ch", "c"}, {"x", "s"}})
    if (s.starts_with(from)) {
      replace_head(s, from, to);
      break;
    }
  replace_tail(s, "ng", "n");
  return s;
}

// Hangul for a Mandarin syllable. A final is written by one syllable or two (ao: 아오); the head goes to the
// first. After j q x zh ch the glide of a vowel is not written: jia is 자.
std::vector<Syllable> by_ear(std::string_view pinyin) {
  struct Head {
    std::string_view pinyin;
    int onset;  // in Unicode order: ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ
  };
  constexpr auto heads =
      std::to_array<Head>({{"zh", 12}, {"ch", 14}, {"sh", 9}, {"b", 7}, {"p", 17}, {"m", 6},  {"f", 17},
                           {"d", 3},   {"t", 16},  {"n", 2},  {"l", 5}, {"g", 0},  {"k", 15}, {"h", 18},
                           {"j", 12},  {"q", 14},  {"x", 9},  {"r", 5}, {"z", 13}, {"c", 14}, {"s", 10}});
  struct Final {
    std::string_view pinyin;
    std::u32string_view hangul;
  };
  constexpr auto finals = std::to_array<Final>(
      {{"a", U"아"},      {"o", U"오"},     {"e", U"어"},     {"i", U"이"},     {"u", U"우"},
       {"v", U"위"},      {"ai", U"아이"},  {"ei", U"에이"},  {"ao", U"아오"},  {"ou", U"어우"},
       {"an", U"안"},     {"en", U"언"},    {"ang", U"앙"},   {"eng", U"엉"},   {"ong", U"웅"},
       {"er", U"얼"},     {"ia", U"야"},    {"ie", U"에"},    {"iao", U"야오"}, {"iu", U"유"},
       {"ian", U"엔"},    {"in", U"인"},    {"iang", U"양"},  {"ing", U"잉"},   {"iong", U"융"},
       {"ua", U"와"},     {"uo", U"워"},    {"uai", U"와이"}, {"ui", U"우이"},  {"uan", U"완"},
       {"un", U"운"},     {"uang", U"왕"},  {"ue", U"웨"},    {"ve", U"웨"},    {"van", U"위안"},
       {"vn", U"윈"},     {"ya", U"야"},    {"yo", U"요"},    {"ye", U"예"},    {"yai", U"야이"},
       {"yao", U"야오"},  {"you", U"유"},   {"yan", U"옌"},   {"yin", U"인"},   {"yang", U"양"},
       {"ying", U"잉"},   {"yong", U"융"},  {"yi", U"이"},    {"yu", U"위"},    {"yue", U"웨"},
       {"yuan", U"위안"}, {"yun", U"윈"},   {"wu", U"우"},    {"wa", U"와"},    {"wo", U"워"},
       {"wai", U"와이"},  {"wei", U"웨이"}, {"wan", U"완"},   {"wen", U"원"},   {"wang", U"왕"},
       {"weng", U"웡"}});
  int onset = -1;
  std::string_view rest = pinyin;
  for (const Head& head : heads)
    if (pinyin.starts_with(head.pinyin)) {
      onset = head.onset, rest = pinyin.substr(head.pinyin.size());
      break;
    }
  const std::string_view head = pinyin.substr(0, pinyin.size() - rest.size());
  const bool palatal = head == "j" || head == "q" || head == "x";
  const bool hissing =
      head.ends_with('h') ? head.size() == 2 : head == "r" || head == "z" || head == "c" || head == "s";
  std::string written(rest);
  if (palatal && written.starts_with('u')) written[0] = 'v';
  if (hissing && written == "i") written = "eu";
  std::u32string_view hangul = written == "eu" ? std::u32string_view(U"으") : std::u32string_view();
  for (const Final& one : finals)
    if (hangul.empty() && one.pinyin == written) hangul = one.hangul;
  std::vector<Syllable> out;
  for (std::size_t i = 0; i < hangul.size(); ++i) {
    Syllable s = hangul_syllable(hangul[i]);
    if (i == 0 && onset >= 0) {
      s.strict = (s.strict & ~kOnsets) | std::uint64_t{1} << onset;
      if (palatal || head == "zh" || head == "ch") {
        // ㅑ ㅒ ㅕ ㅖ ㅛ ㅠ lose their glide: vowels 2 3 6 7 12 17 become 0 1 4 5 8 13.
        for (const auto& [glide, plain] : {std::pair{2, 0}, std::pair{3, 1}, std::pair{6, 4}, std::pair{7, 5},
                                           std::pair{12, 8}, std::pair{17, 13}})
          if (s.strict & std::uint64_t{1} << (19 + glide)) s.strict |= std::uint64_t{1} << (19 + plain);
      }
    }
    s.loose = s.strict;
    // Writers keep the plain head where the rules want a tense or aspirated one, or the reverse.
    for (const auto& [x, y] : {std::pair{9, 10}, std::pair{12, 13}, std::pair{12, 14}})
      if (s.strict & (std::uint64_t{1} << x | std::uint64_t{1} << y))
        s.loose |= std::uint64_t{1} << x | std::uint64_t{1} << y;
    out.push_back(s);
  }
  return out;
}

// 0 where the line says nothing of a character.
char32_t first(std::string_view utf8) {
  const std::u32string wide = to_utf32(utf8);
  return wide.empty() ? 0 : wide.front();
}

Tables load() {
  Tables t;
  t.korean.resize(1);
  const auto bytes = base::resource("names/han.tsv");
  if (!bytes) return t;
  t.characters.reserve(18000);
  std::vector<std::set<char32_t>> seen(1);
  for (const std::string_view line : base::split(*bytes, '\n')) {
    if (line.empty() || line.front() == '#') continue;
    const auto cells = base::split(line, '\t');
    if (cells.size() < 2) continue;
    Han entry;
    const char32_t c = first(cells[0]);
    entry.pinyin = t.number(cells[1]);
    entry.form = cells.size() > 3 && !cells[3].empty() ? first(cells[3]) : c;
    if (seen.size() <= entry.pinyin) seen.resize(entry.pinyin + 1u), t.korean.resize(entry.pinyin + 1u);
    for (const char32_t reading : to_utf32(cells.size() > 2 ? cells[2] : std::string_view{})) {
      if (!is_hangul(reading)) continue;
      const Syllable s = hangul_syllable(reading);
      entry.korean.strict |= s.strict, entry.korean.loose |= s.loose;
      if (seen[entry.pinyin].insert(reading).second) t.korean[entry.pinyin].push_back(s);
    }
    t.characters.emplace(c, entry);
  }
  for (std::size_t i = 0; i < kSurnameHan.size(); ++i) {
    Han& entry = t.characters[kSurnameHan[i]];
    entry.surname = t.number(kSurnamePinyin[i]);
    if (t.korean.size() < t.text.size()) t.korean.resize(t.text.size());
    t.korean[entry.surname].push_back(entry.korean);
  }
  t.family.resize(t.text.size());
  for (const std::string_view name : base::split(kFamilies, ' '))
    if (const Pinyin at = t.by_text[name]; at != 0) t.family[at] = true;
  for (const std::string& pinyin : t.text) t.by_ear.push_back(by_ear(pinyin));
  std::map<std::string, Pinyin> blur;
  t.blurred.resize(t.text.size());
  for (Pinyin p = 1; p < t.text.size(); ++p)
    t.blurred[p] = blur.try_emplace(blurred(t.text[p]), p).first->second;
  for (Pinyin p = 1; p < t.text.size(); ++p)
    for (const std::string& spelling : wade_giles_of(t.text[p])) {
      const std::uint16_t at = t.wade_giles.add(spelling, static_cast<std::uint16_t>(t.wade_readings.size()));
      if (at == t.wade_readings.size()) t.wade_readings.emplace_back();
      t.wade_readings[at].push_back(p);
    }
  return t;
}

const Tables& tables() {
  static const Tables loaded = load();
  return loaded;
}

void extend_pinyin(const Tables& t, std::string_view word, std::vector<Pinyin>& now,
                   std::vector<std::vector<Pinyin>>& found) {
  if (word.empty()) {
    found.push_back(now);
    return;
  }
  if (now.size() == 6) return;
  for (std::size_t length = std::min<std::size_t>(6, word.size()); length > 0 && found.size() < 4; --length) {
    const Pinyin at = t.by_text[word.substr(0, length)];
    if (at == 0) continue;
    now.push_back(at);
    extend_pinyin(t, word.substr(length), now, found);
    now.pop_back();
  }
}

void extend_wade(const Tables& t, std::string_view word, std::vector<Pinyin>& now,
                 std::vector<std::vector<Pinyin>>& found) {
  if (word.empty()) {
    found.push_back(now);
    return;
  }
  if (now.size() == 4) return;
  for (std::size_t length = std::min<std::size_t>(6, word.size()); length > 0; --length) {
    for (const Pinyin p : t.wade_readings[t.wade_giles[word.substr(0, length)]]) {
      if (found.size() >= 12) return;
      now.push_back(p);
      extend_wade(t, word.substr(length), now, found);
      now.pop_back();
    }
  }
}

}  // namespace

std::string_view pinyin_text(Pinyin p) {
  return p < tables().text.size() ? std::string_view(tables().text[p]) : "";
}

Han han(char32_t c) {
  const auto at = tables().characters.find(c);
  if (at != tables().characters.end()) return at->second;
  return {0, 0, {}, c};
}

std::vector<std::vector<Pinyin>> read_pinyin(std::string_view word, bool& wade_giles) {
  std::vector<std::vector<Pinyin>> found;
  wade_giles = false;
  // Every syllable ends in a vowel, n, ng or r; Wade-Giles also in h.
  if (word.empty() || word.size() > 36 ||
      std::string_view("aeioungrvh").find(word.back()) == std::string_view::npos)
    return found;
  std::vector<Pinyin> now;
  now.reserve(8);
  extend_pinyin(tables(), word, now, found);
  if (found.empty()) {
    extend_wade(tables(), word, now, found);
    wade_giles = !found.empty();
  } else if (found.front().size() > 1 && word.size() <= 6) {
    // "tien" may be pinyin ti-en and is Wade-Giles for tian.
    const Tables& t = tables();
    for (const Pinyin p : t.wade_readings[t.wade_giles[word]]) found.push_back({p});
  }
  return found;
}

std::span<const Syllable> korean_readings(Pinyin mandarin) {
  if (mandarin >= tables().korean.size()) return {};
  return tables().korean[mandarin];
}

std::span<const Syllable> hangul_by_ear(Pinyin mandarin) {
  if (mandarin >= tables().by_ear.size()) return {};
  return tables().by_ear[mandarin];
}

float fit(Pinyin mandarin, const Syllable& korean) {
  if (mandarin >= tables().korean.size()) return 0.0f;
  float best = 0.0f;
  for (const Syllable& reading : tables().korean[mandarin]) {
    Syllable s = reading;
    best = std::max(best, fit(s, korean));
    if (best == 1.0f) break;
  }
  return best;
}

float fit_surname(Pinyin mandarin, const Syllable& korean) {
  static const std::vector<std::vector<Syllable>> by_pinyin = [] {
    std::vector<std::vector<Syllable>> made(tables().text.size());
    constexpr std::u32string_view characters =
        U"金李朴崔鄭姜趙尹張林吳韓申徐權黃安宋柳洪全高文孫梁裵白許南沈盧河郭成車朱禹具閔陳池嚴蔡元千方孔玄咸"
        U"廉呂秋都太玉桂康丁田任馬吉魏表明奇羅王琴卓劉辛曺邊";
    for (const char32_t c : characters) {
      const Han entry = han(c);
      const Pinyin p = entry.surname ? entry.surname : entry.pinyin;
      if (p < made.size()) made[p].push_back(entry.korean);
    }
    return made;
  }();
  float best = 0.0f;
  if (mandarin < by_pinyin.size())
    for (const Syllable& name : by_pinyin[mandarin]) best = std::max(best, fit(name, korean));
  return best;
}

float fit(Pinyin a, Pinyin b) {
  if (a == b) return 1.0f;
  const std::vector<Pinyin>& blurred = tables().blurred;
  return a != 0 && std::max(a, b) < blurred.size() && blurred[a] == blurred[b] ? kBlurredFit : 0.0f;
}

std::size_t chinese_family_length(Pinyin first_syllable) {
  return first_syllable < tables().family.size() && tables().family[first_syllable] ? 1 : 0;
}

}  // namespace cordon::names
