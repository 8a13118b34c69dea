// Reading JSON that this room wrote: what is missing or of another kind reads as nothing, 0 or NaN, and the
// caller tests what matters. For .cpp files: simdjson is a heavy header.
#pragma once
#include <simdjson.h>

#include <cmath>
#include <cstdint>
#include <string_view>

#include "cordon/base/geo.hpp"
#include "cordon/base/time.hpp"

namespace cordon::patrol {

class Reader {
 public:
  explicit Reader(const simdjson::dom::element& element) { given_ = !element.get(object_); }

  bool given() const { return given_; }
  bool has(const char* key) const {
    simdjson::dom::element found;
    return given_ && !object_[key].get(found);
  }
  double number(const char* key) const {
    double value = NAN;
    return given_ && !object_[key].get(value) ? value : NAN;
  }
  std::uint64_t whole(const char* key, double least, double most) const {
    const double value = number(key);
    return value >= least && value <= most ? static_cast<std::uint64_t>(value) : 0;
  }
  std::string_view text(const char* key) const {
    std::string_view value;
    return given_ && !object_[key].get(value) ? value : std::string_view{};
  }
  bool flag(const char* key) const {
    bool value = false;
    return given_ && !object_[key].get(value) && value;
  }
  base::TimeMs time(const char* key) const { return base::parse_time(text(key)).value_or(base::kNoTime); }
  base::LatLon place(const char* lat, const char* lon) const {
    const double y = number(lat), x = number(lon);
    return std::abs(y) <= 90 && std::abs(x) <= 180 ? base::from_degrees(y, x) : base::LatLon{};
  }
  Reader object(const char* key) const {
    simdjson::dom::element found;
    return given_ && !object_[key].get(found) ? Reader(found) : Reader();
  }
  simdjson::dom::array array(const char* key) const {
    simdjson::dom::array found;
    if (given_ && !object_[key].get(found)) return found;
    return empty();
  }

 private:
  Reader() = default;
  static simdjson::dom::array empty() {
    static simdjson::dom::parser parser;
    static const simdjson::dom::array none = parser.parse("[]", 2).get_array().value();
    return none;
  }
  bool given_ = false;
  simdjson::dom::object object_;
};

}  // namespace cordon::patrol
