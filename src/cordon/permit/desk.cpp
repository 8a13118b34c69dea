#include "cordon/permit/desk.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "cordon/base/json.hpp"
#include "cordon/base/text.hpp"
#include "cordon/permit/draft.hpp"

namespace cordon::permit {
namespace {

constexpr std::string_view kSubject = "permit:", kKind = "permit.";

std::string subject_of(std::string_view id) {
  return std::string(kSubject) + std::string(id);
}

base::Result<void> check_id(std::string_view id) {
  const bool good = !id.empty() && id.size() <= 64 &&
                    id.find_first_not_of(
                        "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                        "abcdefghijklmnopqrstuvwxyz"
                        "0123456789-_./") == std::string_view::npos;
  if (!good)
    return base::fail("id: expected up to 64 letters, digits and - _ . /, found '{:.80}'",
                      base::printable(id));
  return {};
}

}  // namespace

ledger::Record record_of(const State& state, const Action& action, std::string_view versions) {
  std::string payload;
  base::JsonWriter json(payload);
  json.begin_object();
  json.field("revision", state.revision + (action.step == "open" || action.step == "revise" ? 1U : 0U));
  const auto field = [&](std::string_view name, const std::string& text) {
    if (!text.empty()) json.field(name, text);
  };
  field("outcome", action.outcome);
  field("reference", action.reference);
  field("note", action.note);
  field("date", base::to_string(action.date));
  field("draft_sha256", action.draft_sha256);
  if (!action.request.empty()) {
    json.key("request");
    json.raw(action.request);
  }
  json.end_object();
  return {action.actor,         action.role, std::string(kKind) + action.step,
          subject_of(state.id), payload,     std::string(versions)};
}

base::Result<Action> action_of(const ledger::Entry& entry) {
  const auto json = nlohmann::json::parse(entry.payload, nullptr, false);
  if (!json.is_object() || !entry.kind.starts_with(kKind))
    return base::fail("entry {}: is no step of a request", entry.seq);
  const auto text = [&](const char* name) {
    const auto found = json.find(name);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  Action action;
  action.actor = entry.actor;
  action.role = entry.role;
  action.step = entry.kind.substr(kKind.size());
  action.outcome = text("outcome");
  action.reference = text("reference");
  action.note = text("note");
  action.draft_sha256 = text("draft_sha256");
  if (const auto date = base::parse_date(text("date"))) action.date = *date;
  if (const auto found = json.find("request"); found != json.end()) action.request = found->dump();
  return action;
}

Desk::Desk(ledger::Ledger& ledger, const Kinds& kinds, const law::LawBook& book, std::string versions)
    : ledger_(ledger), kinds_(kinds), book_(book), versions_(std::move(versions)) {}

base::Result<State> Desk::open(Action action) {
  auto request = parse_request(action.request);
  if (!request) return tl::unexpected(request.error());
  std::string id = request->id;
  if (id.empty()) {
    std::set<std::string> taken;
    auto done = ledger_.read({}, [&](ledger::Entry&& entry) {
      if (entry.subject.starts_with(kSubject)) taken.insert(entry.subject.substr(kSubject.size()));
      return true;
    });
    if (!done) return tl::unexpected(done.error());
    for (int n = 1; id.empty() || taken.contains(id); ++n)
      id = fmt::format("R-{}-{:03}",
                       request->date.empty() ? "0000" : base::to_string(request->date).substr(0, 4), n);
  }
  action.step = "open";
  return act(id, std::move(action));
}

base::Result<State> Desk::act(std::string_view id, Action action) {
  if (auto good = check_id(id); !good) return tl::unexpected(good.error());
  auto found = action.step == "open" ? base::Result<State>(State{}) : state(id);
  if (!found) return tl::unexpected(found.error());
  State& now = *found;
  now.id = id;
  if (auto good = allowed(now, action); !good) return tl::unexpected(good.error());
  State after = now;
  if (auto good = permit::apply(after, {action, 0, "", 0}, kinds_, book_); !good)
    return tl::unexpected(good.error());
  action.draft_sha256 = draft_hash(after.checklist, after.request);
  const auto entries = ledger_.append(std::array{record_of(now, action, versions_)},
                                      ledger::Unchanged{subject_of(id), now.last_seq});
  if (!entries) {
    // Somebody else opened a request of that name.
    if (action.step == "open" && now.last_seq == 0 && state(id)) return base::fail("{}: is open already", id);
    return tl::unexpected(entries.error());
  }
  Done done{std::move(action), entries->front().seq, entries->front().time, 0};
  if (auto good = permit::apply(now, std::move(done), kinds_, book_); !good)
    return tl::unexpected(good.error());
  return std::move(now);
}

base::Result<State> Desk::state(std::string_view id) {
  ledger::Filter filter;
  filter.subject = subject_of(id);
  const auto entries = ledger_.entries(filter);
  if (!entries) return tl::unexpected(entries.error());
  if (entries->empty()) return base::fail("{}: no such request in {}", id, ledger_.name());
  State state;
  state.id = id;
  for (const ledger::Entry& entry : *entries) {
    auto action = action_of(entry);
    if (!action) return tl::unexpected(action.error());
    // Only what the rules allowed counts; `verify` names what they did not.
    if (allowed(state, *action))
      if (auto good = permit::apply(state, {std::move(*action), entry.seq, entry.time, 0}, kinds_, book_);
          !good)
        return base::fail("entry {}: {}", entry.seq, good.error().message);
    state.last_seq = entry.seq;
  }
  if (state.revision == 0) return base::fail("{}: was never opened", id);
  return state;
}

base::Result<std::vector<State>> Desk::all() {
  std::vector<std::string> ids;
  auto done = ledger_.read({}, [&](ledger::Entry&& entry) {
    if (entry.kind == "permit.open" && entry.subject.starts_with(kSubject))
      ids.push_back(entry.subject.substr(kSubject.size()));
    return true;
  });
  if (!done) return tl::unexpected(done.error());
  std::vector<State> out;
  for (const std::string& id : ids) {
    if (std::any_of(out.begin(), out.end(), [&](const State& s) { return s.id == id; })) continue;
    auto found = state(id);
    if (!found) return tl::unexpected(found.error());
    out.push_back(std::move(*found));
  }
  return out;
}

base::Result<std::vector<Desk::Breach>> Desk::breaches() {
  std::map<std::string, State> states;
  std::vector<Breach> out;
  auto done = ledger_.read({}, [&](ledger::Entry&& entry) {
    if (!entry.subject.starts_with(kSubject)) return true;
    const std::string id = entry.subject.substr(kSubject.size());
    State& state = states[id];
    state.id = id;
    auto action = action_of(entry);
    if (!action) {
      out.push_back({entry.seq, id, action.error().message});
      return true;
    }
    const std::string stated = action->draft_sha256;
    if (auto good = allowed(state, *action); !good) {
      out.push_back({entry.seq, id, good.error().message});
    } else if (good = permit::apply(state, {std::move(*action), entry.seq, entry.time, 0}, kinds_, book_);
               !good) {
      out.push_back({entry.seq, id, good.error().message});
    } else if (stated != draft_hash(state.checklist, state.request)) {
      out.push_back({entry.seq, id, "the draft it names is not the draft that stood"});
    }
    return true;
  });
  if (!done) return tl::unexpected(done.error());
  return out;
}

base::Result<Desk::Verdict> Desk::verify() {
  auto chain = ledger::verify(ledger_);
  if (!chain) return tl::unexpected(chain.error());
  auto found = breaches();
  if (!found) return tl::unexpected(found.error());
  return Verdict{std::move(*chain), std::move(*found)};
}

void append_json(std::string& out, const Desk::Verdict& verdict) {
  base::JsonWriter json(out);
  json.begin_object();
  json.key("chain");
  std::string chain;
  ledger::append_json(chain, verdict.chain);
  json.raw(chain);
  json.key("breaches");
  json.begin_array();
  for (const auto& breach : verdict.breaches) {
    json.begin_object();
    json.field("entry", breach.seq);
    json.field("id", breach.id);
    json.field("why", breach.why);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void append_json(std::string& out, const State& state) {
  base::JsonWriter json(out);
  json.begin_object();
  json.field("id", state.id);
  json.field("kind", state.checklist.kind->id);
  json.field("state", state.closed           ? "closed"
                      : !state.ended.empty() ? "ended"
                      : state.returned       ? "returned"
                                             : "open");
  if (state.closed) json.field("closed_as", state.closed_as);
  json.field("revision", state.revision);
  json.field("complete", state.checklist.complete());
  json.key("missing");
  json.begin_array();
  for (const Lack& lack : state.checklist.lacks)
    json.value(lack.field->id + (lack.place.empty() ? "" : " (" + lack.place + ")"));
  json.end_array();
  json.key("next");
  json.begin_array();
  for (const std::string& step : next_steps(state)) json.value(step);
  json.end_array();
  json.key("history");
  json.begin_array();
  for (const Done& done : state.history) {
    json.begin_object();
    json.field("entry", done.seq);
    json.field("step", done.action.step);
    json.field("actor", done.action.actor);
    json.field("role", done.action.role);
    json.field("revision", done.revision);
    if (!done.action.date.empty()) json.field("date", base::to_string(done.action.date));
    if (!done.action.outcome.empty()) json.field("outcome", done.action.outcome);
    if (!done.action.reference.empty()) json.field("reference", done.action.reference);
    if (!done.action.note.empty()) json.field("note", done.action.note);
    json.field("draft_sha256", done.action.draft_sha256);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

}  // namespace cordon::permit
