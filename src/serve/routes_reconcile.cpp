// The Reconciliation Service API, version 0.2 (W3C Entity Reconciliation Community Group), as OpenRefine asks
// it. Scores go from 0 to 100 there.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "cordon/base/json.hpp"
#include "cordon/base/text.hpp"
#include "serve/query_json.hpp"
#include "serve/router.hpp"
#include "serve/scope.hpp"
#include "serve/services.hpp"

namespace cordon::serve::routes {
namespace {

struct Named {
  std::string_view id, name;
};
constexpr std::array<Named, 5> kTypes = {{{"Person", "Person"},
                                          {"Company", "Company"},
                                          {"Organization", "Organization"},
                                          {"LegalEntity", "Person or organization"},
                                          {"Vessel", "Vessel"}}};
// What a query may carry beside the name.
constexpr std::array<Named, 14> kProperties = {{{"name", "Name"},
                                                {"alias", "Other name"},
                                                {"birthDate", "Date of birth"},
                                                {"nationality", "Nationality"},
                                                {"country", "Country"},
                                                {"gender", "Gender"},
                                                {"passportNumber", "Passport number"},
                                                {"leiCode", "Legal Entity Identifier"},
                                                {"imoNumber", "IMO ship number"},
                                                {"imoCompany", "IMO company number"},
                                                {"mmsi", "MMSI"},
                                                {"callSign", "Call sign"},
                                                {"flag", "Flag"},
                                                {"buildDate", "Year of build"}}};
// What a table may be extended by besides those.
constexpr std::array<Named, 9> kMore = {{{"program", "Sanctions programme"},
                                         {"measure", "Measure, in the list's words"},
                                         {"listingDate", "Date of listing"},
                                         {"referenceNumber", "Reference number"},
                                         {"position", "Position"},
                                         {"address", "Address"},
                                         {"originalScript", "Name in its own script"},
                                         {"owner", "Owner, as the list prints it"},
                                         {"notes", "Notes"}}};

Response no_dataset() {
  return error(404, "no list of this name is loaded: /catalog names them, and `default` means all",
               "dataset");
}

void append_named(base::JsonWriter& json, std::string_view id, std::string_view name) {
  json.begin_object();
  json.field("id", id);
  json.field("name", name);
  json.end_object();
}

std::string_view name_of_type(std::string_view id) {
  for (const Named& type : kTypes)
    if (type.id == id) return type.name;
  return id;
}

Response manifest(const Call& call) {
  const Request& request = call.request;
  const std::string root = fmt::format("{}/reconcile/{}", request.base, percent_encode(request.capture(0)));
  Response response;
  base::JsonWriter json(response.body);
  json.begin_object();
  json.key("versions");
  json.begin_array();
  for (const char* version : {"0.1", "0.2"}) json.value(version);
  json.end_array();
  json.field("name", fmt::format("cordon: sanctions lists ({})", request.capture(0)));
  json.field("identifierSpace", request.base + "/entities/");
  json.field("schemaSpace", "https://followthemoney.tech/explorer/schemata/");
  json.field("documentation", request.base + "/docs");
  json.key("view");
  json.begin_object();
  json.field("url", root + "/preview?id={{id}}");
  json.end_object();
  json.key("preview");
  json.begin_object();
  json.field("url", root + "/preview?id={{id}}");
  json.field("width", 430);
  json.field("height", 300);
  json.end_object();
  json.key("suggest");
  json.begin_object();
  for (const char* what : {"entity", "property", "type"}) {
    json.key(what);
    json.begin_object();
    json.field("service_url", root);
    json.field("service_path", fmt::format("/suggest/{}", what));
    json.end_object();
  }
  json.end_object();
  json.key("extend");
  json.begin_object();
  json.key("propose_properties");
  json.begin_object();
  json.field("service_url", root);
  json.field("service_path", "/extend/property");
  json.end_object();
  json.key("property_settings");
  json.begin_array();
  json.end_array();
  json.end_object();
  json.key("defaultTypes");
  json.begin_array();
  for (const Named& type : kTypes) append_named(json, type.id, type.name);
  json.end_array();
  json.field("batchSize", 50);
  json.end_object();
  return response;
}

void append_candidate(base::JsonWriter& json, const model::Entity& entity, const cordon::screen::Hit* hit) {
  const auto schema = model::to_string(entity.schema);
  json.begin_object();
  json.field("id", entity.id);
  json.field("name", entity.caption);
  json.key("type");
  json.begin_array();
  append_named(json, schema, name_of_type(schema));
  json.end_array();
  if (hit) {
    json.field("description", hit->reasons.empty() ? std::string() : hit->reasons.front());
    json.fixed_field("score", 100 * hit->score, 2);
    json.field("match", hit->match);
    json.key("features");
    json.begin_array();
    json.begin_object();
    json.field("id", "cordon");
    json.fixed_field("value", hit->score, 4);
    json.end_object();
    json.end_array();
  } else {
    json.field("description", model::describe(entity.source));
  }
  json.end_object();
}

Response answer_queries(const Call& call, const Scope& scope, std::string_view queries) {
  const auto all = read_reconcile(queries);
  if (!all) return error(all.error());
  const auto& entities = call.state->survey->lists.entities;
  Response response;
  base::JsonWriter json(response.body);
  json.begin_object();
  for (const auto& one : *all) {
    if (call.request.is_cancelled()) return error(503, "the time for this request is over");
    auto hits = scope.search(*call.state, one.query, one.limit, cordon::screen::kDefaultCutoff);
    // "match" makes OpenRefine decide by itself: only where one party, and no other, is above the threshold.
    const auto matches = std::count_if(hits.begin(), hits.end(), [](const auto& hit) { return hit.match; });
    json.key(one.key);
    json.begin_object();
    json.key("result");
    json.begin_array();
    for (auto& hit : hits) {
      hit.match = hit.match && matches == 1;
      append_candidate(json, entities[hit.entity], &hit);
    }
    json.end_array();
    json.end_object();
  }
  json.end_object();
  return response;
}

std::string_view name_of_property(std::string_view id) {
  for (const Named& property : kProperties)
    if (property.id == id) return property.name;
  for (const Named& property : kMore)
    if (property.id == id) return property.name;
  return id;
}

Response answer_extend(const Call& call, std::string_view text) {
  const auto extend = read_extend(text);
  if (!extend) return error(extend.error());
  Response response;
  base::JsonWriter json(response.body);
  json.begin_object();
  json.key("meta");
  json.begin_array();
  for (const auto& id : extend->properties) append_named(json, id, name_of_property(id));
  json.end_array();
  json.key("rows");
  json.begin_object();
  std::set<std::string_view> told;
  for (const auto& id : extend->ids) {
    if (!told.insert(id).second) continue;
    json.key(id);
    json.begin_object();
    const auto* entity = call.state->entity(id);
    for (const auto& property : extend->properties) {
      json.key(property);
      json.begin_array();
      if (entity)
        for (const auto value : entity->all(property)) {
          json.begin_object();
          json.field("str", value);
          json.end_object();
        }
      json.end_array();
    }
    json.end_object();
  }
  json.end_object();
  json.end_object();
  return response;
}

// Of a fixed choice, what has the prefix asked for in its id or name.
template <class Rows>
Response suggest_of(const Call& call, const Rows& rows) {
  if (!Scope::of(*call.state, call.request.capture(0))) return no_dataset();
  const std::string wanted = base::ascii_lower(call.request.param("prefix"));
  Response response;
  base::JsonWriter json(response.body);
  json.begin_object();
  json.key("result");
  json.begin_array();
  for (const Named& row : rows)
    if (base::ascii_lower(row.id).find(wanted) != std::string::npos ||
        base::ascii_lower(row.name).find(wanted) != std::string::npos)
      append_named(json, row.id, row.name);
  json.end_array();
  json.end_object();
  return response;
}

}  // namespace

Response reconcile(const Call& call) {
  const auto scope = Scope::of(*call.state, call.request.capture(0));
  if (!scope) return no_dataset();
  if (call.request.has("queries")) return answer_queries(call, *scope, call.request.param("queries"));
  if (call.request.has("extend")) return answer_extend(call, call.request.param("extend"));
  return manifest(call);
}

Response reconcile_batch(const Call& call) {
  const auto scope = Scope::of(*call.state, call.request.capture(0));
  if (!scope) return no_dataset();
  if (!call.request.content_type.starts_with("application/x-www-form-urlencoded"))
    return error(415, "expected a form (application/x-www-form-urlencoded) with queries or extend");
  const auto form = parse_query(call.request.body);
  if (!form) return error(400, "the form is not URL-encoded UTF-8");
  for (const auto& [name, value] : *form) {
    if (name == "queries") return answer_queries(call, *scope, value);
    if (name == "extend") return answer_extend(call, value);
  }
  return error(400, "expected queries or extend in the form");
}

Response suggest_entity(const Call& call) {
  const auto scope = Scope::of(*call.state, call.request.capture(0));
  if (!scope) return no_dataset();
  const auto limit = number_param(call.request, "limit", 10, 1, 100);
  if (!limit) return error(400, limit.error().message, "limit");
  const auto prefix = base::trim(call.request.param("prefix"));
  if (prefix.size() > kLongestValue) return error(400, "the prefix is too long", "prefix");
  const auto found = scope->find(*call.state, prefix, *limit);
  Response response;
  base::JsonWriter json(response.body);
  json.begin_object();
  json.key("result");
  json.begin_array();
  for (const auto* entity : found) append_candidate(json, *entity, nullptr);
  json.end_array();
  json.end_object();
  return response;
}

Response suggest_property(const Call& call) {
  return suggest_of(call, kProperties);
}

Response suggest_type(const Call& call) {
  return suggest_of(call, kTypes);
}

Response propose_properties(const Call& call) {
  if (!Scope::of(*call.state, call.request.capture(0))) return no_dataset();
  const auto limit = number_param(call.request, "limit", 100, 1, 1000);
  if (!limit) return error(400, limit.error().message, "limit");
  Response response;
  base::JsonWriter json(response.body);
  json.begin_object();
  if (call.request.has("type")) json.field("type", call.request.param("type"));
  json.field("limit", *limit);
  json.key("properties");
  json.begin_array();
  std::uint64_t told = 0;
  for (const auto& row : kProperties)
    if (told++ < *limit) append_named(json, row.id, row.name);
  for (const auto& row : kMore)
    if (told++ < *limit) append_named(json, row.id, row.name);
  json.end_array();
  json.end_object();
  return response;
}

Response preview(const Call& call) {
  if (!Scope::of(*call.state, call.request.capture(0))) return no_dataset();
  const auto* entity = call.state->entity(call.request.param("id"));
  if (!entity) return error(404, "no list here holds this id", "id");
  const auto safe = [](std::string_view value) { return base::escape_markup(base::printable(value)); };
  std::string page = fmt::format(
      "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{0}</title>"
      "<link rel=\"stylesheet\" href=\"/docs/reference.css\"><body "
      "class=\"preview\"><h1>{0}</h1><p>{1}</p><dl>",
      safe(entity->caption), safe(model::to_string(entity->schema)));
  constexpr std::size_t kMostRows = 60;
  std::size_t rows = 0;
  for (const auto& property : entity->properties)
    if (rows++ < kMostRows)
      page +=
          fmt::format("<dt>{}</dt><dd>{}</dd>", safe(name_of_property(property.name)), safe(property.value));
  page += fmt::format("<dt>Source</dt><dd>{}</dd></dl></body></html>", safe(model::describe(entity->source)));
  Response response = text(std::move(page), "text/html; charset=utf-8");
  // OpenRefine shows it inside its own page.
  response.header("Content-Security-Policy",
                  "default-src 'none'; style-src 'self'; frame-ancestors 'self' http://127.0.0.1:3333 "
                  "http://localhost:3333");
  return response;
}

}  // namespace cordon::serve::routes
