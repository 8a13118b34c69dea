// The inner loops: six-bit armour to bits, checksum, end of line. Each has an AVX2 form, chosen once at run
// time, and a plain form; tests hold them equal.
#pragma once
#include <cstddef>
#include <cstdint>

namespace cordon::ais {

// What the processor offers; CORDON_SIMD=0 in the environment forces the plain forms.
bool has_avx2();

struct ArmourKernels {
  // Writes 6 bits for each of `count` characters to out (big-endian bit order, the last byte zero-filled, up
  // to 32 bytes beyond may be overwritten). False where a character is not one of 0-W and `-w
  // (48..87, 96..119).
  bool (*unpack)(const char* characters, std::size_t count, std::uint8_t* out);
  // Exclusive or of all bytes.
  std::uint8_t (*checksum)(const char* bytes, std::size_t count);
};
const ArmourKernels& plain_kernels();
const ArmourKernels& avx2_kernels();  // only where has_avx2()
const ArmourKernels& kernels();       // the better of the two

}  // namespace cordon::ais
