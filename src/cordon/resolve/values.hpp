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

#include "cordon/base/large.hpp"
#include "cordon/resolve/dictionary.hpp"
#include "cordon/resolve/field.hpp"
#include "cordon/resolve/table.hpp"

namespace cordon::resolve {

// Half a line of the processor's memory, so that a comparison waits once for it.
struct alignas(32) Value {
  std::uint64_t letters = 0;     // names::letter_set of the text
  std::uint64_t hash = 0;        // of the text
  std::uint32_t first_word = 0;  // in the field's word list
  std::uint32_t number = 0;      // date: yyyymmdd; person: generation, 0 = none
  std::uint32_t count = 0;       // how many records (later: parties) have it
  std::uint16_t words = 0;
  std::uint8_t family = 0;  // person: how many of the words, at the end, are the family name
  bool ambiguous = false;   // date: day and month may be swapped
};

enum class WordKind : std::uint8_t { plain, number, weak };  // weak: street, avenue, north, flat, ...

struct alignas(32) Word {
  std::uint64_t letters = 0;  // names::letter_set
  std::uint64_t hash = 0;
  std::uint32_t count = 0;  // how many records (later: parties) have it
  WordKind kind = WordKind::plain;
};

// No cell needs more: a party with a hundred aliases is recognised by sixteen.
inline constexpr std::size_t kMostValues = 16;
inline constexpr std::size_t kMostWords = 24;

// The cells of all fields, record after record: two records to be compared are two short runs of memory.
struct Cells {
  std::size_t fields = 0;
  base::LargeVector<std::uint32_t> at;
};

class FieldValues {
 public:
  // Writes to its place, `index`, in the rows of cells, which must hold a row for each record appended.
  FieldValues(Field field, const Plan& plan, const Table& table, std::shared_ptr<Cells> cells,
              std::size_t index);
  // Reads the record's cell; records come in order.
  void append(const Table& table, RecordId record);
  // The same for all records [from, to) of a table, many at a time; count_words() when all are read.
  void append(const Table& table, RecordId from, RecordId to);
  void count_words();

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
  const Word& word_at(std::uint32_t id) const { return word_[id]; }

  // Records that were counted one by one count as one from now on. table_chances() when all are told.
  void count_as_one(std::span<const RecordId> records);

  // log2 of the chance of a value that so many have, as compare.hpp's chance_of() gives it; for words of a
  // given name in the second row. Filled by table_chances().
  static constexpr std::size_t kTabled = 256;
  std::array<std::array<std::int32_t, kTabled>, 2> chances{};
  std::uint32_t filled = 0;  // how many records (later: parties) have any value
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
  // The text a raw value is known by, appended to `text`; empty for no value at all.
  void fold(std::string_view raw, std::string& text) const;
  void fold_person(std::string_view given, std::string_view family, std::string_view whole,
                   std::string& text) const;
  ValueId keep(std::string_view text) { return keep(text, Dictionary::probe_of(text)); }
  ValueId keep(std::string_view text, const Dictionary::Probe& probe);
  bool one_person_each(const Table& table) const;
  void make_known(const Table& table);
  void append_people(const Table& table, RecordId from, RecordId to);
  void set_cell(RecordId record, std::span<const ValueId> values);
  void collect_words(std::span<const ValueId> values);
  void cut_words(Value& value, std::string_view text);
  std::uint32_t put_word(std::string_view word);
  bool wanted_kind(const Table& table, RecordId record) const;

  Field field_;
  std::map<std::uint32_t, NamePart> roles_;
  int kind_column_ = -1;
  bool month_first_ = false;
  bool country_ = false;
  Dictionary texts_, words_;
  base::LargeVector<Value> values_;
  base::LargeVector<std::uint32_t> word_list_;
  std::vector<Word> word_;
  std::shared_ptr<Cells> cells_;
  std::size_t index_ = 0;
  bool counted_by_value_ = false;  // words are yet to be counted, each as often as its values
  std::vector<std::uint32_t> many_;
  std::vector<base::LargeVector<ValueId>>
      known_;  // by column of the field: raw value -> value + 1, 0 = not yet seen
  std::string buffer_, part_;
  std::vector<ValueId> found_;
  std::vector<std::uint32_t> found_words_, together_, together_words_;
};

}  // namespace cordon::resolve
