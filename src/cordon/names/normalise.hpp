// A name made ready for comparison once: folded, transliterated, cut into words that are typed (given word,
// legal form, number, ordinal, generic business word), and read as Korean syllables where it can be.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace cordon::names {

// What the name names. It decides word order, which words are generic, and what a number means.
enum class Kind : std::uint8_t { any, person, organisation, vessel };

struct NameForms;  // names/forms.hpp: the words and readings; only names/ and screen/ look inside

// Immutable and cheap to copy; safe to share between threads.
class PreparedName {
 public:
  PreparedName() = default;
  // text: UTF-8, any script; bad bytes count as blanks. Longer than 512 bytes: the rest is ignored.
  explicit PreparedName(std::string_view text, Kind kind = Kind::any);
  // Forms that live elsewhere and must outlive the name.
  static PreparedName borrow(const NameForms& forms);
  std::string_view text() const;  // as given
  Kind kind() const;
  bool empty() const;  // nothing to compare: no letter and no digit
  const NameForms& forms() const { return *forms_; }

 private:
  std::shared_ptr<const NameForms> forms_;
};

// Lower-case Latin words split by one blank: "Ким Чен Ын" -> "kim chen yn", "M/V JI SONG 6" -> "mv ji song
// 6". For display and for joins; comparison uses PreparedName.
std::string latin(std::string_view text);

}  // namespace cordon::names
