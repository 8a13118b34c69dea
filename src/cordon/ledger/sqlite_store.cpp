// A ledger in one file. Write-ahead log with full synchronisation: a commit returns after the log is on the
// disk.
#include <fcntl.h>
#include <fmt/core.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

#include "cordon/ledger/schema.hpp"
#include "cordon/ledger/store.hpp"

namespace cordon::ledger {
namespace {

constexpr int kApplication = 0x434F5244;  // "CORD" in the file's header: tells a ledger from other databases

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

std::string uri_of(std::string_view path, std::string_view query) {
  std::string out = "file:";
  for (const char c : path) {
    if (c == '%' || c == '?' || c == '#') {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out + std::string(query);
}

std::string text_at(sqlite3_stmt* row, int column) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(row, column));
  return text == nullptr ? std::string()
                         : std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(row, column)));
}

class SqliteStore final : public Store {
 public:
  SqliteStore(std::string name, std::chrono::milliseconds wait) : name_(std::move(name)), wait_(wait) {}

  base::Result<void> open(Access access, const char* vfs) {
    std::error_code error;
    if (std::filesystem::is_directory(name_, error))
      return base::fail("{}: is a directory, expected a ledger", name_);
    const bool there = std::filesystem::exists(name_, error);
    if (!there && access != Access::create) return base::fail("{}: no such ledger", name_);
    const int mode = access == Access::read     ? SQLITE_OPEN_READONLY
                     : access == Access::append ? SQLITE_OPEN_READWRITE
                                                : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    auto done = open_with(mode, "", vfs);
    // A ledger on a medium that takes no files: its log cannot be opened, and where there is none it need not
    // be.
    const auto log = std::filesystem::path(name_ + "-wal");
    if (!done && access == Access::read &&
        (!std::filesystem::exists(log, error) || std::filesystem::file_size(log, error) == 0))
      done = open_with(mode, "?immutable=1", vfs);
    if (!done) return done;
    if (access == Access::create)
      if (done = make(); !done) return done;
    return read_identity();
  }

  const std::string& name() const override { return name_; }
  const std::string& ledger_id() const override { return id_; }
  const std::string& created() const override { return created_; }

  base::Result<void> begin() override { return run("BEGIN IMMEDIATE"); }
  base::Result<void> commit() override {
    const int code = step_all("COMMIT");
    if (code == SQLITE_OK) return {};
    const auto error = failure(code);
    rollback();
    return base::fail("{}; whether the last entries were kept is not known: look before writing them again",
                      error.message);
  }
  void rollback() override {
    if (sqlite3_get_autocommit(database_.get()) == 0) step_all("ROLLBACK");
  }

  base::Result<Head> head() override {
    auto row = prepare("SELECT seq, hash FROM cordon_entry ORDER BY seq DESC LIMIT 1");
    if (!row) return tl::unexpected(row.error());
    const int code = sqlite3_step(row->get());
    if (code == SQLITE_DONE) return Head{0, genesis_of(id_)};
    if (code != SQLITE_ROW) return tl::unexpected(failure(code));
    return Head{static_cast<std::uint64_t>(sqlite3_column_int64(row->get(), 0)), text_at(row->get(), 1)};
  }

  base::Result<std::uint64_t> last_of(std::string_view subject) override {
    auto row = prepare("SELECT max(seq) FROM cordon_entry WHERE subject = ?1");
    if (!row) return tl::unexpected(row.error());
    bind(row->get(), 1, subject);
    const int code = sqlite3_step(row->get());
    if (code != SQLITE_ROW) return tl::unexpected(failure(code));
    return static_cast<std::uint64_t>(sqlite3_column_int64(row->get(), 0));
  }

  base::Result<void> insert(std::span<const Entry> entries) override {
    auto row = prepare(
        "INSERT INTO cordon_entry (seq, time, actor, role, kind, subject, payload, versions, previous, hash) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
    if (!row) return tl::unexpected(row.error());
    for (const Entry& entry : entries) {
      sqlite3_bind_int64(row->get(), 1, static_cast<sqlite3_int64>(entry.seq));
      int column = 2;
      for (const std::string* text : {&entry.time, &entry.actor, &entry.role, &entry.kind, &entry.subject,
                                      &entry.payload, &entry.versions, &entry.previous, &entry.hash})
        bind(row->get(), column++, *text);
      const int code = sqlite3_step(row->get());
      if (code != SQLITE_DONE) return tl::unexpected(failure(code));
      sqlite3_reset(row->get());
    }
    return {};
  }

  base::Result<void> read(const Filter& filter, const EntrySink& sink) override {
    auto row = prepare(
        "SELECT seq, time, actor, role, kind, subject, payload, versions, previous, hash FROM cordon_entry "
        "WHERE seq >= ?1 AND seq <= ?2 AND (?3 = '' OR subject = ?3) AND (?4 = '' OR kind = ?4) AND "
        "(?5 = '' OR actor = ?5) ORDER BY seq");
    if (!row) return tl::unexpected(row.error());
    const auto bounded = [](std::uint64_t seq) {
      return static_cast<sqlite3_int64>(std::min<std::uint64_t>(seq, INT64_MAX));
    };
    // From the first: everything, also what somebody numbered 0 or below.
    sqlite3_bind_int64(row->get(), 1, filter.first <= 1 ? INT64_MIN : bounded(filter.first));
    sqlite3_bind_int64(row->get(), 2, bounded(filter.last));
    bind(row->get(), 3, filter.subject);
    bind(row->get(), 4, filter.kind);
    bind(row->get(), 5, filter.actor);
    int code = sqlite3_step(row->get());
    for (; code == SQLITE_ROW; code = sqlite3_step(row->get())) {
      Entry entry;
      entry.seq = static_cast<std::uint64_t>(std::max<sqlite3_int64>(sqlite3_column_int64(row->get(), 0), 0));
      int column = 1;
      for (std::string* text : {&entry.time, &entry.actor, &entry.role, &entry.kind, &entry.subject,
                                &entry.payload, &entry.versions, &entry.previous, &entry.hash})
        *text = text_at(row->get(), column++);
      if (!sink(std::move(entry))) return {};
    }
    if (code != SQLITE_DONE) return tl::unexpected(failure(code));
    return {};
  }

 private:
  base::Result<void> open_with(int mode, std::string_view query, const char* vfs) {
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(uri_of(name_, query).c_str(), &raw,
                                     mode | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, vfs);
    database_.reset(raw);
    if (code != SQLITE_OK) return tl::unexpected(failure(code));
    sqlite3_extended_result_codes(raw, 1);
    sqlite3_busy_timeout(raw, static_cast<int>(wait_.count()));
    // A file that somebody prepared must not make us run his functions or follow his views.
    sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    if ((mode & SQLITE_OPEN_READONLY) == 0)
      // EXTRA and not FULL: while the ledger is made, a journal that was removed must not come back after a
      // loss of power and undo what followed. With the log both cost one sync a commit.
      if (auto done = run("PRAGMA synchronous = EXTRA"); !done) return done;
    return run("SELECT count(*) FROM sqlite_schema");  // the first look at the file
  }

  base::Result<void> make() {
    auto application = number("PRAGMA application_id");
    if (!application) return tl::unexpected(application.error());
    if (*application == kApplication) return {};
    // Several may want to make it at once: turning on the log does not wait by itself.
    const auto until = std::chrono::steady_clock::now() + wait_;
    auto done = run("PRAGMA journal_mode = WAL");
    while (!done && std::chrono::steady_clock::now() < until) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      done = run("PRAGMA journal_mode = WAL");
    }
    if (!done || !(done = begin())) return done;
    application = number("PRAGMA application_id");
    const auto others = number("SELECT count(*) FROM sqlite_schema");
    if (application && *application == kApplication) return run("ROLLBACK");
    if (!others || *others != 0) {
      rollback();
      return base::fail("{}: is another database, not a ledger", name_);
    }
    const std::string id = new_ledger_id();
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    std::string statements = tables("INTEGER") + std::string(kSqliteRules);
    statements += fmt::format("INSERT INTO cordon_ledger VALUES ('{}', '{}', '{}', '{}');", kFormat, id,
                              ledger_time(std::chrono::duration_cast<std::chrono::milliseconds>(now).count()),
                              genesis_of(id));
    statements += fmt::format("PRAGMA application_id = {};", kApplication);
    if (done = run(statements); !done || !(done = commit())) {
      rollback();
      return done;
    }
    // The file's name is durable only when its folder is.
    auto folder = std::filesystem::path(name_).parent_path();
    if (folder.empty()) folder = ".";
    const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
      ::fsync(fd);
      ::close(fd);
    }
    return {};
  }

  base::Result<void> read_identity() {
    const auto application = number("PRAGMA application_id");
    if (!application) return tl::unexpected(application.error());
    if (*application != kApplication) return base::fail("{}: is another database, not a ledger", name_);
    auto row = prepare("SELECT format, id, created FROM cordon_ledger");
    if (!row) return tl::unexpected(row.error());
    if (sqlite3_step(row->get()) != SQLITE_ROW) return base::fail("{}: lacks the ledger's own id", name_);
    if (const std::string format = text_at(row->get(), 0); format != kFormat)
      return base::fail("{}: expected the format {}, found '{:.40}'", name_, kFormat, format);
    id_ = text_at(row->get(), 1);
    created_ = text_at(row->get(), 2);
    return {};
  }

  base::Result<Statement> prepare(const char* sql) {
    sqlite3_stmt* raw = nullptr;
    const int code = sqlite3_prepare_v2(database_.get(), sql, -1, &raw, nullptr);
    if (code != SQLITE_OK) return tl::unexpected(failure(code));
    return Statement(raw);
  }
  static void bind(sqlite3_stmt* row, int column, std::string_view text) {
    sqlite3_bind_text(row, column, text.data() == nullptr ? "" : text.data(), static_cast<int>(text.size()),
                      SQLITE_TRANSIENT);
  }
  int step_all(const std::string& sql) {
    return sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  }
  base::Result<void> run(const std::string& sql) {
    const int code = step_all(sql);
    if (code != SQLITE_OK) return tl::unexpected(failure(code));
    return {};
  }
  base::Result<std::int64_t> number(const char* sql) {
    auto row = prepare(sql);
    if (!row) return tl::unexpected(row.error());
    const int code = sqlite3_step(row->get());
    if (code != SQLITE_ROW) return tl::unexpected(failure(code));
    return sqlite3_column_int64(row->get(), 0);
  }

  base::Error failure(int code) const {
    const int errno_then = database_ ? sqlite3_system_errno(database_.get()) : 0;
    const auto say = [&](std::string_view what) { return base::Error{fmt::format("{}: {}", name_, what)}; };
    switch (code & 0xFF) {
      case SQLITE_BUSY:
      case SQLITE_LOCKED:
        return say(fmt::format("is locked by another program (waited {:g} s)",
                               static_cast<double>(wait_.count()) / 1000));
      case SQLITE_FULL:
        return say("the disk is full");
      case SQLITE_READONLY:
        return say("may not be written");
      case SQLITE_NOTADB:
        return say("is not a ledger");
      case SQLITE_CORRUPT:
        return say("the database is damaged");
      case SQLITE_CANTOPEN:
      case SQLITE_IOERR:
        return say(fmt::format(
            "{}: {}", (code & 0xFF) == SQLITE_IOERR ? "cannot be read or written" : "cannot be opened",
            errno_then != 0 ? std::strerror(errno_then) : sqlite3_errstr(code)));
      default:
        return say(database_ ? sqlite3_errmsg(database_.get()) : sqlite3_errstr(code));
    }
  }

  std::string name_, id_, created_;
  std::chrono::milliseconds wait_;
  Database database_;
};

}  // namespace

base::Result<std::unique_ptr<Store>> open_sqlite(std::string_view path, Access access,
                                                 std::chrono::milliseconds wait, const char* vfs) {
  auto store = std::make_unique<SqliteStore>(std::string(path), wait);
  if (auto done = store->open(access, vfs); !done) return tl::unexpected(done.error());
  return store;
}

}  // namespace cordon::ledger
