#include "cordon/ledger/ledger.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "cordon/ledger/heads.hpp"

namespace cordon::ledger {
namespace {

constexpr std::size_t kMostTogether = 4096;  // entries in one transaction of several threads

base::TimeMs machine_time() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

}  // namespace

// One call of append() on its way.
struct Ledger::Waiting {
  std::vector<Record> records;
  std::optional<Unchanged> unchanged;
  std::vector<Entry> entries;
  std::string failed;
  bool done = false;
};

Ledger::Ledger(std::unique_ptr<Store> store, OpenOptions options)
    : store_(std::move(store)), options_(std::move(options)) {
  if (!options_.clock) options_.clock = machine_time;
}

base::Result<std::unique_ptr<Ledger>> Ledger::open(std::string_view place, OpenOptions options) {
  if (options.heads.empty() && !is_postgres_url(place)) options.heads = std::string(place) + ".heads";
  auto store = open_store(place, options.access, options.wait);
  if (!store) return tl::unexpected(store.error());
  return over(std::move(*store), std::move(options));
}

std::unique_ptr<Ledger> Ledger::over(std::unique_ptr<Store> store, OpenOptions options) {
  return std::unique_ptr<Ledger>(new Ledger(std::move(store), std::move(options)));
}

base::Result<std::vector<Entry>> Ledger::append(std::span<const Record> records,
                                                const std::optional<Unchanged>& unchanged) {
  Waiting mine;
  mine.unchanged = unchanged;
  for (const Record& record : records) {
    auto good = checked(record);
    if (!good) return tl::unexpected(good.error());
    mine.records.push_back(std::move(*good));
  }
  if (mine.records.empty()) return std::vector<Entry>{};

  // The first to come leads: it commits for itself and for all who queued up meanwhile, then hands over.
  std::unique_lock lock(queue_mutex_);
  queue_.push_back(&mine);
  done_.wait(lock, [&] { return mine.done || !leading_; });
  if (!mine.done) {
    leading_ = true;
    while (!mine.done) {
      std::vector<Waiting*> batch;
      std::size_t entries = 0;
      while (!queue_.empty() &&
             (batch.empty() || entries + queue_.front()->records.size() <= kMostTogether)) {
        entries += queue_.front()->records.size();
        batch.push_back(queue_.front());
        queue_.pop_front();
      }
      lock.unlock();
      commit_together(batch);
      lock.lock();
      for (Waiting* waiting : batch) waiting->done = true;
    }
    leading_ = false;
    done_.notify_all();
  }
  if (!mine.failed.empty()) return tl::unexpected(base::Error{mine.failed});
  return std::move(mine.entries);
}

void Ledger::commit_together(std::span<Waiting* const> batch) {
  const std::lock_guard lock(store_mutex_);
  auto done = try_commit(batch);
  if (done) return;
  store_->rollback();
  for (Waiting* waiting : batch)
    if (waiting->failed.empty()) waiting->failed = done.error().message;
}

base::Result<void> Ledger::try_commit(std::span<Waiting* const> batch) {
  if (auto done = store_->begin(); !done) return done;
  auto head = store_->head();
  if (!head) return tl::unexpected(head.error());
  std::vector<Entry> all;
  std::map<std::string, std::uint64_t, std::less<>>
      last_here;  // subject -> its last entry in this transaction
  for (Waiting* waiting : batch) {
    if (waiting->unchanged) {
      const auto& [subject, expected] = *waiting->unchanged;
      std::uint64_t last = 0;
      if (const auto here = last_here.find(subject); here != last_here.end()) {
        last = here->second;
      } else if (auto found = store_->last_of(subject); found) {
        last = *found;
      } else {
        return tl::unexpected(found.error());
      }
      if (last != expected) {
        waiting->failed =
            fmt::format("{}: {}: somebody else wrote entry {} meanwhile; look at it and decide again",
                        store_->name(), subject, last);
        continue;
      }
    }
    for (Record& record : waiting->records) {
      Entry entry{++head->seq,
                  ledger_time(options_.clock()),
                  std::move(record.actor),
                  std::move(record.role),
                  std::move(record.kind),
                  std::move(record.subject),
                  std::move(record.payload),
                  std::move(record.versions),
                  std::move(head->hash),
                  {}};
      entry.hash = hash_of(entry);
      head->hash = entry.hash;
      last_here[entry.subject] = entry.seq;
      waiting->entries.push_back(entry);
      all.push_back(std::move(entry));
    }
  }
  if (all.empty()) {
    store_->rollback();
    return {};
  }
  if (auto done = store_->insert(all); !done) return done;
  if (auto done = store_->commit(); !done) return done;
  if (!options_.heads.empty())
    if (auto done = append_head(options_.heads, *head); !done) warnings_.push_back(done.error().message);
  return {};
}

base::Result<void> Ledger::read(const Filter& filter, const EntrySink& sink) {
  const std::lock_guard lock(store_mutex_);
  return store_->read(filter, sink);
}

base::Result<std::vector<Entry>> Ledger::entries(const Filter& filter) {
  std::vector<Entry> all;
  auto done = read(filter, [&](Entry&& entry) {
    all.push_back(std::move(entry));
    return true;
  });
  if (!done) return tl::unexpected(done.error());
  return all;
}

base::Result<Head> Ledger::head() {
  const std::lock_guard lock(store_mutex_);
  return store_->head();
}

std::vector<std::string> Ledger::warnings() {
  const std::lock_guard lock(store_mutex_);
  return std::exchange(warnings_, {});
}

}  // namespace cordon::ledger
