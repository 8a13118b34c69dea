// A ledger on a PostgreSQL server: the tables cordon_ledger and cordon_entry of the database the URL names.
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cordon/base/text.hpp"
#include "cordon/ledger/libpq.hpp"
#include "cordon/ledger/schema.hpp"
#include "cordon/ledger/store.hpp"

namespace cordon::ledger {
namespace {

constexpr std::size_t kColumns = 10,
                      kRowsAtOnce = 500;  // of an INSERT: below the 65,535 parameters of the protocol
constexpr int kFetch = 2000;

class PostgresStore final : public Store {
 public:
  PostgresStore(const LibPq& pq, std::chrono::milliseconds wait) : pq_(pq), wait_(wait) {}
  ~PostgresStore() override { pq_.finish(connection_); }

  base::Result<void> open(std::string_view url, Access access) {
    connection_ = pq_.connectdb(std::string(url).c_str());
    const auto part = [](const char* text) { return std::string(text == nullptr ? "" : text); };
    // The URL may hold a password: it is shown nowhere.
    name_ = fmt::format("postgresql://{}@{}/{}", part(pq_.user(connection_)), part(pq_.host(connection_)),
                        part(pq_.db(connection_)));
    if (pq_.status(connection_) != CONNECTION_OK) return tl::unexpected(failure(nullptr));
    pq_.setNoticeProcessor(
        connection_, [](void*, const char*) {}, nullptr);
    const char* encoding = pq_.parameterStatus(connection_, "server_encoding");
    if (encoding == nullptr || std::string_view(encoding) != "UTF8")
      return base::fail("{}: expected a database in UTF8, found {}", name_, part(encoding));
    const auto setup = fmt::format(
        "SET client_encoding = 'UTF8'; SET synchronous_commit = on; SET standard_conforming_strings = on; "
        "SET lock_timeout = {}; SET client_min_messages = warning",
        std::max<std::int64_t>(wait_.count(), 1));
    if (auto done = run(setup); !done) return done;
    if (access != Access::read) {
      auto fsync = value("SHOW fsync");
      if (!fsync) return tl::unexpected(fsync.error());
      if (*fsync != "on")
        return base::fail("{}: the server runs with fsync = {}: what it confirms can be lost", name_, *fsync);
    }
    if (access == Access::create)
      if (auto done = make(); !done) return done;
    return read_identity();
  }

  const std::string& name() const override { return name_; }
  const std::string& ledger_id() const override { return id_; }
  const std::string& created() const override { return created_; }

  base::Result<void> begin() override {
    // Readers are not kept out, writers are; what is read after the lock is the newest state.
    auto done =
        run("BEGIN ISOLATION LEVEL READ COMMITTED; LOCK TABLE cordon_entry IN SHARE ROW EXCLUSIVE MODE");
    if (!done) rollback();
    return done;
  }
  base::Result<void> commit() override {
    auto done = run("COMMIT");
    if (done) return {};
    rollback();
    return base::fail("{}; whether the last entries were kept is not known: look before writing them again",
                      done.error().message);
  }
  void rollback() override { pq_.clear(pq_.exec(connection_, "ROLLBACK")); }

  base::Result<Head> head() override {
    auto rows = query("SELECT seq, hash FROM cordon_entry ORDER BY seq DESC LIMIT 1", {});
    if (!rows) return tl::unexpected(rows.error());
    if (pq_.ntuples(rows->get()) == 0) return Head{0, genesis_of(id_)};
    return Head{number(text_at(rows->get(), 0, 0)), std::string(text_at(rows->get(), 0, 1))};
  }

  base::Result<std::uint64_t> last_of(std::string_view subject) override {
    auto rows =
        query("SELECT coalesce(max(seq), 0) FROM cordon_entry WHERE subject = $1", {std::string(subject)});
    if (!rows) return tl::unexpected(rows.error());
    return number(text_at(rows->get(), 0, 0));
  }

  base::Result<void> insert(std::span<const Entry> entries) override {
    while (!entries.empty()) {
      const auto part = entries.first(std::min(entries.size(), kRowsAtOnce));
      entries = entries.subspan(part.size());
      std::string sql =
          "INSERT INTO cordon_entry (seq, time, actor, role, kind, subject, payload, versions, previous, "
          "hash) VALUES";
      std::vector<std::string> values;
      for (const Entry& entry : part) {
        const std::size_t first = values.size() + 1;
        sql += fmt::format("{}(${}::bigint", values.empty() ? " " : ", ", first);
        for (std::size_t i = 1; i < kColumns; ++i) sql += fmt::format(", ${}", first + i);
        sql += ')';
        values.push_back(fmt::format("{}", entry.seq));
        for (const std::string* text : {&entry.time, &entry.actor, &entry.role, &entry.kind, &entry.subject,
                                        &entry.payload, &entry.versions, &entry.previous, &entry.hash})
          values.push_back(*text);
      }
      if (auto done = query(sql, values); !done) return tl::unexpected(done.error());
    }
    return {};
  }

  base::Result<void> read(const Filter& filter, const EntrySink& sink) override {
    const auto bounded = [](std::uint64_t seq) {
      return fmt::format("{}", std::min<std::uint64_t>(seq, INT64_MAX));
    };
    if (auto done = run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"); !done) return done;
    auto done = query(
        "DECLARE entries NO SCROLL CURSOR FOR SELECT seq, time, actor, role, kind, subject, payload, "
        "versions, "
        "previous, hash FROM cordon_entry WHERE seq >= $1::bigint AND seq <= $2::bigint AND "
        "($3 = '' OR subject = $3) AND ($4 = '' OR kind = $4) AND ($5 = '' OR actor = $5) ORDER BY seq",
        {filter.first <= 1 ? fmt::format("{}", INT64_MIN) : bounded(filter.first), bounded(filter.last),
         filter.subject, filter.kind, filter.actor});
    base::Result<void> result;
    if (!done) result = tl::unexpected(done.error());
    for (bool more = done.has_value(); more;) {
      auto rows = query(fmt::format("FETCH {} FROM entries", kFetch), {});
      if (!rows) {
        result = tl::unexpected(rows.error());
        break;
      }
      const int count = pq_.ntuples(rows->get());
      more = count == kFetch;
      for (int row = 0; row < count; ++row) {
        Entry entry;
        entry.seq = number(text_at(rows->get(), row, 0));
        int column = 1;
        for (std::string* text : {&entry.time, &entry.actor, &entry.role, &entry.kind, &entry.subject,
                                  &entry.payload, &entry.versions, &entry.previous, &entry.hash})
          *text = text_at(rows->get(), row, column++);
        if (!sink(std::move(entry))) {
          more = false;
          break;
        }
      }
    }
    rollback();
    return result;
  }

 private:
  struct Clear {
    const LibPq* pq;
    void operator()(PGresult* result) const { pq->clear(result); }
  };
  using Rows = std::unique_ptr<PGresult, Clear>;

  // Negative or no number: 0, a number no entry has.
  static std::uint64_t number(std::string_view text) {
    return base::parse_number<std::uint64_t>(text).value_or(0);
  }
  std::string_view text_at(const PGresult* rows, int row, int column) const {
    return {pq_.getvalue(rows, row, column), static_cast<std::size_t>(pq_.getlength(rows, row, column))};
  }

  base::Result<Rows> kept(PGresult* raw) {
    Rows rows(raw, Clear{&pq_});
    const auto status = pq_.resultStatus(raw);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return rows;
    return tl::unexpected(failure(raw));
  }
  base::Result<void> run(const std::string& sql) {
    auto rows = kept(pq_.exec(connection_, sql.c_str()));
    if (!rows) return tl::unexpected(rows.error());
    return {};
  }
  base::Result<Rows> query(const std::string& sql, const std::vector<std::string>& values) {
    std::vector<const char*> texts;
    for (const std::string& text : values) texts.push_back(text.c_str());
    return kept(pq_.execParams(connection_, sql.c_str(), static_cast<int>(texts.size()), nullptr,
                               texts.data(), nullptr, nullptr, 0));
  }
  base::Result<std::string> value(const std::string& sql) {
    auto rows = query(sql, {});
    if (!rows) return tl::unexpected(rows.error());
    return std::string(pq_.ntuples(rows->get()) > 0 ? text_at(rows->get(), 0, 0) : std::string_view{});
  }

  base::Result<void> make() {
    // One at a time: an advisory lock of all who make a ledger in this database.
    auto done = run("BEGIN; SELECT pg_advisory_xact_lock(1129271876)");
    if (!done) return done;
    auto there = value(
        "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = "
        "'cordon_ledger'");
    if (there && *there == "0") {
      const std::string id = new_ledger_id();
      const auto now = std::chrono::system_clock::now().time_since_epoch();
      std::string statements = tables("BIGINT") + std::string(kPostgresRules);
      statements += fmt::format(
          "INSERT INTO cordon_ledger VALUES ('{}', '{}', '{}', '{}')", kFormat, id,
          ledger_time(std::chrono::duration_cast<std::chrono::milliseconds>(now).count()), genesis_of(id));
      done = run(statements);
    } else if (!there) {
      done = tl::unexpected(there.error());
    }
    if (done) return commit();
    rollback();
    return done;
  }

  base::Result<void> read_identity() {
    auto rows = query("SELECT format, id, created FROM cordon_ledger", {});
    if (!rows) {
      if (state_ == "42P01") return base::fail("{}: no such ledger", name_);  // undefined_table
      return tl::unexpected(rows.error());
    }
    if (pq_.ntuples(rows->get()) == 0) return base::fail("{}: lacks the ledger's own id", name_);
    if (const auto format = text_at(rows->get(), 0, 0); format != kFormat)
      return base::fail("{}: expected the format {}, found '{:.40}'", name_, kFormat, format);
    id_ = text_at(rows->get(), 0, 1);
    created_ = text_at(rows->get(), 0, 2);
    return {};
  }

  base::Error failure(const PGresult* result) {
    const char* state = result == nullptr ? nullptr : pq_.resultErrorField(result, PG_DIAG_SQLSTATE);
    state_ = state == nullptr ? "" : state;
    if (state_ == "55P03")  // lock_not_available
      return {fmt::format("{}: is locked by another program (waited {:g} s)", name_,
                          static_cast<double>(wait_.count()) / 1000)};
    if (state_ == "53100") return {fmt::format("{}: the disk is full", name_)};
    const char* primary = result == nullptr ? nullptr : pq_.resultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    std::string message = primary != nullptr ? primary : pq_.errorMessage(connection_);
    return {fmt::format("{}: {}", name_, base::squeeze(message))};
  }

  const LibPq& pq_;
  std::chrono::milliseconds wait_;
  PGconn* connection_ = nullptr;
  std::string name_, id_, created_, state_;
};

}  // namespace

base::Result<std::unique_ptr<Store>> open_postgres(std::string_view url, Access access,
                                                   std::chrono::milliseconds wait) {
  auto pq = LibPq::load();
  if (!pq) return tl::unexpected(pq.error());
  auto store = std::make_unique<PostgresStore>(**pq, wait);
  if (auto done = store->open(url, access); !done) return tl::unexpected(done.error());
  return store;
}

}  // namespace cordon::ledger
