// cordon compare PAIRS.csv : two records a line, judged as one party or not.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>

#include "common.hpp"
#include "cordon/base/bytes.hpp"
#include "cordon/base/csv.hpp"
#include "cordon/base/text.hpp"
#include "cordon/screen/columns.hpp"

namespace cordon::cli {
namespace {

using base::Result;

struct Options {
  std::string path;
  Output output;
};

std::string joined(const std::vector<std::string>& reasons) {
  std::string out;
  for (const std::string& reason : reasons) out += (out.empty() ? "" : " ") + reason;
  return out;
}

Result<void> run(const Options& options, base::OutputFile& file) {
  auto text = base::read_file(options.path);
  if (!text) return tl::unexpected(text.error());
  std::optional<screen::Columns> left, right;
  std::optional<std::size_t> id, schema;
  base::Tally rejects;
  Result<void> status;
  std::string line;
  const std::string_view head = std::string_view(*text).substr(0, text->find('\n'));
  const char separator = head.find('\t') != head.npos                                 ? '\t'
                         : head.find(';') != head.npos && head.find(',') == head.npos ? ';'
                                                                                      : ',';
  const auto done = base::read_csv(*text, separator, [&](base::CsvRow&& row, std::uint64_t number) {
    if (!status) return;
    if (!left) {
      left.emplace(row, "left_", "left"), right.emplace(row, "right_", "right");
      id = screen::find_column(row, {"id"}), schema = screen::find_column(row, {"schema"});
      if ((!left->has_name() && !left->has_number()) || (!right->has_name() && !right->has_number()))
        status = base::fail("{}: line 1: expected columns 'left' and 'right', found '{}'", options.path,
                            base::trim(head));
      else
        status = file.write("id,score,match,reason\n");
      return;
    }
    const std::string name = id && *id < row.size() ? row[*id] : fmt::format("{}", number);
    const auto kind = screen::read_schema(schema && *schema < row.size() ? row[*schema] : std::string{});
    line.clear();
    base::append_csv(line, name);
    if (!kind) {
      rejects.add("unknown schema", fmt::format("line {}: {}", number, kind.error().message));
      line += ",0,false,";
      base::append_csv(line, "Not compared: " + kind.error().message + ".");
    } else {
      screen::Query a = left->query(row), b = right->query(row);
      a.schema = b.schema = *kind;
      const screen::Verdict verdict = screen::compare_pair(a, b);
      line += fmt::format(",{:.4f},{},", verdict.score, verdict.match);
      base::append_csv(line, joined(verdict.reasons));
    }
    line += '\n';
    status = file.write(line);
  });
  report(options.path, rejects);
  if (!status) return status;
  if (!done) return base::fail("{}: {}", options.path, done.error().message);
  if (!left) return base::fail("{}: empty; expected a header line with 'left' and 'right'", options.path);
  return {};
}

}  // namespace

void add_compare(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand(
      "compare", "are two names, people, companies or ships one? score and reason for each pair");
  auto options = std::make_shared<Options>();
  command
      ->add_option("PAIRS", options->path,
                   "CSV with id,schema,left,right and optional left_*,right_* columns; - is stdin")
      ->required();
  add_output(*command, options->output, {});
  command->footer(
      "Example:\n  cordon compare pairs.csv > judged.csv\n"
      "Further columns: left_birth_date, left_country, left_gender, left_imo, left_imo_company, left_mmsi, "
      "left_callsign,\n"
      "left_flag, left_passport, left_lei, left_build_year, and the same with right_. See docs/compare.md.");
  command->callback([options, &exit] {
    with_output(exit, options->output, [&](base::OutputFile& file) { return run(*options, file); });
  });
}

}  // namespace cordon::cli
