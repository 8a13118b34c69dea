// One thread that serves many connections: it waits for all of them at once and never for one.
#pragma once
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "serve/front.hpp"
#include "serve/transport.hpp"
#include "serve/workers.hpp"

namespace cordon::serve {

// How long a peer may take, and how much it may send.
struct Limits {
  std::chrono::milliseconds head{10'000};       // from the first byte of a request to the end of its head
  std::chrono::milliseconds idle{60'000};       // between two requests
  std::chrono::milliseconds body{30'000};       // for a body; a large one gets more, by least_rate
  std::chrono::milliseconds work{60'000};       // for a slow request; then it is cancelled
  std::chrono::milliseconds write{30'000};      // without one byte taken
  std::chrono::milliseconds heartbeat{15'000};  // of an event stream
  std::size_t least_rate = 16 * 1024;           // bytes a second of a body
  std::size_t head_bytes = 8 * 1024;
  std::size_t bodies = std::size_t{256} << 20;  // held at one time, all connections together
  std::size_t streams = 1024;
  std::size_t requests = 100'000;  // on one connection
};

// Shared by all loops.
struct Common {
  Front& front;
  Workers& workers;
  Limits limits;
  std::atomic<std::size_t> bodies{0};
};

class Loop {
 public:
  explicit Loop(Common& common);
  ~Loop();  // after run() has returned
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  void run();  // until stop(); on its own thread
  // From any thread. gone is called when the connection has ended.
  void adopt(Transport transport, std::string remote, std::function<void()> gone);
  void wake_streams();
  // Ends idle connections at once, the others after their request, all of them after `grace`; then run()
  // returns.
  void stop(std::chrono::milliseconds grace);

  struct State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace cordon::serve
