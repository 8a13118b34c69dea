// A progress line on stderr with rate and ETA: only on a terminal, and only for what takes more than a
// second.
#pragma once
#include <chrono>
#include <cstdint>
#include <string>

namespace cordon::base {

class Progress {
 public:
  // total 0 = unknown; unit e.g. "lines".
  Progress(std::string label, std::uint64_t total, std::string unit);
  ~Progress();
  void advance(std::uint64_t amount);  // cheap: draws at most ten times a second
 private:
  void draw(bool last);
  std::string label_, unit_;
  std::uint64_t total_, done_ = 0, next_check_ = 0;
  std::chrono::steady_clock::time_point start_, drawn_;
  bool enabled_ = false, shown_ = false;
};

}  // namespace cordon::base
