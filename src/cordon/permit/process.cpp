#include "cordon/permit/process.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cordon/base/text.hpp"
#include "cordon/permit/draft.hpp"

namespace cordon::permit {
namespace {

constexpr std::string_view kSubmit = "submit";  // after it the draft stands, unless it is sent back

bool has(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// "Ana " and "ana" are one person.
bool same_person(std::string_view a, std::string_view b) {
  return base::iequals(base::squeeze(a), base::squeeze(b));
}

bool drafter_role(std::string_view role) {
  return role == "analyst" || role == "approver" || role == "admin";
}

base::Result<void> check_details(const State& state, const Step& step, const Action& action) {
  if (has(step.needs, "date") && !action.date.complete())
    return base::fail("{}: needs the date of the event", step.id);
  if (has(step.needs, "reference") && base::trim(action.reference).empty())
    return base::fail("{}: needs a reference", step.id);
  if (has(step.needs, "note") && base::trim(action.note).empty())
    return base::fail("{}: needs a note", step.id);
  if (!step.outcomes.empty() && !has(step.outcomes, action.outcome))
    return base::fail("{}: outcome: expected one of {}; found '{:.40}'", step.id,
                      fmt::join(step.outcomes, ", "), action.outcome);
  if (step.outcomes.empty() && !action.outcome.empty()) return base::fail("{}: takes no outcome", step.id);
  if (action.date.complete())
    for (const std::string& before : step.after)
      if (const Done* done = state.done(before); done != nullptr && action.date < done->action.date)
        return base::fail("{}: {} is before {} ({})", step.id, base::to_string(action.date), before,
                          base::to_string(done->action.date));
  return {};
}

base::Result<void> check_person(const State& state, const Step& step, const Action& action) {
  if (!has(step.roles, action.role))
    return base::fail("{}: expected the role {}; found '{:.40}'", step.id, fmt::join(step.roles, " or "),
                      action.role);
  if (step.four_eyes)
    for (const std::string& drafter : state.drafters)
      if (same_person(drafter, action.actor))
        return base::fail("{}: four eyes: {} drafted it and may not approve it", step.id, drafter);
  return {};
}

std::string lacking(const Checklist& checklist) {
  std::string out;
  for (const Lack& lack : checklist.lacks)
    if (lack.mandatory) out += (out.empty() ? "" : ", ") + lack.field->id;
  return out;
}

base::Result<void> allowed_close(const State& state, const Action& action) {
  if (!drafter_role(action.role))
    return base::fail("close: expected the role analyst, approver or admin; found '{:.40}'", action.role);
  if (!state.checklist.complete())
    return base::fail("close: mandatory fields are empty or wrong: {}", lacking(state.checklist));
  if (action.outcome == "withdrawn") {
    if (base::trim(action.note).empty()) return base::fail("close: a withdrawal needs a note");
    return {};
  }
  if (!action.outcome.empty())
    return base::fail("close: outcome: expected none, or withdrawn; found '{:.40}'", action.outcome);
  if (!state.ended.empty()) return {};
  for (const std::string& step : state.checklist.steps)
    if (state.done(step) == nullptr) return base::fail("close: step {} is still to be done", step);
  return {};
}

base::Result<void> allowed_draft(const State& state, const Action& action) {
  if (!drafter_role(action.role))
    return base::fail("{}: expected the role analyst, approver or admin; found '{:.40}'", action.step,
                      action.role);
  if (action.step == "open") {
    if (state.revision != 0) return base::fail("{}: is open already", state.id);
    return {};
  }
  if (!state.draft_open)
    return base::fail("revise: the request was sent; it can be changed only when it is sent back");
  if (!state.ended.empty()) return base::fail("revise: it ended as {}", state.ended);
  return {};
}

}  // namespace

const Done* State::done(std::string_view step) const {
  const Step* rule = checklist.kind == nullptr ? nullptr : checklist.kind->step(step);
  for (auto each = history.rbegin(); each != history.rend(); ++each)
    if (each->action.step == step)
      return rule != nullptr && rule->per_revision && each->revision != revision ? nullptr : &*each;
  return nullptr;
}

base::Result<void> reachable(const State& state, const Step& step) {
  if (!has(state.checklist.steps, step.id)) return base::fail("{}: does not apply to this request", step.id);
  if (!state.ended.empty())
    return base::fail("{}: the request ended as {}; it can only be closed", step.id, state.ended);
  if (state.returned) return base::fail("{}: the request was sent back; revise it first", step.id);
  if (state.done(step.id) != nullptr) return base::fail("{}: is done already", step.id);
  for (const std::string& before : step.after)
    if (has(state.checklist.steps, before) && state.done(before) == nullptr)
      return base::fail("{}: the law puts {} before it", step.id, before);
  if (step.complete && !state.checklist.complete())
    return base::fail("{}: mandatory fields are empty or wrong: {}", step.id, lacking(state.checklist));
  return {};
}

base::Result<void> allowed(const State& state, const Action& action) {
  if (base::trim(action.actor).empty()) return base::fail("actor: expected a name, found nothing");
  if (state.closed) return base::fail("{}: is closed", state.id);
  if (action.step == "open" || action.step == "revise") {
    if (action.step == "revise" && state.revision == 0) return base::fail("{}: is not open", state.id);
    return allowed_draft(state, action);
  }
  if (state.revision == 0) return base::fail("{}: is not open", state.id);
  if (action.step == "close") return allowed_close(state, action);
  const Step* step = state.checklist.kind->step(action.step);
  if (step == nullptr) {
    std::string ids;
    for (const Step& each : state.checklist.kind->steps) ids += (ids.empty() ? "" : ", ") + each.id;
    return base::fail("step: expected one of {}; found '{:.40}'", ids, action.step);
  }
  if (auto done = reachable(state, *step); !done) return done;
  if (auto done = check_person(state, *step, action); !done) return done;
  return check_details(state, *step, action);
}

base::Result<void> apply(State& state, Done done, const Kinds& kinds, const law::LawBook& book) {
  const Action& action = done.action;
  if (action.step == "open" || action.step == "revise") {
    auto request = parse_request(action.request);
    if (!request) return tl::unexpected(request.error());
    auto checklist = check(kinds, book, *request);
    if (!checklist) return tl::unexpected(checklist.error());
    if (action.step == "revise" && checklist->kind != state.checklist.kind)
      return base::fail("revise: the kind of a request stays: expected {}, found {}",
                        state.checklist.kind->id, checklist->kind->id);
    state.request = std::move(*request);
    state.checklist = std::move(*checklist);
    ++state.revision;
    state.returned = false;
    if (std::none_of(state.drafters.begin(), state.drafters.end(),
                     [&](const auto& name) { return same_person(name, action.actor); }))
      state.drafters.push_back(action.actor);
  } else if (action.step == "close") {
    state.closed = true;
    state.closed_as = !action.outcome.empty() ? action.outcome
                      : !state.ended.empty()  ? state.ended
                                              : "completed";
  } else if (const Step* step = state.checklist.kind->step(action.step); step != nullptr) {
    if (action.step == kSubmit) state.draft_open = false;
    if (has(step->reopens, action.outcome)) state.draft_open = state.returned = true;
    if (has(step->ends, action.outcome)) state.ended = action.outcome;
  }
  done.revision = state.revision;
  state.last_seq = done.seq;
  state.history.push_back(std::move(done));
  return {};
}

std::vector<std::string> next_steps(const State& state) {
  std::vector<std::string> out;
  if (state.closed || state.revision == 0) return out;
  if (state.draft_open && (state.returned || !state.checklist.complete())) out.push_back("revise");
  if (!state.returned)
    for (const std::string& id : state.checklist.steps)
      if (reachable(state, *state.checklist.kind->step(id))) out.push_back(id);
  const bool all_done = std::all_of(state.checklist.steps.begin(), state.checklist.steps.end(),
                                    [&](const auto& id) { return state.done(id) != nullptr; });
  if (state.checklist.complete() && !state.returned && (all_done || !state.ended.empty()))
    out.push_back("close");
  return out;
}

}  // namespace cordon::permit
