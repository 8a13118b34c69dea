#include "cordon/posture/draws.hpp"

#ifdef __x86_64__
#include <immintrin.h>
#endif

#include "cordon/posture/philox.hpp"

namespace cordon::posture {
namespace {

void one_by_one(const std::uint32_t* first, std::size_t count, std::uint32_t second, std::uint32_t third,
                std::uint32_t purpose, std::uint32_t key0, std::uint32_t key1, std::uint32_t* const out[4]) {
  for (std::size_t i = 0; i < count; ++i) {
    const Words words = philox({first[i], second, third, purpose}, key0, key1);
    for (std::size_t k = 0; k < 4; ++k) out[k][i] = words[k];
  }
}

#ifdef __x86_64__
#define CORDON_AVX2 __attribute__((target("avx2")))

struct Product {
  __m256i high, low;
};
// The 64-bit products of eight lanes: even and odd lanes apart, then their halves sorted again.
CORDON_AVX2 inline Product multiply(__m256i x, __m256i by) {
  const __m256i even = _mm256_mul_epu32(x, by), odd = _mm256_mul_epu32(_mm256_srli_epi64(x, 32), by);
  return {_mm256_blend_epi32(_mm256_srli_epi64(even, 32), odd, 0xAA),
          _mm256_blend_epi32(even, _mm256_slli_epi64(odd, 32), 0xAA)};
}

CORDON_AVX2 inline __m256i all(std::uint32_t word) {
  return _mm256_set1_epi32(static_cast<int>(word));
}

CORDON_AVX2 void eight_at_once(const std::uint32_t* first, std::size_t count, std::uint32_t second,
                               std::uint32_t third, std::uint32_t purpose, std::uint32_t key0,
                               std::uint32_t key1, std::uint32_t* const out[4]) {
  const __m256i by0 = all(0xD2511F53), by2 = all(0xCD9E8D57);
  // Two groups in turn: while one waits for its products the other goes on.
  for (std::size_t at = 0; at < count; at += kLanes) {
    __m256i c[2][4];
    for (std::size_t g = 0; g < 2; ++g) {
      c[g][0] = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(first + at + 8 * g));
      c[g][1] = all(second);
      c[g][2] = all(third);
      c[g][3] = all(purpose);
    }
    std::uint32_t k0 = key0, k1 = key1;
    for (int round = 0; round < 10; ++round) {
      const __m256i add0 = all(k0), add1 = all(k1);
      for (auto& group : c) {
        const Product a = multiply(group[0], by0), b = multiply(group[2], by2);
        group[0] = _mm256_xor_si256(_mm256_xor_si256(b.high, group[1]), add0);
        group[1] = b.low;
        group[2] = _mm256_xor_si256(_mm256_xor_si256(a.high, group[3]), add1);
        group[3] = a.low;
      }
      k0 += 0x9E3779B9;
      k1 += 0xBB67AE85;
    }
    for (std::size_t g = 0; g < 2; ++g)
      for (std::size_t k = 0; k < 4; ++k)
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(out[k] + at + 8 * g), c[g][k]);
  }
}
#endif

}  // namespace

void philox_many(const std::uint32_t* first, std::size_t count, std::uint32_t second, std::uint32_t third,
                 std::uint32_t purpose, std::uint32_t key0, std::uint32_t key1, std::uint32_t* const out[4]) {
#ifdef __x86_64__
  static const bool avx2 = __builtin_cpu_supports("avx2") != 0;
  if (avx2) return eight_at_once(first, count, second, third, purpose, key0, key1, out);
#endif
  one_by_one(first, count, second, third, purpose, key0, key1, out);
}

}  // namespace cordon::posture
