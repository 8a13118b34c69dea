// The field splitters on any text.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "cordon/lists/values.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cordon::lists;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)parse_dates(text);
  (void)split_enumeration(text);
  (void)split_names(text, true);
  (void)split_names(text, false);
  (void)split_brackets(text);
  (void)document_number(text);
  (void)natural_order(text);
  (void)find_imo(text);
  (void)has_non_latin(text);
  (void)has_company_form(text);
  return 0;
}
