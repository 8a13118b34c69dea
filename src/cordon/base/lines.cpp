// LineSplitter of bytes.hpp.
#include <algorithm>
#include <cstring>
#include <utility>

#include "cordon/base/bytes.hpp"

namespace cordon::base {

LineSplitter::LineSplitter(LineSink sink, std::size_t max_line)
    : sink_(std::move(sink)), max_line_(max_line) {}

void LineSplitter::emit(std::string_view line) {
  ++number_;
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.size() > max_line_) {
    ++overlong_;
    return;
  }
  sink_(line, number_, offset_);
}

// offset_ is that of the current line's first byte; while skipping, of the first byte not yet seen.
void LineSplitter::push(std::string_view bytes) {
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  while (at < end) {
    const auto left = static_cast<std::size_t>(end - at);
    const auto* newline = static_cast<const char*>(std::memchr(at, '\n', left));
    if (newline == nullptr) {
      if (skipping_) {
        offset_ += left;
      } else if (partial_.size() + left > max_line_ + 1) {  // + 1: a \r that will not count
        offset_ += partial_.size() + left;
        partial_.clear();
        skipping_ = true;
        ++overlong_;
      } else {
        partial_.append(at, left);
      }
      return;
    }
    const auto size = static_cast<std::size_t>(newline - at);
    if (skipping_) {
      skipping_ = false;
      ++number_;
      offset_ += size + 1;
    } else if (partial_.empty()) {
      emit({at, size});
      offset_ += size + 1;
    } else {
      const std::size_t whole = partial_.size() + size;
      partial_.append(at, std::min(size, max_line_ + 2));  // enough to be seen as too long
      emit(partial_);
      offset_ += whole + 1;
      partial_.clear();
    }
    at = newline + 1;
  }
}

void LineSplitter::finish() {
  if (skipping_) {
    ++number_;
    skipping_ = false;
  } else if (!partial_.empty()) {
    emit(partial_);
    offset_ += partial_.size();
    partial_.clear();
  }
}

}  // namespace cordon::base
