// Requests in a ledger: opened, moved, listed, checked. The ledger is their only store.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/ledger/ledger.hpp"
#include "cordon/ledger/verify.hpp"
#include "cordon/permit/process.hpp"

namespace cordon::permit {

class Desk {
 public:
  Desk(ledger::Ledger& ledger, const Kinds& kinds, const law::LawBook& book, std::string versions);
  // Opens with the id of the request, or the next free "R-YYYY-NNN".
  base::Result<State> open(Action action);
  base::Result<State> act(std::string_view id, Action action);
  base::Result<State> state(std::string_view id);
  base::Result<std::vector<State>> all();

  struct Breach {
    std::uint64_t seq = 0;
    std::string id, why;
  };
  // Every entry of every request, against the rules: an entry that the rules did not allow (somebody wrote to
  // the ledger past this program) is named.
  base::Result<std::vector<Breach>> breaches();
  // The chain of the whole ledger and the breaches together.
  struct Verdict {
    ledger::Verdict chain;
    std::vector<Breach> breaches;
    bool whole() const { return chain.whole() && breaches.empty(); }
  };
  base::Result<Verdict> verify();

 private:
  ledger::Ledger& ledger_;
  const Kinds& kinds_;
  const law::LawBook& book_;
  std::string versions_;
};

void append_json(std::string& out, const State& state);
// {"chain": as in ledger/verify.hpp, "breaches":[{"entry","id","why"}]}
void append_json(std::string& out, const Desk::Verdict& verdict);

}  // namespace cordon::permit
