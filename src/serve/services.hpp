// What lives as long as the server and is shared by all requests.
#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "cordon/ledger/keys.hpp"
#include "cordon/ledger/ledger.hpp"
#include "serve/cases.hpp"
#include "serve/guard.hpp"
#include "serve/hub.hpp"
#include "serve/long_run.hpp"
#include "serve/metrics.hpp"
#include "serve/state.hpp"

namespace cordon::serve {

struct Services {
  std::string program_version;
  bool has_users = false;  // logins are asked for; else there is one local analyst
  bool live = false;       // a feed is followed
  Guard* guard = nullptr;
  Current current;
  Hub hub;
  Metrics metrics;
  std::unique_ptr<ledger::Ledger> ledger;          // null where the server was started without one
  std::unique_ptr<ledger::SigningKey> ledger_key;  // of exports; null where none was given
  Cases cases;
  LongRuns long_runs;
  // Asks for a reload; false where one is under way already. It runs beside the requests; the hub tells when
  // it is done (`reload`).
  std::function<bool()> reload;
  std::atomic<bool> stopping{false};
};

}  // namespace cordon::serve
