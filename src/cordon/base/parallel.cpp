#include "cordon/base/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <system_error>
#include <thread>
#include <vector>

#include "cordon/base/text.hpp"

namespace cordon::base {

unsigned thread_count() {
  if (const char* wanted = std::getenv("CORDON_THREADS")) {
    if (const auto number = parse_number<unsigned>(wanted); number && *number > 0) {
      return std::min(*number, 1024U);
    }
  }
  return std::max(1U, std::thread::hardware_concurrency());
}

void parallel_for(std::size_t size, std::size_t grain,
                  const std::function<void(std::size_t, std::size_t)>& work) {
  if (size == 0) return;
  // The cuts depend on size and grain alone, never on the number of threads: work that sums floating point
  // within its range gives the same bytes on one core and on sixty. 256 ranges balance the load well enough.
  const std::size_t ranges = std::clamp<std::size_t>(size / std::max<std::size_t>(grain, 1), 1, 256);
  const std::size_t each = size / ranges, longer = size % ranges;
  std::atomic<std::size_t> next{0};
  const auto run = [&] {
    for (std::size_t i = next.fetch_add(1); i < ranges; i = next.fetch_add(1)) {
      const std::size_t begin = i * each + std::min(i, longer);
      work(begin, begin + each + (i < longer ? 1 : 0));
    }
  };
  const std::size_t threads = std::min<std::size_t>(thread_count(), ranges);
  std::vector<std::jthread> helpers;
  helpers.reserve(threads - 1);
  try {
    while (helpers.size() + 1 < threads) helpers.emplace_back(run);
  } catch (const std::system_error&) {
    // The system gives no more threads (a container's limit): those there are do the work.
  }
  run();
}

}  // namespace cordon::base
