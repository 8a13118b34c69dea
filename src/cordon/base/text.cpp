#include "cordon/base/text.hpp"

#include <array>
#include <cstdint>
#include <cstring>

namespace cordon::base {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

constexpr bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
constexpr char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}

void append_utf8(std::string& out, std::uint32_t cp) {
  const auto put = [&out](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (cp < 0x80) {
    put(cp);
  } else if (cp < 0x800) {
    put(0xC0 | cp >> 6);
    put(0x80 | (cp & 0x3F));
  } else if (cp < 0x10000) {
    put(0xE0 | cp >> 12);
    put(0x80 | (cp >> 6 & 0x3F));
    put(0x80 | (cp & 0x3F));
  } else {
    put(0xF0 | cp >> 18);
    put(0x80 | (cp >> 12 & 0x3F));
    put(0x80 | (cp >> 6 & 0x3F));
    put(0x80 | (cp & 0x3F));
  }
}

// Length of the well-formed sequence at p (Unicode table 3-7: no overlong forms, no surrogates, at most
// U+10FFFF), or 0; *bad = how many bytes one U+FFFD stands for then (the maximal subpart, as the W3C
// decoder).
std::size_t sequence(const unsigned char* p, std::size_t left, std::size_t* bad) {
  *bad = 1;
  const unsigned char c = p[0];
  if (c < 0x80) return 1;
  std::size_t need = 0;
  unsigned char low = 0x80, high = 0xBF;
  if (c >= 0xC2 && c <= 0xDF) {
    need = 1;
  } else if (c >= 0xE0 && c <= 0xEF) {
    need = 2;
    if (c == 0xE0) low = 0xA0;
    if (c == 0xED) high = 0x9F;
  } else if (c >= 0xF0 && c <= 0xF4) {
    need = 3;
    if (c == 0xF0) low = 0x90;
    if (c == 0xF4) high = 0x8F;
  } else {
    return 0;
  }
  for (std::size_t i = 1; i <= need; ++i) {
    if (i >= left || p[i] < low || p[i] > high) {
      *bad = i;
      return 0;
    }
    low = 0x80;
    high = 0xBF;
  }
  return need + 1;
}

// Bytes at the front that are plain ASCII, eight at a time.
std::size_t ascii_run(const char* p, std::size_t size) {
  std::size_t i = 0;
  while (i + 8 <= size) {
    std::uint64_t word = 0;
    std::memcpy(&word, p + i, 8);
    if ((word & 0x8080808080808080ULL) != 0) break;
    i += 8;
  }
  while (i < size && static_cast<unsigned char>(p[i]) < 0x80) ++i;
  return i;
}

std::string utf16_to_utf8(std::string_view bytes, bool big_endian) {
  std::string out;
  out.reserve(bytes.size());
  const auto unit = [&](std::size_t i) -> std::uint32_t {
    const auto a = static_cast<unsigned char>(bytes[i]), b = static_cast<unsigned char>(bytes[i + 1]);
    return big_endian ? std::uint32_t{a} << 8 | b : std::uint32_t{b} << 8 | a;
  };
  std::size_t i = 0;
  for (; i + 1 < bytes.size(); i += 2) {
    std::uint32_t cp = unit(i);
    if (cp >= 0xD800 && cp <= 0xDFFF) {
      const std::uint32_t next = i + 3 < bytes.size() ? unit(i + 2) : 0;
      if (cp <= 0xDBFF && next >= 0xDC00 && next <= 0xDFFF) {
        cp = 0x10000 + ((cp - 0xD800) << 10) + (next - 0xDC00);
        i += 2;
      } else {
        cp = 0xFFFD;
      }
    }
    append_utf8(out, cp);
  }
  if (i < bytes.size()) out += kReplacement;
  return out;
}

}  // namespace

std::string_view trim(std::string_view text) {
  const auto nbsp = [](std::string_view t, std::size_t at) { return t.substr(at, 2) == "\xC2\xA0"; };
  for (;;) {
    if (!text.empty() && is_space(text.front())) {
      text.remove_prefix(1);
    } else if (nbsp(text, 0)) {
      text.remove_prefix(2);
    } else {
      break;
    }
  }
  for (;;) {
    if (!text.empty() && is_space(text.back())) {
      text.remove_suffix(1);
    } else if (text.size() >= 2 && nbsp(text, text.size() - 2)) {
      text.remove_suffix(2);
    } else {
      break;
    }
  }
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t at = text.find(separator);
    if (at == std::string_view::npos) break;
    parts.push_back(text.substr(0, at));
    text.remove_prefix(at + 1);
  }
  parts.push_back(text);
  return parts;
}

std::string squeeze(std::string_view text) {
  text = trim(text);
  // Most text is as it should be up to some place, mostly its end.
  std::size_t sound = 0;
  while (sound < text.size() && ((static_cast<unsigned char>(text[sound]) > ' ' && text[sound] != '\xC2') ||
                                 (text[sound] == ' ' && static_cast<unsigned char>(text[sound + 1]) > ' ' &&
                                  text[sound + 1] != '\xC2')))
    ++sound;  // trimmed: a blank is not the last
  std::string out(text.substr(0, sound));
  if (sound == text.size()) return out;
  out.reserve(text.size());
  for (std::size_t i = sound; i < text.size();) {
    if (is_space(text[i]) || text.substr(i, 2) == "\xC2\xA0") {
      if (out.empty() || out.back() != ' ') out.push_back(' ');
      i += is_space(text[i]) ? 1 : 2;
    } else {
      out.push_back(text[i++]);
    }
  }
  return out;
}

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = lower(c);
  return out;
}

std::string ascii_upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = upper(c);
  return out;
}

bool iequals(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (lower(a[i]) != lower(b[i])) return false;
  }
  return true;
}

bool is_utf8(std::string_view bytes) {
  std::size_t i = 0, bad = 0;
  while (i < bytes.size()) {
    i += ascii_run(bytes.data() + i, bytes.size() - i);
    if (i >= bytes.size()) break;
    const std::size_t n =
        sequence(reinterpret_cast<const unsigned char*>(bytes.data()) + i, bytes.size() - i, &bad);
    if (n == 0) return false;
    i += n;
  }
  return true;
}

std::string to_utf8(std::string_view bytes, std::size_t* replaced) {
  std::string out;
  out.reserve(bytes.size());
  std::size_t i = 0;
  while (i < bytes.size()) {
    const std::size_t run = ascii_run(bytes.data() + i, bytes.size() - i);
    out.append(bytes.substr(i, run));
    i += run;
    if (i >= bytes.size()) break;
    std::size_t bad = 0;
    const std::size_t n =
        sequence(reinterpret_cast<const unsigned char*>(bytes.data()) + i, bytes.size() - i, &bad);
    if (n != 0) {
      out.append(bytes.substr(i, n));
      i += n;
    } else {
      out += kReplacement;
      i += bad;
      if (replaced != nullptr) ++*replaced;
    }
  }
  return out;
}

std::string printable(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  const std::string clean = to_utf8(text);
  std::string out;
  out.reserve(clean.size());
  const auto byte = [&](unsigned char c) {
    out += "\\x";
    out += kHex[c >> 4];
    out += kHex[c & 15];
  };
  for (std::size_t i = 0; i < clean.size();) {
    const auto at = [&](std::size_t k) {
      return i + k < clean.size() ? static_cast<unsigned char>(clean[i + k]) : static_cast<unsigned char>(0);
    };
    const unsigned char a = at(0), b = at(1), c = at(2);
    if (a < 0x20 || a == 0x7F) {
      byte(a);
      ++i;
    } else if (a == 0xC2 && b < 0xA0) {  // U+0080..U+009F
      byte(b);
      i += 2;
    } else if (a == 0xE2 && ((b == 0x80 && (c == 0x8E || c == 0x8F || (c >= 0xA8 && c <= 0xAE))) ||
                             (b == 0x81 && c >= 0xA6 && c <= 0xA9))) {
      // U+200E U+200F, U+2028..U+202E, U+2066..U+2069
      const unsigned low = (b & 0x3FU) << 6 | (c & 0x3FU);
      out += "\\u{20";
      out += kHex[low >> 4 & 15];
      out += kHex[low & 15];
      out += '}';
      i += 3;
    } else {
      out += clean[i++];
    }
  }
  return out;
}

std::string latin1_to_utf8(std::string_view bytes) {
  // windows-1252, 0x80..0x9F; the five unassigned bytes stay C1 controls, as WHATWG's decoder has it.
  static constexpr std::array<std::uint16_t, 32> kC1 = {
      0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
      0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
      0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const auto b = static_cast<unsigned char>(c);
    append_utf8(out, b >= 0x80 && b < 0xA0 ? kC1[b - 0x80] : b);
  }
  return out;
}

std::string decode_text(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return to_utf8(bytes.substr(3));
  if (bytes.starts_with("\xFF\xFE")) return utf16_to_utf8(bytes.substr(2), false);
  if (bytes.starts_with("\xFE\xFF")) return utf16_to_utf8(bytes.substr(2), true);
  // Without a mark: text of these lists starts with ASCII ('<', a header, a quote), so in UTF-16 every second
  // byte of the first characters is NUL.
  if (bytes.size() >= 4 && bytes.size() % 2 == 0) {
    const bool nul_even = bytes[0] == 0 && bytes[2] == 0, nul_odd = bytes[1] == 0 && bytes[3] == 0;
    if (nul_odd && !nul_even) return utf16_to_utf8(bytes, false);
    if (nul_even && !nul_odd) return utf16_to_utf8(bytes, true);
  }
  if (is_utf8(bytes)) return std::string(bytes);
  return latin1_to_utf8(bytes);
}

std::string escape_markup(std::string_view text) {
  std::string out;
  for (const char c : to_utf8(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' ? ' ' : c;
    }
  }
  return out;
}

}  // namespace cordon::base
