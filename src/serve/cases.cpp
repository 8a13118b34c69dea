#include "serve/cases.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "cordon/base/sha256.hpp"
#include "cordon/base/text.hpp"
#include "serve/base64.hpp"

namespace cordon::serve {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kSubject = "case:", kKind = "case.";
constexpr std::array<std::string_view, 5> kOutcomes = {"confirmed", "dismissed", "escalated",
                                                       "more_information", "reopen"};
constexpr std::array<std::string_view, 6> kSubjects = {"target", "vessel",  "entity",
                                                       "event",  "network", "other"};

tl::unexpected<CaseFault> fault(int status, std::string message, std::string where = {}) {
  return tl::unexpected(CaseFault{status, std::move(message), std::move(where)});
}

// Why the step is not allowed; empty where it is. `now` is null for a step that opens.
std::optional<CaseFault> refused(const Case* now, const CaseStep& step) {
  const auto one_of = [](const auto& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  if (step.kind == "open") {
    if (step.title.empty()) return CaseFault{400, "title: is missing", "title"};
    if (!one_of(kSubjects, step.subject_type))
      return CaseFault{400, fmt::format("subject.type: expected one of {}", fmt::join(kSubjects, ", ")),
                       "subject.type"};
    return std::nullopt;
  }
  if (!now) return CaseFault{404, "there is no case of this id", "id"};
  if (step.kind == "note" && step.text.empty()) return CaseFault{400, "text: is missing", "text"};
  if (step.kind == "attach" && step.name.empty()) return CaseFault{400, "name: is missing", "name"};
  if (step.kind != "decide") return std::nullopt;
  if (!one_of(kOutcomes, step.outcome))
    return CaseFault{400, fmt::format("outcome: expected one of {}", fmt::join(kOutcomes, ", ")), "outcome"};
  if (step.text.empty()) return CaseFault{400, "reason: is missing", "reason"};
  if (step.outcome == "reopen")
    return now->status == "open" ? std::optional(CaseFault{409, "the case is open already", "outcome"})
                                 : std::nullopt;
  if (now->status == "decided") return CaseFault{409, "the case is decided; reopen it first", "outcome"};
  if (now->status == "proposed") {
    if (now->proposer == step.actor)
      return CaseFault{409, "a second person must decide: who proposes does not confirm", "outcome"};
    if (step.role != "approver" && step.role != "admin")
      return CaseFault{403, "a second decision needs the role approver", "outcome"};
  }
  return std::nullopt;
}

void apply(Case& now, const CaseStep& step, CaseEntry entry, std::string_view sha256, std::uint64_t bytes) {
  now.updated = entry.time;
  now.last_seq = entry.seq;
  if (step.kind == "open") {
    static_cast<CaseEntry&>(now) = std::move(entry);
    now.title = step.title;
    now.subject_type = step.subject_type;
    now.subject_id = step.subject_id;
  } else if (step.kind == "note") {
    now.notes.push_back({std::move(entry), step.text});
  } else if (step.kind == "attach") {
    now.attachments.push_back({std::move(entry), step.name, step.type, std::string(sha256), bytes});
  } else {
    CaseDecision decision{std::move(entry), step.outcome, step.text, {}};
    if (step.outcome == "reopen") {
      decision.effect = "reopened";
      now.status = "open";
      now.outcome.clear();
      now.proposer.clear();
    } else if (now.status == "open") {
      decision.effect = "proposed";
      now.status = "proposed";
      now.outcome = step.outcome;
      now.proposer = step.actor;
    } else if (now.outcome == step.outcome) {
      decision.effect = "confirmed";
      now.status = "decided";
      now.proposer.clear();
    } else {
      // They disagree: nothing is decided, both opinions stay on record.
      decision.effect = "contested";
      now.status = "open";
      now.outcome.clear();
      now.proposer.clear();
    }
    now.decisions.push_back(std::move(decision));
  }
}

std::string payload_of(const CaseStep& step) {
  std::string out;
  base::JsonWriter json(out);
  json.begin_object();
  if (step.kind == "open") {
    json.field("title", step.title);
    json.field("subject_type", step.subject_type);
    json.field("subject_id", step.subject_id);
  } else if (step.kind == "note") {
    json.field("text", step.text);
  } else if (step.kind == "attach") {
    json.field("name", step.name);
    json.field("type", step.type);
    json.field("bytes", static_cast<std::uint64_t>(step.content.size()));
    json.field("sha256", base::sha256_hex(step.content));
    json.field("base64", to_base64(step.content));
  } else {
    json.field("outcome", step.outcome);
    json.field("reason", step.text);
  }
  json.end_object();
  return out;
}

std::string member(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

void entry_fields(base::JsonWriter& json, const CaseEntry& entry) {
  json.field("entry", entry.seq);
  json.field("by", entry.actor);
  json.field("role", entry.role);
  json.field("time", entry.time);
}

}  // namespace

std::span<const std::string_view> case_outcomes() {
  return kOutcomes;
}

void Cases::fold(ledger::Entry&& entry) {
  read_ = std::max(read_, entry.seq);
  if (!entry.subject.starts_with(kSubject) || !entry.kind.starts_with(kKind)) return;
  last_of_[entry.subject] = entry.seq;
  CaseStep step;
  step.kind = entry.kind.substr(kKind.size());
  if (step.kind != "open" && step.kind != "note" && step.kind != "attach" && step.kind != "decide") return;
  const Json payload = Json::parse(entry.payload, nullptr, false);
  if (!payload.is_object()) return;  // altered behind our back: `ledger verify` names it
  step.actor = entry.actor;
  step.role = entry.role;
  step.title = member(payload, "title");
  step.subject_type = member(payload, "subject_type");
  step.subject_id = member(payload, "subject_id");
  step.text = step.kind == "decide" ? member(payload, "reason") : member(payload, "text");
  step.name = member(payload, "name");
  step.type = member(payload, "type");
  step.outcome = member(payload, "outcome");
  const std::string id = entry.subject.substr(kSubject.size());
  const auto found = cases_.find(id);
  // What the rules did not allow was written past this program: it changes nothing here.
  if (refused(found == cases_.end() ? nullptr : &found->second, step)) return;
  if (step.kind == "open" && found != cases_.end()) return;
  Case& now = cases_[id];
  now.id = id;
  const auto bytes = payload.find("bytes");
  apply(now, step, {entry.seq, entry.actor, entry.role, entry.time}, member(payload, "sha256"),
        bytes != payload.end() && bytes->is_number_unsigned() ? bytes->get<std::uint64_t>() : 0);
}

base::Result<void> Cases::catch_up(ledger::Ledger& ledger) {
  if (ledger_id_ != ledger.id()) {
    ledger_id_ = ledger.id();
    read_ = 0;
    cases_.clear();
    last_of_.clear();
  }
  ledger::Filter filter;
  filter.first = read_ + 1;
  return ledger.read(filter, [&](ledger::Entry&& entry) {
    fold(std::move(entry));
    return true;
  });
}

base::Result<std::vector<Case>> Cases::all(ledger::Ledger& ledger) {
  const std::lock_guard lock(mutex_);
  if (auto done = catch_up(ledger); !done) return tl::unexpected(done.error());
  std::vector<Case> out;
  for (const auto& [id, one] : cases_) out.push_back(one);
  std::stable_sort(out.begin(), out.end(),
                   [](const Case& a, const Case& b) { return a.last_seq > b.last_seq; });
  return out;
}

tl::expected<Case, CaseFault> Cases::find(ledger::Ledger& ledger, std::string_view id) {
  const std::lock_guard lock(mutex_);
  if (auto done = catch_up(ledger); !done) return fault(503, done.error().message);
  const auto found = cases_.find(id);
  if (found == cases_.end()) return fault(404, "there is no case of this id", "id");
  return found->second;
}

tl::expected<Case, CaseFault> Cases::act(ledger::Ledger& ledger, std::string_view id, const CaseStep& step,
                                         std::string_view versions) {
  const std::lock_guard lock(mutex_);
  constexpr int kTries = 8;  // views by others come between reading and writing, and change nothing
  for (int attempt = 0; attempt < kTries; ++attempt) {
    if (auto done = catch_up(ledger); !done) return fault(503, done.error().message);
    std::string own(id);
    const auto found = cases_.find(id);
    if (auto why = refused(found == cases_.end() ? nullptr : &found->second, step))
      return tl::unexpected(*why);
    if (step.kind == "open") {
      for (std::size_t number = cases_.size() + 1; own.empty(); ++number)
        if (auto free = fmt::format("C-{:05}", number); !last_of_.contains(std::string(kSubject) + free))
          own = std::move(free);
    } else if (step.seen != 0 && step.seen != found->second.last_seq) {
      return fault(409, "the case changed since you read it; read it again", "seen");
    }
    const std::string subject = std::string(kSubject) + own;
    const auto last = last_of_.find(subject);
    const std::array records{ledger::Record{step.actor, step.role, std::string(kKind) + step.kind, subject,
                                            payload_of(step), std::string(versions)}};
    const ledger::Unchanged unchanged{subject, last == last_of_.end() ? 0 : last->second};
    const auto written = ledger.append(records, unchanged);
    if (!written) {
      const auto before = last == last_of_.end() ? 0 : last->second;
      if (auto done = catch_up(ledger); !done) return fault(503, done.error().message);
      const auto now = last_of_.find(subject);
      if (now != last_of_.end() && now->second != before) continue;  // somebody was faster
      return fault(503, written.error().message);
    }
    if (auto done = catch_up(ledger); !done) return fault(503, done.error().message);
    return cases_.at(own);
  }
  return fault(409, "others work on this case just now; try again");
}

tl::expected<std::string, CaseFault> Cases::content(ledger::Ledger& ledger, const Case& of,
                                                    std::uint64_t seq) {
  const bool its = std::any_of(of.attachments.begin(), of.attachments.end(),
                               [&](const CaseAttachment& one) { return one.seq == seq; });
  if (!its) return fault(404, "the case has no attachment of this number", "entry");
  ledger::Filter filter;
  filter.first = filter.last = seq;
  const auto entries = ledger.entries(filter);
  if (!entries) return fault(503, entries.error().message);
  const Json payload = entries->empty() ? Json{} : Json::parse(entries->front().payload, nullptr, false);
  if (!payload.is_object()) return fault(503, "the entry cannot be read; verify the ledger");
  auto bytes = from_base64(member(payload, "base64"));
  if (!bytes || base::sha256_hex(*bytes) != member(payload, "sha256"))
    return fault(503, "the attachment is not what was attached; verify the ledger");
  return std::move(*bytes);
}

void append_json(base::JsonWriter& json, const Case& one, bool whole) {
  json.begin_object();
  json.field("id", one.id);
  json.field("title", one.title);
  json.field("status", one.status);
  if (!one.outcome.empty()) json.field("outcome", one.outcome);
  if (!one.proposer.empty()) json.field("waits_for_second_after", one.proposer);
  if (one.status == "decided") {  // who proposed what stands, and who was the second
    json.key("decided_by");
    json.begin_array();
    const auto proposed = std::find_if(one.decisions.rbegin(), one.decisions.rend(),
                                       [](const CaseDecision& each) { return each.effect == "proposed"; });
    if (proposed != one.decisions.rend()) json.value(proposed->actor);
    json.value(one.decisions.back().actor);
    json.end_array();
  }
  json.key("subject");
  json.begin_object();
  json.field("type", one.subject_type);
  json.field("id", one.subject_id);
  json.end_object();
  json.field("created_by", one.actor);
  json.field("created", one.time);
  json.field("updated", one.updated);
  json.field("seen", one.last_seq);
  if (!whole) {
    json.field("notes", static_cast<std::uint64_t>(one.notes.size()));
    json.field("attachments", static_cast<std::uint64_t>(one.attachments.size()));
    json.end_object();
    return;
  }
  json.key("notes");
  json.begin_array();
  for (const auto& note : one.notes) {
    json.begin_object();
    entry_fields(json, note);
    json.field("text", note.text);
    json.end_object();
  }
  json.end_array();
  json.key("attachments");
  json.begin_array();
  for (const auto& file : one.attachments) {
    json.begin_object();
    entry_fields(json, file);
    json.field("name", file.name);
    json.field("type", file.type);
    json.field("bytes", file.bytes);
    json.field("sha256", file.sha256);
    json.end_object();
  }
  json.end_array();
  json.key("decisions");
  json.begin_array();
  for (const auto& decision : one.decisions) {
    json.begin_object();
    entry_fields(json, decision);
    json.field("outcome", decision.outcome);
    json.field("reason", decision.reason);
    json.field("effect", decision.effect);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

}  // namespace cordon::serve
