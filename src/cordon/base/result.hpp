// Expected failure as a value. Exceptions are left for bugs.
#pragma once
#include <fmt/core.h>

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace cordon::base {

// One clear line for the user: file, line or byte offset, what was expected, what was found.
struct Error {
  std::string message;
};

template <class T>
using Result = tl::expected<T, Error>;

// return fail("{}: line {}: expected a number, found '{}'", file, line, text);
template <class... Args>
tl::unexpected<Error> fail(fmt::format_string<Args...> format, Args&&... args) {
  return tl::unexpected<Error>(Error{fmt::format(format, std::forward<Args>(args)...)});
}

}  // namespace cordon::base
