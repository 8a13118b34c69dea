// How the verbs that keep a record open it.
#pragma once
#include <memory>
#include <string>

#include "cordon/base/result.hpp"
#include "cordon/ledger/ledger.hpp"

namespace CLI {
class App;
}

namespace cordon::cli {

struct LedgerPlace {
  std::string place, heads;
  double wait_s = 10;
};
void add_place_options(CLI::App& command, LedgerPlace& place);
base::Result<std::unique_ptr<ledger::Ledger>> open_ledger(const LedgerPlace& place, ledger::Access access);
std::string account_name();  // of the operating system

}  // namespace cordon::cli
