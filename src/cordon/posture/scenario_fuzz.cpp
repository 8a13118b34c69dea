// Any bytes as a scenario: refused with one line, or read and worked out without a crash.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "cordon/posture/tables.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace posture = cordon::posture;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto scenario = posture::read_scenario(text, "fuzz.toml");
  if (!scenario) {
    if (scenario.error().message.empty() || scenario.error().message.find('\n') != std::string::npos)
      std::abort();
    return 0;
  }
  std::vector<std::string> countries;
  for (const auto& country : scenario->countries) countries.push_back(country.id);
  const auto expected = posture::expect(posture::compile(*scenario, countries, false));
  if (!(expected.detections >= 0 && expected.detections <= expected.deliveries * (1 + 1e-6))) std::abort();
  return 0;
}
