#include "cordon/law/facts.hpp"

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

namespace cordon::law {
namespace {

using Json = nlohmann::ordered_json;
constexpr std::size_t kMaxBytes = std::size_t{64} << 20, kMaxFacts = 1000, kMaxText = std::size_t{1} << 20;

base::Result<Json> read(std::string_view text) {
  if (text.size() > kMaxBytes)
    return base::fail("{} bytes of JSON, at most {} are read", text.size(), kMaxBytes);
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& error) {
    const std::string_view what = error.what();
    const auto mark = what.find("] ");
    return base::fail("not JSON at byte {}: {}", error.byte,
                      mark == std::string_view::npos ? what : what.substr(mark + 2));
  } catch (const Json::out_of_range&) {
    return base::fail("not JSON that can be kept: a number is too large");
  }
}

std::string number_text(double number) {
  if (std::nearbyint(number) == number && std::abs(number) < 1e15) return fmt::format("{:.0f}", number);
  return fmt::format("{}", number);
}

base::Result<std::optional<Value>> to_value(const std::string& name, const Json& json) {
  if (json.is_null()) return std::optional<Value>{};
  if (json.is_boolean()) return Value(json.get<bool>());
  if (json.is_number()) return Value(json.get<double>());
  if (json.is_string()) return Value(json.get<std::string>());
  if (!json.is_array())
    return base::fail("fact '{}': expected text, a number, true or false, or a list of texts, found {}", name,
                      json.type_name());
  std::vector<std::string> list;
  for (const Json& item : json) {
    if (item.is_string()) {
      list.push_back(item.get<std::string>());
    } else if (item.is_number()) {
      list.push_back(number_text(item.get<double>()));
    } else if (item.is_boolean()) {
      list.emplace_back(item.get<bool>() ? "true" : "false");
    } else if (!item.is_null()) {
      return base::fail("fact '{}': expected a list of texts or numbers, found {} in it", name,
                        item.type_name());
    }
  }
  return Value(std::move(list));
}

base::Result<Facts> to_facts(const Json& json) {
  if (!json.is_object()) return base::fail("facts: expected an object, found {}", json.type_name());
  if (json.size() > kMaxFacts)
    return base::fail("facts: {} of them, at most {} are read", json.size(), kMaxFacts);
  Facts facts;
  std::size_t bytes = 0;
  for (const auto& [name, item] : json.items()) {
    auto value = to_value(name, item);
    if (!value) return tl::unexpected(value.error());
    if (!*value) continue;
    if (const auto* text = std::get_if<std::string>(&**value)) bytes += text->size();
    if (const auto* list = std::get_if<std::vector<std::string>>(&**value))
      for (const std::string& text : *list) bytes += text.size();
    if (bytes > kMaxText) return base::fail("facts: more than {} bytes of text", kMaxText);
    facts.set(name, std::move(**value));
  }
  return facts;
}

base::Result<Request> to_request(const Json& json) {
  if (!json.is_object())
    return base::fail(R"(expected {{"date":..,"facts":{{..}},"jurisdictions":[..]}}, found {})",
                      json.type_name());
  Request request;
  if (const auto id = json.find("id"); id != json.end()) {
    if (!id->is_string()) return base::fail("id: expected text, found {}", id->type_name());
    request.id = id->get<std::string>();
  }
  const auto date = json.find("date");
  if (date == json.end()) return base::fail("no \"date\": a verdict is given for a day");
  if (!date->is_string()) return base::fail("date: expected YYYY-MM-DD, found {}", date->type_name());
  const auto parsed = base::parse_date(date->get<std::string>());
  if (!parsed || !parsed->complete())
    return base::fail("date: expected YYYY-MM-DD, found '{}'", date->get<std::string>());
  request.date = *parsed;
  const auto facts = json.find("facts");
  if (facts == json.end()) return base::fail("no \"facts\"");
  auto read_facts = to_facts(*facts);
  if (!read_facts) return tl::unexpected(read_facts.error());
  request.facts = std::move(*read_facts);
  if (const auto list = json.find("jurisdictions"); list != json.end() && !list->is_null()) {
    if (!list->is_array()) return base::fail("jurisdictions: expected a list, found {}", list->type_name());
    for (const Json& item : *list) {
      if (!item.is_string()) return base::fail("jurisdictions: expected texts, found {}", item.type_name());
      if (request.jurisdictions.size() == 100) return base::fail("jurisdictions: more than 100");
      request.jurisdictions.push_back(item.get<std::string>());
    }
  }
  if (request.jurisdictions.empty()) request.jurisdictions = {"UN", "CA"};
  return request;
}

}  // namespace

base::Result<Facts> Facts::parse(std::string_view json_object) {
  auto json = read(json_object);
  if (!json) return tl::unexpected(json.error());
  return to_facts(*json);
}

void Facts::set(std::string_view name, Value value) {
  for (auto& [known, old] : all_) {
    if (known == name) {
      old = std::move(value);
      return;
    }
  }
  all_.emplace_back(std::string(name), std::move(value));
}

const Value* Facts::find(std::string_view name) const {
  for (const auto& [known, value] : all_)
    if (known == name) return &value;
  return nullptr;
}

base::Result<Requests> parse_requests(std::string_view text) {
  auto json = read(text);
  if (!json) return tl::unexpected(json.error());
  Requests requests;
  requests.is_list = json->is_array();
  if (!requests.is_list) {
    auto request = to_request(*json);
    if (!request) return tl::unexpected(request.error());
    requests.all.push_back(std::move(*request));
    return requests;
  }
  for (const Json& item : *json) {
    auto request = to_request(item);
    if (!request) {
      std::string id;
      if (item.is_object())
        if (const auto found = item.find("id"); found != item.end() && found->is_string())
          id = fmt::format(" (id {})", found->get<std::string>());
      return base::fail("request {}{}: {}", requests.all.size() + 1, id, request.error().message);
    }
    requests.all.push_back(std::move(*request));
  }
  return requests;
}

}  // namespace cordon::law
