#pragma once
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace cordon::resolve {

// Disjoint sets; a set's root is its smallest member.
class UnionFind {
 public:
  explicit UnionFind(std::size_t size) : parent_(size) {
    std::iota(parent_.begin(), parent_.end(), std::uint32_t{0});
  }
  std::size_t find(std::size_t item) {
    while (parent_[item] != item) item = parent_[item] = parent_[parent_[item]];
    return item;
  }
  void join(std::size_t a, std::size_t b) {
    a = find(a), b = find(b);
    if (a < b)
      parent_[b] = static_cast<std::uint32_t>(a);
    else
      parent_[a] = static_cast<std::uint32_t>(b);
  }

 private:
  std::vector<std::uint32_t> parent_;
};

}  // namespace cordon::resolve
