// CSV of any size in bounded memory: bytes are pushed as they come, and rows leave in pieces of whole
// records. The rules of csv.hpp: comment lines before the header, quotes that may hold line feeds, UTF-8 or
// UTF-16.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "cordon/base/csv.hpp"
#include "cordon/base/result.hpp"

namespace cordon::base {

class CsvStream {
 public:
  using HeaderSink = std::function<Result<void>(const CsvRow& header)>;
  using RowSink = std::function<void(CsvRow&& row, std::uint64_t line)>;
  // name is used in messages only.
  CsvStream(std::string name, HeaderSink header, RowSink row);
  Result<void> push(std::string_view bytes);
  Result<void> finish();

 private:
  void scan(std::string_view bytes);
  Result<void> read(std::string_view records);
  enum class At : std::uint8_t { start, plain, quoted, quote };

  std::string name_;
  HeaderSink header_sink_;
  RowSink row_sink_;
  std::string held_;         // records not yet read; whole up to cut_
  std::size_t cut_ = 0;      // behind the last line feed outside of quotes
  std::size_t scanned_ = 0;  // of held_
  At at_ = At::start;
  char separator_ = 0;  // 0: the header is still to come
  bool wide_ = false;   // UTF-16: kept as a whole, for spreadsheets export nothing large
  bool begun_ = false;
  std::uint64_t line_ = 1;
};

// The same from a file or "-", unpacked where it is packed.
Result<void> read_csv_stream(const std::string& path, const CsvStream::HeaderSink& header,
                             const std::function<Result<void>(CsvRow&&, std::uint64_t)>& row);

}  // namespace cordon::base
