// Events for everybody who listens (server-sent events). The last ones are kept, so that a client whose
// connection broke goes on where it stopped; one that is slower than that is told to ask for everything anew.
#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::serve {

class Hub {
 public:
  explicit Hub(std::size_t kept = 1024) : kept_(kept) {}

  // name: one word; data: one line, JSON. Returns the event's number: 1, 2, ...
  std::uint64_t publish(std::string_view name, std::string_view data);
  // Number of the last event; 0 before the first.
  std::uint64_t last() const;
  // The frames after event `seen`, as they go over the wire, up to about `most` bytes; `seen` moves on. Where
  // what follows is no longer kept: one frame of the event `missed`, and on with the oldest kept.
  std::string after(std::uint64_t& seen, std::size_t most = 64 * 1024) const;
  // Called after every publish, from that thread.
  void on_publish(std::function<void()> wake);

 private:
  const std::size_t kept_;
  mutable std::mutex mutex_;
  std::deque<std::string> frames_;
  std::uint64_t last_ = 0;
  std::vector<std::function<void()>> wakes_;
};

}  // namespace cordon::serve
