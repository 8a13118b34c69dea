#include "cordon/resolve/values.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "cordon/base/ids.hpp"
#include "cordon/base/text.hpp"
#include "cordon/model/entity.hpp"
#include "cordon/names/kernels.hpp"
#include "cordon/resolve/compare.hpp"
#include "cordon/resolve/read.hpp"
#include "cordon/resolve/text_forms.hpp"

namespace cordon::resolve {
namespace {

// Words of an address that are written in many ways and part no two places: the short form of each.
struct Short {
  std::string_view word, form;
};
constexpr std::array<Short, 53> kStreetWords = {{
    {"street", "st"},   {"st", "st"},        {"str", "st"},        {"strasse", "st"},  {"avenue", "ave"},
    {"ave", "ave"},     {"av", "ave"},       {"road", "rd"},       {"rd", "rd"},       {"drive", "dr"},
    {"dr", "dr"},       {"lane", "ln"},      {"ln", "ln"},         {"court", "ct"},    {"ct", "ct"},
    {"place", "pl"},    {"pl", "pl"},        {"boulevard", "bvd"}, {"blvd", "bvd"},    {"bvd", "bvd"},
    {"crescent", "cr"}, {"cres", "cr"},      {"circuit", "cct"},   {"cct", "cct"},     {"close", "cl"},
    {"way", "way"},     {"parkway", "pkwy"}, {"pkwy", "pkwy"},     {"highway", "hwy"}, {"hwy", "hwy"},
    {"square", "sq"},   {"sq", "sq"},        {"terrace", "tce"},   {"tce", "tce"},     {"north", "n"},
    {"n", "n"},         {"south", "s"},      {"s", "s"},           {"east", "e"},      {"e", "e"},
    {"west", "w"},      {"w", "w"},          {"apartment", "apt"}, {"apt", "apt"},     {"suite", "ste"},
    {"ste", "ste"},     {"floor", "fl"},     {"fl", "fl"},         {"unit", "unit"},   {"flat", "unit"},
    {"room", "rm"},     {"rm", "rm"},        {"no", "no"},
}};

std::string_view street_form(std::string_view word) {
  for (const Short& entry : kStreetWords)
    if (entry.word == word) return entry.form;
  return {};
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// 221, 12a, 7/3 cut apart; not 51st, which names a street.
bool is_house_number(std::string_view word) {
  std::size_t digits = 0;
  while (digits < word.size() && is_digit(word[digits])) ++digits;
  return digits > 0 && word.size() - digits <= 1;
}

// "mac kinder" and "mackinder" are one.
std::uint64_t hash_squeezed(std::string_view text) {
  std::array<char, 128> buffer;  // its first `size` bytes are written below
  std::size_t size = 0;
  for (const char c : text)
    if (c != ' ' && size < buffer.size()) buffer[size++] = c;
  return hash_text({buffer.data(), size});
}

}  // namespace

FieldValues::FieldValues(Field field, const Plan& plan, const Table& table, std::shared_ptr<Cells> cells,
                         std::size_t index)
    : value_count(1, 0),
      word_count(1, 0),
      field_(std::move(field)),
      roles_(plan.roles),
      kind_column_(plan.kind_column),
      values_(1),
      word_letters_(1, 0),
      word_hashes_(1, 0),
      word_kinds_(1, WordKind::plain),
      cells_(std::move(cells)),
      index_(index),
      known_(field_.columns.size()) {
  const std::string name = plain_name(field_.name);
  country_ = name.find("country") != name.npos || name.find("nationality") != name.npos ||
             name.find("citizenship") != name.npos || name.find("jurisdiction") != name.npos ||
             name.find("flag") != name.npos;
  if (type() == FieldType::date) {
    // The column's own unambiguous values say which way round it writes day and month.
    int votes = 0;
    for (const std::uint32_t column : field_.columns) {
      const Dictionary& texts = table.columns()[column].values;
      for (ValueId id = 1; id <= std::min<std::size_t>(texts.size(), 2000); ++id)
        votes += month_first_vote(texts[id]);
    }
    month_first_ = votes > 0;
  }
}

// Where records say what they are, a name field takes only the records of its kind.
bool FieldValues::wanted_kind(const Table& table, RecordId record) const {
  if (kind_column_ < 0 ||
      (type() != FieldType::person && type() != FieldType::organisation && type() != FieldType::vessel))
    return true;
  FieldType kind = type();
  table.each(static_cast<std::size_t>(kind_column_), record, [&](ValueId id) {
    const std::string word =
        base::ascii_lower(table.columns()[static_cast<std::size_t>(kind_column_)].values[id]);
    if (word == "person" || word == "individual" || word == "people")
      kind = FieldType::person;
    else if (word == "vessel" || word == "ship")
      kind = FieldType::vessel;
    else
      kind = FieldType::organisation;
  });
  return kind == type();
}

void FieldValues::append(const Table& table, RecordId record) {
  found_.clear();
  if (type() == FieldType::person) {
    if (wanted_kind(table, record)) read_person(table, record, found_);
  } else if (wanted_kind(table, record)) {
    for (std::size_t slot = 0; slot < field_.columns.size(); ++slot)
      table.each(field_.columns[slot], record, [&](ValueId raw) {
        const ValueId id = known(table, slot, raw);
        if (id != 0 && std::find(found_.begin(), found_.end(), id) == found_.end()) found_.push_back(id);
      });
  }
  if (found_.size() > kMostValues) found_.resize(kMostValues);
  if (found_.empty()) return;
  std::uint32_t& cell_of = cells_->at[record * cells_->fields + index_];
  if (!frozen) ++filled;
  if (found_.size() == 1) {
    cell_of = found_.front();
  } else {
    cell_of = kMany | static_cast<std::uint32_t>(many_.size());
    many_.push_back(static_cast<std::uint32_t>(found_.size()));
    many_.insert(many_.end(), found_.begin(), found_.end());
  }
  for (const ValueId id : found_) {
    if (frozen) break;
    ++value_count[id];
    for (const std::uint32_t word : words(values_[id])) ++word_count[word];
  }
}

void FieldValues::recount(std::span<const RecordId> records, std::span<const std::uint32_t> group) {
  std::fill(value_count.begin(), value_count.end(), 0);
  std::fill(word_count.begin(), word_count.end(), 0);
  filled = 0;
  // The group that counted last, + 1, so that a group counts once.
  std::vector<std::uint32_t> value_seen(value_count.size(), 0), word_seen(word_count.size(), 0);
  std::uint32_t before = 0;
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (i + 16 < records.size()) prefetch(records[i + 16]);
    if (i + 8 < records.size()) prefetch_words(records[i + 8]);
    const RecordId record = records[i];
    const std::uint32_t mark = group[record] + 1;
    const auto values = cell(record);
    if (values.empty()) continue;
    filled += mark != before;
    before = mark;
    for (const ValueId id : values) {
      if (std::exchange(value_seen[id], mark) == mark) continue;
      ++value_count[id];
      for (const std::uint32_t word : words(values_[id]))
        if (std::exchange(word_seen[word], mark) != mark) ++word_count[word];
    }
  }
  table_chances(*this);
}

ValueId FieldValues::known(const Table& table, std::size_t slot, ValueId raw) {
  std::vector<ValueId>& cache = known_[slot];
  if (raw >= cache.size()) cache.resize(table.columns()[field_.columns[slot]].values.size() + 1, 0);
  if (cache[raw] == 0) cache[raw] = make(table.columns()[field_.columns[slot]].values[raw]) + 1;
  return cache[raw] - 1;
}

// A person's name is made from the parts the record has: given and middle with family, and each whole name.
void FieldValues::read_person(const Table& table, RecordId record, std::vector<ValueId>& out) {
  std::string& given = buffer_;
  given.clear();
  std::string_view family;
  const auto add = [&](ValueId id) {
    if (id != 0 && std::find(out.begin(), out.end(), id) == out.end()) out.push_back(id);
  };
  for (const std::uint32_t column : field_.columns) {
    const NamePart part = roles_.at(column);
    bool first = true;
    table.each(column, record, [&](ValueId raw) {
      const std::string_view text = table.columns()[column].values[raw];
      if (part == NamePart::whole) {
        if (!given.empty() || !family.empty()) add(keep_person(given, family, {}));
        given.clear(), family = {};
        add(keep_person({}, {}, text));
      } else if (part == NamePart::family) {
        if (!first) add(keep_person(given, family, {}));
        family = text;
      } else if (first) {
        if (!given.empty()) given += ' ';
        given += text;
      }
      first = false;
    });
  }
  if (!given.empty() || !family.empty()) add(keep_person(given, family, {}));
}

// Text form: "anna maria |aguilar #2": given words, '|' before the family name, '#' and the generation.
ValueId FieldValues::keep_person(std::string_view given, std::string_view family, std::string_view whole) {
  if (!whole.empty()) {
    if (const auto comma = whole.find(',');
        comma != whole.npos && generation(base::ascii_lower(base::trim(whole.substr(comma + 1)))) == 0) {
      family = whole.substr(0, comma), given = whole.substr(comma + 1);
    } else {
      given = whole;
    }
  }
  part_.clear();
  int number = 0;
  const auto drop_generation = [&](std::size_t from) {
    const std::size_t blank = part_.rfind(' ');
    if (blank == part_.npos || blank < from) return;
    const int found = generation(std::string_view(part_).substr(blank + 1));
    if (found == 0) return;
    number = found;
    part_.resize(blank);
  };
  append_words(part_, given);
  if (is_blank_word(part_)) part_.clear();
  drop_generation(0);
  std::size_t cut = part_.size();
  if (family.empty() && !whole.empty()) {
    const std::size_t blank = part_.rfind(' ');
    cut = blank == part_.npos ? 0 : blank + 1;
    part_.insert(cut, 1, '|');
  } else if (!family.empty()) {
    std::string folded;
    append_words(folded, family);
    if (!is_blank_word(folded)) {
      if (!part_.empty()) part_ += ' ';
      part_ += '|';
      cut = part_.size();
      part_ += folded;
      drop_generation(cut);
    }
  }
  if (part_.empty() || part_ == "|") return 0;
  if (number != 0) part_ += " #", part_ += static_cast<char>('0' + number);
  return keep(part_);
}

ValueId FieldValues::make(std::string_view raw) {
  std::string& text = buffer_;
  text.clear();
  switch (type()) {
    case FieldType::date: {
      const auto day = read_day(raw, month_first_);
      if (!day) return 0;
      text = std::to_string(day->number);
      if (day->ambiguous) text += '?';
      break;
    }
    case FieldType::phone: {
      for (const char c : raw)
        if (is_digit(c)) text += c;
      if (text.size() < 5) return 0;
      break;
    }
    case FieldType::email: {
      std::string_view mail = raw;
      if (const auto open = mail.find('<'); open != mail.npos)
        mail = mail.substr(open + 1, mail.find('>', open) - open - 1);
      text = base::ascii_lower(base::trim(mail));
      break;
    }
    case FieldType::number:
    case FieldType::postcode:
      append_letters(text, raw);
      // "IMO 8898740" and "8898740" are one number.
      if (text.size() > 3 && text.starts_with("imo") && is_digit(text[3])) text.erase(0, 3);
      break;
    case FieldType::address: {
      std::string folded;
      append_words(folded, raw);
      for (const std::string_view word : base::split(folded, ' ')) {
        const std::string_view form = street_form(word);
        if (!text.empty()) text += ' ';
        text += form.empty() ? word : form;
      }
      break;
    }
    case FieldType::category:
      if (country_)
        if (const auto code = base::country_code(raw)) {
          text = *code;
          break;
        }
      append_words(text, raw);
      if (text == "male") text = "m";
      if (text == "female") text = "f";
      if (text == "u" || text == "unsure") text.clear();
      break;
    default:
      append_words(text, raw);
  }
  return is_blank_word(text) ? 0 : keep(text);
}

ValueId FieldValues::keep(std::string_view text) {
  bool fresh = false;
  const std::uint64_t hash = hash_text(text);
  const ValueId id = texts_.put(text, hash, &fresh);
  if (!fresh) return id;
  Value value;
  value.letters = names::letter_set(text);
  if (type() == FieldType::date) {
    value.ambiguous = text.back() == '?';
    value.number = base::parse_number<std::uint32_t>(text.substr(0, 8)).value_or(0);
  } else if (type() == FieldType::person || type() == FieldType::organisation ||
             type() == FieldType::vessel || type() == FieldType::address || type() == FieldType::place ||
             type() == FieldType::text) {
    cut_words(value, text);
  }
  value.hash = value.words > 0 ? hash_squeezed(text) : hash;
  values_.push_back(value);
  value_count.push_back(0);
  return id;
}

void FieldValues::cut_words(Value& value, std::string_view text) {
  value.first_word = static_cast<std::uint32_t>(word_list_.size());
  bool family = false;
  while (!text.empty() && value.words < kMostWords) {
    const std::size_t blank = std::min(text.find(' '), text.size());
    std::string_view word = text.substr(0, blank);
    text.remove_prefix(std::min(blank + 1, text.size()));
    if (type() == FieldType::person) {
      if (word.starts_with('|')) family = true, word.remove_prefix(1);
      if (word.starts_with('#')) {
        value.number = static_cast<std::uint32_t>(word[1] - '0');
        continue;
      }
    }
    if (word.empty()) continue;
    word_list_.push_back(put_word(word));
    ++value.words;
    value.family = static_cast<std::uint8_t>(value.family + family);
  }
}

std::uint32_t FieldValues::put_word(std::string_view word) {
  bool fresh = false;
  const std::uint32_t id = words_.put(word, &fresh);
  if (fresh) {
    word_letters_.push_back(names::letter_set(word));
    word_hashes_.push_back(hash_text(word));
    word_kinds_.push_back(is_house_number(word)                                        ? WordKind::number
                          : type() == FieldType::address && !street_form(word).empty() ? WordKind::weak
                                                                                       : WordKind::plain);
    word_count.push_back(0);
  }
  return id;
}

}  // namespace cordon::resolve
