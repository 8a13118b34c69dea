#include "cordon/resolve/keys.hpp"

#include <algorithm>
#include <bitset>
#include <utility>

#include "cordon/base/text.hpp"

namespace cordon::resolve {
namespace {

// How often two records of one party agree in such a part, before anything is known of the data.
double expected_agreement(const FieldValues& field, Part part) {
  switch (part) {
    case Part::name:
      return 0.6;
    case Part::word:
      return field.type() == FieldType::person ? 0.8 : 0.7;
    case Part::number_and_word:
      return 0.7;
    case Part::local_number:
      return 0.6;
    case Part::value:
      break;
  }
  switch (field.type()) {
    case FieldType::date:
    case FieldType::number:
    case FieldType::category:
      return 0.85;
    case FieldType::organisation:
    case FieldType::vessel:
    case FieldType::text:
      return 0.5;
    case FieldType::address:
      return 0.65;
    default:
      return 0.8;
  }
}

std::vector<KeyPart> parts_of(std::span<const FieldValues> fields) {
  std::vector<KeyPart> parts;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const auto add = [&](Part part) { parts.push_back({static_cast<std::uint8_t>(i), part}); };
    switch (fields[i].type()) {
      case FieldType::person:
        add(Part::name), add(Part::word);
        break;
      case FieldType::organisation:
      case FieldType::vessel:
        add(Part::value), add(Part::word);
        break;
      case FieldType::address:
        add(Part::value), add(Part::number_and_word), add(Part::word);
        break;
      case FieldType::phone:
        add(Part::local_number);
        break;
      case FieldType::source:
        break;
      default:
        add(Part::value);
    }
  }
  return parts;
}

// Words that tell: the rarest three of a name or address.
void add_rare_words(Hashes& out, const FieldValues& field, const Value& value) {
  std::array<std::uint32_t, kMostWords> ids{};
  std::size_t count = 0;
  for (const std::uint32_t word : field.words(value))
    if (field.word(word).size() > 1 && field.word_kind(word) == WordKind::plain) ids[count++] = word;
  const auto rarer = [&](std::uint32_t x, std::uint32_t y) {
    return std::pair(field.word_count[x], field.word(x)) < std::pair(field.word_count[y], field.word(y));
  };
  std::sort(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(count), rarer);
  for (std::size_t i = 0; i < std::min<std::size_t>(count, 3); ++i) out.add(hash_text(field.word(ids[i])));
}

std::uint64_t hash_squeezed(std::string_view text) {
  std::array<char, 96> buffer{};
  std::size_t size = 0;
  for (const char c : text)
    if (c != ' ' && size < buffer.size()) buffer[size++] = c;
  return hash_text({buffer.data(), size});
}

void add_value(Hashes& out, const FieldValues& field, Part part, ValueId id) {
  const Value& value = field.value(id);
  switch (part) {
    case Part::value:
      out.add(value.words > 0                   ? hash_squeezed(field.text(id))
              : field.type() == FieldType::date ? value.number
                                                : value.hash);
      break;
    case Part::name: {
      std::uint64_t sum = 0;  // in any order
      for (const std::uint32_t word : field.words(value)) sum += hash_text(field.word(word));
      if (value.words > 1) out.add(sum);
      break;
    }
    case Part::word:
      if (field.type() == FieldType::person) {
        for (const std::uint32_t word : field.words(value).first(std::min<std::size_t>(value.words, 4)))
          if (field.word(word).size() > 1) out.add(hash_text(field.word(word)));
      } else {
        add_rare_words(out, field, value);
      }
      break;
    case Part::number_and_word: {
      std::size_t tied = 0;
      for (const std::uint32_t number : field.words(value)) {
        if (field.word_kind(number) != WordKind::number) continue;
        for (const std::uint32_t word : field.words(value))
          if (field.word_kind(word) == WordKind::plain && tied++ < 3)
            out.add(mix(hash_text(field.word(number)), hash_text(field.word(word))));
        break;
      }
      break;
    }
    case Part::local_number: {
      const std::string_view digits = field.text(id);
      out.add(hash_text(digits.substr(digits.size() - std::min<std::size_t>(digits.size(), 7))));
      break;
    }
  }
}

}  // namespace

void Hashes::sort_unique() {
  std::sort(at_.begin(), at_.begin() + static_cast<std::ptrdiff_t>(size_));
  size_ = static_cast<std::size_t>(
      std::unique(at_.begin(), at_.begin() + static_cast<std::ptrdiff_t>(size_)) - at_.begin());
}

Hashes hashes_of(std::span<const FieldValues> fields, const KeyPart& part, RecordId record) {
  Hashes out;
  for (const ValueId id : fields[part.field].cell(record)) add_value(out, fields[part.field], part.part, id);
  return out;
}

Hashes hashes_of(std::span<const FieldValues> fields, const Key& key, RecordId record) {
  Hashes out = hashes_of(fields, key.first, record);
  if (!key.single()) {
    const Hashes left = out, right = hashes_of(fields, key.second, record);
    out = {};
    for (const std::uint64_t a : left.view())
      for (const std::uint64_t b : right.view()) out.add(mix(a, b));
  }
  if (out.view().size() > 1) out.sort_unique();
  return out;
}

std::string describe(std::span<const FieldValues> fields, const Key& key) {
  const auto one = [&](const KeyPart& part) {
    const std::string& name = fields[part.field].field().name;
    switch (part.part) {
      case Part::value:
        break;
      case Part::word:
        return "a word of " + name;
      case Part::name:
        return "all words of " + name;
      case Part::number_and_word:
        return "number and a word of " + name;
      case Part::local_number:
        return "last digits of " + name;
    }
    return name;
  };
  return key.single() ? one(key.first) : one(key.first) + " + " + one(key.second);
}

namespace {

constexpr std::size_t kTrials = 1024;
using Trials = std::bitset<kTrials>;

struct Option {
  Key key;
  Trials reached;    // trials (a record and a second record of the same party) whose key agrees
  double pairs = 0;  // that the key makes, over all records
};

// What one key costs and reaches. sizes: block sizes over all records, estimated from the sample.
Option weigh(std::span<const FieldValues> fields, std::span<const RecordId> sample, std::size_t records,
             const Key& key, const Trials& agree) {
  Option option{key, {}, 0};
  std::vector<std::pair<std::uint64_t, std::uint32_t>> entries;
  entries.reserve(sample.size());
  for (std::uint32_t i = 0; i < sample.size(); ++i)
    for (const std::uint64_t hash : hashes_of(fields, key, sample[i]).view()) entries.emplace_back(hash, i);
  std::sort(entries.begin(), entries.end());
  const double scale = static_cast<double>(records) / static_cast<double>(sample.size());
  std::vector<bool> usable(sample.size());
  for (std::size_t from = 0, to = 0; from < entries.size(); from = to) {
    while (to < entries.size() && entries[to].first == entries[from].first) ++to;
    const auto count = static_cast<double>(to - from);
    // Of a block, one record is surely in the sample; the others stand for `scale` each.
    if (1 + (count - 1) * scale > static_cast<double>(kLargestBlock)) continue;
    option.pairs += count * (count - 1) / 2 * scale * scale;
    for (std::size_t i = from; i < to; ++i) usable[entries[i].second] = true;
  }
  for (std::size_t trial = 0; trial < kTrials; ++trial)
    if (agree[trial] && usable[trial % sample.size()]) option.reached.set(trial);
  return option;
}

}  // namespace

std::vector<Key> choose_keys(std::span<const FieldValues> fields, std::span<const RecordId> sample,
                             std::size_t records, std::size_t pair_budget) {
  if (sample.empty()) return {};
  const std::vector<KeyPart> parts = parts_of(fields);
  std::vector<Trials> agree(parts.size());
  for (std::size_t p = 0; p < parts.size(); ++p) {
    const double chance = expected_agreement(fields[parts[p].field], parts[p].part);
    for (std::size_t trial = 0; trial < kTrials; ++trial)
      agree[p][trial] =
          static_cast<double>(mix(mix(trial, 17), mix(parts[p].field, 3)) >> 11) * 0x1p-53 < chance;
  }
  std::vector<Option> options;
  for (std::size_t p = 0; p < parts.size(); ++p)
    for (std::size_t q = p; q < parts.size(); ++q) {
      if (p != q && parts[p].field == parts[q].field) continue;
      Option option = weigh(fields, sample, records, {parts[p], parts[q]}, agree[p] & agree[q]);
      if (option.reached.any()) options.push_back(std::move(option));
    }
  // A pair reached by one key only is lost to any error in it: the second and third key to reach a trial
  // count too, for less.
  constexpr std::array<double, 3> kWorth = {1.0, 0.3, 0.1};
  std::array<Trials, 3> reached;  // by at least 1, 2, 3 keys
  std::vector<Key> chosen;
  double spent = 0;
  while (chosen.size() < kMostKeys) {
    double best = 0;
    std::size_t at = options.size();
    for (std::size_t i = 0; i < options.size(); ++i) {
      if (spent + options[i].pairs > static_cast<double>(pair_budget)) continue;
      double gain = 0;
      for (std::size_t depth = 0; depth < reached.size(); ++depth) {
        Trials next = options[i].reached & ~reached[depth];
        if (depth > 0) next &= reached[depth - 1];
        gain += kWorth[depth] * static_cast<double>(next.count());
      }
      const double rate = gain / (options[i].pairs + 0.05 * static_cast<double>(records));
      if (gain >= 1 && rate > best) best = rate, at = i;
    }
    if (at == options.size()) break;
    for (std::size_t depth = reached.size(); depth-- > 1;)
      reached[depth] |= options[at].reached & reached[depth - 1];
    reached[0] |= options[at].reached;
    spent += options[at].pairs;
    chosen.push_back(options[at].key);
    options.erase(options.begin() + static_cast<std::ptrdiff_t>(at));
  }
  return chosen;
}

}  // namespace cordon::resolve
