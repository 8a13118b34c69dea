// The files under data/, embedded in the program. With CORDON_DATA=DIR in the environment a file of DIR
// stands in for the embedded one of the same name, or adds to them; DIR needs to hold only what it changes.
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
// The web page: "page/index.html", "page/assets/...", gzipped ones beside them as ".gz". Empty in a program
// built without it.
std::span<const Resource> embedded_page();
// The bytes live as long as the program. Fails where neither place has the file, where the one in CORDON_DATA
// cannot be read, and where CORDON_DATA names no folder.
Result<std::string_view> resource(std::string_view name);
// Names that start with prefix, of both places, sorted, each once.
std::vector<std::string> resource_names(std::string_view prefix);

}  // namespace cordon::base
