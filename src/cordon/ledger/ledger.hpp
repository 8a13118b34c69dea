// The append-only, hash-chained record of decisions.
//
//   auto ledger = ledger::Ledger::open("decisions.ledger", {.access = ledger::Access::create});
//   auto entries = (*ledger)->append(std::array{record});   // durable when it returns
#pragma once
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/base/time.hpp"
#include "cordon/ledger/entry.hpp"
#include "cordon/ledger/store.hpp"

namespace cordon::ledger {

struct OpenOptions {
  Access access = Access::append;
  std::chrono::milliseconds wait{10'000};  // for another writer
  std::string heads;                       // file of heads; empty = PLACE.heads for a file, none for a server
  std::function<base::TimeMs()> clock;     // empty = the machine's
};

// Appends only where the last entry about `subject` is still `seq` (0 = there is none): somebody who decided
// on what he read must not overrule what he has not read.
struct Unchanged {
  std::string subject;
  std::uint64_t seq = 0;
};

// Thread-safe. Writers of several threads share transactions (group commit), writers of several processes
// take turns; neither loses nor forks the chain.
class Ledger {
 public:
  static base::Result<std::unique_ptr<Ledger>> open(std::string_view place, OpenOptions options = {});
  // The same over a store that is open already: for tests.
  static std::unique_ptr<Ledger> over(std::unique_ptr<Store> store, OpenOptions options);

  // All of them or none, one after the other in the chain. Returns when they are durable. After a failure to
  // commit it is not known whether they were kept; the message says so.
  base::Result<std::vector<Entry>> append(std::span<const Record> records,
                                          const std::optional<Unchanged>& unchanged = {});
  base::Result<void> read(const Filter& filter, const EntrySink& sink);
  base::Result<std::vector<Entry>> entries(const Filter& filter);
  base::Result<Head> head();

  const std::string& id() const { return store_->ledger_id(); }
  const std::string& created() const { return store_->created(); }
  const std::string& name() const { return store_->name(); }
  const std::string& heads_file() const { return options_.heads; }
  // What went wrong without harm to the entries, e.g. the file of heads could not be written. Empties the
  // list.
  std::vector<std::string> warnings();

 private:
  struct Waiting;
  Ledger(std::unique_ptr<Store> store, OpenOptions options);
  void commit_together(std::span<Waiting* const> batch);
  base::Result<void> try_commit(std::span<Waiting* const> batch);

  std::unique_ptr<Store> store_;
  OpenOptions options_;
  std::mutex store_mutex_, queue_mutex_;
  std::condition_variable done_;
  std::deque<Waiting*> queue_;
  bool leading_ = false;
  std::vector<std::string> warnings_;
};

}  // namespace cordon::ledger
