// Records and decisions out of any bytes: no crash, every record in one cluster, an explanation that adds up.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "cordon/resolve/explain.hpp"
#include "cordon/resolve/resolver.hpp"
#include "cordon/resolve/write.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cordon::resolve;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)parse_decisions(text, "fuzz");
  (void)parse_clusters(text, "fuzz");
  auto table = parse_table(text, "fuzz");
  if (!table || table->size() > 400) return 0;
  auto resolver = Resolver::build(std::move(*table));
  if (!resolver) std::abort();
  for (RecordId record = 0; record < resolver->size(); ++record)
    if (resolver->cluster(record).empty()) std::abort();
  if (resolver->size() > 1 && resolver->table().id(0) != resolver->table().id(1)) {
    const auto found = resolver->explain(resolver->table().id(0), resolver->table().id(1));
    if (!found || !std::isfinite(found->bits) || explanation_json(*found).empty()) std::abort();
  }
  write_ftm(*resolver, [](std::string_view) { return true; });
  if (!resolver->add("a new record", {{"name", "Kim"}})) std::abort();
  return 0;
}
