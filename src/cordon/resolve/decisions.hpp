// What people decided about two records. It binds: no evidence moves it.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/result.hpp"

namespace cordon::resolve {

// unsure: a person looked and could not say; the two are not joined on evidence between them alone, nor
// proposed again, but a third record may still join both.
enum class Ruling : std::uint8_t { same, different, unsure };

struct Decision {
  std::string left, right;  // record ids
  Ruling ruling = Ruling::same;
  std::string who, when, note;
};
std::string_view to_string(Ruling ruling);

// CSV left,right,decision[,who,when,note]. Of several on one pair the last counts. An unknown word is an
// error that names its line.
base::Result<std::vector<Decision>> parse_decisions(std::string_view csv, std::string name);

}  // namespace cordon::resolve
