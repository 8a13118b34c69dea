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

// Nearly every word of an address is none of these, which its first letter and length already tell.
constexpr std::array<std::uint32_t, 256> kStreetLengths = [] {
  std::array<std::uint32_t, 256> lengths{};
  for (const Short& entry : kStreetWords)
    lengths[static_cast<unsigned char>(entry.word[0])] |= std::uint32_t{1} << entry.word.size();
  return lengths;
}();

std::string_view street_form(std::string_view word) {
  if (word.empty() || word.size() > 31 ||
      (kStreetLengths[static_cast<unsigned char>(word[0])] >> word.size() & 1) == 0)
    return {};
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
    : field_(std::move(field)),
      roles_(plan.roles),
      kind_column_(plan.kind_column),
      values_(1),
      word_(1),
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
  set_cell(record, found_);
  if (frozen || found_.empty()) return;
  for (const ValueId id : found_) ++values_[id].count;
  collect_words(found_);
  for (const std::uint32_t word : found_words_) ++word_[word].count;
}

void FieldValues::set_cell(RecordId record, std::span<const ValueId> values) {
  if (values.empty()) return;
  std::uint32_t& cell_of = cells_->at[record * cells_->fields + index_];
  if (!frozen) ++filled;
  if (values.size() == 1) {
    cell_of = values.front();
    return;
  }
  cell_of = kMany | static_cast<std::uint32_t>(many_.size());
  many_.push_back(static_cast<std::uint32_t>(values.size()));
  many_.insert(many_.end(), values.begin(), values.end());
}

// Into found_words_: the words of these values, each once.
void FieldValues::collect_words(std::span<const ValueId> values) {
  found_words_.clear();
  for (const ValueId id : values)
    for (const std::uint32_t word : words(values_[id]))
      if (std::find(found_words_.begin(), found_words_.end(), word) == found_words_.end())
        found_words_.push_back(word);
}

// Most fields are one column of one value a record: then values are made in the order of the column's own
// dictionary, without going by the records. The rest goes record by record.
void FieldValues::append(const Table& table, RecordId from, RecordId to) {
  const bool name =
      type() == FieldType::person || type() == FieldType::organisation || type() == FieldType::vessel;
  const bool plain = !(name && kind_column_ >= 0);
  if (type() == FieldType::person && plain && one_person_each(table)) return append_people(table, from, to);
  if (type() == FieldType::person || !plain || field_.columns.size() != 1 ||
      !table.columns()[field_.columns[0]].further.empty()) {
    for (RecordId record = from; record < to; ++record) append(table, record);
    return;
  }
  if (known_[0].empty()) make_known(table);
  const std::vector<ValueId>& raw = table.columns()[field_.columns[0]].first;
  to = std::min(to, static_cast<RecordId>(raw.size()));
  for (RecordId record = from; record < to; ++record) {
    if (raw[record] == 0) continue;
    const ValueId id = known_[0][raw[record]] - 1;
    if (id == 0) continue;
    cells_->at[record * cells_->fields + index_] = id;
    ++filled, ++values_[id].count;
  }
  counted_by_value_ = true;
}

// All values of the one column, a few at a time so that the memory answers for all of them together.
void FieldValues::make_known(const Table& table) {
  constexpr ValueId kAtOnce = 16;
  const Dictionary& raws = table.columns()[field_.columns[0]].values;
  known_[0].assign(raws.size() + 1, 0);
  texts_.reserve(raws.size(), raws.bytes());
  values_.reserve(raws.size() + 1);
  std::array<std::string, kAtOnce> texts;
  std::array<Dictionary::Probe, kAtOnce> probes;
  for (ValueId first = 1; first <= raws.size(); first += kAtOnce) {
    const auto count = std::min<ValueId>(kAtOnce, static_cast<ValueId>(raws.size()) + 1 - first);
    for (ValueId i = 0; i < count; ++i) {
      texts[i].clear();
      fold(raws[first + i], texts[i]);
      probes[i] = Dictionary::probe_of(texts[i]);
      texts_.prefetch(probes[i]);
    }
    for (ValueId i = 0; i < count; ++i)
      known_[0][first + i] = (texts[i].empty() ? 0 : keep(texts[i], probes[i])) + 1;
  }
}

bool FieldValues::one_person_each(const Table& table) const {
  return std::ranges::all_of(field_.columns, [&](std::uint32_t column) {
    return roles_.at(column) != NamePart::whole && table.columns()[column].further.empty();
  });
}

// Names whose parts lie in columns of one value a record.
void FieldValues::append_people(const Table& table, RecordId from, RecordId to) {
  constexpr std::size_t kAtOnce = 16;
  std::array<std::string, kAtOnce> texts;
  std::array<Dictionary::Probe, kAtOnce> probes;
  struct Source {
    const Table::Column* column;
    bool family;
  };
  std::vector<Source> sources;
  for (const std::uint32_t column : field_.columns)
    sources.push_back({&table.columns()[column], roles_.at(column) == NamePart::family});
  if (from == 0) {
    // No more names than records, nor than their parts can be put together to.
    std::size_t most = 1;
    for (const Source& source : sources)
      most = std::min(table.size(), most * (source.column->values.size() + 1));
    values_.reserve(most + 1);
    texts_.reserve(most, most * 16);
  }
  std::string given;
  for (RecordId first = from; first < to; first += kAtOnce) {
    const std::size_t count = std::min<std::size_t>(kAtOnce, to - first);
    for (std::size_t i = 0; i < count; ++i) {
      given.clear(), texts[i].clear();
      std::string_view family;
      for (const auto& [column, is_family] : sources) {
        if (first + i >= column->first.size() || column->first[first + i] == 0) continue;
        const std::string_view text = column->values[column->first[first + i]];
        if (is_family) {
          family = text;
        } else {
          if (!given.empty()) given += ' ';
          given += text;
        }
      }
      if (!given.empty() || !family.empty()) fold_person(given, family, {}, texts[i]);
      probes[i] = Dictionary::probe_of(texts[i]);
      texts_.prefetch(probes[i]);
    }
    for (std::size_t i = 0; i < count; ++i) {
      if (texts[i].empty()) continue;
      const ValueId id = keep(texts[i], probes[i]);
      cells_->at[(first + i) * cells_->fields + index_] = id;
      ++filled, ++values_[id].count;
    }
  }
  counted_by_value_ = true;
}

void FieldValues::count_words() {
  if (!counted_by_value_) return;
  for (ValueId id = 1; id < values_.size(); ++id) {
    const auto own = words(values_[id]);
    for (std::size_t i = 0; i < own.size(); ++i)
      if (std::find(own.begin(), own.begin() + static_cast<std::ptrdiff_t>(i), own[i]) ==
          own.begin() + static_cast<std::ptrdiff_t>(i))
        word_[own[i]].count += values_[id].count;
  }
}

void FieldValues::count_as_one(std::span<const RecordId> records) {
  together_.clear(), together_words_.clear();
  std::uint32_t with_value = 0;
  for (const RecordId record : records) {
    const auto own = cell(record);
    if (own.empty()) continue;
    ++with_value;
    together_.insert(together_.end(), own.begin(), own.end());
    collect_words(own);
    together_words_.insert(together_words_.end(), found_words_.begin(), found_words_.end());
  }
  if (with_value < 2) return;
  filled -= with_value - 1;
  const auto less_repeats = [](std::vector<std::uint32_t>& ids, auto& counted) {
    std::sort(ids.begin(), ids.end());
    for (std::size_t i = 1; i < ids.size(); ++i)
      if (ids[i] == ids[i - 1]) --counted[ids[i]].count;
  };
  less_repeats(together_, values_);
  less_repeats(together_words_, word_);
}

ValueId FieldValues::known(const Table& table, std::size_t slot, ValueId raw) {
  base::LargeVector<ValueId>& cache = known_[slot];
  if (raw >= cache.size()) cache.resize(table.columns()[field_.columns[slot]].values.size() + 1, 0);
  if (cache[raw] == 0) {
    part_.clear();
    fold(table.columns()[field_.columns[slot]].values[raw], part_);
    cache[raw] = (part_.empty() ? 0 : keep(part_)) + 1;
  }
  return cache[raw] - 1;
}

// A person's name is made from the parts the record has: given and middle with family, and each whole name.
void FieldValues::read_person(const Table& table, RecordId record, std::vector<ValueId>& out) {
  std::string& given = buffer_;
  given.clear();
  std::string_view family;
  const auto add = [&](std::string_view whole) {
    part_.clear();
    fold_person(given, family, whole, part_);
    const ValueId id = part_.empty() ? 0 : keep(part_);
    if (id != 0 && std::find(out.begin(), out.end(), id) == out.end()) out.push_back(id);
  };
  for (const std::uint32_t column : field_.columns) {
    const NamePart part = roles_.at(column);
    bool first = true;
    table.each(column, record, [&](ValueId raw) {
      const std::string_view text = table.columns()[column].values[raw];
      if (part == NamePart::whole) {
        if (!given.empty() || !family.empty()) add({});
        given.clear(), family = {};
        add(text);
      } else if (part == NamePart::family) {
        if (!first) add({});
        family = text;
      } else if (first) {
        if (!given.empty()) given += ' ';
        given += text;
      }
      first = false;
    });
  }
  if (!given.empty() || !family.empty()) add({});
}

// Text form: "anna maria |aguilar #2": given words, '|' before the family name, '#' and the generation.
void FieldValues::fold_person(std::string_view given, std::string_view family, std::string_view whole,
                              std::string& text) const {
  if (!whole.empty()) {
    if (const auto comma = whole.find(',');
        comma != whole.npos && generation(base::ascii_lower(base::trim(whole.substr(comma + 1)))) == 0) {
      family = whole.substr(0, comma), given = whole.substr(comma + 1);
    } else {
      given = whole;
    }
  }
  int number = 0;
  const auto drop_generation = [&](std::size_t from) {
    const std::size_t blank = text.rfind(' ');
    if (blank == text.npos || blank < from) return;
    const int found = generation(std::string_view(text).substr(blank + 1));
    if (found == 0) return;
    number = found;
    text.resize(blank);
  };
  append_words(text, given);
  if (is_blank_word(text)) text.clear();
  drop_generation(0);
  std::size_t cut = text.size();
  if (family.empty() && !whole.empty()) {
    const std::size_t blank = text.rfind(' ');
    cut = blank == text.npos ? 0 : blank + 1;
    text.insert(cut, 1, '|');
  } else if (!family.empty()) {
    std::string folded;
    append_words(folded, family);
    if (!is_blank_word(folded)) {
      if (!text.empty()) text += ' ';
      text += '|';
      cut = text.size();
      text += folded;
      drop_generation(cut);
    }
  }
  if (text == "|") text.clear();
  if (number != 0 && !text.empty()) text += " #", text += static_cast<char>('0' + number);
}

void FieldValues::fold(std::string_view raw, std::string& text) const {
  switch (type()) {
    case FieldType::date: {
      const auto day = read_day(raw, month_first_);
      if (!day) return;
      text = std::to_string(day->number);
      if (day->ambiguous) text += '?';
      break;
    }
    case FieldType::phone: {
      for (const char c : raw)
        if (is_digit(c)) text += c;
      if (text.size() < 5) text.clear();
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
  if (is_blank_word(text)) text.clear();
}

ValueId FieldValues::keep(std::string_view text, const Dictionary::Probe& probe) {
  bool fresh = false;
  const ValueId id = texts_.put(text, probe, &fresh);
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
  value.hash = value.words > 0 ? hash_squeezed(text) : hash_text(text);
  values_.push_back(value);
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
    const WordKind kind = is_house_number(word)                                        ? WordKind::number
                          : type() == FieldType::address && !street_form(word).empty() ? WordKind::weak
                                                                                       : WordKind::plain;
    word_.push_back({names::letter_set(word), hash_text(word), 0, kind});
  }
  return id;
}

}  // namespace cordon::resolve
