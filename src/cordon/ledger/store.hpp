// Where entries lie. Two stores with one schema: SQLite (a file) and PostgreSQL (a URL). A store knows rows
// and transactions; the chain is Ledger's work.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "cordon/base/result.hpp"
#include "cordon/ledger/entry.hpp"

namespace cordon::ledger {

enum class Access { read, append, create };  // create: append, and make the ledger where there is none

struct Filter {
  std::uint64_t first = 0, last = UINT64_MAX;  // sequence numbers, both included
  std::string subject, kind, actor;            // exact; empty = any
};

// The row as it lies in the store, whatever was done to it: what verify must see. A field that is missing
// (NULL) or of another type arrives as text or empty.
using EntrySink = std::function<bool(Entry&&)>;  // false = stop

class Store {
 public:
  virtual ~Store() = default;
  virtual const std::string& name() const = 0;  // for messages; without a password
  virtual const std::string& ledger_id() const = 0;
  virtual const std::string& created() const = 0;
  // A transaction that keeps other writers out until commit or rollback.
  virtual base::Result<void> begin() = 0;
  virtual base::Result<Head> head() = 0;
  virtual base::Result<std::uint64_t> last_of(std::string_view subject) = 0;  // 0 = none
  virtual base::Result<void> insert(std::span<const Entry> entries) = 0;
  // Returns only when the entries will survive a loss of power.
  virtual base::Result<void> commit() = 0;
  virtual void rollback() = 0;
  // In order of sequence, from one consistent state.
  virtual base::Result<void> read(const Filter& filter, const EntrySink& sink) = 0;
};

// place: a path, or postgresql://... ; wait: how long to wait for another writer before giving up.
base::Result<std::unique_ptr<Store>> open_store(std::string_view place, Access access,
                                                std::chrono::milliseconds wait);
base::Result<std::unique_ptr<Store>> open_sqlite(std::string_view path, Access access,
                                                 std::chrono::milliseconds wait, const char* vfs = nullptr);
base::Result<std::unique_ptr<Store>> open_postgres(std::string_view url, Access access,
                                                   std::chrono::milliseconds wait);

bool is_postgres_url(std::string_view place);
std::string new_ledger_id();  // 32 random hexadecimal digits

}  // namespace cordon::ledger
