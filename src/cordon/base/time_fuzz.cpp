#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "cordon/base/time.hpp"

// Whatever is accepted must be a real date or time, and read back from its own text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace base = cordon::base;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto date = base::parse_date(text)) {
    if (date->empty() || base::parse_date(base::to_string(*date)) != date) std::abort();
    if (date->complete() && base::date_from_days(base::days_since_epoch(*date)) != *date) std::abort();
  }
  if (const auto time = base::parse_time(text)) {
    const auto again = base::parse_time(base::to_iso(*time));
    // A zone or a leap second may carry a time just past the years that are accepted.
    if (again && *again != *time) std::abort();
  }
  return 0;
}
