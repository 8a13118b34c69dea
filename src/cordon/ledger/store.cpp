#include "cordon/ledger/store.hpp"

#include <openssl/rand.h>

#include <array>

#include "cordon/base/sha256.hpp"

namespace cordon::ledger {

bool is_postgres_url(std::string_view place) {
  return place.starts_with("postgresql://") || place.starts_with("postgres://");
}

base::Result<std::unique_ptr<Store>> open_store(std::string_view place, Access access,
                                                std::chrono::milliseconds wait) {
  return is_postgres_url(place) ? open_postgres(place, access, wait) : open_sqlite(place, access, wait);
}

std::string new_ledger_id() {
  std::array<unsigned char, 32> random{};
  RAND_bytes(random.data(), static_cast<int>(random.size()));
  return base::sha256_hex({reinterpret_cast<const char*>(random.data()), random.size()}).substr(0, 32);
}

}  // namespace cordon::ledger
