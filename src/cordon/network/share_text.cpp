#include "cordon/network/share_text.hpp"

#include <fmt/core.h>

namespace cordon::network {

std::string share_text(std::int64_t share) {
  // One unit above or below a round figure is how readers keep "more than" and "less than".
  std::string_view word;
  if (share % 10 == 1) {
    word = "more than ";
    --share;
  } else if (share % 10 == 9) {
    word = "less than ";
    ++share;
  }
  std::string text = fmt::format("{}.{:07}", share / kPercent, share % kPercent);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return fmt::format("{}{} %", word, text);
}

std::string held_text(const Held& held) {
  if (held.unknown) {
    return held.max == 0 ? "a share not stated"
                         : fmt::format("at least {} and a share not stated", share_text(held.min));
  }
  if (held.min == held.max) return share_text(held.min);
  if (held.min == 0) return "at most " + share_text(held.max);
  return fmt::format("{} to {}", share_text(held.min), share_text(held.max));
}

std::string share_words(double low, double high) {
  return low == high ? fmt::format("{:g} %", low) : fmt::format("{:g}-{:g} %", low, high);
}

std::string share_words(const model::Relation& relation) {
  if (!relation.share_min && !relation.share_max) return {};
  return share_words(relation.share_min.value_or(0), relation.share_max.value_or(100));
}

}  // namespace cordon::network
