#include "common.hpp"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <vector>

#include "cordon/base/text.hpp"

namespace cordon::cli {

void add_output(CLI::App& command, Output& output, std::initializer_list<std::string_view> formats) {
  command.add_option("-o,--output", output.path, "where the result goes; - is stdout")->capture_default_str();
  if (formats.size() == 0) return;
  const std::vector<std::string> choices(formats.begin(), formats.end());
  output.format = choices.front();
  command.add_option("--format", output.format, "form of the result")
      ->capture_default_str()
      ->check(CLI::IsMember(choices));
}

base::Result<TextOutput> TextOutput::create(base::OutputFile& file, std::string_view format,
                                            const base::ParquetForm& form) {
  TextOutput out(file);
  if (format != "parquet" && format != "geoparquet") return out;
  auto parquet = base::ParquetWriter::create(form, format == "geoparquet", file);
  if (!parquet) return tl::unexpected(parquet.error());
  out.parquet_.emplace(*std::move(parquet));
  return out;
}

void report(Exit& exit, const base::Error& error, int code) {
  note(error.message);
  exit.code = code;
}

void report(std::string_view label, const base::Tally& tally) {
  if (!tally.empty()) note(fmt::format("{}: {} rejected: {}", label, tally.total(), tally.summary()));
}

base::Date today() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return base::date_of(std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
}

void note(std::string_view message) {
  constexpr std::size_t kLongest = 2000;  // what a file holds may be quoted, and may be a line of gigabytes
  if (message.size() <= kLongest) {
    fmt::print(stderr, "cordon: {}\n", base::printable(message));
  } else {
    fmt::print(stderr, "cordon: {} ...\n", base::printable(message.substr(0, kLongest)));
  }
}

}  // namespace cordon::cli
