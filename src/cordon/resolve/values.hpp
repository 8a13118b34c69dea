// The values of one field over all records, each distinct value made ready once: folded, cut into words,
// counted. Grows record by record, so a batch and a later addition go the same way.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/resolve/dictionary.hpp"
#include "cordon/resolve/field.hpp"
#include "cordon/resolve/table.hpp"

namespace cordon::resolve {

struct Value {
  std::uint64_t letters = 0;     // names::letter_set of the text
  std::uint64_t hash = 0;        // of the text
  std::uint32_t first_word = 0;  // in the field's word list
  std::uint32_t number = 0;      // date: yyyymmdd; person: generation, 0 = none
  std::uint16_t words = 0;
  std::uint8_t family = 0;  // person: how many of the words, at the end, are the family name
  bool ambiguous = false;   // date: day and month may be swapped
};

enum class WordKind : std::uint8_t { plain, number, weak };  // weak: street, avenue, north, flat, ...

// No cell needs more: a party with a hundred aliases is recognised by sixteen.
inline constexpr std::size_t kMostValues = 16;
inline constexpr std::size_t kMostWords = 24;

// The cells of all fields, record after record: two records to be compared are two short runs of memory.
struct Cells {
  std::size_t fields = 0;
  std::vector<std::uint32_t> at;
};

class FieldValues {
 public:
  // Writes to its place, `index`, in the rows of cells, which must hold a row for each record appended.
  FieldValues(Field field, const Plan& plan, const Table& table, std::shared_ptr<Cells> cells,
              std::size_t index);
  // Reads the record's cell; records come in order.
  void append(const Table& table, RecordId record);

  const Field& field() const { return field_; }
  FieldType type() const { return field_.type; }
  // Most cells hold one value; the span is empty where the record says nothing.
  std::span<const ValueId> cell(RecordId record) const {
    const std::uint32_t& at = cells_->at[record * cells_->fields + index_];
    if (at == 0) return {};
    if ((at & kMany) == 0) return {&at, 1};
    const std::uint32_t* many = &many_[at & ~kMany];
    return {many + 1, *many};
  }
  const Value& value(ValueId id) const { return values_[id]; }
  // Ask the memory, in good time, for what a comparison of the record will look at: the value and its count,
  // and a moment later its words.
  void prefetch(RecordId record) const {
    const std::uint32_t at = cells_->at[record * cells_->fields + index_];
    if (at == 0 || (at & kMany) != 0) return;
    __builtin_prefetch(&values_[at]);
    __builtin_prefetch(&value_count[at]);
    texts_.prefetch_start(at);
  }
  void prefetch_words(RecordId record) const {
    const std::uint32_t at = cells_->at[record * cells_->fields + index_];
    if (at == 0 || (at & kMany) != 0) return;
    if (values_[at].words > 0) __builtin_prefetch(&word_list_[values_[at].first_word]);
    texts_.prefetch_text(at);
  }
  std::string_view text(ValueId id) const { return texts_[id]; }
  std::size_t distinct() const { return values_.size() - 1; }
  std::span<const std::uint32_t> words(const Value& value) const {
    return {word_list_.data() + value.first_word, value.words};
  }
  std::string_view word(std::uint32_t id) const { return words_[id]; }
  std::uint64_t word_hash(std::uint32_t id) const { return word_hashes_[id]; }
  std::uint64_t word_letters(std::uint32_t id) const { return word_letters_[id]; }
  WordKind word_kind(std::uint32_t id) const { return word_kinds_[id]; }

  // Counts anew how many groups of records have each value and word. records: each group's one after the
  // other; group: by record.
  void recount(std::span<const RecordId> records, std::span<const std::uint32_t> group);

  // How many records (later: parties) have the value, or the word; and how many have any value.
  std::vector<std::uint32_t> value_count, word_count;
  // log2 of the chance of a value that so many have, as compare.hpp's chance_of() gives it; for words of a
  // given name in the second row. Filled by recount().
  static constexpr std::size_t kTabled = 256;
  std::array<std::array<std::int32_t, kTabled>, 2> chances{};
  std::uint32_t filled = 0;
  // Once learned from, the counts stand still: later records are weighed as the model was learned.
  bool frozen = false;
  // Another field whose agreement all but settles this one's (a street its suburb): then the chance of
  // agreeing here by accident is this, in 1/1024 bits as of compare.hpp, and not that of the value.
  struct Given {
    std::size_t field = 0;
    std::int32_t chance = 0;
  };
  std::vector<Given> settled_by;

 private:
  static constexpr std::uint32_t kMany = std::uint32_t{1} << 31;
  void read_person(const Table& table, RecordId record, std::vector<ValueId>& out);
  ValueId known(const Table& table, std::size_t slot, ValueId raw);
  ValueId make(std::string_view raw);
  ValueId keep(std::string_view text);
  ValueId keep_person(std::string_view given, std::string_view family, std::string_view whole);
  void cut_words(Value& value, std::string_view text);
  std::uint32_t put_word(std::string_view word);
  bool wanted_kind(const Table& table, RecordId record) const;

  Field field_;
  std::map<std::uint32_t, NamePart> roles_;
  int kind_column_ = -1;
  bool month_first_ = false;
  bool country_ = false;
  Dictionary texts_, words_;
  std::vector<Value> values_;
  std::vector<std::uint32_t> word_list_;
  std::vector<std::uint64_t> word_letters_, word_hashes_;
  std::vector<WordKind> word_kinds_;
  std::shared_ptr<Cells> cells_;
  std::size_t index_ = 0;
  std::vector<std::uint32_t> many_;
  std::vector<std::vector<ValueId>>
      known_;  // by column of the field: raw value -> value + 1, 0 = not yet seen
  std::string buffer_, part_;
  std::vector<ValueId> found_;
};

}  // namespace cordon::resolve
