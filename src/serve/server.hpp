// The server: sockets, threads, loading, and the end of it all.
#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "cordon/base/result.hpp"
#include "serve/guard.hpp"
#include "serve/loop.hpp"
#include "serve/services.hpp"
#include "serve/state.hpp"

namespace cordon::serve {

struct ServerOptions {
  std::string address = "127.0.0.1";  // numeric
  std::uint16_t port = 8080;          // 0 = any free one
  unsigned threads = 0;  // for connections, and as many for slow requests; 0 = one a core, up to 8
  std::size_t connections = 12'000;      // at one time; fewer where the system allows fewer files
  std::size_t connections_of_one = 256;  // from one address that is not this machine
  std::string certificate, key;          // TLS; PEM files
  std::string ledger;                    // place of the ledger; empty = none
  std::string ledger_key;                // file of the key that signs its exports; empty = none
  Guard::Options guard;                  // address and tls are filled in
  Limits limits;
  Loading loading;
};

class Server {
 public:
  // Listens already, and answers /healthz; everything else once load() has succeeded.
  static base::Result<std::unique_ptr<Server>> start(ServerOptions options);
  ~Server();

  base::Result<void> load();  // the first time, and again; on failure the data before stays in use
  std::uint16_t port() const;
  Services& services();
  // Answers what is under way, up to `grace`, and ends.
  void stop(std::chrono::milliseconds grace = std::chrono::seconds(10));

 private:
  struct State;
  explicit Server(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace cordon::serve
