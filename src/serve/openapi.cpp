#include "serve/openapi.hpp"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "cordon/base/resource.hpp"
#include "cordon/base/text.hpp"
#include "serve/router.hpp"

namespace cordon::serve {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kDetails = "serve/openapi/";

// All files of details as one; nothing in them is checked here but that they are JSON.
Json details() {
  Json all = {{"paths", Json::object()}, {"schemas", Json::object()}};
  for (const auto& name : base::resource_names(kDetails)) {
    const auto text = base::resource(name);
    if (!text) continue;
    auto one = Json::parse(*text, nullptr, false);
    if (!one.is_object()) continue;
    const std::string tag = name.substr(kDetails.size(), name.rfind('.') - kDetails.size());
    for (auto& [path, methods] : one["paths"].items())
      for (auto& [method, operation] : methods.items()) {
        operation["tags"] = {tag};
        all["paths"][path][method] = operation;
      }
    for (auto& [schema, value] : one["schemas"].items()) all["schemas"][schema] = value;
  }
  return all;
}

std::string method_of(const Route& route) {
  return base::ascii_lower(to_string(route.method));
}

// Names of the {parts} of a path, in order.
std::vector<std::string> parts_of(std::string_view path) {
  std::vector<std::string> names;
  for (auto at = path.find('{'); at != path.npos; at = path.find('{', at + 1))
    names.emplace_back(path.substr(at + 1, path.find('}', at) - at - 1));
  return names;
}

Json operation_of(const Route& route, Json detail) {
  Json out = {{"operationId", route.name}, {"summary", route.summary}};
  out["x-role"] = to_string(route.least);
  if (route.least == Role::open) out["security"] = Json::array();
  Json parameters = detail.contains("parameters") ? detail["parameters"] : Json::array();
  for (const auto& name : parts_of(route.path)) {
    bool told = false;
    for (const auto& one : parameters) told = told || (one.value("name", "") == name && one["in"] == "path");
    if (!told)
      parameters.push_back({{"name", name},
                            {"in", "path"},
                            {"required", true},
                            {"schema", {{"type", "string"}, {"minLength", 1}}}});
  }
  detail.erase("parameters");
  if (!parameters.empty()) out["parameters"] = std::move(parameters);
  for (auto& [key, value] : detail.items()) out[key] = value;
  if (!out.contains("responses"))
    out["responses"]["200"] = {{"description", "As asked"},
                               {"content", {{"application/json", Json::object()}}}};
  out["responses"]["default"] = {{"$ref", "#/components/responses/Error"}};
  return out;
}

}  // namespace

std::string openapi_document(std::string_view version) {
  Json detail = details();
  Json document = {
      {"openapi", "3.1.0"},
      {"info",
       {{"title", "cordon"},
        {"version", version},
        {"description",
         "The interface of cordon serve. Times are UTC. Absence of a hit is not clearance: it says that "
         "the lists "
         "loaded hold nobody like that, in the versions named in the answer."},
        {"license", {{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}}},
      {"servers", Json::array({{{"url", "/"}}})},
      {"security", Json::array({Json::object(), {{"token", Json::array()}}, {{"cookie", Json::array()}}})},
      {"paths", Json::object()},
  };
  for (const Route& route : routes_table()) {
    const std::string path(route.path), method = method_of(route);
    Json own = Json::object();
    if (detail["paths"].contains(path) && detail["paths"][path].contains(method))
      own = detail["paths"][path][method];
    document["paths"][path][method] = operation_of(route, std::move(own));
  }
  auto& components = document["components"];
  components["schemas"] = detail["schemas"];
  components["schemas"]["Error"] = Json::parse(R"({"type":"object","required":["error"],"properties":{"error":
      {"type":"object","required":["code","message"],"properties":{"code":{"type":"string"},
      "message":{"type":"string","description":"One clear sentence"},
      "where":{"type":"string","description":"What part of the request it is about, e.g. queries[3].birth_date"}}}}})");
  components["responses"]["Error"] = Json::parse(R"({"description":"What was wrong","content":
      {"application/json":{"schema":{"$ref":"#/components/schemas/Error"}}}})");
  components["securitySchemes"] = Json::parse(R"({"token":{"type":"http","scheme":"bearer"},
      "cookie":{"type":"apiKey","in":"cookie","name":"cordon_session"}})");
  return document.dump();
}

std::string reference_page(std::string_view version) {
  const Json document = Json::parse(openapi_document(version));
  const auto safe = [](const std::string& text) { return base::escape_markup(text); };
  std::string page =
      "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width\"><title>cordon: the interface</title><link rel=\"stylesheet\" "
      "href=\"/docs/reference.css\"></head><body><h1>The interface of cordon</h1><p>" +
      safe(document["info"]["description"].get<std::string>()) +
      "</p><p>For programs: <a href=\"/openapi.json\">/openapi.json</a> (OpenAPI 3.1), version " +
      safe(std::string(version)) +
      ". Errors are <code>{\"error\":{\"code\",\"message\",\"where\"}}</code>. The word at the right is the "
      "role a "
      "route needs; each role may do what those before it may: viewer, analyst, approver, admin.</p>";
  std::map<std::string, std::string> sections;
  for (const auto& [path, methods] : document["paths"].items())
    for (const auto& [method, operation] : methods.items()) {
      const std::string tag = operation.contains("tags") ? operation["tags"][0].get<std::string>() : "other";
      std::string& out = sections[tag];
      out += fmt::format(
          "<details><summary><code class=\"method "
          "{0}\">{1}</code><code>{2}</code><span>{3}</span><b>{4}</b></summary><div "
          "class=\"inside\">",
          method, base::ascii_upper(method), safe(path), safe(operation["summary"].get<std::string>()),
          safe(operation["x-role"].get<std::string>()));
      if (operation.contains("parameters")) {
        out += "<table><tr><th>parameter</th><th>in</th><th>meaning</th></tr>";
        for (const auto& one : operation["parameters"])
          out += fmt::format("<tr><td><code>{}</code></td><td>{}</td><td>{}</td></tr>",
                             safe(one.value("name", "")), safe(one.value("in", "")),
                             safe(one.value("description", "")));
        out += "</table>";
      }
      if (operation.contains("requestBody"))
        for (const auto& [type, body] : operation["requestBody"]["content"].items()) {
          out += fmt::format("<p>Body: <code>{}</code></p>", safe(type));
          if (body.contains("example"))
            out += fmt::format("<pre>{}</pre>",
                               safe(body["example"].is_string() ? body["example"].get<std::string>()
                                                                : body["example"].dump(2)));
        }
      for (const auto& [status, response] : operation["responses"].items())
        if (response.contains("description"))
          out += fmt::format("<p><code>{}</code> {}</p>", safe(status),
                             safe(response["description"].get<std::string>()));
      out += "</div></details>";
    }
  for (const auto& [tag, rows] : sections) page += "<h2>" + safe(tag) + "</h2>" + rows;
  return page + "</body></html>";
}

std::vector<std::string> openapi_gaps() {
  std::vector<std::string> gaps;
  const Json detail = details();
  const auto known = [&](const std::string& path, const std::string& method) {
    for (const Route& route : routes_table())
      if (route.path == path && method_of(route) == method) return true;
    return false;
  };
  for (const auto& [path, methods] : detail["paths"].items())
    for (const auto& [method, operation] : methods.items())
      if (!known(path, method)) gaps.push_back(method + " " + path + ": described, but no route");
  for (const Route& route : routes_table()) {
    const std::string path(route.path);
    if (!detail["paths"].contains(path) || !detail["paths"][path].contains(method_of(route)))
      gaps.push_back(method_of(route) + " " + path + ": a route, but not described");
  }
  return gaps;
}

}  // namespace cordon::serve
