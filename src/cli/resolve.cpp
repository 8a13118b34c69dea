// cordon resolve RECORDS : which records are one person, company or ship.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "common.hpp"
#include "cordon/base/bytes.hpp"
#include "cordon/resolve/decisions.hpp"
#include "cordon/resolve/explain.hpp"
#include "cordon/resolve/resolver.hpp"
#include "cordon/resolve/write.hpp"

namespace cordon::cli {
namespace {

using base::Result;
using resolve::Resolver;

struct Options {
  std::string path, decisions, add, previous, history;
  std::vector<std::string> explain;
  bool json = false, show_model = false;
  Output output;
};

Result<std::vector<resolve::Decision>> read_decisions(const std::string& path) {
  if (path.empty()) return {};
  const auto text = base::read_file(path);
  if (!text) return tl::unexpected(text.error());
  return resolve::parse_decisions(*text, path);
}

// Each record of the second file, as if it came in later.
Result<void> add_records(Resolver& resolver, const std::string& path) {
  const auto table = resolve::read_table(path);
  if (!table) return tl::unexpected(table.error());
  report(path, table->rejects);
  resolve::Row row;
  for (resolve::RecordId record = 0; record < table->size(); ++record) {
    row.clear();
    for (std::size_t column = 0; column < table->columns().size(); ++column)
      table->each(column, record, [&](resolve::ValueId id) {
        row.emplace_back(table->columns()[column].name, table->columns()[column].values[id]);
      });
    if (const auto added = resolver.add(table->id(record), row); !added) return tl::unexpected(added.error());
  }
  return {};
}

Result<Resolver> resolver_of(const Options& options) {
  auto table = resolve::read_table(options.path);
  if (!table) return tl::unexpected(table.error());
  report(options.path, table->rejects);
  if (options.output.format == "ftm" && table->shape != resolve::Shape::ftm)
    return base::fail("{}: --format ftm needs FollowTheMoney records", options.path);
  const auto decisions = read_decisions(options.decisions);
  if (!decisions) return tl::unexpected(decisions.error());
  auto resolver = Resolver::build(std::move(*table), *decisions);
  if (!resolver) return resolver;
  if (!options.previous.empty()) {
    const auto text = base::read_file(options.previous);
    if (!text) return tl::unexpected(text.error());
    const auto names = resolve::parse_clusters(*text, options.previous);
    if (!names) return tl::unexpected(names.error());
    resolver->keep_names(*names);
  }
  if (!options.add.empty())
    if (auto done = add_records(*resolver, options.add); !done) return tl::unexpected(done.error());
  return resolver;
}

void tell(const resolve::Report& found, bool all) {
  note(fmt::format(
      "{} records, {} clusters; {} pairs compared, {} joined; the keys reach about {:.2f} % of true pairs",
      found.records, found.clusters, found.pairs, found.joined_pairs, 100 * found.reach));
  if (found.one_per_source)
    note("no party has two records of one source: that was found in the data and counts");
  if (!all) return;
  for (const auto& [label, lines] : {std::pair("field", &found.fields), std::pair("left out", &found.ignored),
                                     std::pair("key", &found.keys)})
    for (const std::string& line : *lines) note(fmt::format("{}: {}", label, line));
}

Result<void> write(const Options& options, const Resolver& resolver, base::OutputFile& file) {
  if (!options.explain.empty()) {
    const auto found = resolver.explain(options.explain[0], options.explain[1]);
    if (!found) return tl::unexpected(found.error());
    return file.write(options.json ? resolve::explanation_json(*found) : resolve::explanation_text(*found));
  }
  Result<void> done;
  const auto sink = [&](std::string_view text) {
    done = file.write(text);
    return done.has_value();
  };
  if (options.output.format == "ftm")
    resolve::write_ftm(resolver, sink);
  else
    resolve::write_clusters(resolver, sink);
  return done;
}

void run(const Options& options, Exit& exit) {
  const auto resolver = resolver_of(options);
  if (!resolver) return report(exit, resolver.error());
  tell(resolver->report(), options.show_model);
  with_output(exit, options.output, [&](base::OutputFile& file) { return write(options, *resolver, file); });
  if (options.history.empty()) return;
  Output history{options.history, {}};
  with_output(exit, history, [&](base::OutputFile& file) -> Result<void> {
    for (const resolve::Change& change : resolver->history())
      if (auto done = file.write(resolve::change_json(change)); !done) return done;
    return {};
  });
}

}  // namespace

void add_resolve(CLI::App& app, Exit& exit) {
  auto* command =
      app.add_subcommand("resolve", "many records: which are one person, company or ship, and why");
  auto options = std::make_shared<Options>();
  command
      ->add_option("RECORDS", options->path,
                   "CSV with a header, FollowTheMoney JSON lines, or Senzing JSON lines; - is stdin")
      ->required();
  command
      ->add_option("--explain", options->explain,
                   "the evidence for and against two records being one, in bits")
      ->expected(2)
      ->type_name("A B");
  command->add_flag("--json", options->json, "the explanation as JSON");
  command->add_option(
      "--decisions", options->decisions,
      "CSV left,right,decision[,who,when,note]; decision is same, different or unsure and binds");
  command->add_option("--add", options->add, "records added one by one after the others, as in daily work");
  command->add_option("--previous", options->previous,
                      "id,cluster of an earlier run: clusters keep their names");
  command->add_option("--history", options->history,
                      "where to write what was joined, parted and added, as JSON lines");
  command->add_flag("--show-model", options->show_model,
                    "tell the fields, what was left out, and the keys on stderr");
  add_output(*command, options->output, {"csv", "ftm"});
  command->footer(
      "Example:\n  cordon resolve records.csv > clusters.csv\n"
      "  cordon resolve records.csv --explain rec-17 rec-204\nSee docs/resolve.md.");
  command->callback([options, &exit] { run(*options, exit); });
}

}  // namespace cordon::cli
