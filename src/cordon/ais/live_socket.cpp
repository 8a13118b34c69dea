#include "cordon/ais/live_socket.hpp"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

namespace cordon::ais {

namespace {

using Addresses = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>;

base::Result<Addresses> look_up(const LiveAddress& address) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = address.kind == LiveKind::udp ? SOCK_DGRAM : SOCK_STREAM;
  addrinfo* found = nullptr;
  const int code = ::getaddrinfo(address.host.c_str(), address.port.c_str(), &hints, &found);
  if (code != 0) return base::fail("{}: {}", address.text, ::gai_strerror(code));
  return Addresses(found, &::freeaddrinfo);
}

template <class T>
void set_option(const Descriptor& socket, int level, int name, T value) {
  ::setsockopt(socket.get(), level, name, &value, sizeof value);
}

std::string name_of(const sockaddr_storage& address, socklen_t size) {
  char host[INET6_ADDRSTRLEN] = {}, port[8] = {};
  if (::getnameinfo(reinterpret_cast<const sockaddr*>(&address), size, host, sizeof host, port, sizeof port,
                    NI_NUMERICHOST | NI_NUMERICSERV) != 0)
    return "?";
  const bool v6 = address.ss_family == AF_INET6;
  return (v6 ? "[" : "") + std::string(host) + (v6 ? "]:" : ":") + port;
}

void keep_alive(const Descriptor& socket) {  // a peer that lost its power is noticed after a minute
  set_option(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
  set_option(socket, IPPROTO_TCP, TCP_KEEPIDLE, 30);
  set_option(socket, IPPROTO_TCP, TCP_KEEPINTVL, 10);
  set_option(socket, IPPROTO_TCP, TCP_KEEPCNT, 3);
}

}  // namespace

Descriptor::~Descriptor() {
  if (owned_ && fd_ >= 0) ::close(fd_);
}

base::Result<Descriptor> open_listener(const LiveAddress& address, std::string* bound) {
  const auto found = look_up(address);
  if (!found) return tl::unexpected(found.error());
  int code = 0;
  for (const addrinfo* at = found->get(); at != nullptr; at = at->ai_next) {
    Descriptor socket(
        ::socket(at->ai_family, at->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, at->ai_protocol));
    if (address.kind == LiveKind::udp) {
      set_option(socket, SOL_SOCKET, SO_RCVBUF, 4 << 20);  // as far as the system allows
      set_option(socket, SOL_SOCKET, SO_RXQ_OVFL, 1);
    } else {
      set_option(socket, SOL_SOCKET, SO_REUSEADDR, 1);
    }
    if (socket && ::bind(socket.get(), at->ai_addr, at->ai_addrlen) == 0 &&
        (address.kind == LiveKind::udp || ::listen(socket.get(), 16) == 0)) {
      sockaddr_storage name{};
      socklen_t size = sizeof name;
      ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&name), &size);
      *bound = name_of(name, size);
      return socket;
    }
    code = errno;
  }
  return base::fail("{}: cannot listen: {}", address.text, std::strerror(code));
}

base::Result<Descriptor> start_connect(const LiveAddress& address, std::size_t attempt) {
  const auto found = look_up(address);
  if (!found) return tl::unexpected(found.error());
  std::size_t count = 0;
  for (const addrinfo* at = found->get(); at != nullptr; at = at->ai_next) ++count;
  const addrinfo* at = found->get();
  for (std::size_t i = attempt % count; i > 0; --i) at = at->ai_next;
  Descriptor socket(::socket(at->ai_family, at->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, at->ai_protocol));
  if (!socket || (::connect(socket.get(), at->ai_addr, at->ai_addrlen) != 0 && errno != EINPROGRESS))
    return base::fail("{}: cannot connect: {}", address.text, std::strerror(errno));
  keep_alive(socket);
  return socket;
}

int socket_error(const Descriptor& socket) {
  int code = 0;
  socklen_t size = sizeof code;
  ::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &code, &size);
  return code;
}

base::Result<Descriptor> open_stream(const LiveAddress& address, bool* returns) {
  *returns = false;
  if (address.path == "-") return Descriptor(STDIN_FILENO, false);
  // A named pipe is opened for writing too: it then outlives its writers, as a feed should.
  struct stat status {};
  const bool there = ::stat(address.path.c_str(), &status) == 0, pipe = there && S_ISFIFO(status.st_mode);
  *returns = !there || S_ISCHR(status.st_mode);
  Descriptor stream(
      ::open(address.path.c_str(), (pipe ? O_RDWR : O_RDONLY) | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  if (!stream) return base::fail("{}: cannot be opened: {}", address.text, std::strerror(errno));
  return stream;
}

Descriptor accept_sender(const Descriptor& listener, std::string* from) {
  sockaddr_storage name{};
  socklen_t size = sizeof name;
  Descriptor sender(
      ::accept4(listener.get(), reinterpret_cast<sockaddr*>(&name), &size, SOCK_CLOEXEC | SOCK_NONBLOCK));
  if (!sender) return sender;
  *from = name_of(name, size);
  keep_alive(sender);
  return sender;
}

bool receive_datagram(const Descriptor& socket, char* into, std::size_t room, Datagram& got) {
  sockaddr_storage name{};
  iovec data{into, room};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(std::uint32_t))];
  msghdr message{};
  message.msg_name = &name;
  message.msg_namelen = sizeof name;
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  const ssize_t size = ::recvmsg(socket.get(), &message, MSG_DONTWAIT);
  if (size < 0) return false;
  got.size = static_cast<std::size_t>(size);
  for (cmsghdr* at = CMSG_FIRSTHDR(&message); at != nullptr; at = CMSG_NXTHDR(&message, at))
    if (at->cmsg_level == SOL_SOCKET && at->cmsg_type == SO_RXQ_OVFL)
      std::memcpy(&got.lost, CMSG_DATA(at), sizeof got.lost);
  std::uint32_t hash = 0x811C9DC5;
  const auto* bytes = reinterpret_cast<const unsigned char*>(&name);
  for (std::size_t i = 0; i < message.msg_namelen; ++i) hash = (hash ^ bytes[i]) * 0x01000193;
  got.sender = hash | 1;
  return true;
}

}  // namespace cordon::ais
