#include "screen_cargo.hpp"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <cstddef>
#include <string_view>

#include "cordon/base/bytes.hpp"
#include "cordon/base/time.hpp"
#include "cordon/law/cargo.hpp"

namespace cordon::cli {
namespace {

// For people: the verdict, then why, then what is missing.
void append_table(std::string& out, const law::CargoRow& row, const law::Cargo& cargo) {
  for (const law::CargoAnswer& one : cargo.answers) {
    for (const law::Verdict& verdict : one.verdicts) {
      out += fmt::format("{:<12} {:<10} {:<3} {}{}\n", row.id, one.direction, verdict.jurisdiction,
                         verdict.verdict, one.by_words ? " (by the description)" : "");
      out += fmt::format("{:<14}{}\n", "", verdict.because);
      for (const std::string& question : verdict.missing)
        out += fmt::format("{:<14}missing: {}\n", "", question);
    }
  }
  for (const std::string& doubt : cargo.doubts) out += fmt::format("{:<14}doubt: {}\n", "", doubt);
}

}  // namespace

std::shared_ptr<CargoOptions> add_cargo(CLI::App& screen) {
  auto options = std::make_shared<CargoOptions>();
  screen.add_option(
      "--cargo", options->path,
      "goods instead of parties: CSV with hs and/or goods, and direction, date, quantity, unit, ...");
  screen.add_option("--date", options->date, "with --cargo: the day asked about, where a row states none");
  screen
      .add_option("--jurisdiction", options->jurisdictions, "with --cargo: whose law, repeatable; UN and CA")
      ->allow_extra_args(false);
  return options;
}

void screen_cargo(const CargoOptions& options, const Output& output, bool exit_code, Exit& exit) {
  constexpr std::size_t kLongest = std::size_t{1} << 30, kFlush = std::size_t{1} << 20;
  base::Date date;
  if (!options.date.empty()) {
    const auto day = base::parse_date(options.date);
    if (!day || !day->complete())
      return report(exit, {fmt::format("--date: expected a day as 2026-11-23, found '{}'", options.date)},
                    kUsage);
    date = *day;
  }
  const auto book = law::LawBook::embedded();
  if (!book) return report(exit, book.error());
  const auto text = base::read_file(options.path, kLongest);
  if (!text) return report(exit, text.error());
  const auto file = law::read_cargo(**book, *text, options.path, date);
  if (!file) return report(exit, file.error());
  report(options.path, file->rejects);
  const std::vector<std::string> codes =
      options.jurisdictions.empty() ? std::vector<std::string>{"UN", "CA"} : options.jurisdictions;
  std::size_t attention = 0;
  with_output(exit, output, [&](base::OutputFile& out_file) -> base::Result<void> {
    std::string out;
    if (output.format == "csv") out = law::kCargoCsvHeader;
    for (const law::CargoRow& row : file->rows) {
      const law::Cargo cargo = law::screen_cargo(**book, row, codes);
      attention += cargo.attention ? 1 : 0;
      if (output.format == "csv") {
        law::append_csv_rows(out, row, cargo);
      } else if (output.format == "table") {
        append_table(out, row, cargo);
      } else {
        law::append_json(out, row, cargo);
        out += '\n';
      }
      if (out.size() < kFlush) continue;
      if (auto done = out_file.write(out); !done) return done;
      out.clear();
    }
    return out_file.write(out);
  });
  note(fmt::format(
      "{} of {} rows are restricted or need more information (law of {}); the others are no clearance",
      attention, file->rows.size(), (*book)->version()));
  if (exit_code && exit.code == 0 && attention > 0) exit.code = 1;
}

}  // namespace cordon::cli
