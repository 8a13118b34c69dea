// cordon screen --lists DIR QUERIES.csv | --name "..." : who on the lists is this?
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common.hpp"
#include "cordon/base/json.hpp"
#include "cordon/screen/answer.hpp"
#include "cordon/screen/columns.hpp"
#include "cordon/screen/delta.hpp"
#include "partial_file.hpp"
#include "screen_batch.hpp"
#include "screen_cargo.hpp"
#include "screen_lists.hpp"

namespace cordon::cli {
namespace {

using base::Result;
using screen::Answer, screen::AnswerForm, screen::answer_head, screen::kCsvHeader;

struct Options {
  std::vector<std::filesystem::path> lists, since;
  std::filesystem::path snapshot, make_snapshot;
  std::string path;
  std::vector<std::string> names;
  std::string schema, birth_date, country, imo, mmsi, callsign, flag;
  double threshold = screen::threshold(), cutoff = -1.0;
  std::size_t limit = screen::kDefaultLimit;
  bool exit_code = false, resume = false, with_versions = false;
  Output output;

  bool one() const { return !names.empty() || !imo.empty() || !mmsi.empty() || !callsign.empty(); }
};

// What answers the queries: one index, or two versions of the lists and what lies between them.
struct Asked {
  std::optional<screen::Snapshot> lists;
  std::optional<screen::Delta> delta;
  std::vector<screen::ListNote> notes;
};

Result<Asked> load(const Options& options) {
  Asked asked;
  if (!options.since.empty()) {
    auto before = read_screen_lists(options.since);
    if (!before) return tl::unexpected(before.error());
    auto now = read_screen_lists(options.lists);
    if (!now) return tl::unexpected(now.error());
    asked.delta.emplace(before->entities, now->entities);
    asked.notes = std::move(now->notes);
    note(fmt::format("{} entities of {}; {} differ from {}", asked.delta->now().size(), told(asked.notes),
                     asked.delta->changed(), told(before->notes)));
    return asked;
  }
  auto lists = [&]() -> Result<screen::Snapshot> {
    if (!options.make_snapshot.empty()) return make_snapshot(options.make_snapshot, options.lists);
    if (!options.snapshot.empty()) return open_checked(options.snapshot, options.lists);
    auto read = read_screen_lists(options.lists);
    if (!read) return tl::unexpected(read.error());
    return screen::Snapshot{screen::Index::build(std::move(read->entities)), std::move(read->notes)};
  }();
  if (!lists) return tl::unexpected(lists.error());
  asked.notes = lists->lists;
  note(fmt::format("{} entities of {}", lists->index.size(), told(asked.notes)));
  asked.lists = std::move(*lists);
  return asked;
}

Result<screen::Query> one_query(const Options& options) {
  const auto schema = screen::read_schema(options.schema);
  if (!schema) return tl::unexpected(schema.error());
  screen::Query query;
  query.id = "1", query.schema = *schema, query.names = options.names;
  if (!options.birth_date.empty()) query.birth_dates = {options.birth_date};
  if (!options.country.empty()) query.countries = {options.country};
  query.imo = options.imo, query.mmsi = options.mmsi, query.callsign = options.callsign,
  query.flag = options.flag;
  return query;
}

// All that the answers of a run depend on, so that --resume goes on with nothing else.
std::string key_of(const Options& options, const Asked& asked, const AnswerForm& form) {
  std::string key;
  base::JsonWriter json(key);
  json.begin_object();
  json.field("program", CORDON_VERSION);
  json.field("preparation", fmt::format("{:016x}", screen::preparation()));
  json.field("queries", options.path);
  json.field("threshold", form.threshold);
  json.field("cutoff", form.cutoff);
  json.field("limit", static_cast<std::uint64_t>(form.limit));
  json.field("with_versions", options.with_versions);
  json.key("lists");
  json.begin_array();
  for (const screen::ListNote& note : asked.notes) json.raw(note.json);
  json.end_array();
  json.end_object();
  return key + '\n';
}

Result<BatchTotals> ask(const Options& options, const Asked& asked, const AnswerForm& form,
                        const Answered& answered, const WriteText& write) {
  const auto one = [&](const screen::Query& query) {
    if (!asked.delta) return answer(asked.lists->index, query, form);
    if (!asked.delta->may_differ(query)) return Answer{};
    return difference(asked.delta->before(), asked.delta->now(), query, form);
  };
  if (!options.one()) return screen_file(options.path, answered, one, write);
  const auto query = one_query(options);
  if (!query) return tl::unexpected(query.error());
  const Answer only = one(*query);
  if (auto done = write(only.text); !done) return tl::unexpected(done.error());
  return BatchTotals{1, only.match ? 1u : 0u, 0};
}

Result<BatchTotals> resume(const Options& options, const Asked& asked, const AnswerForm& form) {
  auto file = PartialFile::open(options.output.path, key_of(options, asked, form));
  if (!file) return tl::unexpected(file.error());
  std::uint64_t line = 0;
  auto left = file->next();
  if (!left) return tl::unexpected(left.error());
  const auto answered = [&](const screen::Query& query, bool& match) -> Result<bool> {
    if (!*left) return false;
    ++line;
    if (!(*left)->starts_with(answer_head(query)) || !(*left)->ends_with('}'))
      return base::fail(
          "{}: line {}: expected the answer to query '{}'; the queries are others, remove it to "
          "start anew",
          file->path().string(), line, query.id);
    match = (*left)->find(R"("match":true)") != std::string_view::npos;
    left = file->next();
    if (!left) return tl::unexpected(left.error());
    return true;
  };
  auto totals = ask(options, asked, form, answered, [&](std::string_view text) { return file->write(text); });
  if (!totals) return totals;
  if (*left)
    return base::fail("{}: line {}: an answer to no query; the queries are others, remove it to start anew",
                      file->path().string(), line + 1);
  if (auto done = file->commit(); !done) return tl::unexpected(done.error());
  if (totals->resumed > 0) note(fmt::format("{} queries had been answered before", totals->resumed));
  return totals;
}

Result<BatchTotals> write_anew(const Options& options, const Asked& asked, const AnswerForm& form) {
  auto file = base::OutputFile::create(options.output.path);
  if (!file) return tl::unexpected(file.error());
  if (form.format == "csv")
    if (auto done = file->write(kCsvHeader); !done) return tl::unexpected(done.error());
  auto totals = ask(options, asked, form, nullptr, [&](std::string_view text) { return file->write(text); });
  if (!totals) return totals;
  if (auto done = file->commit(); !done) return tl::unexpected(done.error());
  return totals;
}

void run(const Options& options, Exit& exit) {
  const auto asked = load(options);
  if (!asked) return report(exit, asked.error());
  if (!options.one() && options.path.empty()) return;  // --make-snapshot alone
  AnswerForm form{options.output.format, options.threshold, options.cutoff, options.limit, {}};
  if (form.cutoff < 0.0) form.cutoff = std::min(screen::kDefaultCutoff, options.threshold);
  if (options.with_versions) {
    for (const screen::ListNote& note : asked->notes)
      form.lists += (form.lists.empty() ? "" : ",") + note.json;
    form.lists = '[' + form.lists + ']';
  }
  const auto totals = options.resume ? resume(options, *asked, form) : write_anew(options, *asked, form);
  if (!totals) return report(exit, totals.error());
  note(fmt::format("{} of {} queries have a {}match at {:.2f}; no match is not a clearance", totals->matched,
                   totals->queries, asked->delta ? "new or changed " : "", options.threshold));
  if (options.exit_code && totals->matched > 0) exit.code = 1;
}

// Why these options do not go together; nullptr where they do.
const char* usage_error(const Options& o) {
  const bool asks = o.one() || !o.path.empty();
  if (o.one() && !o.path.empty())
    return "give either a file of queries or --name, --imo, --mmsi or --callsign";
  if (!asks && o.make_snapshot.empty())
    return "give either a file of queries or --name, --imo, --mmsi or --callsign";
  if (!o.snapshot.empty() && !o.make_snapshot.empty()) return "give either --snapshot or --make-snapshot";
  if (!o.since.empty() && (!o.snapshot.empty() || !o.make_snapshot.empty()))
    return "--since compares lists, not snapshots";
  const bool lines = o.output.format == "ndjson";
  if (!o.since.empty() && !lines) return "--since writes --format ndjson only";
  if (o.with_versions && !lines) return "--with-versions needs --format ndjson";
  if (o.resume && (!lines || !o.since.empty() || o.output.path == "-" || o.path.empty() || o.path == "-"))
    return "--resume needs a file of queries, --output FILE and --format ndjson, and goes without --since";
  return nullptr;
}

}  // namespace

void add_screen(CLI::App& app, Exit& exit) {
  auto* command =
      app.add_subcommand("screen", "find people, companies and ships on sanctions lists, with reasons");
  auto options = std::make_shared<Options>();
  command->add_option("QUERIES", options->path,
                      "CSV with id,schema,name and optional birth_date,country,imo,...; - is stdin");
  // One value each, so that the file of queries may follow.
  command
      ->add_option("--lists", options->lists,
                   "list file or folder, repeatable; without it the DPRK designations in the program")
      ->allow_extra_args(false);
  command->add_option(
      "--snapshot", options->snapshot,
      "a file made by --make-snapshot in place of the lists; with --lists it must be of them");
  command->add_option("--make-snapshot", options->make_snapshot,
                      "keep the index of the lists in this file, which opens in milliseconds; made again, "
                      "only what changed is prepared");
  command
      ->add_option("--since", options->since,
                   "older lists: only what differs from the answers they gave, repeatable")
      ->allow_extra_args(false);
  command->add_flag("--resume", options->resume,
                    "go on with an interrupted run; its answers lie in FILE.part of --output FILE");
  command->add_flag("--with-versions", options->with_versions,
                    "each answer carries the versions of the lists and the digests of their files");
  command->add_option("--name", options->names, "ask for one party by name; repeat for its other names")
      ->allow_extra_args(false);
  command->add_option("--schema", options->schema, "with --name: Person, Company, Organization, Vessel");
  command->add_option("--birth-date", options->birth_date, "with --name");
  command->add_option("--country", options->country, "with --name: code or name");
  command->add_option("--imo", options->imo, "ask by IMO ship number");
  command->add_option("--mmsi", options->mmsi, "ask by MMSI");
  command->add_option("--callsign", options->callsign, "ask by call sign");
  command->add_option("--flag", options->flag, "with --name: flag of the ship");
  command->add_option("--threshold", options->threshold, "score from which a hit is a match")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 1.0));
  command->add_option("--cutoff", options->cutoff, "hits below are not shown (0.5)")
      ->check(CLI::Range(0.0, 1.0));
  command->add_option("--limit", options->limit, "most hits a query")
      ->capture_default_str()
      ->check(CLI::Range(1, 1000));
  command->add_flag("--exit-code", options->exit_code, "exit 1 when any query has a match, 0 when none has");
  add_output(*command, options->output, {"ndjson", "csv", "table"});
  command->footer(
      "Example:\n  cordon screen --name \"김정은\" --format table\n  cordon screen --lists lists/ "
      "customers.csv > hits.ndjson\n"
      "  cordon screen --lists lists/ --make-snapshot lists.cordonidx\n"
      "  cordon screen --lists lists/ --since lists/history/un_sc/2026-02-27-66b392a40908.xml customers.csv\n"
      "See docs/screen.md.");
  const auto cargo = add_cargo(*command);
  command->callback([options, cargo, &exit] {
    if (!cargo->path.empty()) return screen_cargo(*cargo, options->output, options->exit_code, exit);
    if (const char* wrong = usage_error(*options)) return report(exit, {wrong}, kUsage);
    run(*options, exit);
  });
}

}  // namespace cordon::cli
