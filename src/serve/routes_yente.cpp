// The answers of OpenSanctions' yente, in its shapes, from our lists and with our scores: a client of it
// works here by changing its address. What it knows and we do not (referents, dates of crawling, facets by
// topic) is empty, and one field is ours: `reasons`, the sentences behind a score.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "cordon/base/ids.hpp"
#include "cordon/base/json.hpp"
#include "cordon/base/text.hpp"
#include "cordon/screen/columns.hpp"
#include "serve/query_json.hpp"
#include "serve/router.hpp"
#include "serve/scope.hpp"
#include "serve/services.hpp"

namespace cordon::serve::routes {
namespace {

// Without the closing brace.
void append_entity(std::string& out, const model::Entity& entity) {
  model::append_ftm(out, entity);
  out.pop_back();
  out += R"(,"referents":[],"target":true,"first_seen":null,"last_seen":null,"last_change":null)";
}

void append_total(std::string& out, std::size_t total) {
  out += fmt::format(R"("total":{{"value":{},"relation":"eq"}})", total);
}

constexpr std::string_view kFeatures =
    R"({"cordon":{"description":"How alike the two parties are in all that both sides state: names across scripts, dates, countries, identifiers. The field reasons says it in sentences.","coefficient":1.0,"url":"/docs"}})";

Response no_dataset() {
  return error(404, "no list of this name is loaded: /catalog names them, and `default` means all",
               "dataset");
}

// A number from 0 to 1, or what stands for it.
base::Result<double> share_param(const Request& request, std::string_view name, double otherwise) {
  const auto number = decimal_param(request, name);
  if (!number) return tl::unexpected(number.error());
  if (!*number) return otherwise;
  if (**number < 0 || **number > 1) return base::fail("{}: expected a number from 0 to 1", name);
  return **number;
}

bool has_any(const model::Entity& entity, std::string_view property,
             const std::vector<std::string_view>& wanted) {
  return std::any_of(wanted.begin(), wanted.end(),
                     [&](std::string_view value) { return entity.has(property, value); });
}

struct Facet {
  std::string_view name, label;
  std::map<std::string, std::size_t, std::less<>> counts;
  std::string (*label_of)(std::string_view);
};

void append_facet(base::JsonWriter& json, const Facet& facet) {
  std::vector<std::pair<std::string, std::size_t>> rows(facet.counts.begin(), facet.counts.end());
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  json.key(facet.name);
  json.begin_object();
  json.field("label", facet.label);
  json.key("values");
  json.begin_array();
  for (const auto& [name, count] : rows) {
    json.begin_object();
    json.field("name", name);
    json.field("label", facet.label_of(name));
    json.field("count", static_cast<std::uint64_t>(count));
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

}  // namespace

Response match(const Call& call) {
  const Request& request = call.request;
  auto scope = Scope::of(*call.state, request.capture(0));
  if (!scope) return no_dataset();
  scope->narrow(request);
  const auto limit = number_param(request, "limit", cordon::screen::kDefaultLimit, 1, 500);
  const auto threshold = share_param(request, "threshold", cordon::screen::threshold());
  const auto cutoff = share_param(request, "cutoff", cordon::screen::kDefaultCutoff);
  if (!limit) return error(400, limit.error().message, "limit");
  if (!threshold) return error(400, threshold.error().message, "threshold");
  if (!cutoff) return error(400, cutoff.error().message, "cutoff");
  const auto examples = read_examples(request.body);
  if (!examples) return error(examples.error());

  const auto& entities = call.state->survey->lists.entities;
  Response response;
  std::string& out = response.body;
  out = R"({"responses":{)";
  bool first = true;
  for (const auto& example : *examples) {
    if (request.is_cancelled()) return error(503, "the time for this request is over");
    if (!first) out += ',';
    first = false;
    base::append_json_string(out, example.key);
    out += R"(:{"status":200,"results":[)";
    const auto hits = scope->search(*call.state, example.query, *limit, *cutoff);
    for (std::size_t i = 0; i < hits.size(); ++i) {
      const auto& hit = hits[i];
      if (i > 0) out += ',';
      append_entity(out, entities[hit.entity]);
      out += R"(,"score":)";
      base::append_json_fixed(out, hit.score, 4);
      out += R"(,"features":{"cordon":)";
      base::append_json_fixed(out, hit.score, 4);
      out += hit.score >= *threshold ? R"(},"match":true,"reasons":[)" : R"(},"match":false,"reasons":[)";
      for (std::size_t k = 0; k < hit.reasons.size(); ++k) {
        if (k > 0) out += ',';
        base::append_json_string(out, hit.reasons[k]);
      }
      out += "]}";
    }
    out += "],";
    append_total(out, hits.size());
    out += R"(,"query":)" + example.echo + '}';
  }
  out += R"(},"matcher":)";
  out += kFeatures;
  out += fmt::format(R"(,"limit":{}}})", *limit);
  return response;
}

Response search(const Call& call) {
  const Request& request = call.request;
  auto scope = Scope::of(*call.state, request.capture(0));
  if (!scope) return no_dataset();
  scope->narrow(request);
  const auto limit = number_param(request, "limit", 10, 0, 500);
  const auto offset = number_param(request, "offset", 0, 0, 9499);
  if (!limit) return error(400, limit.error().message, "limit");
  if (!offset) return error(400, offset.error().message, "offset");
  const auto schema = cordon::screen::read_schema(request.param("schema"));
  if (!schema) return error(400, schema.error().message, "schema");
  const auto q = base::trim(request.param("q"));
  if (q.size() > kLongestValue) return error(400, "the query is too long", "q");
  const auto countries = request.all("countries"), wanted = request.all("datasets");
  const bool any_kind = !*schema || **schema == model::Schema::Thing;

  const auto& entities = call.state->survey->lists.entities;
  const auto fits = [&](const model::Entity& entity) {
    if (!model::is_party(entity.schema) || !scope->holds(entity)) return false;
    if (!any_kind && entity.schema != **schema &&
        !(**schema == model::Schema::LegalEntity && entity.schema != model::Schema::Vessel))
      return false;
    if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), entity.source.dataset()) == wanted.end())
      return false;
    return countries.empty() || has_any(entity, "country", countries) ||
           has_any(entity, "nationality", countries) || has_any(entity, "flag", countries);
  };
  std::vector<const model::Entity*> found;
  if (q.empty()) {
    for (const auto& entity : entities)
      if (fits(entity)) found.push_back(&entity);
  } else {
    constexpr std::size_t kMostHits = 10'000;
    for (const auto* entity : scope->find(*call.state, q, kMostHits))
      if (fits(*entity)) found.push_back(entity);
  }

  const auto as_is = [](std::string_view name) { return std::string(name); };
  Facet by_country{
      "countries", "Countries", {}, [](std::string_view code) { return base::country_name(code); }},
      by_dataset{"datasets", "Data sources", {}, as_is}, by_topic{"topics", "Topics", {}, as_is};
  for (const auto* entity : found) {
    ++by_dataset.counts[std::string(entity->source.dataset())];
    for (const auto code : entity->all("country")) ++by_country.counts[std::string(code)];
    for (const auto topic : entity->all("topics")) ++by_topic.counts[std::string(topic)];
  }
  Response response;
  std::string& out = response.body;
  out = R"({"results":[)";
  const std::size_t end = std::min<std::size_t>(found.size(), *offset + *limit);
  for (std::size_t i = *offset; i < end; ++i) {
    if (i > *offset) out += ',';
    append_entity(out, *found[i]);
    out += '}';
  }
  out += R"(],"facets":)";
  base::JsonWriter json(out);
  json.begin_object();
  for (const Facet* facet : {&by_country, &by_topic, &by_dataset}) append_facet(json, *facet);
  json.end_object();
  out += ',';
  append_total(out, found.size());
  out += fmt::format(R"(,"limit":{},"offset":{}}})", *limit, *offset);
  return response;
}

Response yente_entity(const Call& call) {
  const auto* found = call.state->entity(call.request.capture(0));
  if (!found) return error(404, "no list here holds this id");
  Response response;
  append_entity(response.body, *found);
  response.body += '}';
  return response;
}

Response algorithms(const Call&) {
  return serve::json(fmt::format(
      R"({{"algorithms":[{{"name":"cordon","description":"The one algorithm here, whatever a request names.","features":{}}}],"default":"cordon","best":"cordon"}})",
      kFeatures));
}

Response catalog(const Call& call) {
  Response response;
  base::JsonWriter json(response.body);
  json.begin_object();
  json.key("datasets");
  json.begin_array();
  const auto row = [&](std::string_view name, std::string_view title, std::string_view version,
                       const std::vector<std::string>& children) {
    json.begin_object();
    json.field("name", name);
    json.field("title", title);
    json.field("load", true);
    json.field("version", version);
    json.field("index_version", version);
    json.field("index_current", true);
    json.key("children");
    json.begin_array();
    for (const auto& child : children) json.value(child);
    json.end_array();
    json.end_object();
  };
  row("default", "All lists loaded", fmt::format("{}", base::to_iso(call.state->loaded)),
      call.state->datasets);
  std::map<std::string_view, std::string_view> versions;
  for (const auto& entity : call.state->survey->lists.entities)
    if (entity.source.file) versions.emplace(entity.source.file->dataset, entity.source.file->version);
  for (const auto& [name, version] : versions) row(name, name, version, {});
  json.end_array();
  json.key("current");
  json.begin_array();
  for (const auto& name : call.state->datasets) json.value(name);
  json.end_array();
  json.key("outdated");
  json.begin_array();
  json.end_array();
  json.field("index_stale", false);
  json.end_object();
  return response;
}

}  // namespace cordon::serve::routes
