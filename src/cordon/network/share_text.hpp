// Shares in words: "50 %", "more than 25 %", "25 % to 50 %", "a share not stated".
#pragma once
#include <cstdint>
#include <string>

#include "cordon/model/relation.hpp"
#include "cordon/network/fixpoint.hpp"

namespace cordon::network {

std::string share_text(std::int64_t share);
std::string held_text(const Held& held);
// Short: "50 %", "25-50 %"; empty where no share is stated.
std::string share_words(double low, double high);
std::string share_words(const model::Relation& relation);

}  // namespace cordon::network
