// Two names out of any bytes: no crash, a score within 0..1, the same both ways, and the fast kernels equal
// to the slow.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "cordon/names/compare.hpp"
#include "cordon/names/kernels.hpp"
#include "cordon/names/kernels_reference.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cordon::names;
  if (size < 2) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  const std::size_t middle = text.find('\n');
  const std::string_view left = text.substr(0, middle);
  const std::string_view right = middle == text.npos ? std::string_view{} : text.substr(middle + 1);
  const Kind kind = static_cast<Kind>(data[0] % 4);
  const PreparedName a(left, kind), b(right, kind);
  const double s = score(a, b);
  if (!(s >= 0.0 && s <= 1.0) || compare(a, b).score != s) std::abort();
  if (std::abs(s - score(b, a)) > 1e-4) std::abort();
  const std::string_view x = left.substr(0, kWord), y = right.substr(0, kWord);
  if (osa(x, y) != reference::osa(x, y) || indel(x, y) != reference::indel(x, y)) std::abort();
  if (jaro_winkler(x, y) != reference::jaro_winkler(x, y)) std::abort();
  return 0;
}
