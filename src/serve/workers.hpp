// Threads for requests that take long, so that the threads of the connections stay free.
#pragma once
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace cordon::serve {

class Workers {
 public:
  Workers(unsigned threads, std::size_t most_waiting);
  // What still waits is dropped; what runs is waited for.
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  // False where too much waits already.
  bool give(std::function<void()> job);
  std::size_t waiting() const;

 private:
  void work(const std::stop_token& stop);
  const std::size_t most_waiting_;
  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  std::deque<std::function<void()>> jobs_;
  std::vector<std::jthread> threads_;  // last: they end before the rest goes
};

}  // namespace cordon::serve
