// A report as one HTML file that asks the network for nothing: frame, styles, scripts and data put together.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>

#include "cordon/base/result.hpp"

namespace cordon::base {

struct PageData {
  std::string_view mark;  // what it takes the place of in the frame
  std::string_view json;  // may hold hostile text
};

// Resources by name; the frame has the marks /*STYLE*/, /*SCRIPT*/ and those of the data. Scripts are modules
// of web/shared/ or plain: imports and the word export fall away. In the data "<" is escaped, so that it
// cannot end or hide the element it stands in, and it is put in last, so that nothing in it can be taken for
// a mark of style or script; the script must set it as text only. A mark within data that comes earlier in
// the list would be replaced: name the data that people may write last.
Result<std::string> assemble_page(std::string_view frame, std::initializer_list<std::string_view> styles,
                                  std::initializer_list<std::string_view> scripts,
                                  std::initializer_list<PageData> data);

}  // namespace cordon::base
