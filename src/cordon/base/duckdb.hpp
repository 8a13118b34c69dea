// DuckDB, the little of its C interface (duckdb.org/docs/stable/clients/c/api) that turns Parquet into text
// and back. The library is some 70 MB and few need it, so it is loaded when a Parquet file is met: from the
// path in CORDON_DUCKDB, from where `script/setup --parquet` puts it, or from where the system keeps
// libraries.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/result.hpp"

namespace cordon::base {

// Of the column types of DuckDB (duckdb_type) those that are not left to its own words.
enum class DuckType : int {
  float32 = 10,
  float64 = 11,
  timestamp = 12,
  text = 17,
  blob = 18,
  timestamp_s = 20,
  timestamp_ms = 21,
  timestamp_ns = 22,
  timestamp_zone = 31,
  geometry = 40,
};

struct DuckColumn {
  std::string name;
  DuckType type;
};

// A database in memory that knows no network, loads no extension, and writes no files but those it is told
// to. One thread at a time, but for interrupt().
class DuckDb {
 public:
  // Fails where the library is not there, in words that say how to get it.
  static Result<DuckDb> open();
  // Failures are the first line of what DuckDB says.
  Result<void> run(const std::string& sql);
  Result<std::vector<DuckColumn>> columns(const std::string& sql);
  // Ends the run() of another thread, which then fails.
  void interrupt();

  DuckDb(DuckDb&&) noexcept;
  DuckDb& operator=(DuckDb&&) = delete;
  ~DuckDb();

 private:
  DuckDb() = default;
  void* database_ = nullptr;
  void* connection_ = nullptr;
};

// 'text', as SQL quotes it; "name" likewise.
std::string sql_text(std::string_view text);
std::string sql_name(std::string_view name);

}  // namespace cordon::base
