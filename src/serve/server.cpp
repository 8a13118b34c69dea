#include "serve/server.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <mutex>
#include <thread>

#include "cordon/base/json.hpp"
#include "cordon/base/parallel.hpp"
#include "serve/news.hpp"

namespace cordon::serve {
namespace {

using base::Result;

struct Address {
  sockaddr_storage storage{};
  socklen_t length = 0;
  int family = AF_INET;
};

Result<Address> address_of(const std::string& text, std::uint16_t port) {
  Address address;
  auto* four = reinterpret_cast<sockaddr_in*>(&address.storage);
  auto* six = reinterpret_cast<sockaddr_in6*>(&address.storage);
  if (::inet_pton(AF_INET, text.c_str(), &four->sin_addr) == 1) {
    four->sin_family = AF_INET;
    four->sin_port = htons(port);
    address.length = sizeof *four;
    return address;
  }
  if (::inet_pton(AF_INET6, text.c_str(), &six->sin6_addr) == 1) {
    six->sin6_family = AF_INET6;
    six->sin6_port = htons(port);
    address.length = sizeof *six;
    address.family = AF_INET6;
    return address;
  }
  return base::fail("--listen: expected an address such as 127.0.0.1 or ::1, found '{}'", text);
}

// What is written of a peer, and whether it is this machine.
std::pair<std::string, bool> peer_of(const sockaddr_storage& storage) {
  char text[INET6_ADDRSTRLEN] = "";
  if (storage.ss_family == AF_INET) {
    const auto& four = reinterpret_cast<const sockaddr_in&>(storage);
    ::inet_ntop(AF_INET, &four.sin_addr, text, sizeof text);
    return {text, (ntohl(four.sin_addr.s_addr) >> 24) == 127};
  }
  const auto& six = reinterpret_cast<const sockaddr_in6&>(storage);
  ::inet_ntop(AF_INET6, &six.sin6_addr, text, sizeof text);
  return {text, IN6_IS_ADDR_LOOPBACK(&six.sin6_addr)};
}

// As many files as the system lets this program have.
std::size_t raise_file_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1024;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  ::getrlimit(RLIMIT_NOFILE, &limit);
  return static_cast<std::size_t>(limit.rlim_cur);
}

}  // namespace

struct Server::State {
  ServerOptions options;
  Services services;
  std::unique_ptr<Guard> guard;
  std::unique_ptr<Front> front;
  std::shared_ptr<const TlsContext> tls;
  std::unique_ptr<Common> common;
  std::vector<std::unique_ptr<Loop>> loops;
  std::unique_ptr<Workers> workers;
  std::vector<std::thread> threads;
  std::jthread acceptor, loader;
  int listening = -1, wake[2] = {-1, -1};
  std::uint16_t port = 0;
  std::mutex addresses_mutex, loading_mutex;
  std::map<std::string, std::size_t> addresses;
  std::atomic<std::size_t> open{0};
  std::atomic<bool> loading{false};
  std::uint64_t loads = 0;
  bool stopped = false;

  Result<void> listen(const Address& address);
  void accept_all(const std::stop_token& stop);
  bool accept_one(std::size_t& next);
  Result<void> load();
  bool load_beside();
};

Result<void> Server::State::listen(const Address& address) {
  listening = ::socket(address.family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  const int on = 1;
  if (listening >= 0) ::setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (listening < 0 ||
      ::bind(listening, reinterpret_cast<const sockaddr*>(&address.storage), address.length) != 0 ||
      ::listen(listening, 4096) != 0 || ::pipe(wake) != 0)
    return base::fail("{} port {}: cannot listen: {}", options.address, options.port, std::strerror(errno));
  sockaddr_storage bound{};
  socklen_t length = sizeof bound;
  ::getsockname(listening, reinterpret_cast<sockaddr*>(&bound), &length);
  port = ntohs(bound.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6&>(bound).sin6_port
                                           : reinterpret_cast<sockaddr_in&>(bound).sin_port);
  return {};
}

// False where nobody waits.
bool Server::State::accept_one(std::size_t& next) {
  sockaddr_storage from{};
  socklen_t length = sizeof from;
  const int fd =
      ::accept4(listening, reinterpret_cast<sockaddr*>(&from), &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (fd < 0) {
    if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return errno == ECONNABORTED || errno == EINTR;
  }
  services.metrics.accepted.fetch_add(1, std::memory_order_relaxed);
  auto [remote, local] = peer_of(from);
  bool full = open.load() >= options.connections;
  {
    const std::lock_guard lock(addresses_mutex);
    auto& mine = addresses[remote];
    full = full || (!local && mine >= options.connections_of_one);
    if (!full)
      ++mine;
    else if (mine == 0)
      addresses.erase(remote);
  }
  if (full) {
    services.metrics.refused_full.fetch_add(1, std::memory_order_relaxed);
    ::close(fd);
    return true;
  }
  const int on = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  open.fetch_add(1);
  auto gone = [this, remote] {
    open.fetch_sub(1);
    const std::lock_guard lock(addresses_mutex);
    const auto mine = addresses.find(remote);
    if (mine != addresses.end() && --mine->second == 0) addresses.erase(mine);
  };
  loops[next++ % loops.size()]->adopt(Transport(fd, tls.get()), std::move(remote), std::move(gone));
  return true;
}

void Server::State::accept_all(const std::stop_token& stop) {
  std::size_t next = 0;
  while (!stop.stop_requested()) {
    pollfd waits[2] = {{listening, POLLIN, 0}, {wake[0], POLLIN, 0}};
    if (::poll(waits, 2, -1) < 0 && errno != EINTR) return;
    if (waits[1].revents) return;
    while (!stop.stop_requested() && accept_one(next)) {
    }
  }
}

Result<void> Server::State::load() {
  const std::lock_guard one_at_a_time(loading_mutex);
  auto next = serve::load(options.loading, loads + 1);
  if (next && loads > 0)
    if (const auto done = guard->reload(); !done) next = tl::unexpected(done.error());
  std::string said;
  base::JsonWriter json(said);
  json.begin_object();
  if (!next) {
    services.metrics.failed_reloads.fetch_add(1);
    json.field("error", next.error().message);
    json.end_object();
    services.hub.publish("reload", said);
    return tl::unexpected(next.error());
  }
  ++loads;
  services.metrics.reloads.fetch_add(1);
  const auto before = services.current.take();
  json.field("number", (*next)->number);
  json.field("loaded", base::to_iso((*next)->loaded));
  json.end_object();
  services.current.set(*next);
  services.hub.publish("reload", said);
  if (before) publish_news(services.hub, *before, **next);
  return {};
}

bool Server::State::load_beside() {
  if (loading.exchange(true)) return false;
  loader = std::jthread([this] {
    if (const auto done = load(); !done)
      fmt::print(stderr, "cordon: serve: reload failed, the data before stays in use: {}\n",
                 done.error().message);
    loading = false;
  });
  return true;
}

Result<std::unique_ptr<Server>> Server::start(ServerOptions options) {
  auto made = std::make_unique<State>();
  State& state = *made;
  options.connections = std::min(options.connections, std::max<std::size_t>(raise_file_limit(), 128) - 64);
  if (options.threads == 0) options.threads = std::min(base::thread_count(), 8u);
  state.options = std::move(options);
  const ServerOptions& set = state.options;
  if (!set.certificate.empty()) {
    auto tls = TlsContext::read(set.certificate, set.key);
    if (!tls) return tl::unexpected(tls.error());
    state.tls = std::move(*tls);
  }
  auto& services = state.services;
  services.program_version = set.loading.inputs.program_version;
  if (!set.ledger.empty()) {
    ledger::OpenOptions how;
    how.access = ledger::Access::create;
    auto ledger = ledger::Ledger::open(set.ledger, std::move(how));
    if (!ledger) return tl::unexpected(ledger.error());
    services.ledger = std::move(*ledger);
  }
  if (!set.ledger_key.empty()) {
    auto key = ledger::SigningKey::read(set.ledger_key);
    if (!key) return tl::unexpected(key.error());
    services.ledger_key = std::make_unique<ledger::SigningKey>(std::move(*key));
  }
  auto rules = set.guard;
  rules.tls = state.tls != nullptr;
  rules.address = set.address.find(':') == std::string::npos ? set.address : '[' + set.address + ']';
  auto guard = Guard::make(std::move(rules));
  if (!guard) return tl::unexpected(guard.error());
  state.guard = std::move(*guard);
  services.guard = state.guard.get();
  services.has_users = state.guard->has_users();
  const auto address = address_of(set.address, set.port);
  if (!address) return tl::unexpected(address.error());
  if (!peer_of(address->storage).second && !services.has_users)
    return base::fail(
        "--listen {}: other machines reach this address, so users must log in: give --users FILE "
        "(`cordon serve user add NAME --role admin --users FILE` makes it)",
        set.address);
  if (auto done = state.listen(*address); !done) return tl::unexpected(done.error());
  services.reload = [&state] { return state.load_beside(); };
  state.front = std::make_unique<Front>(services, *state.guard);
  constexpr std::size_t kMostWaiting = 256;
  state.workers = std::make_unique<Workers>(set.threads, kMostWaiting);
  state.common = std::make_unique<Common>(*state.front, *state.workers, set.limits);
  for (unsigned i = 0; i < set.threads; ++i) {
    auto& loop = *state.loops.emplace_back(std::make_unique<Loop>(*state.common));
    services.hub.on_publish([&loop] { loop.wake_streams(); });
    state.threads.emplace_back([&loop] { loop.run(); });
  }
  state.acceptor = std::jthread([&state](const std::stop_token& stop) { state.accept_all(stop); });
  return std::unique_ptr<Server>(new Server(std::move(made)));
}

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}

Server::~Server() {
  stop(std::chrono::milliseconds(0));
}

Result<void> Server::load() {
  return state_->load();
}

std::uint16_t Server::port() const {
  return state_->port;
}

Services& Server::services() {
  return state_->services;
}

void Server::stop(std::chrono::milliseconds grace) {
  State& state = *state_;
  if (std::exchange(state.stopped, true)) return;
  state.services.stopping = true;
  state.acceptor.request_stop();
  [[maybe_unused]] const auto ignored = ::write(state.wake[1], "x", 1);
  state.acceptor.join();
  ::close(state.listening);
  for (auto& loop : state.loops) loop->stop(grace);
  for (auto& thread : state.threads) thread.join();
  state.workers.reset();
  if (state.loader.joinable()) state.loader.join();
  state.loops.clear();
  ::close(state.wake[0]);
  ::close(state.wake[1]);
}

}  // namespace cordon::serve
