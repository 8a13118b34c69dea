// An export comes from outside: whatever it holds, it is read or refused, and never verifies unless it was
// signed.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "cordon/ledger/entry.hpp"
#include "cordon/ledger/export.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cordon::ledger;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto once = canonical_json(text)) {
    const auto again = canonical_json(*once);
    if (!again || *again != *once) std::abort();
  }
  // Nobody holds the private half of this key.
  static const auto key =
      PublicKey::from_hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  if (const auto check = check_export(text, *key); check && check->whole()) std::abort();
  return 0;
}
