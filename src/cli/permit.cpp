// cordon permit kinds | check | draft | open | revise | step | approve | close | status | due | verify
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "common.hpp"
#include "cordon/base/time.hpp"
#include "cordon/permit/desk.hpp"
#include "cordon/permit/draft.hpp"
#include "ledger_place.hpp"
#include "versions.hpp"

namespace cordon::cli {
namespace {

constexpr std::size_t kInputLimit = std::size_t{1} << 20;

struct Options {
  LedgerPlace place;
  std::filesystem::path facts;
  std::string kind, id, as_of, date;
  permit::Action action;
  bool exit_code = false, send = false;
  Output output;
};

// Program data that every sub-command needs.
struct Rules {
  const permit::Kinds* kinds = nullptr;
  const law::LawBook* book = nullptr;
};
base::Result<Rules> rules() {
  const auto kinds = permit::Kinds::embedded();
  if (!kinds) return tl::unexpected(kinds.error());
  const auto book = law::LawBook::embedded();
  if (!book) return tl::unexpected(book.error());
  return Rules{*kinds, *book};
}

base::Result<permit::Request> read_request(const Options& options) {
  auto text = base::read_file(options.facts, kInputLimit);
  if (!text) return tl::unexpected(text.error());
  auto request = permit::parse_request(*text);
  if (!request) return base::fail("{}: {}", options.facts.string(), request.error().message);
  return permit::dated(std::move(*request), today());
}

// One of the sub-commands that need the rules and write one document.
void with_rules(const Options& options, Exit& exit,
                const std::function<base::Result<void>(const Rules&, std::string&)>& body) {
  const auto found = rules();
  if (!found) return report(exit, found.error());
  std::string out;
  if (auto done = body(*found, out); !done) return report(exit, done.error());
  with_output(exit, options.output, [&](base::OutputFile& file) { return file.write(out); });
}

void kinds(const Options& options, Exit& exit) {
  with_rules(options, exit, [&](const Rules& rule, std::string& out) -> base::Result<void> {
    if (options.kind.empty()) {
      for (const permit::Kind& kind : rule.kinds->all())
        out += fmt::format("{:<10} {}\n{:<10} decided by: {}\n", kind.id, kind.name, "", kind.authority);
      return {};
    }
    // The checklist of an empty request names every field, step and source.
    permit::Request empty;
    empty.kind = options.kind;
    empty.date = today();
    const auto checklist = permit::check(*rule.kinds, *rule.book, empty);
    if (!checklist) return tl::unexpected(checklist.error());
    const permit::Kind& kind = *checklist->kind;
    out += fmt::format("{}: {}\ndecided by: {}\n{}\n\nFields (* mandatory, + mandatory in some cases):\n",
                       kind.id, kind.name, kind.authority, kind.form);
    for (const permit::Field& field : kind.fields) {
      const bool always = field.when.type == permit::Condition::Type::always;
      out += fmt::format("  {} {:<36} {:<7} {}\n",
                         !field.mandatory ? " "
                         : always         ? "*"
                                          : "+",
                         field.id, field.type, field.ask);
      if (!field.choices.empty())
        out += fmt::format("    {:<36} one of: {}\n", "", fmt::join(field.choices, "; "));
    }
    out += "\nSteps:\n";
    for (const permit::Step& step : kind.steps)
      out += fmt::format("  {:<18} {}{} ({})\n", step.id, step.label,
                         step.after.empty() ? "" : fmt::format("; after {}", fmt::join(step.after, ", ")),
                         step.basis.citation);
    out += kind.clocks.empty() ? "\nNo clock is set by law.\n" : "\nClocks:\n";
    for (const permit::Clock& clock : kind.clocks)
      out += fmt::format("  {:<18} {}: {} {} from '{}' to '{}', {} ({}{})\n", clock.id, clock.label,
                         clock.amount, clock.unit, clock.starts, clock.stops, clock.nature,
                         clock.basis.citation, clock.basis.verified ? "" : ", not verified");
    return {};
  });
}

void check(const Options& options, Exit& exit) {
  with_rules(options, exit, [&](const Rules& rule, std::string& out) -> base::Result<void> {
    auto request = read_request(options);
    if (!request) return tl::unexpected(request.error());
    if (!options.kind.empty()) request->kind = options.kind;
    const auto checklist = permit::check(*rule.kinds, *rule.book, *request);
    if (!checklist) return base::fail("{}: {}", options.facts.string(), checklist.error().message);
    if (options.output.format == "json") {
      permit::append_json(out, *checklist, *request);
      out += '\n';
    } else {
      permit::append_text(out, *checklist, *request);
    }
    if (options.exit_code && !checklist->complete()) exit.code = 1;
    return {};
  });
}

// The draft of a file, or the one that stands in the ledger.
void draft(const Options& options, Exit& exit) {
  with_rules(options, exit, [&](const Rules& rule, std::string& out) -> base::Result<void> {
    permit::Request request;
    permit::DraftOptions how;
    how.versions = versions_json();
    if (!options.id.empty()) {
      auto ledger = open_ledger(options.place, ledger::Access::read);
      if (!ledger) return tl::unexpected(ledger.error());
      const auto state = permit::Desk(**ledger, *rule.kinds, *rule.book, how.versions).state(options.id);
      if (!state) return tl::unexpected(state.error());
      request = state->request;
      how = permit::draft_options(*state, how.versions);
    } else if (options.facts.empty()) {
      return base::fail("expected FACTS, or --id with --ledger");
    } else {
      auto read = read_request(options);
      if (!read) return tl::unexpected(read.error());
      request = std::move(*read);
      if (!options.kind.empty()) request.kind = options.kind;
    }
    const auto checklist = permit::check(*rule.kinds, *rule.book, request);
    if (!checklist) return tl::unexpected(checklist.error());
    if (options.send && how.approved.empty())
      return base::fail("--send: only a draft that a second person approved may leave without its mark");
    how.for_sending = options.send;
    if (options.output.format == "json") {
      permit::append_draft_json(out, *checklist, request, how);
    } else if (options.output.format == "text") {
      permit::append_draft_text(out, *checklist, request, how);
    } else {
      permit::append_draft_html(out, *checklist, request, how);
    }
    return {};
  });
}

// open, revise, step, approve, close: one entry of the ledger each.
void act(const Options& options, Exit& exit) {
  with_rules(options, exit, [&](const Rules& rule, std::string& out) -> base::Result<void> {
    permit::Action action = options.action;
    if (!options.date.empty()) {
      const auto date = base::parse_date(options.date);
      if (!date || !date->complete())
        return base::fail("--date: expected YYYY-MM-DD, found '{}'", options.date);
      action.date = *date;
    }
    const bool opens = action.step == "open";
    if (opens || action.step == "revise") {
      auto request = read_request(options);
      if (!request) return tl::unexpected(request.error());
      action.request = request->json;
    }
    auto ledger = open_ledger(options.place, opens ? ledger::Access::create : ledger::Access::append);
    if (!ledger) return tl::unexpected(ledger.error());
    permit::Desk desk(**ledger, *rule.kinds, *rule.book, versions_json());
    const auto state = opens ? desk.open(std::move(action)) : desk.act(options.id, std::move(action));
    if (!state) return tl::unexpected(state.error());
    for (const std::string& warning : (*ledger)->warnings()) note("the step is kept, but " + warning);
    permit::append_json(out, *state);
    out += '\n';
    return {};
  });
}

void status(const Options& options, Exit& exit) {
  with_rules(options, exit, [&](const Rules& rule, std::string& out) -> base::Result<void> {
    auto ledger = open_ledger(options.place, ledger::Access::read);
    if (!ledger) return tl::unexpected(ledger.error());
    permit::Desk desk(**ledger, *rule.kinds, *rule.book, "{}");
    std::vector<permit::State> states;
    if (options.id.empty()) {
      auto all = desk.all();
      if (!all) return tl::unexpected(all.error());
      states = std::move(*all);
    } else {
      auto one = desk.state(options.id);
      if (!one) return tl::unexpected(one.error());
      states.push_back(std::move(*one));
    }
    for (const permit::State& state : states) {
      permit::append_json(out, state);
      out += '\n';
    }
    return {};
  });
}

void due(const Options& options, Exit& exit) {
  with_rules(options, exit, [&](const Rules& rule, std::string& out) -> base::Result<void> {
    base::Date as_of = today();
    if (!options.as_of.empty()) {
      const auto date = base::parse_date(options.as_of);
      if (!date || !date->complete())
        return base::fail("--as-of: expected YYYY-MM-DD, found '{}'", options.as_of);
      as_of = *date;
    }
    auto ledger = open_ledger(options.place, ledger::Access::read);
    if (!ledger) return tl::unexpected(ledger.error());
    const auto states = permit::Desk(**ledger, *rule.kinds, *rule.book, "{}").all();
    if (!states) return tl::unexpected(states.error());
    const auto all = permit::due_of_all(*states, as_of);
    if (!all) return tl::unexpected(all.error());
    for (const permit::Due& each : *all) {
      permit::append_json(out, each);
      out += '\n';
    }
    return {};
  });
}

void verify(const Options& options, Exit& exit) {
  with_rules(options, exit, [&](const Rules& rule, std::string& out) -> base::Result<void> {
    auto ledger = open_ledger(options.place, ledger::Access::read);
    if (!ledger) return tl::unexpected(ledger.error());
    const auto verdict = permit::Desk(**ledger, *rule.kinds, *rule.book, "{}").verify();
    if (!verdict) return tl::unexpected(verdict.error());
    permit::append_json(out, *verdict);
    out += '\n';
    for (const auto& breach : verdict->breaches)
      note(fmt::format("entry {}: {}: {}", breach.seq, breach.id, breach.why));
    for (const ledger::Damage& damage : verdict->chain.damages)
      note(fmt::format("entry {}: {}: {}", damage.seq, damage.what, damage.because));
    if (!verdict->whole()) exit.code = 1;
    return {};
  });
}

using Run = void (*)(const Options&, Exit&);

}  // namespace

void add_permit(CLI::App& app, Exit& exit) {
  auto* verb = app.add_subcommand("permit", "exemptions and permits: what is needed, drafts, steps, clocks");
  verb->require_subcommand(1);
  const auto command = [&](const char* name, const char* what, const char* example, Run run,
                           std::initializer_list<std::string_view> formats = {}) {
    auto options = std::make_shared<Options>();
    auto* sub = verb->add_subcommand(name, what);
    sub->footer(std::string("Example:\n  cordon permit ") + example);
    add_output(*sub, options->output, formats);
    sub->callback([options, run, &exit] { run(*options, exit); });
    return std::pair(sub, options);
  };
  const auto with_ledger = [](CLI::App* sub, Options& options, bool positional = false) {
    if (positional) {
      sub->add_option("LEDGER", options.place.place, "a file, or postgresql://user@host/database")
          ->required();
    } else {
      sub->add_option("--ledger", options.place.place, "a file, or postgresql://user@host/database");
    }
    add_place_options(*sub, options.place);
  };
  const auto person = [&](CLI::App* sub, Options& options, const char* step, const char* role) {
    options.action.step = step;
    options.action.actor = account_name();
    options.action.role = role;
    sub->add_option("--actor", options.action.actor, "who does it")->capture_default_str();
    sub->add_option("--role", options.action.role, "analyst, approver or admin")->capture_default_str();
    sub->add_option("--note", options.action.note, "in own words");
    with_ledger(sub, options);
    sub->get_option("--ledger")->required();
  };
  const auto facts = [](CLI::App* sub, Options& options) {
    return sub->add_option("FACTS", options.facts, "JSON: {kind, id, date, fields{}, facts{}}; - is stdin");
  };

  {
    const auto [sub, options] =
        command("kinds", "the kinds of permission, or all about one", "kinds CA-CERT", kinds);
    sub->add_option("KIND", options->kind, "one of them");
  }
  {
    const auto [sub, options] =
        command("check", "checklist: what is missing, what the law says, which order and steps",
                "check request.json --format text", check, {"json", "text"});
    facts(sub, *options)->required();
    sub->add_option("--kind", options->kind, "instead of the kind named in the file");
    sub->add_flag("--exit-code", options->exit_code, "exit 1 where something mandatory is missing");
  }
  {
    const auto [sub, options] =
        command("draft", "the request as a letter: a page to print, text, or JSON",
                "draft request.json --output request.html", draft, {"html", "text", "json"});
    facts(sub, *options);
    sub->add_option("--kind", options->kind, "instead of the kind named in the file");
    sub->add_option("--id", options->id, "the draft of this request in the ledger");
    sub->add_flag("--send", options->send, "the letter alone, for sending; only when it was approved");
    with_ledger(sub, *options);
  }
  {
    const auto [sub, options] =
        command("open", "begin a request", "open request.json --ledger permits.ledger --actor ana", act);
    facts(sub, *options)->required();
    person(sub, *options, "open", "analyst");
  }
  {
    const auto [sub, options] =
        command("revise", "change the draft of a request",
                "revise R-2026-001 request.json --ledger permits.ledger --actor ana", act);
    sub->add_option("ID", options->id, "of the request")->required();
    facts(sub, *options)->required();
    person(sub, *options, "revise", "analyst");
  }
  {
    const auto [sub, options] =
        command("step", "a step was done: sent, received, decided, ...",
                "step R-2026-001 received --date 2026-11-24 --ledger permits.ledger", act);
    sub->add_option("ID", options->id, "of the request")->required();
    person(sub, *options, "", "analyst");
    sub->add_option("STEP", options->action.step, "as `cordon permit kinds KIND` names it")->required();
    sub->add_option("--date", options->date, "day on which it happened");
    sub->add_option("--reference", options->action.reference, "of the letter, decision or notice");
    sub->add_option("--outcome", options->action.outcome, "e.g. granted, refused, questions, returned");
  }
  {
    const auto [sub, options] = command("approve", "a second person approves the draft for sending",
                                        "approve R-2026-001 --ledger permits.ledger --actor bo", act);
    sub->add_option("ID", options->id, "of the request")->required();
    person(sub, *options, "approve", "approver");
  }
  {
    const auto [sub, options] =
        command("close", "nothing is left to be done", "close R-2026-001 --ledger permits.ledger", act);
    sub->add_option("ID", options->id, "of the request")->required();
    person(sub, *options, "close", "analyst");
    sub->add_option("--outcome", options->action.outcome, "withdrawn, where it was");
  }
  {
    const auto [sub, options] = command("status", "where one request, or each, stands",
                                        "status R-2026-001 --ledger permits.ledger", status);
    sub->add_option("ID", options->id, "of the request");
    with_ledger(sub, *options);
    sub->get_option("--ledger")->required();
  }
  {
    const auto [sub, options] = command("due", "which clocks run, and when they end",
                                        "due --ledger permits.ledger --as-of 2026-12-15", due);
    sub->add_option("--as-of", options->as_of, "the day to look from; today where not given");
    with_ledger(sub, *options);
    sub->get_option("--ledger")->required();
  }
  {
    const auto [sub, options] =
        command("verify", "the chain, and every step against the rules; 1 where one was broken",
                "verify permits.ledger", verify);
    with_ledger(sub, *options, true);
  }
}

}  // namespace cordon::cli
