#include "cordon/ais/armour.hpp"

#include <array>
#include <cstdlib>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#define CORDON_AVX2 __attribute__((target("avx2")))
#endif

// A load that reads beyond the text but within its page is sound, but not to a memory checker.
#if defined(__SANITIZE_ADDRESS__)
#define CORDON_EXACT_LOADS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CORDON_EXACT_LOADS 1
#endif
#endif
#ifndef CORDON_EXACT_LOADS
#define CORDON_EXACT_LOADS 0
#endif

namespace cordon::ais {

namespace {

// IEC 61162-1: value = code - 48, less 8 more above 40; 88..95 stand for nothing.
constexpr std::uint8_t kBad = 0xFF;
constexpr std::array<std::uint8_t, 256> make_values() {
  std::array<std::uint8_t, 256> values{};
  for (std::size_t code = 0; code < 256; ++code) {
    const bool low = code >= 48 && code <= 87, high = code >= 96 && code <= 119;
    values[code] = static_cast<std::uint8_t>(low ? code - 48 : high ? code - 56 : kBad);
  }
  return values;
}
constexpr auto kValues = make_values();

bool unpack_plain(const char* characters, std::size_t count, std::uint8_t* out) {
  std::uint32_t pending = 0, bits = 0;
  std::uint8_t bad = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint8_t value = kValues[static_cast<unsigned char>(characters[i])];
    bad |= value & 0x80;
    pending = pending << 6 | (value & 0x3F);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      *out++ = static_cast<std::uint8_t>(pending >> bits);
    }
  }
  if (bits > 0) *out = static_cast<std::uint8_t>(pending << (8 - bits));
  return bad == 0;
}

std::uint8_t checksum_plain(const char* bytes, std::size_t count) {
  std::uint8_t sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum ^= static_cast<std::uint8_t>(bytes[i]);
  return sum;
}

#if defined(__x86_64__)

// 32 characters to 24 bytes. Returns nonzero where one is outside the alphabet.
CORDON_AVX2 inline int unpack_block(__m256i text, __m256i keep, std::uint8_t* out) {
  const __m256i above = _mm256_cmpgt_epi8(text, _mm256_set1_epi8(95));
  const __m256i value = _mm256_sub_epi8(
      text, _mm256_add_epi8(_mm256_set1_epi8(48), _mm256_and_si256(above, _mm256_set1_epi8(8))));
  // Bytes of 128 and more are negative here and fail the first test.
  const __m256i bad =
      _mm256_or_si256(_mm256_or_si256(_mm256_cmpgt_epi8(_mm256_set1_epi8(48), text),
                                      _mm256_cmpgt_epi8(text, _mm256_set1_epi8(119))),
                      _mm256_andnot_si256(above, _mm256_cmpgt_epi8(text, _mm256_set1_epi8(87))));
  const __m256i kept = _mm256_and_si256(value, keep);
  // a,b -> a<<6|b in 16 bits, then two of these -> 24 bits in 32.
  const __m256i pairs = _mm256_maddubs_epi16(kept, _mm256_set1_epi16(0x0140));
  const __m256i quads = _mm256_madd_epi16(pairs, _mm256_set1_epi32(0x00011000));
  const __m256i bytes =
      _mm256_shuffle_epi8(quads, _mm256_setr_epi8(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1, 2,
                                                  1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(out), _mm256_castsi256_si128(bytes));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(out + 12), _mm256_extracti128_si256(bytes, 1));
  return _mm256_movemask_epi8(_mm256_and_si256(bad, keep));
}

alignas(32) constexpr std::array<std::uint8_t, 64> kTailMask = [] {
  std::array<std::uint8_t, 64> mask{};
  for (std::size_t i = 0; i < 32; ++i) mask[i] = 0xFF;
  return mask;
}();

CORDON_AVX2 inline __m256i tail_mask(std::size_t count) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(kTailMask.data() + 32 - count));
}

// The first `count` < 32 bytes, without touching a page that the text does not touch.
CORDON_AVX2 inline __m256i load_tail(const char* bytes, std::size_t count) {
  if (!CORDON_EXACT_LOADS && (reinterpret_cast<std::uintptr_t>(bytes) & 4095) <= 4096 - 32)
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes));
  alignas(32) char copy[32] = {};
  std::memcpy(copy, bytes, count);
  return _mm256_load_si256(reinterpret_cast<const __m256i*>(copy));
}

CORDON_AVX2 bool unpack_avx2(const char* characters, std::size_t count, std::uint8_t* out) {
  int bad = 0;
  const __m256i all = _mm256_set1_epi8(-1);
  for (; count >= 32; count -= 32, characters += 32, out += 24)
    bad |= unpack_block(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(characters)), all, out);
  if (count > 0) bad |= unpack_block(load_tail(characters, count), tail_mask(count), out);
  return bad == 0;
}

CORDON_AVX2 std::uint8_t checksum_avx2(const char* bytes, std::size_t count) {
  __m256i sum = _mm256_setzero_si256();
  for (; count >= 32; count -= 32, bytes += 32)
    sum = _mm256_xor_si256(sum, _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes)));
  if (count > 0) sum = _mm256_xor_si256(sum, _mm256_and_si256(load_tail(bytes, count), tail_mask(count)));
  const __m128i half = _mm_xor_si128(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1));
  auto word = static_cast<std::uint64_t>(_mm_cvtsi128_si64(half)) ^
              static_cast<std::uint64_t>(_mm_extract_epi64(half, 1));
  word ^= word >> 32;
  word ^= word >> 16;
  word ^= word >> 8;
  return static_cast<std::uint8_t>(word);
}

constexpr ArmourKernels kAvx2 = {unpack_avx2, checksum_avx2};
#endif

constexpr ArmourKernels kPlain = {unpack_plain, checksum_plain};

}  // namespace

bool has_avx2() {
#if defined(__x86_64__)
  static const bool found = [] {
    const char* wish = std::getenv("CORDON_SIMD");
    if (wish != nullptr && std::strcmp(wish, "0") == 0) return false;
    return __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("bmi2") != 0;
  }();
  return found;
#else
  return false;
#endif
}

const ArmourKernels& plain_kernels() {
  return kPlain;
}

const ArmourKernels& avx2_kernels() {
#if defined(__x86_64__)
  return kAvx2;
#else
  return kPlain;
#endif
}

const ArmourKernels& kernels() {
  static const ArmourKernels& chosen = has_avx2() ? avx2_kernels() : plain_kernels();
  return chosen;
}

}  // namespace cordon::ais
