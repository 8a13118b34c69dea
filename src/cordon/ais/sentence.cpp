#include "cordon/ais/sentence.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>

#include "cordon/ais/armour.hpp"

namespace cordon::ais {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

// The two hex digits at text[at], or -1.
int hex_byte(std::string_view text, std::size_t at) {
  if (at + 2 > text.size()) return -1;
  const int high = hex_value(text[at]), low = hex_value(text[at + 1]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

// Years 1970..2200, as everywhere in cordon: what lies outside is a broken clock.
constexpr base::TimeMs kLastTime = base::TimeMs{7258118400} * base::kSecond;
base::TimeMs checked(base::TimeMs time) {
  return time > 0 && time < kLastTime ? time : base::kNoTime;
}

std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t n = at;
  while (n < text.size() && is_digit(text[n])) ++n;
  return n - at;
}

std::int64_t number_at(std::string_view text, std::size_t at, std::size_t digits) {
  std::int64_t value = 0;
  for (std::size_t i = at; i < at + digits; ++i) value = value * 10 + (text[i] - '0');
  return value;
}

// ".123456" at `at` -> 123 and the position behind it.
std::int64_t fraction_ms(std::string_view text, std::size_t& at) {
  if (at >= text.size() || text[at] != '.') return 0;
  const std::size_t digits = digits_at(text, at + 1);
  std::int64_t ms = 0, scale = 100;
  for (std::size_t i = 0; i < std::min<std::size_t>(digits, 3); ++i, scale /= 10)
    ms += (text[at + 1 + i] - '0') * scale;
  at += 1 + digits;
  return ms;
}

base::TimeMs unix_time(std::string_view text, std::size_t digits, std::size_t& at) {
  at = digits;
  if (digits > 16) return base::kNoTime;
  const std::int64_t value = number_at(text, 0, digits);
  switch (digits) {
    case 9:
    case 10:
      return checked(value * base::kSecond + fraction_ms(text, at));
    case 12:
    case 13:
      return checked(value);
    case 16:
      return checked(value / 1000);
    default:
      return base::kNoTime;
  }
}

base::TimeMs iso_time(std::string_view text, std::size_t& at) {
  constexpr std::string_view kForm = "dddd-dd-ddTdd:dd:dd";
  if (text.size() < kForm.size()) return base::kNoTime;
  for (std::size_t i = 0; i < kForm.size(); ++i) {
    const char c = text[i];
    const bool fits = kForm[i] == 'd'   ? is_digit(c)
                      : kForm[i] == '-' ? c == '-' || c == '/'
                      : kForm[i] == 'T' ? c == 'T' || c == ' ' || c == '_'
                                        : c == ':';
    if (!fits) return base::kNoTime;
  }
  const auto field = [&](std::size_t from, std::size_t n) { return number_at(text, from, n); };
  const std::int64_t month = field(5, 2), day = field(8, 2), hour = field(11, 2), minute = field(14, 2),
                     second = field(17, 2);
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60)
    return base::kNoTime;
  const base::Date date{static_cast<std::int16_t>(field(0, 4)), static_cast<std::uint8_t>(month),
                        static_cast<std::uint8_t>(day)};
  at = kForm.size();
  base::TimeMs time = base::days_since_epoch(date) * base::kDay + hour * base::kHour +
                      minute * base::kMinute + second * base::kSecond;
  time += fraction_ms(text, at);
  if (at < text.size() && text[at] == 'Z') {
    ++at;
  } else if (at + 6 <= text.size() && (text[at] == '+' || text[at] == '-') && digits_at(text, at + 1) == 2 &&
             text[at + 3] == ':' && digits_at(text, at + 4) == 2) {
    const std::int64_t offset =
        number_at(text, at + 1, 2) * base::kHour + number_at(text, at + 4, 2) * base::kMinute;
    time += text[at] == '+' ? -offset : offset;
    at += 6;
  }
  return checked(time);
}

// "1-2-1604": part, of, id.
std::uint32_t group_id(std::string_view value) {
  const std::size_t first = value.find('-');
  if (first == std::string_view::npos) return 0;
  const std::size_t second = value.find('-', first + 1);
  if (second == std::string_view::npos) return 0;
  const std::size_t digits = digits_at(value, second + 1);
  if (digits == 0 || digits > 9) return 0;
  return static_cast<std::uint32_t>(number_at(value, second + 1, digits));
}

// The content of a tag block without its backslashes (NMEA 4.10, IEC 61162-450). False where broken.
bool parse_tag(std::string_view content, Sentence& sentence) {
  const std::size_t star = content.rfind('*');
  if (star == std::string_view::npos || star + 3 != content.size()) return false;
  if (hex_byte(content, star + 1) != kernels().checksum(content.data(), star)) return false;
  std::size_t at = 0;
  while (at < star) {
    const void* comma = std::memchr(content.data() + at, ',', star - at);
    const std::size_t end =
        comma == nullptr ? star : static_cast<std::size_t>(static_cast<const char*>(comma) - content.data());
    if (end >= at + 2 && content[at + 1] == ':') {
      const std::string_view value = content.substr(at + 2, end - at - 2);
      switch (content[at]) {
        case 's':
          sentence.receiver = value;
          break;
        case 'c':
          sentence.time = parse_stamp(value);
          break;
        case 'g':
          sentence.group = group_id(value);
          break;
        default:
          break;
      }
    }
    at = end + 1;
  }
  return true;
}

// What the US Coast Guard's network writes after the checksum: ",d-109,S2105,t050056.00,T56.1,r003669946,
// 1325394060,1325394001": signal strength, slot, times of arrival, station, unix time of the logger (first).
void parse_suffix(std::string_view rest, Sentence& sentence) {
  std::size_t at = 0;
  const auto is_separator = [](char c) { return c == ',' || c == ';' || c == '|' || is_space(c); };
  while (at < rest.size()) {
    if (is_separator(rest[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < rest.size() && !is_separator(rest[end])) ++end;
    const std::string_view word = rest.substr(at, end - at);
    if ((word[0] == 'r' || word[0] == 'b') && word.size() > 2 && sentence.receiver.empty()) {
      sentence.receiver = word;
    } else if (is_digit(word[0]) && sentence.time == base::kNoTime) {
      sentence.time = parse_stamp(rest.substr(at));
    }
    at = end;
  }
}

// A field of at most two digits that ends at a comma; -1 where empty, -2 where it is anything else.
int small_number(const char*& at, const char* end) {
  if (at < end && *at == ',') {
    ++at;
    return -1;
  }
  int value = 0, digits = 0;
  for (; at < end && is_digit(*at) && digits < 2; ++at, ++digits) value = value * 10 + (*at - '0');
  if (digits == 0 || at >= end || *at != ',') return -2;
  ++at;
  return value;
}

// body: from behind the '!' to the end of the line. False where the fields are not those of a VDM sentence;
// *star is where they end.
bool parse_fields(const char* at, const char* end, Sentence& sentence, const char** star) {
  const int count = small_number(at, end);
  const int index = small_number(at, end);
  const int sequence = small_number(at, end);
  if (count < 1 || count > 9 || index < 1 || index > count || sequence < -1) return false;
  sentence.count = static_cast<std::uint8_t>(count);
  sentence.index = static_cast<std::uint8_t>(index);
  sentence.sequence = static_cast<std::int8_t>(sequence);
  sentence.channel = ' ';
  if (at < end && *at != ',') {
    const char c = *at++;
    sentence.channel = c == '1' ? 'A' : c == '2' ? 'B' : c;
  }
  if (at >= end || *at != ',') return false;
  ++at;
  const void* comma = std::memchr(at, ',', static_cast<std::size_t>(end - at));
  if (comma == nullptr) return false;
  const char* payload_end = static_cast<const char*>(comma);
  sentence.payload = {at, static_cast<std::size_t>(payload_end - at)};
  at = payload_end + 1;
  sentence.fill = 0;
  if (at < end && is_digit(*at)) sentence.fill = static_cast<std::uint8_t>(*at++ - '0');
  *star = at;
  return at < end && *at == '*';
}

// What to call a sentence whose fields did not parse: a broken checksum explains it better than its fields.
Outcome diagnose(const char* body, const char* end) {
  const void* found = std::memchr(body, '*', static_cast<std::size_t>(end - body));
  if (found == nullptr) return Outcome::no_checksum;
  const char* star = static_cast<const char*>(found);
  const std::string_view tail(star, static_cast<std::size_t>(end - star));
  const int told = hex_byte(tail, 1);
  if (told < 0) return Outcome::no_checksum;
  return told == kernels().checksum(body, static_cast<std::size_t>(star - body)) ? Outcome::malformed
                                                                                 : Outcome::checksum;
}

// line[at] == '!'
Outcome parse_encapsulated(std::string_view line, std::size_t at, Sentence& sentence) {
  const char* body = line.data() + at + 1;
  const char* end = line.data() + line.size();
  if (end - body < 6 || body[5] != ',') return Outcome::not_nmea;
  if (body[2] != 'V' || body[3] != 'D' || (body[4] != 'M' && body[4] != 'O')) return Outcome::other_sentence;
  sentence.own_ship = body[4] == 'O';
  sentence.talker = static_cast<std::uint16_t>(static_cast<unsigned char>(body[0]) << 8 |
                                               static_cast<unsigned char>(body[1]));
  const char* star = nullptr;
  if (!parse_fields(body + 6, end, sentence, &star)) return diagnose(body, end);
  const std::string_view tail(star, static_cast<std::size_t>(end - star));
  const int told = hex_byte(tail, 1);
  if (told < 0) return Outcome::no_checksum;
  if (told != kernels().checksum(body, static_cast<std::size_t>(star - body))) return Outcome::checksum;
  if (tail.size() > 3) parse_suffix(tail.substr(3), sentence);
  if (sentence.payload.empty()) return Outcome::empty_payload;
  if (sentence.fill > 5) return Outcome::fill_bits;
  return Outcome::message;
}

}  // namespace

base::TimeMs parse_stamp(std::string_view text, std::size_t* used) {
  std::size_t at = 0;
  const std::size_t digits = digits_at(text, 0);
  const base::TimeMs time = digits >= 9   ? unix_time(text, digits, at)
                            : digits == 4 ? iso_time(text, at)
                                          : base::kNoTime;
  if (used != nullptr) *used = at;
  return time;
}

Outcome parse_sentence(std::string_view line, Sentence& sentence) {
  sentence.receiver = {};
  sentence.time = base::kNoTime;
  sentence.group = 0;
  sentence.bad_tag = false;
  while (!line.empty() && is_space(line.back())) line.remove_suffix(1);
  std::size_t at = 0;
  while (at < line.size() && is_space(line[at])) ++at;
  if (at == line.size()) return Outcome::blank;
  if (line[at] == '#') return Outcome::comment;
  base::TimeMs prefix_time = base::kNoTime;
  if (line[at] != '!' && line[at] != '\\' && line[at] != '$') {
    const std::size_t start = line.find_first_of("!\\$", at);
    if (start == std::string_view::npos) return Outcome::not_nmea;
    for (std::size_t i = at; i < start && prefix_time == base::kNoTime; ++i)
      if (is_digit(line[i]) && (i == at || !is_digit(line[i - 1])))
        prefix_time = parse_stamp(line.substr(i, start - i));
    at = start;
  }
  while (at < line.size() && line[at] == '\\') {
    const std::size_t end = line.find('\\', at + 1);
    if (end == std::string_view::npos || !parse_tag(line.substr(at + 1, end - at - 1), sentence)) {
      sentence.bad_tag = true;
      sentence.receiver = {};
      sentence.time = base::kNoTime;
      sentence.group = 0;
    }
    if (end == std::string_view::npos) {
      at = line.find('!', at);
      if (at == std::string_view::npos) return Outcome::not_nmea;
      break;
    }
    at = end + 1;
    while (at < line.size() && is_space(line[at])) ++at;
  }
  if (at >= line.size()) return Outcome::not_nmea;
  if (sentence.time == base::kNoTime) sentence.time = prefix_time;
  if (line[at] == '!') return parse_encapsulated(line, at, sentence);
  if (line[at] == '$' && line.size() - at >= 6 && line.find(',', at) != std::string_view::npos)
    return Outcome::other_sentence;
  return Outcome::not_nmea;
}

}  // namespace cordon::ais
