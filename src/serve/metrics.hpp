// What the server counts of itself, in Prometheus' text form. Counting takes no lock.
#pragma once
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "serve/router.hpp"

namespace cordon::serve {

class Metrics {
 public:
  Metrics();
  // route: null for what no route answered (files of the page, refused requests).
  void count(const Route* route, int status, std::chrono::nanoseconds took);

  std::atomic<std::int64_t> connections{0}, streams{0}, waiting{0};  // now
  std::atomic<std::uint64_t> accepted{0}, refused_full{0}, timed_out{0}, malformed{0}, reloads{0},
      failed_reloads{0};

  // Without what only the snapshot knows.
  void append(std::string& out) const;

 private:
  // Upper bounds in microseconds.
  static constexpr std::array<std::uint32_t, 12> kBounds = {
      50, 100, 250, 500, 1'000, 2'500, 5'000, 25'000, 100'000, 500'000, 2'500'000, 10'000'000};
  struct Row {
    std::array<std::atomic<std::uint64_t>, 6> by_class{};  // by first digit of the status
    std::array<std::atomic<std::uint64_t>, kBounds.size() + 1> by_time{};
    std::atomic<std::uint64_t> sum_ns{0};
  };
  std::unique_ptr<Row[]> rows_;  // one a route, and one for the rest
};

}  // namespace cordon::serve
