// Cuts pushed chunks into blocks of whole lines, so that inner loops run over long stretches of memory. Only
// the line that straddles two chunks is copied.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace cordon::ais {

class LineBlocks {
 public:
  // A line longer than this is no sentence and no row: skipped without being kept, and counted. (One that
  // lies whole within a chunk is passed on: it costs nothing.)
  static constexpr std::size_t kMaxLine = std::size_t{1} << 20;
  explicit LineBlocks(std::size_t max_line = kMaxLine) : max_line_(max_line) {}

  // sink.block(std::string_view whole_lines): each line ends with \n.  sink.overlong(): one such line.
  template <class Sink>
  void push(std::string_view chunk, Sink& sink) {
    if (skipping_ || !partial_.empty()) {
      const std::size_t end = chunk.find('\n');
      const std::size_t taken = end == std::string_view::npos ? chunk.size() : end + 1;
      if (!skipping_ && partial_.size() + taken > max_line_) {
        skipping_ = true;
        partial_.clear();
      }
      if (!skipping_) partial_.append(chunk.substr(0, taken));
      if (end == std::string_view::npos) return;
      if (skipping_) {
        sink.overlong();
      } else {
        sink.block(std::string_view(partial_));
      }
      skipping_ = false;
      partial_.clear();
      chunk.remove_prefix(taken);
    }
    const std::size_t last = chunk.rfind('\n');
    const std::size_t whole = last == std::string_view::npos ? 0 : last + 1;
    if (whole > 0) sink.block(chunk.substr(0, whole));
    if (chunk.size() - whole > max_line_) {
      skipping_ = true;
    } else {
      partial_.assign(chunk.substr(whole));
    }
  }

  // The last line may lack its ending.
  template <class Sink>
  void finish(Sink& sink) {
    if (skipping_) sink.overlong();
    if (!partial_.empty()) {
      partial_.push_back('\n');
      sink.block(std::string_view(partial_));
    }
    partial_.clear();
    skipping_ = false;
  }

 private:
  std::size_t max_line_;
  std::string partial_;
  bool skipping_ = false;
};

}  // namespace cordon::ais
