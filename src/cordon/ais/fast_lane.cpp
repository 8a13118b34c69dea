#include "cordon/ais/fast_lane.hpp"

#include <array>
#include <cstring>
#include <string_view>

#include "cordon/ais/armour.hpp"
#include "cordon/ais/message.hpp"
#include "cordon/ais/units.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace cordon::ais {

bool has_fast_lane() {
  return has_avx2();
}

#if defined(__x86_64__)

namespace {

#define CORDON_LANE __attribute__((target("avx2,bmi,bmi2"), always_inline)) inline

// A tag block of 64 bytes at most, a head of 14, a payload of 32 characters, the end: all loads stay within
// this.
constexpr std::ptrdiff_t kReach = 2 + 64 + 14 + 32 + 64;

std::uint64_t word_at(const char* at) {
  std::uint64_t word;
  std::memcpy(&word, at, 8);
  return word;
}
std::uint16_t pair_at(const char* at) {
  std::uint16_t pair;
  std::memcpy(&pair, at, 2);
  return pair;
}

constexpr auto kHexPairs = [] {
  std::array<std::uint16_t, 256> pairs{};
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  for (std::size_t i = 0; i < 256; ++i)
    pairs[i] =
        static_cast<std::uint16_t>(kDigits[i >> 4] | kDigits[i & 15] << 8);  // as loaded, little endian
  return pairs;
}();

alignas(64) constexpr auto kPrefixMask = [] {
  std::array<std::uint8_t, 64> mask{};
  for (std::size_t i = 0; i < 32; ++i) mask[i] = 0xFF;
  return mask;
}();
CORDON_LANE __m256i first_bytes(std::size_t count) {  // count <= 32
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(kPrefixMask.data() + 32 - count));
}
CORDON_LANE __m256i load(const char* at) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
}
CORDON_LANE std::uint32_t equal_mask(__m256i text, char c) {
  return static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(text, _mm256_set1_epi8(c))));
}

// Exclusive or of count <= 64 bytes.
CORDON_LANE std::uint8_t checksum64(const char* at, std::size_t count) {
  const __m256i low = load(at), high = load(at + 32);
  const __m256i sum = count >= 32 ? _mm256_xor_si256(low, _mm256_and_si256(high, first_bytes(count - 32)))
                                  : _mm256_and_si256(low, first_bytes(count));
  const __m128i half = _mm_xor_si128(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1));
  auto word = static_cast<std::uint64_t>(_mm_cvtsi128_si64(half)) ^
              static_cast<std::uint64_t>(_mm_extract_epi64(half, 1));
  word ^= word >> 32;
  word ^= word >> 16;
  word ^= word >> 8;
  return static_cast<std::uint8_t>(word);
}

// Ten digits, or -1.
CORDON_LANE std::int64_t ten_digits(const char* at) {
  std::uint64_t word = word_at(at) - 0x3030303030303030ULL;
  if (((word + 0x7676767676767676ULL) | word) & 0x8080808080808080ULL) return -1;
  word = word * 10 + (word >> 8);
  word = ((word & 0x000000FF000000FFULL) * 0x000F424000000064ULL +
          (word >> 16 & 0x000000FF000000FFULL) * 0x0000271000000001ULL) >>
         32;
  const auto ninth = static_cast<unsigned>(at[8] - '0'), tenth = static_cast<unsigned>(at[9] - '0');
  if (ninth > 9 || tenth > 9) return -1;
  return static_cast<std::int64_t>(static_cast<std::uint32_t>(word)) * 100 + ninth * 10 + tenth;
}

struct Tag {
  base::TimeMs time;
  const char* receiver = nullptr;  // of the length below
  std::size_t receiver_size = 0;
};

// receiver_kind, its common answers at once.
CORDON_LANE std::uint8_t kind_of(const Tag& tag) {
  if (tag.receiver_size == 0) return 0;
  const char* name = tag.receiver;
  const bool digit = tag.receiver_size > 1 && static_cast<unsigned>(name[1] - '0') <= 9;
  return digit && (name[0] == 'r' || name[0] == 'b') ? std::uint8_t{1}
         : digit && name[0] == 's'                   ? std::uint8_t{2}
                                                     : receiver_kind({name, tag.receiver_size});
}

// at[0] is the backslash. Length of the block with both backslashes, 0 where it is not of the plain kind.
CORDON_LANE std::size_t read_tag(const char* at, Tag& tag) {
  const char* content = at + 1;
  const __m256i low = load(content), high = load(content + 32);
  const std::uint64_t ends = equal_mask(low, '\\') | std::uint64_t{equal_mask(high, '\\')} << 32;
  if (ends == 0) return 0;
  const auto size = static_cast<std::size_t>(_tzcnt_u64(ends));
  if (size < 6 || content[size - 3] != '*') return 0;
  const std::uint64_t lines = equal_mask(low, '\n') | std::uint64_t{equal_mask(high, '\n')} << 32;
  if (_bzhi_u64(lines, static_cast<unsigned>(size)) != 0) return 0;  // it is broken by the end of the line
  const std::size_t told = size - 3;
  if (pair_at(content + told + 1) != kHexPairs[checksum64(content, told)]) return 0;
  std::uint64_t commas = equal_mask(low, ',') | std::uint64_t{equal_mask(high, ',')} << 32;
  commas = _bzhi_u64(commas, static_cast<unsigned>(told)) | std::uint64_t{1} << told;
  std::size_t from = 0;
  for (; commas != 0; commas &= commas - 1) {
    const auto to = static_cast<std::size_t>(_tzcnt_u64(commas));
    if (to < from + 2 || content[from + 1] != ':') return 0;
    const std::size_t length = to - from - 2;
    const char* value = content + from + 2;
    if (content[from] == 'c') {
      const std::int64_t seconds = length == 10 ? ten_digits(value) : -1;
      if (seconds <= 0 || seconds >= 7258118400) return 0;
      tag.time = seconds * base::kSecond;
    } else if (content[from] == 's') {
      tag.receiver = value;
      tag.receiver_size = length;
    } else if (content[from] == 'g') {
      return 0;
    }
    from = to + 1;
  }
  return size + 2;
}

// "!AIVDM," with any talker, M or O.
CORDON_LANE bool plain_head(const char* at) {
  return (word_at(at) & 0xFF00FFFF0000FFULL) == 0x2C004456000021ULL && (at[5] == 'M' || at[5] == 'O') &&
         at[1] > ' ' && at[2] > ' ';
}

// Exclusive or of any count of bytes.
CORDON_LANE std::uint8_t checksum_long(const char* at, std::size_t count) {
  std::uint8_t sum = 0;
  for (; count > 64; count -= 64, at += 64) sum ^= checksum64(at, 64);
  return static_cast<std::uint8_t>(sum ^ checksum64(at, count));
}

// tail: ",0*hh" behind the payload of the sentence at `at`. Where the next line begins; null where it is
// anything else or the checksum differs.
CORDON_LANE const char* sound_end(const char* at, const char* tail, unsigned& fill) {
  fill = static_cast<unsigned>(tail[1] - '0');
  if (tail[0] != ',' || fill > 5 || tail[2] != '*') return nullptr;
  const char* body = at + 1;
  if (pair_at(tail + 3) != kHexPairs[checksum_long(body, static_cast<std::size_t>(tail + 2 - body))])
    return nullptr;
  const char* end = tail + 5;
  if (*end == '\r') ++end;
  return *end == '\n' ? end + 1 : nullptr;
}

// 192 bits of payload as three big-endian words.
struct Bits {
  std::uint64_t a, b, c;
};
CORDON_LANE Bits unpack(__m256i text, __m256i keep) {
  const __m256i above = _mm256_cmpgt_epi8(text, _mm256_set1_epi8(95));
  const __m256i value = _mm256_sub_epi8(
      text, _mm256_add_epi8(_mm256_set1_epi8(48), _mm256_and_si256(above, _mm256_set1_epi8(8))));
  const __m256i pairs = _mm256_maddubs_epi16(_mm256_and_si256(value, keep), _mm256_set1_epi16(0x0140));
  const __m256i quads = _mm256_madd_epi16(pairs, _mm256_set1_epi32(0x00011000));
  // 3 bytes of each 4, first lane in its low 12 bytes, second lane in its high 12, so that a rotation joins
  // them.
  const __m256i bytes =
      _mm256_shuffle_epi8(quads, _mm256_setr_epi8(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1, 2,
                                                  1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1));
  const __m256i joined = _mm256_permutevar8x32_epi32(bytes, _mm256_setr_epi32(0, 1, 2, 4, 5, 6, 7, 3));
  const __m256i words =
      _mm256_shuffle_epi8(joined, _mm256_setr_epi8(7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6,
                                                   5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8));
  const __m128i low = _mm256_castsi256_si128(words), high = _mm256_extracti128_si256(words, 1);
  return {static_cast<std::uint64_t>(_mm_cvtsi128_si64(low)),
          static_cast<std::uint64_t>(_mm_extract_epi64(low, 1)),
          static_cast<std::uint64_t>(_mm_cvtsi128_si64(high))};
}

// Bit i set where character i is not of the payload alphabet.
CORDON_LANE std::uint32_t outside(__m256i text) {
  const __m256i above = _mm256_cmpgt_epi8(text, _mm256_set1_epi8(95));
  const __m256i bad =
      _mm256_or_si256(_mm256_or_si256(_mm256_cmpgt_epi8(_mm256_set1_epi8(48), text),
                                      _mm256_cmpgt_epi8(text, _mm256_set1_epi8(119))),
                      _mm256_andnot_si256(above, _mm256_cmpgt_epi8(text, _mm256_set1_epi8(87))));
  return static_cast<std::uint32_t>(_mm256_movemask_epi8(bad));
}

template <unsigned Width>
CORDON_LANE std::int64_t extend(std::uint64_t value) {
  return static_cast<std::int64_t>(value << (64 - Width)) >> (64 - Width);
}

struct Row {
  std::int64_t lon = 0, lat = 0;  // 1/10,000 minute
  std::uint32_t sog = 1023, cog = 3600, heading = 511, status = 15;
};

// Fields as in fields.cpp, from words instead of bit offsets. False for types that are not of the common
// case, and for lengths that the decoder would not take as they are.
CORDON_LANE bool read_fields(const Bits& bits, unsigned type, std::size_t size, Row& row) {
  switch (type) {
    case 1:
    case 2:
    case 3:
      row.status = static_cast<std::uint32_t>(bits.a >> 22 & 15);
      row.sog = static_cast<std::uint32_t>(bits.a >> 4 & 1023);
      row.lon = extend<28>((bits.a & 7) << 25 | bits.b >> 39);
      row.lat = extend<27>(bits.b >> 12 & 0x7FFFFFF);
      row.cog = static_cast<std::uint32_t>(bits.b & 4095);
      row.heading = static_cast<std::uint32_t>(bits.c >> 55);
      return size >= 149;
    case 18:
      row.sog = static_cast<std::uint32_t>(bits.a >> 8 & 1023);
      row.lon = extend<28>((bits.a & 127) << 21 | bits.b >> 43);
      row.lat = extend<27>(bits.b >> 16 & 0x7FFFFFF);
      row.cog = static_cast<std::uint32_t>(bits.b >> 4 & 4095);
      row.heading = static_cast<std::uint32_t>((bits.b & 15) << 5 | bits.c >> 59);
      return size >= 148;
    case 4:
    case 11:
      row.lon = extend<28>(bits.b >> 21 & 0xFFFFFFF);
      row.lat = extend<27>((bits.b & 0x1FFFFF) << 6 | bits.c >> 58);
      return size >= 149;
    case 9: {
      const auto knots = static_cast<std::uint32_t>(bits.a >> 4 & 1023);
      row.sog = knots == 1023 ? 1023 : knots * 10;
      row.lon = extend<28>((bits.a & 7) << 25 | bits.b >> 39);
      row.lat = extend<27>(bits.b >> 12 & 0x7FFFFFF);
      row.cog = static_cast<std::uint32_t>(bits.b & 4095);
      return size >= 148;
    }
    case 27: {
      const auto knots = static_cast<std::uint32_t>(bits.b >> 43 & 63);
      const auto degrees = static_cast<std::uint32_t>(bits.b >> 34 & 511);
      row.status = static_cast<std::uint32_t>(bits.a >> 20 & 15);
      row.lon = extend<18>(bits.a >> 2 & 0x3FFFF) * kCoarse;
      row.lat = extend<17>((bits.a & 3) << 15 | bits.b >> 49) * kCoarse;
      row.sog = knots == 63 ? 1023 : knots * 10;
      row.cog = degrees * 10;
      return size >= 95;
    }
    default:
      return false;
  }
}

}  // namespace

__attribute__((target("avx2,bmi,bmi2"))) std::size_t read_fast_lines(const char*& start, const char* end,
                                                                     const ColumnPointers& to,
                                                                     std::size_t room,
                                                                     std::uint64_t next_where,
                                                                     base::TimeMs start_time) {
  const char* line = start;
  std::size_t rows = 0;
  for (; rows < room && end - line >= kReach; ++rows) {
    const char* at = line;
    Tag tag{start_time};
    if (*at == '\\') {
      const std::size_t length = read_tag(at, tag);
      if (length == 0) break;
      at += length;
    }
    // "!AIVDM,1,1,,A,": any channel but an empty one.
    if (!plain_head(at)) break;
    const std::uint64_t fields = word_at(at + 6);
    if ((fields & 0xFF00FFFFFFFFFFFFULL) != 0x2C002C2C312C312CULL || at[12] == ',' || at[12] <= ' ')
      break;  // ",1,1,,?,"
    const __m256i text = load(at + 14);
    const std::uint32_t bad = outside(text);
    if (bad == 0) break;
    const auto count = static_cast<std::size_t>(_tzcnt_u32(bad));
    unsigned fill = 0;
    const char* next = sound_end(at, at + 14 + count, fill);
    if (next == nullptr) break;
    const Bits bits = unpack(text, first_bytes(count));
    const auto type = static_cast<unsigned>(bits.a >> 58);
    Row row;
    if (count * 6 < fill || !read_fields(bits, type, count * 6 - fill, row)) break;
    const base::LatLon place = to_place(row.lon, row.lat);
    to.time[rows] = tag.time;
    to.mmsi[rows] = static_cast<std::uint32_t>(bits.a >> 26 & 0x3FFFFFFF);
    to.lat_e7[rows] = place.lat_e7;
    to.lon_e7[rows] = place.lon_e7;
    to.sog_dkn[rows] = static_cast<std::uint16_t>(row.sog);
    to.cog_ddeg[rows] = static_cast<std::uint16_t>(row.cog < 3600 ? row.cog : 3600);
    to.heading_deg[rows] = static_cast<std::uint16_t>(row.heading < 360 ? row.heading : 511);
    to.nav_status[rows] = static_cast<std::uint8_t>(row.status);
    to.type[rows] = static_cast<std::uint8_t>(type);
    to.receiver[rows] = kind_of(tag);
    to.where[rows] = next_where + rows;
    line = next;
  }
  start = line;
  return rows;
}

namespace {

// As above; a head of 15, a payload of 96 characters, the end.
constexpr std::ptrdiff_t kSentenceReach = 2 + 64 + 15 + 96 + 64;

// False where the line is not of the common case, for parse_sentence to say what it is.
__attribute__((target("avx2,bmi,bmi2"))) bool read_fast_sentence(const char*& start, const char* end,
                                                                 Sentence& sentence) {
  if (end - start < kSentenceReach) return false;
  const char* at = start;
  Tag tag{base::kNoTime};
  if (*at == '\\') {
    const std::size_t length = read_tag(at, tag);
    if (length == 0) return false;
    at += length;
  }
  // "!AIVDM,2,1,3,A,": one digit each or no sequence number, any channel but an empty one.
  if (!plain_head(at)) return false;
  const auto count = static_cast<unsigned>(at[7] - '0'), index = static_cast<unsigned>(at[9] - '0');
  if (count - 1 > 8 || index - 1 >= count || at[8] != ',' || at[10] != ',') return false;
  const char* field = at + 11;
  int sequence = -1;
  if (*field != ',') {
    sequence = *field++ - '0';
    if (sequence < 0 || sequence > 9 || *field != ',') return false;
  }
  const char channel = *++field;
  if (channel <= ' ' || channel == ',' || field[1] != ',') return false;
  const char* payload = field + 2;
  std::size_t size = 0;
  for (std::uint32_t bad = 0;; size += 32) {
    if (size == 96) return false;
    bad = outside(load(payload + size));
    if (bad == 0) continue;
    size += _tzcnt_u32(bad);
    break;
  }
  unsigned fill = 0;
  const char* next = size == 0 ? nullptr : sound_end(at, payload + size, fill);
  if (next == nullptr) return false;
  sentence.payload = {payload, size};
  sentence.receiver = {tag.receiver, tag.receiver_size};
  sentence.time = tag.time;
  sentence.group = 0;
  sentence.talker =
      static_cast<std::uint16_t>(static_cast<unsigned char>(at[1]) << 8 | static_cast<unsigned char>(at[2]));
  sentence.count = static_cast<std::uint8_t>(count);
  sentence.index = static_cast<std::uint8_t>(index);
  sentence.sequence = static_cast<std::int8_t>(sequence);
  sentence.fill = static_cast<std::uint8_t>(fill);
  sentence.channel = channel == '1' ? 'A' : channel == '2' ? 'B' : channel;
  sentence.own_ship = at[5] == 'O';
  sentence.bad_tag = false;
  start = next;
  return true;
}

}  // namespace

#else

namespace {
bool read_fast_sentence(const char*&, const char*, Sentence&) {
  return false;
}
}  // namespace

std::size_t read_fast_lines(const char*&, const char*, const ColumnPointers&, std::size_t, std::uint64_t,
                            base::TimeMs) {
  return 0;
}

#endif

Outcome next_sentence(const char*& at, const char* end, Sentence& sentence) {
  if (has_fast_lane() && read_fast_sentence(at, end, sentence)) return Outcome::message;
  const auto* newline = static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)));
  const std::string_view line(at, static_cast<std::size_t>(newline - at));
  at = newline + 1;
  return parse_sentence(line, sentence);
}

}  // namespace cordon::ais
