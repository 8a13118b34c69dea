// Vectors of millions of elements: their memory is asked for in pages of 2 MiB, since reaching into it at
// random otherwise costs a miss of the address table at every step. Small ones are as usual.
#pragma once
#include <sys/mman.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <vector>

namespace cordon::base {

// For memory that is about to be filled: a wish, where the system has no such pages nothing is lost.
inline void ask_for_large_pages(const void* at, std::size_t bytes) {
  constexpr std::uintptr_t kPage = std::uintptr_t{1} << 21;
  const std::uintptr_t first = (reinterpret_cast<std::uintptr_t>(at) + kPage - 1) / kPage * kPage,
                       end = (reinterpret_cast<std::uintptr_t>(at) + bytes) / kPage * kPage;
  if (first < end) ::madvise(reinterpret_cast<void*>(first), end - first, MADV_HUGEPAGE);
}

template <class T>
struct LargeAllocator {
  using value_type = T;
  static constexpr std::size_t kPage = std::size_t{1} << 21;

  LargeAllocator() = default;
  template <class U>
  explicit LargeAllocator(const LargeAllocator<U>&) {}

  T* allocate(std::size_t count) {
    if (count > SIZE_MAX / sizeof(T) - kPage) throw std::bad_array_new_length();
    const std::size_t bytes = count * sizeof(T);
    if (bytes < kPage) return static_cast<T*>(::operator new(bytes, std::align_val_t{alignof(T)}));
    void* const at = std::aligned_alloc(kPage, (bytes + kPage - 1) / kPage * kPage);
    if (!at) throw std::bad_alloc();
    ask_for_large_pages(at, bytes);
    return static_cast<T*>(at);
  }
  void deallocate(T* at, std::size_t count) {
    if (count * sizeof(T) < kPage)
      ::operator delete(at, std::align_val_t{alignof(T)});
    else
      std::free(at);
  }
  friend bool operator==(const LargeAllocator&, const LargeAllocator&) { return true; }
};

template <class T>
using LargeVector = std::vector<T, LargeAllocator<T>>;

}  // namespace cordon::base
