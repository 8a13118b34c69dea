#include "cordon/base/toml.hpp"

#include <stdexcept>
#include <string>

#include "cordon/base/text.hpp"

namespace cordon::base {

void broken_toml() {
  throw std::logic_error("toml++ broke its own promise");
}

Result<toml::table> parse_toml(std::string_view text, std::string_view name) {
  if (!is_utf8(text)) return fail("{}: expected TOML, found bytes that are not UTF-8", name);
  try {
    return toml::parse(text, name);
  } catch (const toml::parse_error& error) {
    return fail("{}: line {}: {}", name, error.source().begin.line, printable(error.description()));
  } catch (const std::logic_error&) {
    return fail("{}: expected TOML, found a text that breaks its grammar", name);
  }
}

}  // namespace cordon::base
