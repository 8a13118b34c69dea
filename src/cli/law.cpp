// cordon law check FACTS.json | explain ID | table | cap ENTRIES.csv
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "common.hpp"
#include "cordon/base/csv.hpp"
#include "cordon/base/json.hpp"
#include "cordon/law/cap.hpp"
#include "cordon/law/law.hpp"
#include "cordon/law/table.hpp"

namespace cordon::cli {
namespace {

constexpr std::size_t kInputLimit = std::size_t{64} << 20;

struct Options {
  std::filesystem::path file;
  std::vector<std::string> jurisdictions;
  std::string law_dir, id;
  Output output;
};

// The embedded book, or the one of --law DIR.
base::Result<const law::LawBook*> open_book(const std::string& dir) {
  if (dir.empty()) return law::LawBook::embedded();
  static std::unique_ptr<law::LawBook> loaded;
  auto book = law::LawBook::load(dir);
  if (!book) return tl::unexpected(book.error());
  loaded = std::make_unique<law::LawBook>(std::move(*book));
  return loaded.get();
}

void check(const Options& options, Exit& exit) {
  auto book = open_book(options.law_dir);
  if (!book) return report(exit, book.error());
  auto text = base::read_file(options.file, kInputLimit);
  if (!text) return report(exit, text.error());
  auto requests = law::parse_requests(*text);
  if (!requests)
    return report(exit, {fmt::format("{}: {}", options.file.string(), requests.error().message)});
  base::Tally unknown;
  with_output(exit, options.output, [&](base::OutputFile& file) -> base::Result<void> {
    std::string out = requests->is_list ? "[" : "";
    bool first = true;
    for (law::Request& request : requests->all) {
      if (!options.jurisdictions.empty()) request.jurisdictions = options.jurisdictions;
      for (const std::string& name : (*book)->unknown_names(request.facts))
        unknown.add("'" + name + "'", request.id.empty() ? "" : "request " + request.id);
      if (!first) out += ",\n";
      first = false;
      law::append_json(out, request, law::check(**book, request.date, request.facts, request.jurisdictions));
      if (out.size() > (std::size_t{1} << 20)) {
        if (auto done = file.write(out); !done) return done;
        out.clear();
      }
    }
    out += requests->is_list ? "]\n" : "\n";
    return file.write(out);
  });
  if (!unknown.empty())
    note("facts of no declared name were read as text only (docs/law.md lists the names): " +
         unknown.summary());
}

void table(const Options& options, Exit& exit) {
  auto book = open_book(options.law_dir);
  if (!book) return report(exit, book.error());
  with_output(exit, options.output, [&](base::OutputFile& file) {
    std::string out;
    if (options.output.format == "html") {
      law::append_html(out, **book);
    } else if (options.output.format == "csv") {
      law::append_csv(out, **book);
    } else {
      law::append_text(out, **book);
    }
    return file.write(out);
  });
}

void explain(const Options& options, Exit& exit) {
  auto book = open_book(options.law_dir);
  if (!book) return report(exit, book.error());
  auto text = law::explain(**book, options.id);
  if (!text) return report(exit, text.error());
  with_output(exit, options.output, [&](base::OutputFile& file) { return file.write(*text); });
}

void cap(const Options& options, Exit& exit) {
  auto book = open_book(options.law_dir);
  if (!book) return report(exit, book.error());
  auto text = base::read_file(options.file, kInputLimit);
  if (!text) return report(exit, text.error());
  auto totals = law::cap_totals(**book, options.id, *text, options.file.string());
  if (!totals) return report(exit, totals.error());
  with_output(exit, options.output, [&](base::OutputFile& file) {
    std::string out =
        "date,product,barrels,tonnes,period_start,total_barrels,total_tonnes,percent_of_cap,notice,over\n";
    for (const law::CapEntry& entry : totals->entries) {
      out += base::to_string(entry.date) + ",";
      base::append_csv(out, entry.product);
      out +=
          fmt::format(",{:.1f},{:.1f},{},{:.1f},{:.1f},{:.2f},{},{}\n", entry.barrels, entry.tonnes,
                      base::to_string(entry.period), entry.total_barrels, entry.total_tonnes, entry.percent,
                      entry.notice > 0 ? fmt::format("{:.0f}", entry.notice) : "", entry.over ? "yes" : "no");
    }
    return file.write(out);
  });
  report(options.file.string(), totals->rejects);
}

}  // namespace

void add_law(CLI::App& app, Exit& exit) {
  auto* verb = app.add_subcommand("law", "what the law says: measures, verdicts, caps");
  verb->require_subcommand(1);
  auto options = std::make_shared<Options>();

  auto* checks = verb->add_subcommand("check", "verdict with citations for the facts of a case");
  checks->footer(
      "Example:\n  echo "
      "'{\"date\":\"2019-05-10\",\"facts\":{\"activity\":\"buy\",\"direction\":\"from_dprk\","
      "\"cargo\":\"anthracite coal\"},\"jurisdictions\":[\"UN\",\"CA\"]}' | cordon law check -");
  checks
      ->add_option("FACTS", options->file, "JSON: {date, facts, jurisdictions} or a list of such; - is stdin")
      ->required();
  checks->add_option("--jurisdiction", options->jurisdictions,
                     "ask for these instead of those named in the file");
  checks->add_option("--law", options->law_dir,
                     "folder laid out as data/law, instead of the book in the program");
  add_output(*checks, options->output, {});
  checks->callback([options, &exit] { check(*options, exit); });

  auto* explains =
      verb->add_subcommand("explain", "one measure or exemption: citation, dates, condition, sources");
  explains->footer("Example:\n  cordon law explain STS-2375-11");
  explains->add_option("ID", options->id, "id of a measure or exemption")->required();
  explains->add_option("--law", options->law_dir, "folder laid out as data/law");
  add_output(*explains, options->output, {});
  explains->callback([options, &exit] { explain(*options, exit); });

  auto* tables = verb->add_subcommand("table", "every measure and exemption");
  tables->footer("Example:\n  cordon law table --format html --output measures.html");
  tables->add_option("--law", options->law_dir, "folder laid out as data/law");
  auto table_options = std::make_shared<Options>();
  add_output(*tables, table_options->output, {"table", "csv", "html"});
  tables->callback([options, table_options, &exit] {
    table_options->law_dir = options->law_dir;
    table(*table_options, exit);
  });

  auto* caps = verb->add_subcommand("cap", "totals over time against a yearly cap");
  caps->footer("Example:\n  cordon law cap deliveries.csv --measure OIL-2397-5");
  caps->add_option("ENTRIES", options->file, "CSV: date, quantity, unit (bbl, t, kl), product")->required();
  caps->add_option("--measure", options->id, "the measure whose cap counts")->default_val("OIL-2397-5");
  caps->add_option("--law", options->law_dir, "folder laid out as data/law");
  add_output(*caps, options->output, {});
  caps->callback([options, &exit] { cap(*options, exit); });
}

}  // namespace cordon::cli
