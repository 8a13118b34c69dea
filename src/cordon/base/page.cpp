#include "cordon/base/page.hpp"

#include "cordon/base/resource.hpp"

namespace cordon::base {
namespace {

std::string escape_for_script(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  for (const char c : json) {
    if (c == '<')
      out += "\\u003c";
    else
      out += c;
  }
  return out;
}

void append_without_modules(std::string& out, std::string_view script) {
  while (!script.empty()) {
    const auto end = script.find('\n');
    std::string_view line = script.substr(0, end);
    script.remove_prefix(end == std::string_view::npos ? script.size() : end + 1);
    if (line.starts_with("import ")) continue;
    if (line.starts_with("export ")) line.remove_prefix(7);
    out += line;
    out += '\n';
  }
}

}  // namespace

Result<std::string> assemble_page(std::string_view frame, std::initializer_list<std::string_view> styles,
                                  std::initializer_list<std::string_view> scripts,
                                  std::initializer_list<PageData> data) {
  const auto page = resource(frame);
  if (!page) return tl::unexpected(page.error());
  std::string html(*page), style, script("'use strict';\n");
  for (const auto name : styles) {
    const auto file = resource(name);
    if (!file) return tl::unexpected(file.error());
    style += *file;
  }
  for (const auto name : scripts) {
    const auto file = resource(name);
    if (!file) return tl::unexpected(file.error());
    append_without_modules(script, *file);
  }
  const auto replace = [&](std::string_view mark, std::string_view text) -> Result<void> {
    const auto at = html.find(mark);
    if (at == std::string::npos) return fail("{}: the mark {} is missing", frame, mark);
    html.replace(at, mark.size(), text);
    return {};
  };
  if (auto done = replace("/*STYLE*/", style); !done) return tl::unexpected(done.error());
  if (auto done = replace("/*SCRIPT*/", script); !done) return tl::unexpected(done.error());
  for (const PageData& each : data)
    if (auto done = replace(each.mark, escape_for_script(each.json)); !done)
      return tl::unexpected(done.error());
  return html;
}

}  // namespace cordon::base
