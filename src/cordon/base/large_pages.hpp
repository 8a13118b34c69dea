// Memory for large arrays that are read at random places. With pages of 4 KiB nearly every such read also
// misses the processor's table of pages; of pages of 2 MiB it holds all.
#pragma once
#include <cstddef>
#include <vector>

namespace cordon::base {

// From a few MiB on, asks the system for large pages, which it may or may not give; below, like operator new.
void* allocate_large(std::size_t bytes);
void free_large(void* memory, std::size_t bytes);

template <class T>
struct LargePages {
  using value_type = T;
  LargePages() = default;
  template <class U>
  LargePages(const LargePages<U>&) {}  // NOLINT: allocators convert
  T* allocate(std::size_t count) { return static_cast<T*>(allocate_large(count * sizeof(T))); }
  void deallocate(T* memory, std::size_t count) { free_large(memory, count * sizeof(T)); }
  template <class U>
  bool operator==(const LargePages<U>&) const {
    return true;
  }
};

template <class T>
using LargeVector = std::vector<T, LargePages<T>>;

}  // namespace cordon::base
