// A request on its way: the state that follows from its entries in the ledger, what may come next, and by
// when. The rules are the kind's data; the same rules judge a step before it is written and a history that is
// read.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/base/time.hpp"
#include "cordon/ledger/entry.hpp"
#include "cordon/permit/check.hpp"

namespace cordon::permit {

struct Action {
  std::string actor, role;
  std::string step;  // "open" "revise" "close", or a step of the kind
  std::string outcome, reference, note;
  base::Date date;      // of the event in the world
  std::string request;  // JSON; open and revise
  std::string draft_sha256;
};

struct Done {
  Action action;
  std::uint64_t seq = 0;  // ledger entry
  std::string time;
  unsigned revision = 1;
};

struct State {
  std::string id;  // without "permit:"
  Request request;
  Checklist checklist;
  unsigned revision = 0;  // 0 = not opened
  std::vector<Done> history;
  std::vector<std::string> drafters;
  std::string ended;       // outcome after which only closing is left
  bool draft_open = true;  // it may be changed
  bool returned = false;   // it must be changed before anything else
  bool closed = false;
  std::string closed_as;
  std::uint64_t last_seq = 0;
  const Done* done(std::string_view step) const;  // the last time it was done and still counts
};

// Why the action is not allowed now: one line. Changes nothing.
base::Result<void> allowed(const State& state, const Action& action);
// Whether one of the kind's steps is the one to come, whoever does it.
base::Result<void> reachable(const State& state, const Step& step);
// Applies it (after allowed()).
base::Result<void> apply(State& state, Done done, const Kinds& kinds, const law::LawBook& book);
// Steps that may be done now, in the order of the kind; "close" where only that is left.
std::vector<std::string> next_steps(const State& state);

struct Due {
  std::string id, kind, clock, label, starts_on, due, nature, citation;
  bool verified = false;
  std::string state;  // overdue due soon later
  int days_left = 0;  // in the clock's unit; calendar days for months
  std::string note;   // e.g. the holidays of that year are not all in the data
};
base::Result<std::vector<Due>> due_of(const State& state, const base::Date& as_of);
// The clocks of all of them, the next to end first.
base::Result<std::vector<Due>> due_of_all(std::span<const State> states, const base::Date& as_of);
void append_json(std::string& out, const Due& due);

// Between an action and the entry that keeps it.
ledger::Record record_of(const State& state, const Action& action, std::string_view versions);
base::Result<Action> action_of(const ledger::Entry& entry);

}  // namespace cordon::permit
