// How the server is: for people, for probes, for Prometheus; and what happens, as it happens.
#include <fmt/format.h>

#include <iterator>

#include "cordon/base/json.hpp"
#include "serve/router.hpp"
#include "serve/services.hpp"

namespace cordon::serve::routes {
namespace {

void append_time(base::JsonWriter& json, std::string_view name, base::TimeMs time) {
  json.key(name);
  if (time == base::kNoTime)
    json.null();
  else
    json.value(base::to_iso(time));
}

}  // namespace

Response healthz(const Call&) {
  return serve::json(R"({"status":"ok"})");
}

Response readyz(const Call& call) {
  if (call.services.stopping) return error(503, "the server is stopping");
  if (!call.state) return error(503, "lists and feeds are still being loaded");
  return serve::json(R"({"status":"ok"})");
}

Response metrics(const Call& call) {
  Response response = text({}, "text/plain; version=0.0.4; charset=utf-8");
  call.services.metrics.append(response.body);
  const auto& survey = *call.state->survey;
  auto to = std::back_inserter(response.body);
  const auto gauge = [&](const char* name, const char* help, std::uint64_t value) {
    fmt::format_to(to, "# HELP cordon_{0} {1}\n# TYPE cordon_{0} gauge\ncordon_{0} {2}\n", name, help, value);
  };
  gauge("snapshot", "Number of the load in use.", call.state->number);
  gauge("entities", "Listed parties loaded.", survey.lists.entities.size());
  gauge("positions", "Positions read from the feeds.", survey.run.positions);
  gauge("vessels", "Vessels heard.", survey.run.vessels);
  gauge("events", "Events found.", survey.run.events);
  gauge("targets", "Target dossiers.", survey.dossiers.size());
  return response;
}

Response status(const Call& call) {
  const auto& run = call.state->survey->run;
  Response response;
  base::JsonWriter json(response.body);
  json.begin_object();
  json.field("program", run.program_version);
  json.field("law", run.law_version);
  json.field("snapshot", call.state->number);
  json.field("loaded", base::to_iso(call.state->loaded));
  json.key("lists");
  json.begin_array();
  for (const auto& list : run.lists) {
    json.begin_object();
    json.field("dataset", list.dataset);
    json.field("version", list.version);
    json.field("file", list.file);
    json.field("entities", static_cast<std::uint64_t>(list.entities));
    json.end_object();
  }
  json.end_array();
  json.key("feeds");
  json.begin_array();
  for (const auto& feed : run.feeds) json.value(feed);
  json.end_array();
  json.field("positions", run.positions);
  json.field("vessels", run.vessels);
  json.field("events", run.events);
  json.field("targets", static_cast<std::uint64_t>(call.state->survey->dossiers.size()));
  append_time(json, "first", run.first);
  append_time(json, "last", run.last);
  json.field("as_of", run.as_of);
  json.key("warnings");
  json.begin_array();
  for (const auto& warning : run.warnings) json.value(warning);
  json.end_array();
  json.field("live", call.services.live);
  json.field("users", call.services.has_users);
  json.field("ledger", call.services.ledger != nullptr);
  json.end_object();
  return response;
}

Response reload(const Call& call) {
  if (!call.services.reload()) return error(409, "a reload is under way already");
  return serve::json(R"({"status":"reloading"})", 202);
}

Response stream(const Call& call) {
  Response response;
  response.events = true;
  response.content_type = "text/event-stream";
  response.body = "retry: 2000\n\n";
  if (call.request.last_event_id.empty())
    response.body += fmt::format("event: status\ndata: {{\"snapshot\":{}}}\n\n", call.state->number);
  return response;
}

}  // namespace cordon::serve::routes
