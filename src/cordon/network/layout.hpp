// Where the nodes of a drawing stand: near what they are tied to, apart from the rest. The same graph gives
// the same places, on any machine that computes floats alike.
//
// A force layout (Fruchterman & Reingold 1991) from coarse to fine (Walshaw 2003): stars are drawn as single
// nodes first, so that the drawing unfolds in few rounds.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace cordon::network {

struct Point {
  float x = 0, y = 0;
};

// edges: pairs of node numbers; direction, repetition and loops do not matter. The wanted length of an edge
// is 1; the middle of all nodes is 0, 0.
std::vector<Point> layout(std::size_t nodes, std::span<const std::pair<std::uint32_t, std::uint32_t>> edges);

}  // namespace cordon::network
