// Cases: opened, noted, decided by two. Every view and every step is an entry of the ledger.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cordon/base/json.hpp"
#include "cordon/base/text.hpp"
#include "serve/asked.hpp"
#include "serve/audit.hpp"
#include "serve/body.hpp"
#include "serve/router.hpp"
#include "serve/services.hpp"

namespace cordon::serve::routes {
namespace {

constexpr std::size_t kLongestTitle = 300, kLongestText = 20'000;

Response refusal(const CaseFault& fault) {
  return error(fault.status, fault.message, fault.where);
}
Response no_ledger() {
  return error(409, "the server was started without a ledger (--ledger); cases need one");
}

Response shown(const Case& one, int status = 200) {
  Response response;
  response.status = status;
  base::JsonWriter json(response.body);
  append_json(json, one, true);
  return response;
}

CaseStep step_of(const Call& call, std::string kind) {
  CaseStep step;
  step.kind = std::move(kind);
  step.actor = call.request.who->name;
  step.role = to_string(call.request.who->role);
  return step;
}

Response act(const Call& call, std::string_view id, const CaseStep& step) {
  auto& services = call.services;
  if (!services.ledger) return no_ledger();
  const auto done = services.cases.act(*services.ledger, id, step, call.state->versions);
  if (!done) return refusal(done.error());
  return shown(*done, 201);
}

std::uint64_t seen_of(Body& body) {
  const auto* json = body.find("seen");
  if (!json) return 0;
  if (json->is_number_unsigned()) return json->get<std::uint64_t>();
  body.refuse("seen: expected the number of an entry", "seen");
  return 0;
}

// The case, and the view of it in the ledger: what cannot be recorded is not shown.
tl::expected<Case, Response> viewed(const Call& call) {
  auto& services = call.services;
  if (!services.ledger) return tl::unexpected(no_ledger());
  auto found = services.cases.find(*services.ledger, call.request.capture(0));
  if (!found) return tl::unexpected(refusal(found.error()));
  if (auto done = audit(call, "case.view", "case:" + found->id); !done)
    return tl::unexpected(error(503, done.error().message));
  return std::move(*found);
}

}  // namespace

Response cases(const Call& call) {
  Asked asked(call.request);
  const auto status = asked.one_of("status", {"", "open", "proposed", "decided"});
  const std::string wanted = base::ascii_lower(asked.text("q"));
  const auto limit = asked.number("limit", 200, 1, 10'000);
  const auto offset = asked.number("offset", 0, 0, 1'000'000);
  if (asked.refusal()) return *asked.refusal();
  if (!call.services.ledger) return no_ledger();
  const auto all = call.services.cases.all(*call.services.ledger);
  if (!all) return error(503, all.error().message);
  Response response;
  base::JsonWriter json(response.body);
  json.begin_object();
  json.key("cases");
  json.begin_array();
  std::size_t total = 0, given = 0;
  for (const auto& one : *all) {
    if (!status.empty() && one.status != status) continue;
    const auto holds = [&](std::string_view text) {
      return base::ascii_lower(text).find(wanted) != std::string::npos;
    };
    if (!wanted.empty() && !holds(one.id) && !holds(one.title) && !holds(one.subject_id)) continue;
    if (++total <= offset || given == limit) continue;
    ++given;
    append_json(json, one, false);
  }
  json.end_array();
  json.field("total", static_cast<std::uint64_t>(total));
  json.key("outcomes");
  json.begin_array();
  for (const auto outcome : case_outcomes()) json.value(outcome);
  json.end_array();
  json.end_object();
  return response;
}

Response case_open(const Call& call) {
  Body body(call.request);
  CaseStep step = step_of(call, "open");
  step.title = body.required("title", kLongestTitle);
  const auto* subject = body.find("subject");
  if (!subject || !subject->is_object()) {
    body.refuse("subject: expected {\"type\", \"id\"}", "subject");
  } else {
    for (const auto& [name, to] : {std::pair{"type", &step.subject_type}, {"id", &step.subject_id}}) {
      const auto found = subject->find(name);
      if (found == subject->end() || !found->is_string() || found->get_ref<const std::string&>().size() > 300)
        body.refuse(fmt::format("subject.{}: expected a text of at most 300 bytes", name),
                    fmt::format("subject.{}", name));
      else
        *to = found->get<std::string>();
    }
  }
  if (body.refusal()) return *body.refusal();
  return act(call, {}, step);
}

Response case_one(const Call& call) {
  const auto found = viewed(call);
  return found ? shown(*found) : found.error();
}

Response case_note(const Call& call) {
  Body body(call.request);
  CaseStep step = step_of(call, "note");
  step.text = body.required("text", kLongestText);
  if (body.refusal()) return *body.refusal();
  return act(call, call.request.capture(0), step);
}

Response case_decide(const Call& call) {
  Body body(call.request);
  CaseStep step = step_of(call, "decide");
  step.outcome = body.required("outcome", 64);
  step.text = body.required("reason", kLongestText);
  step.seen = seen_of(body);
  if (body.refusal()) return *body.refusal();
  return act(call, call.request.capture(0), step);
}

Response case_attach(const Call& call) {
  Asked asked(call.request);
  CaseStep step = step_of(call, "attach");
  step.name = asked.required("name");
  if (asked.refusal()) return *asked.refusal();
  if (call.request.body.empty()) return error(400, "the body is the file to attach; it is empty", "body");
  if (call.request.body.size() > Cases::kLargestAttachment)
    return error(413, fmt::format("an attachment may have up to {} bytes", Cases::kLargestAttachment),
                 "body");
  step.type = base::to_utf8(call.request.content_type.substr(0, 100));
  step.content = call.request.body;
  return act(call, call.request.capture(0), step);
}

// Whatever was attached leaves as a file to save, never as a page to run.
Response case_attachment(const Call& call) {
  const auto number = base::parse_number<std::uint64_t>(call.request.capture(1));
  if (!number) return error(400, "entry: expected the number of an entry", "entry");
  const auto found = viewed(call);
  if (!found) return found.error();
  auto bytes = call.services.cases.content(*call.services.ledger, *found, *number);
  if (!bytes) return refusal(bytes.error());
  Response response = text(std::move(*bytes), "application/octet-stream");
  for (const auto& file : found->attachments)
    if (file.seq == *number) response.download(file.name);
  return response;
}

}  // namespace cordon::serve::routes
