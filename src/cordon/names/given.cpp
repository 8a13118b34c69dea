#include "cordon/names/given.hpp"

#include <algorithm>
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

struct Tables {
  std::unordered_map<std::string, GivenName, Hash, std::equal_to<>> latin;
  std::unordered_map<std::u32string, GivenName> arabic;
  std::vector<std::vector<std::uint16_t>> short_forms = {{}};  // the names of each

  void short_for(GivenName& known, std::uint16_t name) {
    if (known.short_form == 0) {
      known.short_form = static_cast<std::uint16_t>(short_forms.size());
      short_forms.emplace_back();
    }
    short_forms[known.short_form].push_back(name);
  }
};

// Yeh and kaf are one letter whichever keyboard wrote them; hamza and vowel signs come and go.
std::u32string plain_arabic(std::u32string_view word) {
  std::u32string out;
  for (const char32_t c : word) {
    if (c == U'أ' || c == U'إ' || c == U'آ' || c == U'ٱ')
      out += U'ا';
    else if (c == U'ی' || c == U'ى' || c == U'ې')
      out += U'ي';
    else if (c == U'ک')
      out += U'ك';
    else if (c == U'ة' || c == U'ۀ')
      out += U'ه';
    else if (c < 0x64B || c > 0x65F)
      out += c;
  }
  return out;
}

Tables load() {
  Tables t;
  if (const auto bytes = base::resource("names/frequent.tsv"))
    for (const std::string_view line : base::split(*bytes, '\n')) {
      if (line.empty() || line.front() == '#') continue;
      const auto cells = base::split(line, '\t');
      if (cells.size() < 2) continue;
      const auto bits = base::parse_number<unsigned>(cells[1]);
      if (bits && *bits < kRareBits) t.latin[std::string(cells[0])].bits = static_cast<std::uint8_t>(*bits);
    }
  const auto bytes = base::resource("names/given.tsv");
  if (!bytes) return t;
  std::uint16_t name = 0;
  for (const std::string_view line : base::split(*bytes, '\n')) {
    if (line.empty() || line.front() == '#') continue;
    ++name;
    const auto cells = base::split(line, '\t');
    std::uint8_t bits = kRareBits;
    for (const std::string_view form : base::split(cells[0], '|')) {
      GivenName& known = t.latin[std::string(form)];
      if (known.name == 0) known.name = name;
      bits = std::min(bits, known.bits);
    }
    if (cells.size() > 1 && !cells[1].empty())
      for (const std::string_view form : base::split(cells[1], '|'))
        t.short_for(t.latin[std::string(form)], name);
    if (cells.size() > 2)
      for (const std::string_view form : base::split(cells[2], '|'))
        t.arabic.try_emplace(plain_arabic(to_utf32(form)), GivenName{name, 0, bits});
  }
  return t;
}

const Tables& tables() {
  static const Tables loaded = load();
  return loaded;
}

}  // namespace

bool is_short_for(std::uint16_t short_form, std::uint16_t name) {
  const auto& all = tables().short_forms;
  return name != 0 && short_form < all.size() &&
         std::find(all[short_form].begin(), all[short_form].end(), name) != all[short_form].end();
}

bool share_name(std::uint16_t short_form, std::uint16_t other) {
  const auto& all = tables().short_forms;
  return short_form < all.size() &&
         std::any_of(all[short_form].begin(), all[short_form].end(),
                     [&](std::uint16_t name) { return is_short_for(other, name); });
}

GivenName given_name(std::string_view word) {
  const auto at = tables().latin.find(word);
  return at == tables().latin.end() ? GivenName{} : at->second;
}

GivenName given_name_arabic(std::u32string_view word) {
  const auto at = tables().arabic.find(plain_arabic(word));
  return at == tables().arabic.end() ? GivenName{} : at->second;
}

}  // namespace cordon::names
