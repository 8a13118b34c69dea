// The files under data/, embedded in the program. CORDON_DATA=DIR in the environment reads them from DIR
// instead.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/result.hpp"

namespace cordon::base {

struct Resource {
  std::string_view name;  // path below data/, e.g. "law/un/measures.json"
  std::string_view bytes;
};

std::span<const Resource> embedded_resources();  // generated at build time, sorted by name
// The bytes live as long as the program.
Result<std::string_view> resource(std::string_view name);
// Names that start with prefix, sorted.
std::vector<std::string> resource_names(std::string_view prefix);

}  // namespace cordon::base
