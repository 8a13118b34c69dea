#include "cordon/base/json.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>

#include "cordon/base/text.hpp"

namespace cordon::base {
namespace {

// 0 = copied as it is, 1 = needs an escape, 2 = part of a multi-byte sequence.
constexpr std::array<std::uint8_t, 256> kClass = [] {
  std::array<std::uint8_t, 256> table{};
  for (std::size_t c = 0; c < 0x20; ++c) table[c] = 1;
  table['"'] = table['\\'] = 1;
  for (std::size_t c = 0x80; c < 256; ++c) table[c] = 2;
  return table;
}();

void append_escape(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      break;
    case '\\':
      out += "\\\\";
      break;
    case '\n':
      out += "\\n";
      break;
    case '\r':
      out += "\\r";
      break;
    case '\t':
      out += "\\t";
      break;
    default: {
      constexpr std::string_view kHex = "0123456789abcdef";
      out += "\\u00";
      out.push_back(kHex[static_cast<unsigned char>(c) >> 4]);
      out.push_back(kHex[static_cast<unsigned char>(c) & 15]);
    }
  }
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  std::uint8_t seen = 0;
  for (const char c : text) seen |= kClass[static_cast<unsigned char>(c)];
  if ((seen & 2) != 0 && !is_utf8(text)) return append_json_string(out, to_utf8(text));
  out.push_back('"');
  if ((seen & 1) == 0) {
    out.append(text);
  } else {
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (kClass[static_cast<unsigned char>(text[i])] != 1) continue;
      out.append(text.substr(begin, i - begin));
      append_escape(out, text[i]);
      begin = i + 1;
    }
    out.append(text.substr(begin));
  }
  out.push_back('"');
}

void append_json_number(std::string& out, double value) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  std::array<char, 32> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  out.append(buffer.data(), end);
}

void append_json_fixed(std::string& out, double value, int decimals) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  std::array<char, 64> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                          std::chars_format::fixed, decimals < 0 ? 0 : decimals);
  if (error != std::errc{}) return append_json_number(out, value);  // 1e60: no use for decimals
  std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  if (text.find('.') != std::string_view::npos) {
    while (text.back() == '0') text.remove_suffix(1);
    if (text.back() == '.') text.remove_suffix(1);
  }
  out.append(text == "-0" ? "0" : text);
}

void JsonWriter::comma() {
  if (need_comma_) out_.push_back(',');
  need_comma_ = true;
}

void JsonWriter::open(char c) {
  comma();
  out_.push_back(c);
  need_comma_ = false;
}

void JsonWriter::close(char c) {
  out_.push_back(c);
  need_comma_ = true;
}

void JsonWriter::key(std::string_view name) {
  comma();
  append_json_string(out_, name);
  out_.push_back(':');
  need_comma_ = false;
}

void JsonWriter::value(std::string_view text) {
  comma();
  append_json_string(out_, text);
}

void JsonWriter::value(bool flag) {
  comma();
  out_ += flag ? "true" : "false";
}

void JsonWriter::value(std::int64_t number) {
  comma();
  std::array<char, 24> buffer{};
  out_.append(buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr);
}

void JsonWriter::value(std::uint64_t number) {
  comma();
  std::array<char, 24> buffer{};
  out_.append(buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr);
}

void JsonWriter::value(double number) {
  comma();
  append_json_number(out_, number);
}

void JsonWriter::fixed(double number, int decimals) {
  comma();
  append_json_fixed(out_, number, decimals);
}

void JsonWriter::null() {
  comma();
  out_ += "null";
}

void JsonWriter::raw(std::string_view json) {
  comma();
  out_.append(json);
}

}  // namespace cordon::base
