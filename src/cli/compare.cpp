// cordon compare PAIRS.csv : two records a line, judged as one party or not.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common.hpp"
#include "cordon/base/csv_stream.hpp"
#include "cordon/base/parallel.hpp"
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

// A pair of the file; the answer is written into it.
struct Pair {
  std::string id, problem;  // problem: why it cannot be compared
  screen::Query left, right;
  std::string line;
};

void judge(Pair& pair) {
  base::append_csv(pair.line, pair.id);
  if (!pair.problem.empty()) {
    pair.line += ",0,false,";
    base::append_csv(pair.line, "Not compared: " + pair.problem + ".");
  } else {
    const screen::Verdict verdict = screen::compare_pair(pair.left, pair.right);
    pair.line += fmt::format(",{:.4f},{},", verdict.score, verdict.match);
    base::append_csv(pair.line, joined(verdict.reasons));
  }
  pair.line += '\n';
}

// So many pairs are held at a time, and judged on all cores; they leave in the order of the file.
constexpr std::size_t kHeld = 4096;

Result<void> run(const Options& options, base::OutputFile& file) {
  std::optional<screen::Columns> left, right;
  std::optional<std::size_t> id, schema;
  base::Tally rejects;
  std::vector<Pair> pairs;
  pairs.reserve(kHeld);
  const auto flush = [&]() -> Result<void> {
    base::parallel_for(pairs.size(), 64, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) judge(pairs[i]);
    });
    std::string text;
    for (const Pair& pair : pairs) text += pair.line;
    pairs.clear();
    return file.write(text);
  };
  const auto done = base::read_csv_stream(
      options.path,
      [&](const base::CsvRow& header) -> Result<void> {
        left.emplace(header, "left_", "left"), right.emplace(header, "right_", "right");
        id = screen::find_column(header, {"id"}), schema = screen::find_column(header, {"schema"});
        if ((!left->has_name() && !left->has_number()) || (!right->has_name() && !right->has_number()))
          return base::fail("{}: line 1: expected columns 'left' and 'right', found '{}'", options.path,
                            fmt::join(header, ","));
        return file.write("id,score,match,reason\n");
      },
      [&](base::CsvRow&& row, std::uint64_t line) -> Result<void> {
        Pair pair;
        pair.id = id && *id < row.size() ? row[*id] : fmt::format("{}", line);
        const auto kind = screen::read_schema(schema && *schema < row.size() ? row[*schema] : std::string{});
        if (kind) {
          pair.left = left->query(row), pair.right = right->query(row);
          pair.left.schema = pair.right.schema = *kind;
        } else {
          rejects.add("unknown schema", fmt::format("line {}: {}", line, kind.error().message));
          pair.problem = kind.error().message;
        }
        pairs.push_back(std::move(pair));
        return pairs.size() < kHeld ? Result<void>{} : flush();
      });
  // What was read before a fault is answered.
  const auto written = flush();
  report(options.path, rejects);
  if (!done) return tl::unexpected(done.error());
  return written;
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
