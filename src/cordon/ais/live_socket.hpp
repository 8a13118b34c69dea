// The sockets of live feeds: opened non-blocking, closed when dropped.
#pragma once
#include <cstdint>
#include <string>
#include <utility>

#include "cordon/ais/live.hpp"

namespace cordon::ais {

class Descriptor {
 public:
  explicit Descriptor(int fd = -1, bool owned = true) : fd_(fd), owned_(owned) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)), owned_(other.owned_) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    std::swap(owned_, other.owned_);
    return *this;
  }
  ~Descriptor();
  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  void close() { *this = Descriptor(); }

 private:
  int fd_;
  bool owned_;
};

// Bound, and for tcp_listen listening. *bound: "127.0.0.1:10110".
base::Result<Descriptor> open_listener(const LiveAddress& address, std::string* bound);
// Starts to connect; the socket is writable when that is over, and socket_error() tells how it went.
// attempt: which of the host's addresses to try, counted round.
base::Result<Descriptor> start_connect(const LiveAddress& address, std::size_t attempt);
int socket_error(const Descriptor& socket);
// *returns: it is a device, whose end may be that of a cable.
base::Result<Descriptor> open_stream(const LiveAddress& address, bool* returns);
// Nothing where none waits any more.
Descriptor accept_sender(const Descriptor& listener, std::string* from);

struct Datagram {
  std::size_t size = 0;
  std::uint32_t sender = 0;  // a hash of its address, never 0
  std::uint32_t lost = 0;    // datagrams dropped by the system since the socket was opened
};
// False where none waits.
bool receive_datagram(const Descriptor& socket, char* into, std::size_t room, Datagram& got);

}  // namespace cordon::ais
