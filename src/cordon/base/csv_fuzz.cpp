#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "cordon/base/csv.hpp"
#include "cordon/base/text.hpp"

// Any bytes give rows or one error; what was read, written and read again is the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using cordon::base::CsvRow;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  // A plain first row: what a file begins with also tells its encoding, and bytes of a cell must not be taken
  // for that.
  std::string written = "first\n";
  std::size_t rows = 1;
  (void)cordon::base::read_csv(text, ',', [&](CsvRow&& row, std::uint64_t) {
    ++rows;
    // A first cell that is a byte order mark, or a last one that ends in 0x1A, would be taken for a file's.
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i != 0) written.push_back(',');
      written.push_back('"');
      for (const char c : row[i]) written.append(c == '"' ? 2 : 1, c);
      written.push_back('"');
    }
    written.push_back('\n');
  });
  std::size_t again = 0;
  const auto done = cordon::base::read_csv(written, ',', [&](CsvRow&&, std::uint64_t) { ++again; });
  if (!done || again != rows) std::abort();
  (void)cordon::base::CsvTable::parse(cordon::base::decode_text(text), "fuzz");
  return 0;
}
