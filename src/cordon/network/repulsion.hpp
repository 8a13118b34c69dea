// Every node of a drawing pushes every other away, by the inverse of their distance. Far groups push as one
// (Barnes & Hut 1986), so a round costs n log n.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "cordon/network/layout.hpp"

namespace cordon::network {

class Repulsion {
 public:
  // force[i] += sum over j of (p[i] - p[j]) / (|p[i] - p[j]|^2 + kSoft). Points must be finite.
  void add(std::span<const Point> points, std::span<Point> force);

  static constexpr float kSoft = 1e-4f;
  // A group seen under a smaller angle (its size over its distance) counts as one.
  static constexpr float kAngle = 0.9f;

 private:
  static constexpr std::size_t kLeaf = 16;
  struct Cell {
    float x = 0, y = 0, mass = 0;       // centre of its points, how many
    float left = 0, low = 0, side = 0;  // the square it lies in
    std::uint32_t begin = 0, end = 0;   // points, in order of keys
    std::uint32_t skip = 0;             // the cell after all its children
    bool leaf = false;
  };
  void sort(std::span<const Point> points);
  void build(std::uint32_t begin, std::uint32_t end, unsigned depth, float left, float low, float side);
  void push(const Cell& leaf, std::span<Point> force);

  std::vector<std::uint64_t> keys_;  // place on the Z curve, then number of the point
  std::vector<std::uint32_t> order_;
  std::vector<float> x_, y_;  // in that order
  std::vector<Cell> cells_;   // before its children
  std::vector<Point> near_;   // points and far groups that push the leaf at hand, with their masses
  std::vector<float> near_mass_;
  float left_ = 0, low_ = 0, side_ = 1;
};

}  // namespace cordon::network
