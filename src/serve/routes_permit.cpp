// Requests for exemptions and permits: kinds, checklists, drafts, steps, clocks. The signed-in user is the
// actor of every step; the kinds say who may do what, and that who drafts does not approve.
#include <fmt/format.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "cordon/base/json.hpp"
#include "cordon/base/text.hpp"
#include "cordon/permit/desk.hpp"
#include "cordon/permit/draft.hpp"
#include "serve/asked.hpp"
#include "serve/body.hpp"
#include "serve/router.hpp"
#include "serve/services.hpp"

namespace cordon::serve::routes {
namespace {

constexpr std::size_t kLongestText = 20'000;

Response no_ledger() {
  return error(409, "the server was started without a ledger (--ledger); requests need one");
}

base::Date today() {
  return base::date_of(std::chrono::duration_cast<std::chrono::milliseconds>(
                           std::chrono::system_clock::now().time_since_epoch())
                           .count());
}

const permit::Kinds& kinds() {
  static const auto all = permit::Kinds::embedded();
  if (!all) throw std::runtime_error(all.error().message);
  return **all;
}

permit::Desk desk_of(const Call& call) {
  return {*call.services.ledger, kinds(), *call.state->law, call.state->versions};
}

// The room's errors are sentences for people; which status they mean is told by what was asked.
Response refused(const base::Error& why, int status, std::string_view where = {}) {
  return error(status, why.message, where);
}

void append_due(base::JsonWriter& json, const std::vector<permit::Due>& all) {
  json.begin_array();
  for (const auto& one : all) {
    std::string line;
    permit::append_json(line, one);
    json.raw(line);
  }
  json.end_array();
}

Response unknown() {
  return error(404, "there is no request of this id", "id");
}

// The state with its clocks, the answer to every step.
Response shown(const permit::State& state, int status = 200) {
  Response response;
  response.status = status;
  std::string line;
  permit::append_json(line, state);
  base::JsonWriter json(response.body);
  json.begin_object();
  json.key("request");
  json.raw(state.request.json.empty() ? "{}" : state.request.json);
  json.key("state");
  json.raw(line);
  json.key("checklist");
  line.clear();
  permit::append_json(line, state.checklist, state.request);
  json.raw(line);
  json.key("due");
  const auto due = permit::due_of(state, today());
  if (!due) return refused(due.error(), 500);
  append_due(json, *due);
  json.end_object();
  return response;
}

permit::Action action_of(const Call& call, std::string step) {
  permit::Action action;
  action.actor = call.request.who->name;
  action.role = to_string(call.request.who->role);
  action.step = std::move(step);
  return action;
}

}  // namespace

Response permit_kinds(const Call&) {
  Response response;
  base::JsonWriter json(response.body);
  json.begin_object();
  json.key("kinds");
  json.begin_array();
  for (const auto& kind : kinds().all()) {
    std::string line;
    permit::append_json(line, kind);
    json.raw(line);
  }
  json.end_array();
  json.end_object();
  return response;
}

Response permit_check(const Call& call) {
  auto request = permit::parse_request(call.request.body);
  if (!request) return refused(request.error(), 400, "body");
  *request = permit::dated(std::move(*request), today());
  const auto checklist = permit::check(kinds(), *call.state->law, *request);
  if (!checklist) return refused(checklist.error(), 400, "kind");
  Response response;
  permit::append_json(response.body, *checklist, *request);
  return response;
}

Response permit_open(const Call& call) {
  auto request = permit::parse_request(call.request.body);
  if (!request) return refused(request.error(), 400, "body");
  if (!call.services.ledger) return no_ledger();
  auto action = action_of(call, "open");
  action.request = permit::dated(std::move(*request), today()).json;
  const auto state = desk_of(call).open(std::move(action));
  if (!state) return refused(state.error(), 409);
  return shown(*state, 201);
}

Response permits(const Call& call) {
  Asked asked(call.request);
  const auto as_of = asked.day("as_of").value_or(today());
  if (asked.refusal()) return *asked.refusal();
  if (!call.services.ledger) return no_ledger();
  const auto states = desk_of(call).all();
  if (!states) return refused(states.error(), 503);
  const auto due = permit::due_of_all(*states, as_of);
  if (!due) return refused(due.error(), 503);
  Response response;
  base::JsonWriter json(response.body);
  json.begin_object();
  json.field("as_of", base::to_string(as_of));
  json.key("permits");
  json.begin_array();
  for (const auto& state : *states) {
    std::string line;
    permit::append_json(line, state);
    json.raw(line);
  }
  json.end_array();
  json.key("due");
  append_due(json, *due);
  json.end_object();
  return response;
}

Response permit_one(const Call& call) {
  if (!call.services.ledger) return no_ledger();
  const auto state = desk_of(call).state(call.request.capture(0));
  return state ? shown(*state) : unknown();
}

Response permit_draft(const Call& call) {
  Asked asked(call.request);
  const auto format = asked.one_of("format", {"html", "text", "json"});
  const bool send = asked.one_of("send", {"no", "yes"}) == "yes";
  if (asked.refusal()) return *asked.refusal();
  if (!call.services.ledger) return no_ledger();
  const auto state = desk_of(call).state(call.request.capture(0));
  if (!state) return unknown();
  auto how = permit::draft_options(*state, call.state->versions);
  if (send && how.approved.empty())
    return error(409, "only a draft that a second person approved may leave without its mark", "send");
  how.for_sending = send;
  Response response;
  if (format == "json") {
    permit::append_draft_json(response.body, state->checklist, state->request, how);
    return response;
  }
  const bool page = format == "html";
  if (page)
    permit::append_draft_html(response.body, state->checklist, state->request, how);
  else
    permit::append_draft_text(response.body, state->checklist, state->request, how);
  response.content_type = page ? "text/html; charset=utf-8" : "text/plain; charset=utf-8";
  response.download(fmt::format("{}.{}", state->id, page ? "html" : "txt"));
  return response;
}

Response permit_step(const Call& call) {
  Body body(call.request);
  auto action = action_of(call, call.request.capture(1));
  action.outcome = body.text("outcome", 64);
  action.reference = body.text("reference", 300);
  action.note = body.text("note", kLongestText);
  if (const auto date = body.text("date", 32); !date.empty()) {
    const auto day = base::parse_date(date);
    if (day && day->complete())
      action.date = *day;
    else
      body.refuse("date: expected a day such as 2026-11-24", "date");
  }
  const auto* request = body.find("request");
  if (action.step == "revise" && (!request || !request->is_object()))
    body.refuse("request: expected the request as it shall be", "request");
  if (body.refusal()) return *body.refusal();
  if (action.step == "open") return error(400, "a request is opened with POST /api/v1/permits", "step");
  if (action.step == "revise") {
    auto read = permit::parse_request(request->dump());
    if (!read) return refused(read.error(), 400, "request");
    action.request = permit::dated(std::move(*read), today()).json;
  }
  if (!call.services.ledger) return no_ledger();
  auto desk = desk_of(call);
  const auto& id = call.request.capture(0);
  if (const auto before = desk.state(id); !before) return unknown();
  const auto state = desk.act(id, std::move(action));
  return state ? shown(*state, 201) : refused(state.error(), 409, "step");
}

}  // namespace cordon::serve::routes
