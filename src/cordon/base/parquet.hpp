// Parquet in and out, by DuckDB's library (duckdb.hpp). To the rest of cordon a Parquet file is one more kind
// of packing: it is read as the CSV of its columns, and written from the text that would have been written.
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "cordon/base/bytes.hpp"
#include "cordon/base/result.hpp"

namespace cordon::base {

inline constexpr std::string_view kParquetMagic = "PAR1";

// The rows of an open regular file as CSV: a header, commas, quotes where needed; times as ISO 8601 in UTC
// with milliseconds, whole numbers without ".0" (a column of whole numbers with holes is kept as floating
// point by many), null and NaN as empty cells, lists and the like in DuckDB's words. Bytes that are no text
// are left out. Points of GeoParquet become columns lon and lat where the file has no such columns. name: for
// messages. Bounded memory, whatever the file's size. Called by read_chunks() and read_file().
Result<void> read_parquet(const std::filesystem::path& name, int descriptor, const ByteSink& sink);

// How text becomes columns, in DuckDB's SQL. Among them are lat and lon.
struct ParquetForm {
  std::string_view reader;  // a table function of $source: "read_csv($source, header = true)"
  std::string_view select;  // expressions over its columns
};

// Text in pieces of any size becomes one Parquet file (zstd).
class ParquetWriter {
 public:
  // geo: with a point a row, which makes it GeoParquet 1.0. Written into `out` past its buffer: nothing else
  // may write there.
  static Result<ParquetWriter> create(const ParquetForm& form, bool geo, OutputFile& out);
  Result<void> write(std::string_view text);
  // Fails where a text did not fit the form, and where the disk is full.
  Result<void> finish();

  ParquetWriter(ParquetWriter&&) noexcept;
  ParquetWriter& operator=(ParquetWriter&&) = delete;
  ~ParquetWriter();

 private:
  struct Impl;
  explicit ParquetWriter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace cordon::base
