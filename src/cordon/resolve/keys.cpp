#include "cordon/resolve/keys.hpp"

#include <algorithm>
#include <bit>
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
    if (field.word(word).size() > 1 && field.word_at(word).kind == WordKind::plain) ids[count++] = word;
  const auto rarer = [&](std::uint32_t x, std::uint32_t y) {
    return std::pair(field.word_at(x).count, field.word(x)) <
           std::pair(field.word_at(y).count, field.word(y));
  };
  std::sort(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(count), rarer);
  for (std::size_t i = 0; i < std::min<std::size_t>(count, 3); ++i) out.add(field.word_at(ids[i]).hash);
}

void add_value(Hashes& out, const FieldValues& field, Part part, ValueId id) {
  const Value& value = field.value(id);
  switch (part) {
    case Part::value:
      out.add(field.type() == FieldType::date ? value.number : value.hash);
      break;
    case Part::name: {
      std::uint64_t sum = 0;  // in any order
      for (const std::uint32_t word : field.words(value)) sum += field.word_at(word).hash;
      if (value.words > 1) out.add(sum);
      break;
    }
    case Part::word:
      if (field.type() == FieldType::person) {
        for (const std::uint32_t word : field.words(value).first(std::min<std::size_t>(value.words, 4)))
          if (field.word(word).size() > 1) out.add(field.word_at(word).hash);
      } else {
        add_rare_words(out, field, value);
      }
      break;
    case Part::number_and_word: {
      std::size_t tied = 0;
      for (const std::uint32_t number : field.words(value)) {
        if (field.word_at(number).kind != WordKind::number) continue;
        for (const std::uint32_t word : field.words(value))
          if (field.word_at(word).kind == WordKind::plain && tied++ < 3)
            out.add(mix(field.word_at(number).hash, field.word_at(word).hash));
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

Hashes combine(std::span<const std::uint64_t> left, std::span<const std::uint64_t> right) {
  Hashes out;
  for (const std::uint64_t a : left)
    for (const std::uint64_t b : right) out.add(mix(a, b));
  if (out.size() > 1) out.sort_unique();
  return out;
}

Hashes hashes_of(std::span<const FieldValues> fields, const Key& key, RecordId record) {
  const Hashes first = hashes_of(fields, key.first, record);
  return key.single() ? first : combine(first, hashes_of(fields, key.second, record));
}

Column column_of(std::span<const FieldValues> fields, std::span<const RecordId> records,
                 const KeyPart& part) {
  constexpr std::size_t kValues = 16, kWords = 8;
  const FieldValues& field = fields[part.field];
  Column column{{0}, {}};
  column.starts.reserve(records.size() + 1), column.hashes.reserve(records.size());
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (i + kValues < records.size()) field.prefetch(records[i + kValues]);
    if (i + kWords < records.size() && part.part != Part::value) field.prefetch_words(records[i + kWords]);
    const Hashes found = hashes_of(fields, part, records[i]);
    column.hashes.insert(column.hashes.end(), found.begin(), found.end());
    column.starts.push_back(static_cast<std::uint32_t>(column.hashes.size()));
  }
  return column;
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

// Counts hashes in a table that is emptied by moving on to the next mark.
class Counter {
 public:
  // most: how many different hashes will come.
  void clear(std::size_t most) {
    const std::size_t wanted = std::bit_ceil(2 * most + 2);
    if (slots_.size() < wanted) slots_.assign(wanted, {}), mark_ = 0;
    mask_ = wanted - 1, ++mark_;
  }
  std::uint32_t& operator[](std::uint64_t hash) {
    for (std::size_t at = hash;; ++at) {
      Slot& slot = slots_[at & mask_];
      if (slot.mark != mark_) slot = {hash, mark_, 0};
      if (slot.hash == hash) return slot.count;
    }
  }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t mark = 0, count = 0;
  };
  std::vector<Slot> slots_;
  std::size_t mask_ = 0;
  std::uint32_t mark_ = 0;
};

// What one key costs and reaches; b is null for a key of one part.
Option weigh(const Key& key, const Column& a, const Column* b, std::size_t records, const Trials& agree,
             Counter& counter, std::vector<std::uint64_t>& hashes) {
  Option option{key, {}, 0};
  const std::size_t sample = a.starts.size() - 1;
  std::vector<std::uint32_t> ends;
  ends.reserve(sample);
  hashes.clear();
  for (std::size_t i = 0; i < sample; ++i) {
    const std::size_t end = hashes.size() + Hashes::kMost;
    for (const std::uint64_t x : a.of(i)) {
      if (b == nullptr) {
        hashes.push_back(mix(x, 1));
        continue;
      }
      for (const std::uint64_t y : b->of(i))
        if (hashes.size() < end) hashes.push_back(mix(x, y));
    }
    ends.push_back(static_cast<std::uint32_t>(hashes.size()));
  }
  counter.clear(hashes.size());
  for (const std::uint64_t hash : hashes) ++counter[hash];
  const double scale = static_cast<double>(records) / static_cast<double>(sample);
  // Of a block, one record is surely in the sample; the others stand for `scale` each.
  const double most = (static_cast<double>(kLargestBlock) - 1) / scale + 1;
  std::size_t at = 0;
  for (std::size_t i = 0; i < sample; ++i)
    for (bool usable = false; at < ends[i]; ++at) {
      const double count = counter[hashes[at]];
      if (count > most) continue;
      option.pairs += (count - 1) / 2 * scale * scale;
      if (std::exchange(usable, true)) continue;
      for (std::size_t trial = i; trial < kTrials; trial += sample)
        if (agree[trial]) option.reached.set(trial);
    }
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
  std::vector<Column> columns;
  for (const KeyPart& part : parts) columns.push_back(column_of(fields, sample, part));
  Counter counter;
  std::vector<std::uint64_t> hashes;
  std::vector<Option> options;
  for (std::size_t p = 0; p < parts.size(); ++p)
    for (std::size_t q = p; q < parts.size(); ++q) {
      if (p != q && parts[p].field == parts[q].field) continue;
      Option option = weigh({parts[p], parts[q]}, columns[p], p == q ? nullptr : &columns[q], records,
                            agree[p] & agree[q], counter, hashes);
      if (option.reached.any()) options.push_back(std::move(option));
    }
  // A pair reached by one key only is lost to any error in it: the second and third key to reach a trial
  // count too, for less.
  constexpr std::array<double, 3> kWorth = {1.0, 0.3, 0.1};
  // A key must promise one more true pair for so many comparisons, if a fifth of the records repeat another;
  // in a small set two comparisons a record are cheap enough for any promise.
  constexpr double kPairsForOne = 500, kDuplicates = 0.2;
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
      // Keys are as scarce as pairs: a rare number that few records have must not take the place of a name.
      const double rate = gain / (options[i].pairs + static_cast<double>(pair_budget) / kMostKeys);
      const double promise = gain / kTrials * kDuplicates * static_cast<double>(records);
      if (gain < 1 || options[i].pairs > kPairsForOne * promise + 2 * static_cast<double>(records)) continue;
      if (rate > best) best = rate, at = i;
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
