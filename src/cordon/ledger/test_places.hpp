// For tests: a folder of their own, a ledger with made-up entries.
#pragma once
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "cordon/ledger/ledger.hpp"

namespace cordon::ledger {

struct TestFolder {
  std::filesystem::path path;
  TestFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "cordon-ledger-XXXXXX").string();
    if (::mkdtemp(name.data()) != nullptr) path = name;
  }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  ~TestFolder() {
    std::error_code error;
    std::filesystem::remove_all(path, error);
  }
  std::string operator/(const char* name) const { return (path / name).string(); }
};

inline Record test_record(std::uint64_t n) {
  return {n % 2 == 0 ? "ana" : "bo",
          "analyst",
          "test.event",
          "thing:" + std::to_string(n % 3),
          "{\"n\":" + std::to_string(n) + ",\"text\":\"caf\xC3\xA9 <b>\"}",
          "{\"cordon\":\"0.1.0\"}"};
}

inline std::vector<Record> test_records(std::uint64_t count) {
  std::vector<Record> records;
  for (std::uint64_t n = 1; n <= count; ++n) records.push_back(test_record(n));
  return records;
}

}  // namespace cordon::ledger
