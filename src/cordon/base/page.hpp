// A report as one HTML file that asks the network for nothing: frame, styles, scripts and data put together.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>

#include "cordon/base/result.hpp"

namespace cordon::base {

// Resources by name; the frame has the marks /*STYLE*/, /*SCRIPT*/ and /*DATA*/. json may hold hostile text:
// "<" is escaped in it, so that it cannot end or hide the element it stands in, and it is put in last, so
// that nothing in it can be taken for a mark. The scripts must set it as text only.
Result<std::string> assemble_page(std::string_view frame, std::initializer_list<std::string_view> styles,
                                  std::initializer_list<std::string_view> scripts, std::string_view json);

}  // namespace cordon::base
