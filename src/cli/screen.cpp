// cordon screen --lists DIR QUERIES.csv | --name "..." : who on the lists is this?
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common.hpp"
#include "cordon/base/csv.hpp"
#include "cordon/base/json.hpp"
#include "cordon/base/parallel.hpp"
#include "cordon/base/progress.hpp"
#include "cordon/base/text.hpp"
#include "cordon/lists/lists.hpp"
#include "cordon/screen/columns.hpp"
#include "cordon/screen/index.hpp"

namespace cordon::cli {
namespace {

using base::Result;

struct Options {
  std::vector<std::filesystem::path> lists;
  std::string path;
  std::vector<std::string> names;
  std::string schema, birth_date, country, imo, mmsi, callsign, flag;
  double threshold = screen::threshold(), cutoff = -1.0;
  std::size_t limit = screen::kDefaultLimit;
  bool exit_code = false;
  Output output;
};

struct Lists {
  std::vector<model::Entity> entities;
  std::vector<std::string> versions;
};

Result<Lists> load(const Options& options) {
  Lists all;
  const auto take = [&](lists::ListFile& file) {
    report(file.source->file, file.rejects);
    all.versions.push_back(file.source->dataset +
                           (file.source->version.empty() ? "" : " " + file.source->version));
    for (model::Entity& entity : file.entities) all.entities.push_back(std::move(entity));
  };
  if (options.lists.empty()) {
    auto embedded = lists::read_embedded();
    if (!embedded) return tl::unexpected(embedded.error());
    take(*embedded);
    return all;
  }
  auto set = lists::read_lists(options.lists);
  if (!set) return tl::unexpected(set.error());
  for (lists::ListFile& file : set->files) take(file);
  report("lists", set->skipped);
  if (all.entities.empty()) return base::fail("{}: no list found", options.lists.front().string());
  return all;
}

Result<std::vector<screen::Query>> read_queries(const Options& options) {
  std::vector<screen::Query> queries;
  if (options.path.empty()) {
    const auto schema = screen::read_schema(options.schema);
    if (!schema) return tl::unexpected(schema.error());
    screen::Query query;
    query.id = "1", query.schema = *schema, query.names = options.names;
    if (!options.birth_date.empty()) query.birth_dates = {options.birth_date};
    if (!options.country.empty()) query.countries = {options.country};
    query.imo = options.imo, query.mmsi = options.mmsi, query.callsign = options.callsign,
    query.flag = options.flag;
    queries.push_back(std::move(query));
    return queries;
  }
  auto text = base::read_file(options.path);
  if (!text) return tl::unexpected(text.error());
  auto table = base::CsvTable::parse(*text, options.path);
  if (!table) return tl::unexpected(table.error());
  const screen::Columns columns(table->header(), "", "name");
  if (!columns.has_name() && !columns.has_number())
    return base::fail("{}: line 1: expected a column 'name' or a number such as 'imo'", options.path);
  const auto id = table->column({"id"}), schema = table->column({"schema"});
  base::Tally rejects;
  for (std::size_t i = 0; i < table->size(); ++i) {
    screen::Query query = columns.query(table->row(i));
    query.id = id ? std::string(table->cell(i, id)) : fmt::format("{}", table->line(i));
    const auto kind = screen::read_schema(table->cell(i, schema));
    if (kind)
      query.schema = *kind;
    else
      rejects.add("unknown schema, searched as any",
                  fmt::format("line {}: {}", table->line(i), kind.error().message));
    queries.push_back(std::move(query));
  }
  report(options.path, rejects);
  return queries;
}

struct Answer {
  std::string text;
  bool match = false;
};

// What the list itself says applies; the law room's verdict is another step.
std::vector<std::string_view> measures(const model::Entity& entity) {
  std::vector<std::string_view> all = entity.all("measure");
  for (const std::string_view program : entity.all("program")) all.push_back(program);
  return all;
}

void append_ndjson(std::string& out, const screen::Query& query, const screen::Index& index,
                   const std::vector<screen::Hit>& hits) {
  base::JsonWriter json(out);
  json.begin_object();
  json.field("id", query.id);
  json.key("hits");
  json.begin_array();
  for (const screen::Hit& hit : hits) {
    const model::Entity& entity = index.entity(hit.entity);
    json.begin_object();
    json.field("entity_id", entity.id);
    json.field("caption", entity.caption);
    json.field("schema", model::to_string(entity.schema));
    json.key("datasets");
    json.begin_array();
    json.value(entity.source.dataset());
    json.end_array();
    json.fixed_field("score", hit.score, 4);
    json.field("match", hit.match);
    json.key("reasons");
    json.begin_array();
    for (const std::string& reason : hit.reasons) json.value(reason);
    json.end_array();
    json.key("measures");
    json.begin_array();
    for (const std::string_view measure : measures(entity)) json.value(measure);
    json.end_array();
    json.field("source", model::describe(entity.source));
    json.end_object();
  }
  json.end_array();
  json.end_object();
  out += '\n';
}

std::string joined(const std::vector<std::string>& reasons) {
  std::string out;
  for (const std::string& reason : reasons) out += (out.empty() ? "" : " ") + reason;
  return out;
}

void append_rows(std::string& out, const screen::Query& query, const screen::Index& index,
                 const std::vector<screen::Hit>& hits, bool csv) {
  for (const screen::Hit& hit : hits) {
    const model::Entity& entity = index.entity(hit.entity);
    if (csv) {
      const std::string score = fmt::format("{:.4f}", hit.score), reasons = joined(hit.reasons);
      const std::string_view cells[] = {
          query.id, entity.id, entity.caption, entity.source.dataset(), score, hit.match ? "true" : "false",
          reasons};
      for (std::size_t i = 0; i < std::size(cells); ++i) {
        if (i > 0) out += ',';
        base::append_csv(out, cells[i]);
      }
      out += '\n';
    } else {
      out += fmt::format("{:<12} {:.3f} {:<5} {:<16} {}\n", query.id, hit.score, hit.match ? "match" : "",
                         entity.id, entity.caption);
      for (const std::string& reason : hit.reasons) out += fmt::format("{:<26}{}\n", "", reason);
    }
  }
  if (!csv && hits.empty()) out += fmt::format("{:<12} no hit on these lists\n", query.id);
}

void run(const Options& options, Exit& exit) {
  auto queries = read_queries(options);
  if (!queries) return report(exit, queries.error());
  auto all = load(options);
  if (!all) return report(exit, all.error());
  const screen::Index index = screen::Index::build(all->entities);
  std::string versions;
  for (const std::string& version : all->versions) versions += (versions.empty() ? "" : ", ") + version;
  note(fmt::format("{} entities of {}", index.size(), versions));

  std::size_t matched = 0;
  with_output(exit, options.output, [&](base::OutputFile& file) -> Result<void> {
    const bool csv = options.output.format == "csv", table = options.output.format == "table";
    if (csv)
      if (auto done = file.write("id,entity_id,caption,dataset,score,match,reason\n"); !done) return done;
    const double cutoff =
        options.cutoff >= 0.0 ? options.cutoff : std::min(screen::kDefaultCutoff, options.threshold);
    base::Progress progress("screening", queries->size(), "queries");
    constexpr std::size_t kBatch = 4096;  // answered on all cores, written in order
    std::vector<Answer> answers;
    for (std::size_t from = 0; from < queries->size(); from += kBatch) {
      answers.assign(std::min(kBatch, queries->size() - from), {});
      base::parallel_for(answers.size(), 16, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
          const screen::Query& query = (*queries)[from + i];
          std::vector<screen::Hit> hits = index.search(query, options.limit, cutoff);
          for (screen::Hit& hit : hits)
            hit.match = hit.score >= options.threshold, answers[i].match = answers[i].match || hit.match;
          if (csv || table)
            append_rows(answers[i].text, query, index, hits, csv);
          else
            append_ndjson(answers[i].text, query, index, hits);
        }
      });
      for (const Answer& answer : answers) {
        matched += answer.match;
        if (auto done = file.write(answer.text); !done) return done;
      }
      progress.advance(answers.size());
    }
    return {};
  });
  note(fmt::format("{} of {} queries have a match at {:.2f}; no match is not a clearance", matched,
                   queries->size(), options.threshold));
  if (options.exit_code && exit.code == 0 && matched > 0) exit.code = 1;
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
      "See docs/screen.md.");
  command->callback([options, &exit] {
    const bool one = !options->names.empty() || !options->imo.empty() || !options->mmsi.empty() ||
                     !options->callsign.empty();
    if (one == !options->path.empty())
      return report(exit, {"give either a file of queries or --name, --imo, --mmsi or --callsign"}, kUsage);
    run(*options, exit);
  });
}

}  // namespace cordon::cli
