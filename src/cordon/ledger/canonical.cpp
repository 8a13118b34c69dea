// canonical_json of entry.hpp.
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "cordon/base/text.hpp"
#include "cordon/ledger/entry.hpp"

namespace cordon::ledger {
namespace {

constexpr int kDeepest = 64;

}  // namespace

base::Result<std::string> canonical_json(std::string_view json) {
  using Json = nlohmann::json;
  if (json.size() > kLongestPayload)
    return base::fail("expected at most {} bytes of JSON, found {}", kLongestPayload, json.size());
  std::vector<std::set<std::string>> names;  // of the objects that are open
  std::string refused;
  const auto watch = [&](int depth, Json::parse_event_t event, Json& value) {
    using Event = Json::parse_event_t;
    if (depth > kDeepest && refused.empty()) refused = "is nested too deeply";
    if (event == Event::object_start) names.emplace_back();
    if (event == Event::object_end && !names.empty()) names.pop_back();
    if (event == Event::key && !names.empty() && !names.back().insert(value.get<std::string>()).second &&
        refused.empty())
      refused = "the name \"" + base::printable(value.get<std::string>()) + "\" is given twice";
    return refused.empty();  // what follows is not kept
  };
  try {
    const Json value = Json::parse(json, watch);
    if (!refused.empty()) return base::fail("{}", refused);
    std::string out = value.dump();  // names sorted: nlohmann keeps an object in a std::map
    if (out.size() > kLongestPayload)
      return base::fail("expected at most {} bytes of JSON, found {}", kLongestPayload, out.size());
    return out;
  } catch (const Json::parse_error& error) {
    return base::fail("is not JSON: byte {}", error.byte);
  } catch (const Json::exception&) {  // a number out of range
    return base::fail("holds a number too large to keep");
  }
}

}  // namespace cordon::ledger
