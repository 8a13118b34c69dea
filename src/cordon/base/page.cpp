#include "cordon/base/page.hpp"

#include "cordon/base/resource.hpp"

namespace cordon::base {
namespace {

Result<void> replace(std::string& page, std::string_view frame, std::string_view mark,
                     std::string_view text) {
  const auto at = page.find(mark);
  if (at == std::string::npos) return fail("{}: the mark {} is missing", frame, mark);
  page.replace(at, mark.size(), text);
  return {};
}

Result<std::string> joined(std::initializer_list<std::string_view> names) {
  std::string out;
  for (const auto name : names) {
    const auto file = resource(name);
    if (!file) return tl::unexpected(file.error());
    out += *file;
  }
  return out;
}

}  // namespace

Result<std::string> assemble_page(std::string_view frame, std::initializer_list<std::string_view> styles,
                                  std::initializer_list<std::string_view> scripts, std::string_view json) {
  const auto page = resource(frame);
  if (!page) return tl::unexpected(page.error());
  const auto style = joined(styles), script = joined(scripts);
  if (!style) return style;
  if (!script) return script;
  std::string data;
  data.reserve(json.size());
  for (const char c : json) {
    if (c == '<')
      data += "\\u003c";
    else
      data += c;
  }
  std::string html(*page);
  for (const auto& [mark, text] : {std::pair<std::string_view, std::string_view>{"/*STYLE*/", *style},
                                   {"/*SCRIPT*/", *script},
                                   {"/*DATA*/", data}})
    if (auto done = replace(html, frame, mark, text); !done) return tl::unexpected(done.error());
  return html;
}

}  // namespace cordon::base
