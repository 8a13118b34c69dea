#include "cordon/base/large_pages.hpp"

#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace cordon::base {
namespace {

constexpr std::size_t kPage = std::size_t{2} << 20;
// Below, what the last page wastes outweighs what it saves.
constexpr std::size_t kLarge = 2 * kPage;

}  // namespace

void* allocate_large(std::size_t bytes) {
  if (bytes < kLarge) return ::operator new(bytes);
  void* const memory = ::operator new(bytes, std::align_val_t{kPage});
#if defined(__linux__) && defined(MADV_HUGEPAGE)
  // Only whole pages: what follows them belongs to others. Where the system refuses, small pages do.
  ::madvise(memory, bytes / kPage * kPage, MADV_HUGEPAGE);
#endif
  return memory;
}

void free_large(void* memory, std::size_t bytes) {
  if (bytes < kLarge)
    ::operator delete(memory);
  else
    ::operator delete(memory, std::align_val_t{kPage});
}

}  // namespace cordon::base
