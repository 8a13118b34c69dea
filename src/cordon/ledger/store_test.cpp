// The same tests for both stores: a file, and a real PostgreSQL server.
#include "cordon/ledger/store.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "cordon/ledger/ledger.hpp"
#include "cordon/ledger/postgres_server.hpp"
#include "cordon/ledger/test_places.hpp"
#include "cordon/ledger/verify.hpp"

namespace cordon::ledger {
namespace {

class Stores : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (GetParam() == "sqlite") {
      place = folder / "test.ledger";
      return;
    }
    auto& server = PostgresServer::shared();
    if (!server.absent().empty()) GTEST_SKIP() << server.absent();
    place = server.new_database();
  }
  OpenOptions create() const {
    OpenOptions options;
    options.access = Access::create;
    options.heads = folder / "heads";
    return options;
  }
  // Past the ledger's rules, as somebody who owns the database can.
  void tamper(const std::string& sql) {
    if (GetParam() == "sqlite") {
      sqlite3* database = nullptr;
      ASSERT_EQ(sqlite3_open(place.c_str(), &database), SQLITE_OK);
      const std::string all =
          "DROP TRIGGER cordon_entry_follows; DROP TRIGGER cordon_entry_kept; DROP TRIGGER "
          "cordon_entry_stays; "
          "DROP TRIGGER cordon_ledger_kept; " +
          sql;
      char* message = nullptr;
      EXPECT_EQ(sqlite3_exec(database, all.c_str(), nullptr, nullptr, &message), SQLITE_OK) << message;
      sqlite3_close(database);
    } else {
      PostgresServer::shared().sql(place,
                                   "ALTER TABLE cordon_entry DISABLE TRIGGER ALL; "
                                   "ALTER TABLE cordon_ledger DISABLE TRIGGER ALL; " +
                                       sql);
    }
  }
  std::unique_ptr<Ledger> open() {
    auto ledger = Ledger::open(place, create());
    EXPECT_TRUE(ledger) << ledger.error().message;
    return ledger ? std::move(*ledger) : nullptr;
  }
  // Ten entries, then the damage, then what verify says of it: "altered 4; removed 7-8".
  std::string after(const std::string& sql) {
    {
      auto ledger = open();
      if (!ledger) return "no ledger";
      for (std::uint64_t n = 1; n <= 10; ++n) EXPECT_TRUE(ledger->append(std::vector{test_record(n)}));
      EXPECT_TRUE(verify(*ledger)->whole());
    }
    tamper(sql);
    auto ledger = open();
    if (!ledger) return "no ledger";
    const auto verdict = verify(*ledger);
    if (!verdict) return verdict.error().message;
    std::string out;
    for (const Damage& damage : verdict->damages) {
      out += (out.empty() ? "" : "; ") + damage.what + " " + std::to_string(damage.seq);
      if (damage.until != damage.seq) out += "-" + std::to_string(damage.until);
    }
    return out;
  }
  TestFolder folder;
  std::string place;
};

TEST_P(Stores, KeepsWhatItConfirmed) {
  {
    auto ledger = open();
    ASSERT_TRUE(ledger);
    const auto entries = ledger->append(test_records(3));
    ASSERT_TRUE(entries) << entries.error().message;
    EXPECT_EQ((*entries)[2].seq, 3U);
    EXPECT_EQ((*entries)[1].previous, (*entries)[0].hash);
    EXPECT_EQ((*entries)[0].previous, genesis_of(ledger->id()));
  }
  auto ledger = open();
  ASSERT_TRUE(ledger);
  ASSERT_TRUE(ledger->append(test_records(1)));
  const auto verdict = verify(*ledger);
  ASSERT_TRUE(verdict) << verdict.error().message;
  EXPECT_TRUE(verdict->whole());
  EXPECT_EQ(verdict->entries, 4U);
  EXPECT_EQ(verdict->anchored, 4U);
  Filter filter;
  filter.subject = "thing:1";
  const auto about = ledger->entries(filter);
  ASSERT_TRUE(about);
  ASSERT_EQ(about->size(), 2U);
  EXPECT_EQ((*about)[0].payload, "{\"n\":1,\"text\":\"caf\xC3\xA9 <b>\"}");
  filter = {};
  filter.first = 2;
  filter.last = 3;
  EXPECT_EQ(ledger->entries(filter)->size(), 2U);
}

TEST_P(Stores, RefusesChangeRemovalAndWhatDoesNotFollow) {
  {
    auto ledger = open();
    ASSERT_TRUE(ledger && ledger->append(test_records(2)));
  }
  for (const std::string sql :
       {"UPDATE cordon_entry SET actor = 'x'", "DELETE FROM cordon_entry WHERE seq = 2",
        "INSERT INTO cordon_entry SELECT 9, time, actor, role, kind, subject, payload, versions, previous, "
        "hash "
        "FROM cordon_entry WHERE seq = 2",
        "UPDATE cordon_ledger SET id = 'x'", "DELETE FROM cordon_ledger"}) {
    if (GetParam() == "sqlite") {
      sqlite3* database = nullptr;
      ASSERT_EQ(sqlite3_open(place.c_str(), &database), SQLITE_OK);
      EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_CONSTRAINT) << sql;
      sqlite3_close(database);
    } else {
      PostgresServer::shared().sql(place, sql);
    }
  }
  auto ledger = open();
  ASSERT_TRUE(ledger);
  const auto verdict = verify(*ledger);
  ASSERT_TRUE(verdict);
  EXPECT_TRUE(verdict->whole());
  EXPECT_EQ(verdict->entries, 2U);
}

TEST_P(Stores, EveryFieldThatIsAlteredIsFound) {
  const std::vector<std::pair<std::string, std::string>> changes = {
      {"time = '2020-01-01T00:00:00.000Z'", "altered 4"},
      {"actor = 'eve'", "altered 4"},
      {"role = 'approver'", "altered 4"},
      {"kind = 'other'", "altered 4"},
      {"subject = ''", "altered 4"},
      {"payload = '{}'", "altered 4"},
      {"payload = payload || ' '", "altered 4"},
      {"versions = '{}'", "altered 4"},
      {"previous = hash", "altered 4"},
      {"hash = previous", "altered 4"},
  };
  int next = 0;
  for (const auto& [change, expected] : changes) {
    EXPECT_EQ(after("UPDATE cordon_entry SET " + change + " WHERE seq = 4;"), expected) << change;
    place = GetParam() == "sqlite" ? (folder / "next") + std::to_string(++next)
                                   : PostgresServer::shared().new_database();
    std::filesystem::remove(folder / "heads");
  }
}

TEST_P(Stores, Removed) {
  EXPECT_EQ(after("DELETE FROM cordon_entry WHERE seq IN (4, 5);"), "removed 4-5");
}
TEST_P(Stores, RemovedAtTheEnd) {
  EXPECT_EQ(after("DELETE FROM cordon_entry WHERE seq > 8;"), "removed 9-10");
}
TEST_P(Stores, RemovedAtTheStart) {
  EXPECT_EQ(after("DELETE FROM cordon_entry WHERE seq = 1;"), "removed 1");
}
TEST_P(Stores, RemovedAll) {
  EXPECT_EQ(after("DELETE FROM cordon_entry;"), "removed 1-10");
}
TEST_P(Stores, RemovedAndClosedUp) {
  EXPECT_EQ(after("DELETE FROM cordon_entry WHERE seq = 4; UPDATE cordon_entry SET seq = -seq WHERE seq > 4; "
                  "UPDATE cordon_entry SET seq = -seq - 1 WHERE seq < 0;"),
            "removed 4; removed 10");
}
TEST_P(Stores, Exchanged) {
  EXPECT_EQ(
      after("UPDATE cordon_entry SET seq = 99 WHERE seq = 4; UPDATE cordon_entry SET seq = 4 WHERE seq = 7; "
            "UPDATE cordon_entry SET seq = 7 WHERE seq = 99;"),
      "moved 4; moved 7");
}
TEST_P(Stores, PutIn) {
  EXPECT_EQ(
      after("UPDATE cordon_entry SET seq = -seq WHERE seq > 5; "
            "UPDATE cordon_entry SET seq = -seq + 1 WHERE seq < 0; "
            "INSERT INTO cordon_entry SELECT 6, time, actor, role, kind, subject, payload, versions, hash, "
            "hash FROM cordon_entry WHERE seq = 5;"),
      "altered 6; inserted 6");
}
TEST_P(Stores, AnotherIdOfTheLedger) {
  EXPECT_EQ(after("UPDATE cordon_ledger SET id = 'x';"), "altered 0");
}

// Who can rewrite the database can chain it anew from any entry; the heads kept elsewhere show it.
TEST_P(Stores, ChainedAnew) {
  {
    auto ledger = open();
    ASSERT_TRUE(ledger);
    for (std::uint64_t n = 1; n <= 10; ++n) ASSERT_TRUE(ledger->append(std::vector{test_record(n)}));
  }
  std::vector<Entry> entries = open()->entries({}).value();
  std::string sql;
  for (std::size_t i = 5; i < entries.size(); ++i) {
    if (i == 5) entries[i].actor = "eve";
    entries[i].previous = entries[i - 1].hash;
    entries[i].hash = hash_of(entries[i]);
    sql += "UPDATE cordon_entry SET actor = '" + entries[i].actor + "', previous = '" + entries[i].previous +
           "', hash = '" + entries[i].hash + "' WHERE seq = " + std::to_string(entries[i].seq) + ";";
  }
  tamper(sql);
  auto ledger = open();
  const auto verdict = verify(*ledger);
  ASSERT_TRUE(verdict);
  ASSERT_EQ(verdict->damages.size(), 1U);
  EXPECT_EQ(verdict->damages[0].what, "rewritten");
  EXPECT_EQ(verdict->damages[0].seq, 6U);
  EXPECT_EQ(verdict->anchored, 5U);
}

TEST_P(Stores, OnlyWhereNobodyWroteMeanwhile) {
  auto ledger = open();
  ASSERT_TRUE(ledger);
  Record record = test_record(1);
  record.subject = "permit:R-1";
  const Unchanged none{"permit:R-1", 0};
  ASSERT_TRUE(ledger->append(std::vector{record}, none));
  const auto again = ledger->append(std::vector{record}, none);
  ASSERT_FALSE(again);
  EXPECT_NE(again.error().message.find("somebody else wrote entry 1 meanwhile"), std::string::npos);
  EXPECT_TRUE(ledger->append(std::vector{record}, Unchanged{"permit:R-1", 1}));
}

// Four processes, each with two threads: every confirmed entry is there once, the chain is whole.
TEST_P(Stores, WritersOfSeveralProcesses) {
  { ASSERT_TRUE(open()); }
  constexpr int kProcesses = 4, kThreads = 2, kEach = 25;
  std::vector<pid_t> children;
  for (int process = 0; process < kProcesses; ++process) {
    const pid_t child = ::fork();
    if (child == 0) {
      auto ledger = Ledger::open(place, create());
      if (!ledger) ::_exit(1);
      bool good = true;
      std::vector<std::thread> threads;
      for (int thread = 0; thread < kThreads; ++thread)
        threads.emplace_back([&, thread] {
          for (int n = 0; n < kEach; ++n) {
            Record record = test_record(static_cast<std::uint64_t>(n));
            record.subject = std::to_string(process) + "/" + std::to_string(thread) + "/" + std::to_string(n);
            if (!(*ledger)->append(std::vector{record})) good = false;
          }
        });
      for (std::thread& thread : threads) thread.join();
      ::_exit(good ? 0 : 1);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  auto ledger = open();
  const auto verdict = verify(*ledger);
  ASSERT_TRUE(verdict) << verdict.error().message;
  EXPECT_TRUE(verdict->whole());
  EXPECT_EQ(verdict->entries, static_cast<std::uint64_t>(kProcesses * kThreads * kEach));
  EXPECT_EQ(verdict->anchored, verdict->entries);
  std::set<std::string> subjects;
  const std::vector<Entry> entries = ledger->entries({}).value();
  for (const Entry& entry : entries) subjects.insert(entry.subject);
  EXPECT_EQ(subjects.size(), verdict->entries);
}

// A writer is ended with SIGKILL at some moment; what it had confirmed (a byte in a pipe) is there
// afterwards.
TEST_P(Stores, KilledWriter) {
  { ASSERT_TRUE(open()); }
  std::uint64_t confirmed = 0;
  for (int round = 0; round < 12; ++round) {
    int pipe_ends[2];
    ASSERT_EQ(::pipe(pipe_ends), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      auto ledger = Ledger::open(place, create());
      for (std::uint64_t n = 0; ledger; ++n)
        if (!(*ledger)->append(std::vector{test_record(n)}) || ::write(pipe_ends[1], "x", 1) != 1) break;
      ::_exit(1);
    }
    ::close(pipe_ends[1]);
    char byte = 0;
    for (int n = 0; n < 2 && ::read(pipe_ends[0], &byte, 1) == 1; ++n) ++confirmed;
    ::usleep(static_cast<useconds_t>(round * 700));
    ::kill(child, SIGKILL);
    while (::read(pipe_ends[0], &byte, 1) == 1) ++confirmed;
    ::close(pipe_ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    auto ledger = open();
    ASSERT_TRUE(ledger);
    const auto verdict = verify(*ledger);
    ASSERT_TRUE(verdict) << verdict.error().message;
    EXPECT_TRUE(verdict->whole());
    EXPECT_GE(verdict->entries, confirmed);
    EXPECT_LE(verdict->entries, confirmed + static_cast<std::uint64_t>(round) + 1);
  }
  EXPECT_GE(confirmed, 24U);
}

TEST_P(Stores, NoLedgerThere) {
  OpenOptions options = create();
  options.access = Access::append;
  const auto ledger = Ledger::open(place, options);
  ASSERT_FALSE(ledger);
  EXPECT_NE(ledger.error().message.find("no such ledger"), std::string::npos) << ledger.error().message;
}

INSTANTIATE_TEST_SUITE_P(Both, Stores, testing::Values("sqlite", "postgres"),
                         [](const auto& each) { return each.param; });

TEST(Sqlite, SaysWhatIsWrongWithAFile) {
  const TestFolder folder;
  const auto said = [](const std::string& place) {
    OpenOptions options;
    options.wait = std::chrono::milliseconds(50);
    return Ledger::open(place, options).error().message;
  };
  EXPECT_EQ(said(folder.path.string()), folder.path.string() + ": is a directory, expected a ledger");
  std::ofstream(folder / "noise") << std::string(5000, 'x');
  EXPECT_EQ(said(folder / "noise"), (folder / "noise") + ": is not a ledger");
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open((folder / "other.db").c_str(), &database), SQLITE_OK);
  sqlite3_exec(database, "CREATE TABLE t (a)", nullptr, nullptr, nullptr);
  sqlite3_close(database);
  EXPECT_EQ(said(folder / "other.db"), (folder / "other.db") + ": is another database, not a ledger");
  OpenOptions create;
  create.access = Access::create;
  EXPECT_EQ(Ledger::open(folder / "other.db", create).error().message,
            (folder / "other.db") + ": is another database, not a ledger");
}

TEST(Sqlite, WaitsForAnotherWriterAndGivesUp) {
  const TestFolder folder;
  OpenOptions options;
  options.access = Access::create;
  options.wait = std::chrono::milliseconds(50);
  auto ledger = Ledger::open(folder / "l", options);
  ASSERT_TRUE(ledger);
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open((folder / "l").c_str(), &database), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(database, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  const auto entries = (*ledger)->append(test_records(1));
  ASSERT_FALSE(entries);
  EXPECT_EQ(entries.error().message, (folder / "l") + ": is locked by another program (waited 0.05 s)");
  sqlite3_exec(database, "ROLLBACK", nullptr, nullptr, nullptr);
  sqlite3_close(database);
  EXPECT_TRUE((*ledger)->append(test_records(1)));
}

TEST(Postgres, AConfirmedEntrySurvivesTheServer) {
  auto& server = PostgresServer::shared();
  if (!server.absent().empty()) GTEST_SKIP() << server.absent();
  const std::string url = server.new_database();
  OpenOptions options;
  options.access = Access::create;
  {
    auto ledger = Ledger::open(url, options);
    ASSERT_TRUE(ledger) << ledger.error().message;
    ASSERT_TRUE((*ledger)->append(test_records(5)));
    server.crash();
    EXPECT_FALSE((*ledger)->append(test_records(1)));
  }
  auto ledger = Ledger::open(url, options);
  ASSERT_TRUE(ledger) << ledger.error().message;
  const auto verdict = verify(**ledger);
  ASSERT_TRUE(verdict);
  EXPECT_TRUE(verdict->whole());
  EXPECT_EQ(verdict->entries, 5U);
}

TEST(Postgres, APasswordIsNotShown) {
  const auto ledger = Ledger::open("postgresql://me:secret@127.0.0.1:1/db?connect_timeout=1", {});
  ASSERT_FALSE(ledger);
  EXPECT_EQ(ledger.error().message.find("secret"), std::string::npos) << ledger.error().message;
}

}  // namespace
}  // namespace cordon::ledger
