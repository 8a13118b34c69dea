// The two JSON files of `lists update`, whatever they hold.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "cordon/lists/manifest.hpp"
#include "cordon/lists/update.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cordon::lists;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)Manifest::parse(text, "fuzz");
  if (const auto origins = parse_origins(text, "fuzz")) {
    for (const Origin& origin : *origins)
      if (origin.name.find('/') != std::string::npos || !origin.url.starts_with("https://")) std::abort();
  }
  return 0;
}
