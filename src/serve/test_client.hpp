// For tests: a server on a free port of this machine, and a client that sends exactly the bytes it is told
// to.
#pragma once
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "serve/server.hpp"

namespace cordon::serve {

struct Reply {
  int status = 0;  // 0: the connection ended without an answer
  std::string head, body;
  std::string header(std::string_view name) const {
    const std::string start = "\r\n" + std::string(name) + ": ";
    const auto at = head.find(start);
    if (at == head.npos) return {};
    return head.substr(at + start.size(), head.find("\r\n", at + start.size()) - at - start.size());
  }
};

class Client {
 public:
  explicit Client(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)), port_(port) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    ::inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    if (::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) close();
  }
  ~Client() { close(); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  // What comes until the peer closes or `enough` has been seen, within ten seconds.
  std::string receive_until(std::string_view enough) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (held_.find(enough) == held_.npos && more(end)) {
    }
    return std::exchange(held_, {});
  }
  Reply reply() {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    Reply out;
    while (true) {
      const auto at = held_.find("\r\n\r\n");
      if (at != held_.npos) {
        out.head = held_.substr(0, at + 2);
        held_.erase(0, at + 4);
        out.status = std::stoi(out.head.substr(9, 3));
        if (out.status != 100) break;
        continue;
      }
      if (!more(end)) return out;
    }
    const std::string length = out.header("Content-Length");
    const bool to_end = length.empty() && out.status != 204 && out.status != 304;
    const std::size_t wanted = length.empty() ? 0 : std::stoul(length);
    while ((to_end || held_.size() < wanted) && more(end)) {
    }
    out.body = to_end ? std::exchange(held_, {}) : held_.substr(0, wanted);
    if (!to_end) held_.erase(0, wanted);
    return out;
  }
  Reply ask(std::string_view method, std::string_view target, std::string_view body = {},
            std::string_view headers = "Content-Type: application/json\r\n") {
    std::string request = std::string(method) + ' ' + std::string(target) +
                          " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_) + "\r\n" +
                          std::string(headers);
    if (!body.empty() || method == "POST")
      request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    send(request + "\r\n" + std::string(body));
    return reply();
  }
  // True once the peer has closed.
  bool ended() {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (more(end)) {
    }
    return closed_;
  }

 private:
  bool more(std::chrono::steady_clock::time_point end) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
    pollfd wait{fd_, POLLIN, 0};
    if (fd_ < 0 || left <= 0 || ::poll(&wait, 1, static_cast<int>(left)) <= 0) return false;
    char bytes[16384];
    const auto got = ::recv(fd_, bytes, sizeof bytes, 0);
    if (got <= 0) {
      closed_ = true;
      return false;
    }
    held_.append(bytes, static_cast<std::size_t>(got));
    return true;
  }
  void close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }
  int fd_;
  std::uint16_t port_;
  bool closed_ = false;
  std::string held_;
};

inline ServerOptions test_options() {
  ServerOptions options;
  options.port = 0;
  options.threads = 2;
  options.loading.inputs.program_version = "test";
  options.loading.weights = *watch::Weights::embedded();
  return options;
}

// Started and loaded; a test that cannot have one fails.
inline std::unique_ptr<Server> test_server(ServerOptions options = test_options()) {
  auto server = Server::start(std::move(options));
  EXPECT_TRUE(server.has_value()) << server.error().message;
  if (!server) return nullptr;
  const auto loaded = (*server)->load();
  EXPECT_TRUE(loaded.has_value()) << loaded.error().message;
  return std::move(*server);
}

inline Reply ask(const Server& server, std::string_view method, std::string_view target,
                 std::string_view body = {},
                 std::string_view headers = "Content-Type: application/json\r\n") {
  return Client(server.port()).ask(method, target, body, headers);
}

}  // namespace cordon::serve
