// A loss of power at every write. A layer under SQLite writes through to the disk and keeps a log of every
// write, cut, sync and removal. Afterwards, for every place in that log, the state is built that a disk may
// hold if power was lost there: what was synced, and of the writes after it none, all, some, or half of one.
// Every such state must open, hold every entry that had been confirmed by then, and verify.
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "cordon/ledger/ledger.hpp"
#include "cordon/ledger/test_places.hpp"
#include "cordon/ledger/verify.hpp"

namespace cordon::ledger {
namespace {

struct Operation {
  enum class Type { write, cut, sync, remove, confirmed } type;
  std::string file;
  std::int64_t offset =
      0;  // of a write; new size of a cut; of a removal: whether its folder is synced; confirmed entries
  std::string bytes;
};
std::vector<Operation>* recording = nullptr;

struct File {
  sqlite3_file base;
  sqlite3_file* real;
  const char* name;
};
File* self(sqlite3_file* file) {
  return reinterpret_cast<File*>(file);
}
sqlite3_file* real(sqlite3_file* file) {
  return self(file)->real;
}
void keep(sqlite3_file* file, Operation::Type type, std::int64_t offset, std::string bytes = {}) {
  if (recording != nullptr) recording->push_back({type, self(file)->name, offset, std::move(bytes)});
}

const sqlite3_io_methods kMethods = {
    3,
    [](sqlite3_file* f) {
      return real(f)->pMethods == nullptr ? SQLITE_OK : real(f)->pMethods->xClose(real(f));
    },
    [](sqlite3_file* f, void* to, int n, sqlite3_int64 at) {
      return real(f)->pMethods->xRead(real(f), to, n, at);
    },
    [](sqlite3_file* f, const void* from, int n, sqlite3_int64 at) {
      keep(f, Operation::Type::write, at,
           std::string(static_cast<const char*>(from), static_cast<std::size_t>(n)));
      return real(f)->pMethods->xWrite(real(f), from, n, at);
    },
    [](sqlite3_file* f, sqlite3_int64 size) {
      keep(f, Operation::Type::cut, size);
      return real(f)->pMethods->xTruncate(real(f), size);
    },
    [](sqlite3_file* f, int flags) {
      const int code = real(f)->pMethods->xSync(real(f), flags);
      keep(f, Operation::Type::sync, 0);
      return code;
    },
    [](sqlite3_file* f, sqlite3_int64* size) { return real(f)->pMethods->xFileSize(real(f), size); },
    [](sqlite3_file* f, int level) { return real(f)->pMethods->xLock(real(f), level); },
    [](sqlite3_file* f, int level) { return real(f)->pMethods->xUnlock(real(f), level); },
    [](sqlite3_file* f, int* out) { return real(f)->pMethods->xCheckReservedLock(real(f), out); },
    [](sqlite3_file* f, int op, void* arg) {
      // Writing through a mapping would pass us by.
      return op == SQLITE_FCNTL_MMAP_SIZE ? SQLITE_NOTFOUND
                                          : real(f)->pMethods->xFileControl(real(f), op, arg);
    },
    [](sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); },
    // No promises about what a write does: neither atomic nor in order.
    [](sqlite3_file*) { return 0; },
    [](sqlite3_file* f, int page, int size, int extend, void volatile** out) {
      return real(f)->pMethods->xShmMap(real(f), page, size, extend, out);
    },
    [](sqlite3_file* f, int at, int n, int flags) {
      return real(f)->pMethods->xShmLock(real(f), at, n, flags);
    },
    [](sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); },
    [](sqlite3_file* f, int remove) { return real(f)->pMethods->xShmUnmap(real(f), remove); },
    [](sqlite3_file*, sqlite3_int64, int, void** out) {
      *out = nullptr;
      return SQLITE_OK;
    },
    [](sqlite3_file*, sqlite3_int64, void*) { return SQLITE_OK; },
};

// The machine's layer with our files in between.
sqlite3_vfs* recorder() {
  static sqlite3_vfs vfs = [] {
    sqlite3_vfs* below = sqlite3_vfs_find(nullptr);
    sqlite3_vfs made = *below;
    made.zName = "recorder";
    made.pNext = nullptr;
    made.pAppData = below;
    made.szOsFile = static_cast<int>(sizeof(File)) + below->szOsFile;
    made.xOpen = [](sqlite3_vfs* v, const char* name, sqlite3_file* file, int flags, int* out) {
      auto* under = static_cast<sqlite3_vfs*>(v->pAppData);
      self(file)->real = reinterpret_cast<sqlite3_file*>(self(file) + 1);
      self(file)->name = name == nullptr ? "temporary" : name;
      const int code = under->xOpen(under, name, real(file), flags, out);
      file->pMethods = real(file)->pMethods == nullptr ? nullptr : &kMethods;
      return code;
    };
    made.xDelete = [](sqlite3_vfs* v, const char* name, int sync) {
      auto* under = static_cast<sqlite3_vfs*>(v->pAppData);
      if (recording != nullptr) recording->push_back({Operation::Type::remove, name, sync, {}});
      return under->xDelete(under, name, sync);
    };
    return made;
  }();
  static const bool registered = sqlite3_vfs_register(&vfs, 0) == SQLITE_OK;
  return registered ? &vfs : nullptr;
}

void do_it(std::map<std::string, std::string>& disk, const Operation& operation, std::size_t torn_after) {
  if (operation.type == Operation::Type::remove) {
    disk.erase(operation.file);
    return;
  }
  std::string& file = disk[operation.file];
  const auto at = static_cast<std::size_t>(operation.offset);
  if (operation.type == Operation::Type::cut) {
    file.resize(at);
  } else if (operation.type == Operation::Type::write) {
    const auto bytes = std::string_view(operation.bytes).substr(0, torn_after);
    if (file.size() < at + bytes.size()) file.resize(at + bytes.size());
    std::memcpy(file.data() + at, bytes.data(), bytes.size());
  }
}

class PowerLoss : public testing::Test {
 protected:
  // What the disk holds after the first `count` operations, `mode` saying what became of those not synced.
  std::map<std::string, std::string> disk_at(std::size_t count, int mode, std::mt19937& random) {
    std::map<std::string, std::string> disk;
    std::map<std::string, std::size_t> synced;  // file -> operations on it before this one are on the disk
    for (std::size_t i = 0; i < count; ++i)
      if (log[i].type == Operation::Type::sync) synced[log[i].file] = i;
    for (std::size_t i = 0; i < count; ++i) {
      const Operation& operation = log[i];
      if (operation.type == Operation::Type::sync || operation.type == Operation::Type::confirmed) continue;
      const auto found = synced.find(operation.file);
      const bool durable = (found != synced.end() && i < found->second) ||
                           (operation.type == Operation::Type::remove && operation.offset != 0);
      const bool last = i + 1 == count;
      std::size_t torn_after = std::string::npos;
      if (!durable) {
        if (mode == 0) continue;                       // nothing that was not synced
        if (mode == 2 && random() % 2 == 0) continue;  // some of it
        if ((mode == 3 && last) || (mode == 2 && random() % 8 == 0))
          torn_after = random() % (operation.bytes.size() + 1);  // half of one
      }
      do_it(disk, operation, torn_after);
    }
    return disk;
  }

  void record(std::uint64_t checkpoint_pages) {
    ASSERT_NE(recorder(), nullptr);
    recording = &log;
    {
      auto store = open_sqlite(original, Access::create, std::chrono::seconds(1), "recorder");
      ASSERT_TRUE(store) << store.error().message;
      OpenOptions options;
      auto ledger = Ledger::over(std::move(*store), options);
      std::uint64_t confirmed = 0;
      log.push_back({Operation::Type::confirmed, "", 0, {}});
      for (std::uint64_t n = 1; confirmed < checkpoint_pages; ++n) {
        const auto entries = ledger->append(test_records(1 + n % 3));
        ASSERT_TRUE(entries) << entries.error().message;
        confirmed += entries->size();
        log.push_back({Operation::Type::confirmed, "", static_cast<std::int64_t>(confirmed), {}});
      }
    }
    recording = nullptr;
  }

  TestFolder folder;
  std::string original = folder / "original";
  std::vector<Operation> log;
};

TEST_F(PowerLoss, AtEveryWrite) {
  record(40);
  std::mt19937 random(20261123);
  std::uint64_t states = 0, writes = 0;
  std::int64_t confirmed = -1;  // -1: the ledger itself is not yet made
  // Nothing is lost with the states themselves: where there is a disk in memory they lie there.
  std::error_code error;
  const auto place = (std::filesystem::is_directory("/dev/shm", error) ? "/dev/shm/cordon-restored-"
                                                                       : folder / "restored-") +
                     std::to_string(::getpid());
  for (std::size_t count = 0; count <= log.size(); ++count) {
    if (count > 0 && log[count - 1].type == Operation::Type::confirmed) confirmed = log[count - 1].offset;
    if (count > 0 && log[count - 1].type == Operation::Type::write) ++writes;
    for (int mode = 0; mode < 4; ++mode) {
      for (const char* ending : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(place + ending);
      bool there = false;
      for (const auto& [name, bytes] : disk_at(count, mode, random)) {
        if (!name.starts_with(original)) continue;
        std::ofstream(place + name.substr(original.size()), std::ios::binary) << bytes;
        there = true;
      }
      OpenOptions options;
      options.access = confirmed < 0 ? Access::create : Access::append;
      options.heads = folder / "none";
      if (!there && confirmed < 0) continue;
      auto ledger = Ledger::open(place, options);
      ASSERT_TRUE(ledger) << "operation " << count << " mode " << mode << ": " << ledger.error().message;
      const auto verdict = verify(**ledger);
      ASSERT_TRUE(verdict) << "operation " << count << " mode " << mode << ": " << verdict.error().message;
      ASSERT_TRUE(verdict->whole()) << "operation " << count << " mode " << mode;
      ASSERT_GE(static_cast<std::int64_t>(verdict->entries), confirmed)
          << "operation " << count << " mode " << mode;
      ++states;
    }
  }
  for (const char* ending : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(place + ending);
  EXPECT_GT(writes, 100U);
  std::printf("power lost at %llu places of %zu (%llu writes), %llu states opened and verified\n",
              static_cast<unsigned long long>(log.size()), log.size(),
              static_cast<unsigned long long>(writes), static_cast<unsigned long long>(states));
}

}  // namespace
}  // namespace cordon::ledger
