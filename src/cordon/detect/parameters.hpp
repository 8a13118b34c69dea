// Every number a rule uses. The values, their units and where each comes from stand in
// data/detect/parameters.toml; a user's file may name only those it changes.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/result.hpp"

namespace cordon::detect {

enum class Order : std::uint8_t {
  automatic,  // look at the first rows: time goes back by more than an hour -> day, else time
  time,       // rows are late by at most `lateness_min`; events come out as soon as they are sure
  day,        // rows of one day, of any time zone, may come in any order (archives sorted by day and MMSI)
};

struct Parameters {
#define CORDON_PARAMETER(group, name) double group##_##name = 0;
#include "cordon/detect/parameters.def"
#undef CORDON_PARAMETER
  Order order = Order::automatic;
  // Port calls are reported at ports of these states (lower ISO 3166 alpha-2); "*" = every port.
  std::vector<std::string> watched_countries;
};

// The embedded data/detect/parameters.toml. A missing or misspelt name in it is a bug caught by a test.
const Parameters& default_parameters();
// The defaults, overridden by what the text names: [gap.min_hours] value = 6. A name that does not exist, a
// value that is no number or out of its range: an error that names it.
base::Result<Parameters> load_parameters(std::string_view toml, std::string_view name = "parameters");

// For help, documentation and reports: each parameter as "gap.min_hours", its value, unit and source.
struct ParameterRow {
  std::string name;
  double value = 0;
  std::string unit, source;
};
std::vector<ParameterRow> describe_parameters();

}  // namespace cordon::detect
