// Any table of goods: no crash, no hang, and answers that are UTF-8 and name a verdict each.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/text.hpp"
#include "cordon/law/cargo.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cordon::law;
  static const auto book = LawBook::embedded();
  if (!book) std::abort();
  const std::vector<std::string> jurisdictions = {"UN", "CA"};
  const auto file =
      read_cargo(**book, std::string_view(reinterpret_cast<const char*>(data), size), "fuzz", {2020, 6, 1});
  if (!file) return 0;
  std::string out;
  constexpr std::size_t kMostRows = 20;
  for (std::size_t i = 0; i < file->rows.size() && i < kMostRows; ++i) {
    const Cargo cargo = screen_cargo(**book, file->rows[i], jurisdictions);
    for (const CargoAnswer& answer : cargo.answers)
      if (answer.verdicts.empty()) std::abort();
    append_json(out, file->rows[i], cargo);
    append_csv_rows(out, file->rows[i], cargo);
  }
  if (!cordon::base::is_utf8(out) && cordon::base::is_utf8({reinterpret_cast<const char*>(data), size}))
    std::abort();
  return 0;
}
