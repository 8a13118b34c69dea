#include "cordon/base/progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace cordon::base {
namespace {

// 1234567 -> "1.23 M"
std::string human(double value) {
  std::array<char, 32> text{};
  const char* unit = "";
  for (const char* larger : {" k", " M", " G", " T"}) {
    if (value < 1000) break;
    value /= 1000;
    unit = larger;
  }
  std::snprintf(text.data(), text.size(), value < 10 && *unit != 0 ? "%.2f%s" : "%.0f%s", value, unit);
  return text.data();
}

std::string clock_text(double seconds) {
  std::array<char, 32> text{};
  const long whole = static_cast<long>(std::min(seconds, 359999.0) + 0.5);
  if (whole >= 3600) {
    std::snprintf(text.data(), text.size(), "%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
  } else {
    std::snprintf(text.data(), text.size(), "%ld:%02ld", whole / 60, whole % 60);
  }
  return text.data();
}

}  // namespace

Progress::Progress(std::string label, std::uint64_t total, std::string unit)
    : label_(std::move(label)),
      unit_(std::move(unit)),
      total_(total),
      start_(std::chrono::steady_clock::now()),
      drawn_(start_),
      enabled_(isatty(STDERR_FILENO) != 0) {}

Progress::~Progress() {
  if (shown_) draw(true);
}

void Progress::advance(std::uint64_t amount) {
  done_ += amount;
  if (!enabled_ || done_ < next_check_) return;
  const auto now = std::chrono::steady_clock::now();
  const double elapsed = std::chrono::duration<double>(now - start_).count();
  // Ask the clock again after about a twentieth of a second's work at the rate seen so far, but at the latest
  // after a sixteenth more of what is done: a fast start must not silence a slow rest.
  const double rate = elapsed > 0 ? static_cast<double>(done_) / elapsed : 0;
  next_check_ = done_ + std::min(static_cast<std::uint64_t>(std::min(rate / 20, 1e15)), done_ / 16);
  if (elapsed < 1 || (shown_ && now - drawn_ < std::chrono::milliseconds(100))) return;
  drawn_ = now;
  draw(false);
}

void Progress::draw(bool last) {
  const double elapsed = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  const double done = static_cast<double>(done_), total = static_cast<double>(total_);
  const double rate = elapsed > 0 ? done / elapsed : 0;
  std::string line = label_ + ": " + human(done) + ' ' + unit_ + ", " + human(rate) + ' ' + unit_ + "/s";
  if (last) {
    line += ", " + clock_text(elapsed);
  } else if (total_ > 0 && rate > 0) {
    line += ", " + std::to_string(static_cast<int>(std::min(100.0, 100 * done / total))) + " %, " +
            clock_text(std::max(0.0, total - done) / rate) + " left";
  }
  // Carriage return and "erase to the end of the line": each drawing replaces the one before.
  std::fprintf(stderr, "\r%s\x1B[K%s", line.c_str(), last ? "\n" : "");
  std::fflush(stderr);
  shown_ = true;
}

}  // namespace cordon::base
