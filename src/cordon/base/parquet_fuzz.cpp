#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "cordon/base/parquet.hpp"

// Any bytes that call themselves Parquet give text or one line. Without DuckDB's library there is nothing to
// try.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::FILE* file = std::tmpfile();
  if (file == nullptr) return 0;
  std::fwrite(data, 1, size, file);
  std::fflush(file);
  std::size_t bytes = 0;
  const auto done = cordon::base::read_parquet("fuzz", ::fileno(file), [&](std::string_view text) {
    bytes += text.size();
    return bytes < (std::size_t{1} << 22);
  });
  std::fclose(file);
  if (!done && done.error().message.find('\n') != std::string::npos) std::abort();
  return 0;
}
