#include "cordon/names/lexicon.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <vector>

#include "cordon/base/resource.hpp"
#include "cordon/base/text.hpp"
#include "cordon/names/fold.hpp"

namespace cordon::names {
namespace {

struct Hash {
  using is_transparent = void;
  std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
};
struct WideHash {
  using is_transparent = void;
  std::size_t operator()(std::u32string_view s) const { return std::hash<std::u32string_view>{}(s); }
};
template <class Value>
using TextMap = std::unordered_map<std::string, Value, Hash, std::equal_to<>>;
template <class Value>
using WideMap = std::unordered_map<std::u32string, Value, WideHash, std::equal_to<>>;

struct Stem {
  std::u32string text;
  bool open = false;  // any ending
};

struct Tables {
  std::vector<Concept> concepts = {{}};
  TextMap<ConceptId> phrases;
  TextMap<std::size_t> longest;  // by first word: words of the longest phrase that starts with it
  WideMap<ConceptId> hangul, han;
  std::size_t longest_hangul = 0, longest_han = 0;
  std::vector<std::pair<std::vector<Stem>, ConceptId>> cyrillic;        // most words first
  std::vector<std::vector<std::pair<Syllables, ConceptId>>> syllables;  // by how many
};

WordClass parse_class(std::string_view name) {
  constexpr std::array<std::string_view, 9> names = {"none",  "legal", "unit",  "trade", "topic",
                                                     "place", "korea", "title", "small"};
  const auto at = std::find(names.begin(), names.end(), name);
  return at == names.end() ? WordClass::none : static_cast<WordClass>(at - names.begin());
}

void add_phrase(Tables& t, std::string_view phrase, ConceptId id) {
  const auto words = base::split(phrase, ' ');
  t.phrases.try_emplace(std::string(phrase), id);
  std::size_t& longest = t.longest[std::string(words.front())];
  longest = std::max(longest, words.size());
}

// "joint stock compan": the last word cut off by a field that was too short. After all whole phrases.
void add_cut_phrases(Tables& t) {
  std::vector<std::pair<std::string, ConceptId>> cut;
  for (const auto& [phrase, id] : t.phrases) {
    const std::size_t last = phrase.rfind(' ');
    if (last == phrase.npos || t.concepts[id].cls != WordClass::legal) continue;
    for (std::size_t size = phrase.size() - 1; size >= last + 4; --size)
      cut.emplace_back(phrase.substr(0, size), id);
  }
  // Two phrases may be cut to one: the smaller concept is taken, whatever the order of the table.
  std::sort(cut.begin(), cut.end());
  for (auto& [phrase, id] : cut) t.phrases.try_emplace(std::move(phrase), id);
}

void add_han(Tables& t, std::string_view form, ConceptId id) {
  std::u32string canonical;
  std::string pinyin;
  for (const char32_t c : to_utf32(form)) {
    const Han entry = han(c);
    canonical += entry.form;
    pinyin += pinyin_text(entry.pinyin);
  }
  t.longest_han = std::max(t.longest_han, canonical.size());
  t.han.try_emplace(canonical, id);
  // "maoyi", and "youxian gongsi" as it is usually split, by pairs of characters.
  if (canonical.size() == 2 && pinyin.size() > 4) add_phrase(t, pinyin, id);
}

Tables load() {
  Tables t;
  const auto bytes = base::resource("names/words.tsv");
  if (!bytes) return t;
  for (const std::string_view line : base::split(*bytes, '\n')) {
    if (line.empty() || line.front() == '#') continue;
    const auto cells = base::split(line, '\t');
    if (cells.size() < 3) continue;
    const auto id = static_cast<ConceptId>(t.concepts.size());
    t.concepts.push_back({cells[0], parse_class(cells[1])});
    const auto each = [&](std::size_t column, const auto& add) {
      if (column >= cells.size()) return;
      for (const std::string_view form : base::split(cells[column], '|'))
        if (!base::trim(form).empty()) add(base::trim(form));
    };
    each(2, [&](std::string_view form) { add_phrase(t, form, id); });
    each(3, [&](std::string_view form) {
      const std::u32string wide = to_utf32(form);
      t.hangul.try_emplace(wide, id);
      t.longest_hangul = std::max(t.longest_hangul, wide.size());
      if (wide.size() < 2 || !std::all_of(wide.begin(), wide.end(), is_hangul)) return;
      Syllables s;
      for (const char32_t c : wide) s.push_back(hangul_syllable(c));
      if (t.syllables.size() <= s.size()) t.syllables.resize(s.size() + 1);
      t.syllables[s.size()].emplace_back(std::move(s), id);
    });
    each(4, [&](std::string_view form) { add_han(t, form, id); });
    each(5, [&](std::string_view form) {
      std::vector<Stem> stems;
      for (std::string_view word : base::split(form, ' ')) {
        const bool open = word.ends_with('*');
        if (open) word.remove_suffix(1);
        stems.push_back({to_utf32(word), open});
      }
      t.cyrillic.emplace_back(std::move(stems), id);
    });
  }
  add_cut_phrases(t);
  std::stable_sort(t.cyrillic.begin(), t.cyrillic.end(),
                   [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
  return t;
}

const Tables& tables() {
  static const Tables loaded = load();
  return loaded;
}

Found find_run(const WideMap<ConceptId>& map, std::size_t longest, std::u32string_view run) {
  for (std::size_t length = std::min(longest, run.size()); length > 0; --length)
    if (const auto at = map.find(run.substr(0, length)); at != map.end()) return {at->second, length};
  return {};
}

}  // namespace

const Concept& concept_of(ConceptId id) {
  return tables().concepts[id < tables().concepts.size() ? id : 0];
}

Found find_phrase(std::span<const std::string_view> words) {
  const Tables& t = tables();
  const auto known = t.longest.find(words.front());
  if (known == t.longest.end()) return {};
  Found best;
  if (const auto one = t.phrases.find(words.front()); one != t.phrases.end()) best = {one->second, 1};
  std::string phrase(known->second > 1 ? words.front() : std::string_view{});
  for (std::size_t n = 2; n <= std::min(known->second, words.size()); ++n) {
    phrase += ' ';
    phrase += words[n - 1];
    if (const auto at = t.phrases.find(phrase); at != t.phrases.end()) best = {at->second, n};
  }
  return best;
}

Found find_hangul(std::u32string_view run) {
  return find_run(tables().hangul, tables().longest_hangul, run);
}
Found find_han(std::u32string_view forms) {
  return find_run(tables().han, tables().longest_han, forms);
}

Found find_cyrillic(std::span<const std::u32string_view> words) {
  for (const auto& [stems, id] : tables().cyrillic) {
    if (stems.size() > words.size()) continue;
    bool all = true;
    for (std::size_t i = 0; all && i < stems.size(); ++i)
      all = stems[i].open ? words[i].starts_with(stems[i].text) : words[i] == stems[i].text;
    if (all) return {id, stems.size()};
  }
  return {};
}

ConceptId find_romanised(const Syllables& word) {
  if (word.size() < 2 || word.size() >= tables().syllables.size()) return 0;
  for (const auto& [syllables, id] : tables().syllables[word.size()]) {
    bool all = true;
    for (std::size_t i = 0; all && i < word.size(); ++i) all = fit(syllables[i], word[i]) >= kLooseFit;
    if (all) return id;
  }
  return 0;
}

bool is_particle(std::string_view word) {
  constexpr auto particles = std::to_array<std::string_view>(
      {"abu",  "al",  "ad",  "an",  "ar",  "as",    "at",   "az",   "ash",  "bin", "ben",
       "bint", "da",  "dal", "de",  "del", "della", "den",  "der",  "di",   "do",  "dos",
       "du",   "e",   "el",  "ibn", "la",  "le",    "oglu", "ould", "qizi", "ul",  "ur",
       "van",  "von", "y",   "zu",  "bte", "binti", "ud",   "uz",   "xal"});
  return std::find(particles.begin(), particles.end(), word) != particles.end();
}

std::optional<int> roman_number(std::string_view word) {
  constexpr std::array<std::string_view, 10> ones = {"",  "i",  "ii",  "iii",  "iv",
                                                     "v", "vi", "vii", "viii", "ix"};
  const std::size_t tens = word.starts_with("xxx")  ? 3
                           : word.starts_with("xx") ? 2
                           : word.starts_with('x')  ? 1
                                                    : 0;
  const auto at = std::find(ones.begin(), ones.end(), word.substr(tens));
  const int value = static_cast<int>(tens) * 10 + static_cast<int>(at - ones.begin());
  if (at == ones.end() || value == 0) return std::nullopt;
  return value;
}

}  // namespace cordon::names
