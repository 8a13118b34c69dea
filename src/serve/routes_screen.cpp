// Who on the lists is this?
#include <fmt/format.h>

#include <array>

#include "cordon/base/json.hpp"
#include "cordon/base/text.hpp"
#include "cordon/screen/answer.hpp"
#include "serve/query_json.hpp"
#include "serve/router.hpp"
#include "serve/services.hpp"

namespace cordon::serve::routes {
namespace {

// What is said of one field of two parties.
void append_difference(base::JsonWriter& json, std::string_view field, const std::string& left,
                       const std::string& right) {
  if (left.empty() && right.empty()) return;
  json.begin_object();
  json.field("field", field);
  json.field("left", left);
  json.field("right", right);
  json.field("says", left.empty()                 ? "only right"
                     : right.empty()              ? "only left"
                     : base::iequals(left, right) ? "same"
                                                  : "differs");
  json.end_object();
}

std::string joined(const std::vector<std::string>& values) {
  std::string out;
  for (const auto& value : values) out += (out.empty() ? "" : "; ") + value;
  return out;
}

// A side as a query, and, where it names a listed party, that party.
Read<const model::Entity*> settle(const Call& call, Side& side, const std::string& where) {
  if (side.entity.empty()) {
    const auto& q = side.query;
    if (q.names.empty() && q.imo.empty() && q.imo_company.empty() && q.mmsi.empty() && q.callsign.empty() &&
        q.passport.empty() && q.lei.empty())
      return tl::unexpected<Refused>(Refused{400, "expected a name, an identifier, or an entity", where});
    return nullptr;
  }
  const auto* entity = call.state->entity(side.entity);
  if (!entity) return tl::unexpected<Refused>(Refused{404, "no list here holds this id", where + ".entity"});
  side.query = screen::query_of(*entity);
  return entity;
}

}  // namespace

Response screen(const Call& call) {
  const Request& request = call.request;
  const auto limit = number_param(request, "limit", cordon::screen::kDefaultLimit, 1, 100);
  if (!limit) return error(400, limit.error().message, "limit");
  cordon::screen::AnswerForm form;
  form.limit = *limit;
  for (const auto& [name, value] : {std::pair{"threshold", &form.threshold}, {"cutoff", &form.cutoff}}) {
    const auto number = decimal_param(request, name);
    if (!number || (*number && (**number < 0 || **number > 1)))
      return error(400, fmt::format("{}: expected a number from 0 to 1", name), name);
    if (*number) *value = **number;
  }
  const bool csv = request.content_type.starts_with("text/csv");
  auto queries = csv ? read_csv_queries(request.body) : read_queries(request.body);
  if (!queries) return error(queries.error());
  Response response;
  std::string& out = response.body;
  out = R"({"answers":[)";
  bool first = true;
  for (const auto& query : *queries) {
    if (request.is_cancelled()) return error(503, "the time for this request is over");
    if (!first) out += ',';
    first = false;
    out += cordon::screen::answer(*call.state->survey->lists.index, query, form).text;
    out.pop_back();  // the end of its line
  }
  out += R"(],"versions":)";
  out += call.state->versions;
  out += '}';
  return response;
}

Response compare(const Call& call) {
  auto sides = read_pair(call.request.body);
  if (!sides) return error(sides.error());
  auto& [left, right] = *sides;
  const auto left_entity = settle(call, left, "left");
  if (!left_entity) return error(left_entity.error());
  const auto right_entity = settle(call, right, "right");
  if (!right_entity) return error(right_entity.error());
  // A listed party is more than a query made of it: weak aliases count as such.
  const auto verdict = *left_entity && *right_entity
                           ? cordon::screen::compare_entities(**left_entity, **right_entity)
                       : *right_entity ? cordon::screen::compare_pair(left.query, **right_entity)
                       : *left_entity  ? cordon::screen::compare_pair(right.query, **left_entity)
                                       : cordon::screen::compare_pair(left.query, right.query);
  Response response;
  base::JsonWriter json(response.body);
  json.begin_object();
  json.fixed_field("score", verdict.score, 4);
  json.field("match", verdict.match);
  json.key("reasons");
  json.begin_array();
  for (const auto& reason : verdict.reasons) json.value(reason);
  json.end_array();
  json.key("differs");
  json.begin_array();
  const auto &a = left.query, &b = right.query;
  append_difference(json, "name", joined(a.names), joined(b.names));
  append_difference(json, "birth_date", joined(a.birth_dates), joined(b.birth_dates));
  append_difference(json, "country", joined(a.countries), joined(b.countries));
  using Field = std::string cordon::screen::Query::*;
  static constexpr std::array<std::pair<std::string_view, Field>, 9> kFields = {{
      {"gender", &cordon::screen::Query::gender},
      {"imo", &cordon::screen::Query::imo},
      {"imo_company", &cordon::screen::Query::imo_company},
      {"mmsi", &cordon::screen::Query::mmsi},
      {"callsign", &cordon::screen::Query::callsign},
      {"flag", &cordon::screen::Query::flag},
      {"passport", &cordon::screen::Query::passport},
      {"lei", &cordon::screen::Query::lei},
      {"build_year", &cordon::screen::Query::build_year},
  }};
  for (const auto& [name, field] : kFields) append_difference(json, name, a.*field, b.*field);
  json.end_array();
  json.end_object();
  return response;
}

Response entity(const Call& call) {
  const auto* found = call.state->entity(call.request.capture(0));
  if (!found) return error(404, "no list here holds this id");
  Response response;
  model::append_ftm(response.body, *found);
  response.body.pop_back();
  response.body += R"(,"versions":)" + call.state->versions + '}';
  return response;
}

}  // namespace cordon::serve::routes
