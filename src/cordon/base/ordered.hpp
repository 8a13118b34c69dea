// Work on several threads whose results are taken in the order in which the work was given: for streams,
// where parallel_for would need the whole input first.
#pragma once
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace cordon::base {

// Jobs are made once and used again and again: their buffers keep their memory. At most twice as many as
// there are threads, and one more, exist. The thread that gives work also takes results, and helps when
// neither is possible.
template <class Job>
class Ordered {
 public:
  using Use = std::function<void(Job&)>;
  // work runs on any thread; done on the giving thread, in the order of submit().
  Ordered(unsigned threads, Use work, Use done)
      : work_(std::move(work)), done_(std::move(done)), slots_(2 * std::size_t{threads} + 1) {
    try {
      for (unsigned i = 1; i < threads; ++i)
        helpers_.emplace_back([this](const std::stop_token& stop) { help(stop); });
    } catch (const std::system_error&) {
      // The system gives no more threads: those there are do the work.
    }
  }
  ~Ordered() {
    for (std::jthread& helper : helpers_) helper.request_stop();
    wake_.notify_all();
  }
  Ordered(const Ordered&) = delete;
  Ordered& operator=(const Ordered&) = delete;

  // The job to be filled next.
  Job& job() { return slot(given_).job; }
  void submit() {
    std::unique_lock lock(mutex_);
    slot(given_++).ready = false;
    wake_.notify_one();
    while (finished_ < given_ && slot(finished_).ready) finish_one(lock);
    while (given_ - finished_ == slots_.size()) advance(lock);
  }
  // Until everything given is done.
  void finish() {
    std::unique_lock lock(mutex_);
    while (finished_ < given_) advance(lock);
  }

 private:
  struct Slot {
    Job job;
    bool ready = false;
  };
  Slot& slot(std::uint64_t number) { return slots_[number % slots_.size()]; }

  void finish_one(std::unique_lock<std::mutex>& lock) {
    Slot& oldest = slot(finished_);
    lock.unlock();
    done_(oldest.job);
    lock.lock();
    ++finished_;
  }
  void work_one(std::unique_lock<std::mutex>& lock) {
    Slot& mine = slot(taken_++);
    lock.unlock();
    work_(mine.job);
    lock.lock();
    mine.ready = true;
    ready_.notify_one();
  }
  void advance(std::unique_lock<std::mutex>& lock) {
    if (slot(finished_).ready) return finish_one(lock);
    if (taken_ < given_) return work_one(lock);
    ready_.wait(lock, [&] { return slot(finished_).ready; });
  }
  void help(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (wake_.wait(lock, stop, [&] { return taken_ < given_; })) work_one(lock);
  }

  Use work_, done_;
  std::vector<Slot> slots_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::condition_variable ready_;
  std::uint64_t given_ = 0, taken_ = 0, finished_ = 0;  // finished_ <= taken_ <= given_
  std::vector<std::jthread> helpers_;                   // last: they stop before the rest goes
};

}  // namespace cordon::base
