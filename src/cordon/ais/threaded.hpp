// A feed of sentences cut into pieces for several threads. What a line means may hang on earlier ones (parts,
// tag block groups); such lines are left for the thread that takes the pieces in order, so that the result is
// that of one thread.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "cordon/ais/sentence.hpp"
#include "cordon/base/ordered.hpp"

namespace cordon::ais {

struct Deferred {
  Sentence sentence;   // its text is the piece's
  std::uint64_t line;  // as the piece counts
  std::size_t at;      // how much output the piece had before it
};

// 1 for what is small, live or a pipe; else as many as base::thread_count() allows.
unsigned threads_for(const std::filesystem::path& path);

// Work: void work(std::string_view head, std::string_view body), both of whole lines.
template <class Work>
class Pieces {
 public:
  Pieces(unsigned threads, std::size_t piece_bytes, std::function<std::unique_ptr<Work>()> make,
         std::function<void(Work&)> take)
      : piece_bytes_(piece_bytes),
        make_(std::move(make)),
        ordered_(
            threads, [](Job& job) { job.work->work(job.head, job.body); },
            [take = std::move(take)](Job& job) { take(*job.work); }) {}

  // Blocks within these bytes need not be copied.
  void lasting(std::string_view bytes) { lasting_ = bytes; }
  void block(std::string_view lines) {
    const std::less<const char*> before;
    const bool lasts = !before(lines.data(), lasting_.data()) &&
                       !before(lasting_.data() + lasting_.size(), lines.data() + lines.size());
    while (lasts && !lines.empty()) {
      const std::size_t end = lines.find('\n', std::min(piece_bytes_, lines.size() - 1)) + 1;
      open().body = lines.substr(0, end);
      lines.remove_prefix(end);
      submit();
    }
    if (lines.empty()) return;
    Job& job = open();
    job.head.append(lines);
    if (job.head.size() >= piece_bytes_) submit();
  }
  // Everything so far is taken when this returns.
  void finish() {
    if (open_) submit();
    ordered_.finish();
  }

 private:
  struct Job {
    std::string head;
    std::string_view body;
    std::unique_ptr<Work> work;
  };
  Job& open() {
    Job& job = ordered_.job();
    if (std::exchange(open_, true)) return job;
    if (job.work == nullptr) job.work = make_();
    job.head.clear();
    job.body = {};
    return job;
  }
  void submit() {
    open_ = false;
    ordered_.submit();
  }
  std::size_t piece_bytes_;
  std::function<std::unique_ptr<Work>()> make_;
  std::string_view lasting_;
  bool open_ = false;
  base::Ordered<Job> ordered_;
};

}  // namespace cordon::ais
