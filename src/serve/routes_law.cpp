// What the law says: verdicts on facts, the measures, and the words a form may offer.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cordon/base/json.hpp"
#include "cordon/base/resource.hpp"
#include "cordon/base/text.hpp"
#include "serve/asked.hpp"
#include "serve/router.hpp"
#include "serve/state.hpp"

namespace cordon::serve::routes {
namespace {

constexpr std::size_t kMostQuestions = 1000, kMostUnknownTold = 20;

void date_field(base::JsonWriter& json, std::string_view name, const base::Date& date) {
  json.key(name);
  if (date.empty())
    json.null();
  else
    json.value(base::to_string(date));
}

void texts(base::JsonWriter& json, std::string_view name, const std::vector<std::string>& values) {
  json.key(name);
  json.begin_array();
  for (const auto& value : values) json.value(value);
  json.end_array();
}

void citation_fields(base::JsonWriter& json, const model::Citation& citation) {
  json.field("citation", citation.text);
  json.field("instrument", citation.instrument);
  json.field("paragraph", citation.paragraph);
  date_field(json, "date", citation.date);
  json.field("paragraph_verified", citation.paragraph_verified);
  json.field("content_verified", citation.content_verified);
}

void measure_fields(base::JsonWriter& json, const model::Measure& measure) {
  json.field("id", measure.id);
  json.field("jurisdiction", measure.jurisdiction);
  citation_fields(json, measure.citation);
  json.field("category", measure.category);
  json.field("direction", measure.direction);
  json.field("force", measure.force);
  json.field("summary", measure.summary);
  json.field("may_or_must", measure.may_or_must);
  json.field("status", measure.status);
  date_field(json, "start", measure.start);
  date_field(json, "end", measure.end);
  if (!measure.superseded_by.empty()) json.field("superseded_by", measure.superseded_by);
  texts(json, "hs", measure.hs);
  texts(json, "exemptions", measure.exemptions);
}

void exemption_fields(base::JsonWriter& json, const law::Exemption& exemption) {
  json.field("id", exemption.id);
  json.field("jurisdiction", exemption.jurisdiction);
  citation_fields(json, exemption.citation);
  json.field("summary", exemption.summary);
  json.field("who_decides", exemption.who_decides);
  json.field("form", exemption.form);
  date_field(json, "start", exemption.start);
  date_field(json, "end", exemption.end);
  texts(json, "lifts", exemption.lifts);
}

void source_fields(base::JsonWriter& json, const law::LawBook& book, std::string_view id) {
  json.key("sources");
  json.begin_array();
  for (const auto& key : book.sources_of(id))
    for (const auto& source : book.sources())
      if (source.key == key) {
        json.begin_object();
        json.field("key", source.key);
        json.field("what", source.what);
        json.field("location", source.location);
        json.field("grade", source.grade);
        json.end_object();
      }
  json.end_array();
  if (const auto condition = book.condition_of(id); !condition.empty()) {
    json.key("condition");
    json.raw(condition);
  }
}

bool holds_text(std::string_view where, std::string_view wanted) {
  return base::ascii_lower(where).find(wanted) != std::string::npos;
}

// The facts a form may ask for, without the spellings that only a reader of free text needs.
nlohmann::ordered_json facts_of(const nlohmann::ordered_json& file) {
  auto out = nlohmann::ordered_json::array();
  for (const auto& fact : file.value("facts", nlohmann::ordered_json::array())) {
    nlohmann::ordered_json one;
    for (const char* key : {"name", "kind", "meaning", "ask", "unit", "required", "closed"})
      if (fact.contains(key)) one[key] = fact[key];
    if (fact.contains("values")) {
      one["values"] = nlohmann::ordered_json::array();
      for (const auto& [word, spellings] : fact["values"].items()) one["values"].push_back(word);
    }
    out.push_back(std::move(one));
  }
  return out;
}

base::Result<std::string> vocabulary(const law::LawBook& book) {
  nlohmann::ordered_json out;
  out["version"] = book.version();
  out["jurisdictions"] = nlohmann::ordered_json::array();
  for (const auto& one : book.jurisdictions())
    out["jurisdictions"].push_back({{"code", one.code}, {"name", one.name}, {"note", one.note}});
  for (const auto& [member, name] :
       {std::pair{"facts", "law/facts.json"}, {"verdicts", "law/verdicts.json"}}) {
    const auto text = base::resource(name);
    if (!text) return tl::unexpected(text.error());
    const auto file = nlohmann::ordered_json::parse(*text, nullptr, false);
    if (!file.is_object()) return base::fail("{}: is no JSON object", name);
    out[member] = std::string_view(member) == "facts" ? facts_of(file) : file.value("verdicts", file);
  }
  std::vector<std::string> categories;
  for (const auto& measure : book.measures()) categories.push_back(measure.category);
  std::sort(categories.begin(), categories.end());
  categories.erase(std::unique(categories.begin(), categories.end()), categories.end());
  out["categories"] = categories;
  return out.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace

Response law_check(const Call& call) {
  const auto& book = *call.state->law;
  const auto requests = law::parse_requests(call.request.body);
  if (!requests) return error(400, requests.error().message, "body");
  if (requests->all.size() > kMostQuestions)
    return error(400,
                 fmt::format("expected at most {} questions, found {}", kMostQuestions, requests->all.size()),
                 "body");
  Response response;
  std::string& out = response.body;
  std::string unknown;
  std::size_t told = 0;
  if (requests->is_list) out += '[';
  for (std::size_t i = 0; i < requests->all.size(); ++i) {
    if (call.request.is_cancelled()) return error(503, "the time for this request is over");
    const auto& one = requests->all[i];
    for (const auto& name : book.unknown_names(one.facts))
      if (told++ < kMostUnknownTold)
        unknown += (unknown.empty() ? "" : ",") + percent_encode(std::string_view(name).substr(0, 64));
    if (i > 0) out += ',';
    law::append_json(out, one, law::check(book, one.date, one.facts, one.jurisdictions));
  }
  if (requests->is_list) out += ']';
  // Facts of no declared name are read as text only: `law/vocabulary` lists the names.
  if (!unknown.empty()) response.header("X-Cordon-Unknown-Facts", unknown);
  return response;
}

Response law_measures(const Call& call) {
  Asked asked(call.request);
  const auto jurisdiction = asked.text("jurisdiction"), category = asked.text("category");
  const std::string wanted = base::ascii_lower(asked.text("q"));
  const auto at = asked.day("at");
  const auto limit = asked.number("limit", 1000, 1, 10'000);
  const auto offset = asked.number("offset", 0, 0, 1'000'000);
  if (asked.refusal()) return *asked.refusal();
  const auto& book = *call.state->law;
  const auto known = [&](const law::Jurisdiction& one) { return base::iequals(one.code, jurisdiction); };
  if (!jurisdiction.empty() && std::none_of(book.jurisdictions().begin(), book.jurisdictions().end(), known))
    return error(400, "jurisdiction: the book of law does not hold this one", "jurisdiction");
  Response response;
  base::JsonWriter json(response.body);
  json.begin_object();
  json.field("version", book.version());
  json.key("measures");
  json.begin_array();
  std::size_t total = 0, shown = 0;
  for (const auto& measure : book.measures()) {
    if (!jurisdiction.empty() && !base::iequals(measure.jurisdiction, jurisdiction)) continue;
    if (!category.empty() && measure.category != category) continue;
    if (at &&
        ((!measure.start.empty() && *at < measure.start) || (!measure.end.empty() && *at > measure.end)))
      continue;
    if (!wanted.empty() && !holds_text(measure.id, wanted) && !holds_text(measure.summary, wanted) &&
        !holds_text(measure.citation.text, wanted))
      continue;
    if (++total <= offset || shown == limit) continue;
    ++shown;
    json.begin_object();
    measure_fields(json, measure);
    json.end_object();
  }
  json.end_array();
  json.field("total", static_cast<std::uint64_t>(total));
  json.end_object();
  return response;
}

Response law_measure(const Call& call) {
  const auto& book = *call.state->law;
  const auto& id = call.request.capture(0);
  const auto* measure = book.measure(id);
  const auto* exemption = measure ? nullptr : book.exemption(id);
  if (!measure && !exemption) return error(404, "no measure or exemption has this id", "id");
  Response response;
  base::JsonWriter json(response.body);
  json.begin_object();
  json.field("is_exemption", exemption != nullptr);
  if (measure)
    measure_fields(json, *measure);
  else
    exemption_fields(json, *exemption);
  source_fields(json, book, id);
  if (measure) {
    json.key("ways_out");
    json.begin_array();
    for (const auto& name : measure->exemptions)
      if (const auto* way = book.exemption(name)) {
        json.begin_object();
        exemption_fields(json, *way);
        json.end_object();
      }
    json.end_array();
  }
  json.end_object();
  return response;
}

Response law_vocabulary(const Call& call) {
  auto words = vocabulary(*call.state->law);
  if (!words) return error(500, words.error().message);
  return json(std::move(*words));
}

}  // namespace cordon::serve::routes
