#include "cordon/ais/threaded.hpp"

#include <system_error>

#include "cordon/ais/line_source.hpp"
#include "cordon/base/parallel.hpp"

namespace cordon::ais {

unsigned threads_for(const std::filesystem::path& path) {
  constexpr std::uintmax_t kWorthIt = std::uintmax_t{4} << 20;
  std::error_code error;
  if (is_live(path) || path == "-" || !std::filesystem::is_regular_file(path, error)) return 1;
  return std::filesystem::file_size(path, error) < kWorthIt || error ? 1 : base::thread_count();
}

}  // namespace cordon::ais
