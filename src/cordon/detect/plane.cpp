#include "cordon/detect/plane.hpp"

namespace cordon::detect {

const std::vector<double> kCosine = [] {
  std::vector<double> out(18'002);
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = std::cos((static_cast<double>(i) * 0.01 - 90.0) * (3.14159265358979323846 / 180.0));
  return out;
}();

}  // namespace cordon::detect
