// Shares in words: "50 %", "more than 25 %", "25 % to 50 %", "a share not stated".
#pragma once
#include <cstdint>
#include <string>

#include "cordon/network/fixpoint.hpp"

namespace cordon::network {

std::string share_text(std::int64_t share);
std::string held_text(const Held& held);

}  // namespace cordon::network
