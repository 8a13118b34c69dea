// Text as comparison wants it: folded to lower-case Latin words, days as numbers, and what a text looks like.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cordon::resolve {

// Lower-case Latin letters and digits, words split by one blank: "O'Hare & Sons, Ltd." -> "ohare and sons
// ltd". Appends to out; other scripts are romanised (names::latin).
void append_words(std::string& out, std::string_view text);
// Letters and digits alone: "N-123 45" -> "n12345".
void append_letters(std::string& out, std::string_view text);

// yyyymmdd with 00 for an unknown month or day. Numeric forms: 19560409, 1956-04-09, 9/28/97, 20.8.1991,
// 25-Jun-08; two-digit years up to two years ahead of `this_year` are of this century. Where day and month
// can both be the first number, month_first decides.
struct Day {
  std::uint32_t number = 0;
  bool ambiguous = false;  // day and month could be the other way round
};
std::optional<Day> read_day(std::string_view text, bool month_first);
// +1: can only be month first (9/28/97), -1: only day first, 0: says nothing.
int month_first_vote(std::string_view text);

// Two to four words of letters, none of them an organisation's.
bool looks_like_person(std::string_view text);
// "n/a", "unknown", "-", "null", ...: no value at all.
bool is_blank_word(std::string_view folded);

// Of a person's name, folded: 0 none; 1 senior or I, 2 junior or II, 3 III, 4 IV.
int generation(std::string_view word);

}  // namespace cordon::resolve
