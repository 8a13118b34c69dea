// TOML that people write: parameters, scenarios, assets. A heavy header: for .cpp files only, and the only
// way to toml++ here.
#pragma once
#include <string_view>

#include "cordon/base/result.hpp"

namespace cordon::base {
[[noreturn]] void broken_toml();  // throws std::logic_error
}

// toml++ 3.3 states what it takes for granted, then tells the compiler to build on it: a file of two bytes
// ("[~") is enough to break such a promise. Here a broken one is thrown, in every build, and read as an
// error.
#pragma push_macro("NDEBUG")
#undef NDEBUG
#define TOML_ASSERT(promise) ((promise) ? static_cast<void>(0) : cordon::base::broken_toml())
#include <toml++/toml.h>
#pragma pop_macro("NDEBUG")

namespace cordon::base {

// Fails with "name: line N: what". Text that is not UTF-8 is refused.
Result<toml::table> parse_toml(std::string_view text, std::string_view name);

}  // namespace cordon::base
