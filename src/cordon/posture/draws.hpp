// Philox for many counters at once: sixteen blocks side by side, so that the compiler fills the vector
// registers. The words are those of philox(), one by one.
#pragma once
#include <cstddef>
#include <cstdint>

namespace cordon::posture {

inline constexpr std::size_t kLanes = 16;

// counter = {first[i], second, third, purpose} for i in [0, count); word k of the i-th goes to out[k][i].
// first and out are read and written up to the next multiple of kLanes: they must be that long.
void philox_many(const std::uint32_t* first, std::size_t count, std::uint32_t second, std::uint32_t third,
                 std::uint32_t purpose, std::uint32_t key0, std::uint32_t key1, std::uint32_t* const out[4]);

}  // namespace cordon::posture
