// Text inside cordon is UTF-8, always valid: readers replace bad bytes with U+FFFD and count them.
#pragma once
#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::base {

std::string_view trim(std::string_view text);  // ASCII white space and U+00A0
std::vector<std::string_view> split(std::string_view text, char separator);
std::string squeeze(std::string_view text);  // inner runs of white space become one blank, ends trimmed
std::string ascii_lower(std::string_view text);
std::string ascii_upper(std::string_view text);
bool iequals(std::string_view a, std::string_view b);  // ASCII case only

// Text made safe inside XML or HTML, element or attribute: markup escaped, control characters XML forbids
// become blanks, bad UTF-8 replaced. Names on lists and AIS text are hostile input.
std::string escape_markup(std::string_view text);

bool is_utf8(std::string_view bytes);
// Number of replaced sequences is added to *replaced where given.
std::string to_utf8(std::string_view bytes, std::size_t* replaced = nullptr);
std::string latin1_to_utf8(std::string_view bytes);  // windows-1252 in 0x80..0x9F, as web exports mean it
// UTF-8, UTF-16LE/BE by byte order mark or by NUL pattern; else latin-1. The mark is removed.
std::string decode_text(std::string_view bytes);

// One line that may be shown on a terminal: control characters, line separators and the marks that reverse
// the direction of text become \xNN or \u{NNNN}, bad bytes U+FFFD. What files say is hostile input.
std::string printable(std::string_view text);

template <class Number>
std::optional<Number> parse_number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

}  // namespace cordon::base
