#include "cordon/permit/request.hpp"

#include <nlohmann/json.hpp>

#include "cordon/ledger/entry.hpp"

namespace cordon::permit {
namespace {

using Json = nlohmann::ordered_json;

base::Result<std::string> text_of(const Json& value, std::string_view name) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_null()) return std::string();
  if (value.is_boolean() || value.is_number()) return value.dump();
  return base::fail("{}: expected a text, number or flag, found {:.40}", name, value.dump());
}

base::Result<FieldValue> value_from(const Json& value, std::string_view name) {
  if (!value.is_array()) {
    auto text = text_of(value, name);
    if (!text) return tl::unexpected(text.error());
    return FieldValue(std::move(*text));
  }
  std::vector<std::string> list;
  std::vector<Row> rows;
  for (const Json& element : value) {
    if (element.is_object()) {
      Row row;
      for (const auto& [column, cell] : element.items()) {
        auto text = text_of(cell, std::string(name) + "." + column);
        if (!text) return tl::unexpected(text.error());
        row.emplace_back(column, std::move(*text));
      }
      rows.push_back(std::move(row));
    } else {
      auto text = text_of(element, name);
      if (!text) return tl::unexpected(text.error());
      list.push_back(std::move(*text));
    }
  }
  if (!rows.empty() && !list.empty()) return base::fail("{}: mixes rows and texts", name);
  if (!rows.empty()) return FieldValue(std::move(rows));
  return FieldValue(std::move(list));
}

}  // namespace

const FieldValue* Request::find(std::string_view name) const {
  for (const auto& [field, value] : fields)
    if (field == name) return &value;
  return nullptr;
}

Request dated(Request request, const base::Date& date) {
  if (!request.date.empty()) return request;
  request.date = date;
  auto json = nlohmann::json::parse(request.json);
  json["date"] = base::to_string(date);
  request.json = json.dump();
  return request;
}

base::Result<Request> parse_request(std::string_view text) {
  Request request;
  // The ledger keeps the request in this form; it also bounds size and depth, and refuses names given twice.
  auto canonical = ledger::canonical_json(text);
  if (!canonical) return base::fail("request: {}", canonical.error().message);
  request.json = std::move(*canonical);
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return base::fail("request: expected a JSON object, found {:.40}", request.json);
  const auto add = [&](const Json& object) -> base::Result<void> {
    for (const auto& [name, value] : object.items()) {
      auto field = value_from(value, name);
      if (!field) return tl::unexpected(field.error());
      request.fields.emplace_back(name, std::move(*field));
    }
    return {};
  };
  Json beside = Json::object();
  for (const auto& [name, value] : json.items()) {
    if (name == "kind" || name == "id" || name == "date") {
      auto word = text_of(value, name);
      if (!word) return tl::unexpected(word.error());
      if (name == "kind") request.kind = *word;
      if (name == "id") request.id = *word;
      if (name != "date" || word->empty()) continue;
      const auto date = base::parse_date(*word);
      if (!date || !date->complete()) return base::fail("date: expected YYYY-MM-DD, found '{:.40}'", *word);
      request.date = *date;
    } else if (name == "facts") {
      if (!value.is_object()) return base::fail("facts: expected an object, found {:.40}", value.dump());
      request.law_facts = value.dump();
    } else if (name == "fields") {
      if (!value.is_object()) return base::fail("fields: expected an object, found {:.40}", value.dump());
      if (auto done = add(value); !done) return tl::unexpected(done.error());
    } else {
      beside[name] = value;
    }
  }
  if (auto done = add(beside); !done) return tl::unexpected(done.error());
  return request;
}

}  // namespace cordon::permit
