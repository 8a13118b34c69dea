// cordon ais decode, cordon ais encode
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "common.hpp"
#include "cordon/ais/transcode.hpp"
#include "cordon/base/time.hpp"

namespace cordon::cli {

namespace {

struct DecodeArguments {
  std::vector<std::string> files;
  bool unscaled = false, report = false, extra = false;
  std::string start_time;
  double seconds = 0;
  Output output;
};

ais::LiveOptions live_options(const DecodeArguments& arguments) {
  ais::LiveOptions live;
  live.seconds = arguments.seconds;
  live.notice = [](std::string_view text) { note(text); };
  return live;
}

base::Result<ais::FeedReport> decode_one(const DecodeArguments& arguments, const std::string& file,
                                         bool first, base::TimeMs start_time, const ais::TextSink& sink) {
  const bool csv = arguments.output.format != "ndjson";  // Parquet is made of it
  if (csv && !arguments.report) {
    ais::FeedOptions options;
    options.start_time = start_time;
    options.live = live_options(arguments);
    return ais::positions_csv(file, first, options, sink);
  }
  ais::DecodeOptions options;
  options.live = live_options(arguments);
  options.json.scaled = !arguments.unscaled;
  options.json.extra = arguments.extra;
  if (arguments.report) options.form = csv ? ais::DecodeForm::report_csv : ais::DecodeForm::report;
  if (arguments.report && arguments.files.size() > 1) options.file = file;
  return ais::decode_feed(file, options, sink);
}

void decode(const DecodeArguments& arguments, Exit& exit) {
  base::TimeMs start_time = base::kNoTime;
  if (!arguments.start_time.empty()) {
    const auto time = base::parse_time(arguments.start_time);
    if (!time)
      return report(
          exit, {"--start-time: expected YYYY-MM-DDTHH:MM:SS, found '" + arguments.start_time + "'"}, kUsage);
    start_time = *time;
  }
  for (std::size_t i = 0; i + 1 < arguments.files.size(); ++i)
    if (ais::is_live(arguments.files[i]))
      return report(exit, {arguments.files[i] + ": a live feed does not end: it can only be the last"},
                    kUsage);
  if (arguments.report && arguments.output.format.ends_with("parquet"))
    return report(exit, {"--report is written as ndjson or csv"}, kUsage);
  with_output(exit, arguments.output, [&](base::OutputFile& out) -> base::Result<void> {
    auto opened = TextOutput::create(out, arguments.output.format, ais::positions_parquet());
    if (!opened) return tl::unexpected(opened.error());
    const ais::TextSink sink = [&](std::string_view text) {
      return text.empty() ? opened->flush() : opened->write(text);
    };
    bool first = true, live = false;
    std::uint64_t messages = 0;
    for (const std::string& file : arguments.files) {
      const auto done = decode_one(arguments, file, first, start_time, sink);
      if (!done) return tl::unexpected(done.error());
      first = false;
      report(file, done->rejects);
      if (done->messages == 0) note(file + ": no AIS message found");
      messages += done->messages;
      if (!ais::is_live(file)) continue;
      live = true;
      note(fmt::format("{}: {} lines, {} messages", file, done->lines, done->messages));
    }
    // A report tells of every line, whatever it is; but input without one message was no AIS.
    if (messages == 0 && !arguments.report && !live) return base::fail("no input held an AIS message");
    return opened->finish();
  });
}

void add_decode(CLI::App& ais, Exit& exit) {
  auto* command =
      ais.add_subcommand("decode", "AIVDM sentences to JSON lines with gpsd's field names, or to CSV");
  auto arguments = std::make_shared<DecodeArguments>();
  command
      ->add_option(
          "FILE", arguments->files,
          "sentences, plain or .gz .zst .xz; - is stdin; or live: udp://[ADDRESS]:PORT, tcp://HOST:PORT, "
          "tcp-listen://[ADDRESS]:PORT, stream:PATH")
      ->required();
  command->add_flag("--unscaled", arguments->unscaled, "the integers as they were sent");
  command->add_flag("--report", arguments->report, "instead of messages, what became of each input line");
  command->add_flag("--extra", arguments->extra, "add the receiver's time and name, and the channel");
  command->add_option("--start-time", arguments->start_time, "csv: the time of reports that carry none");
  command->add_option("--for", arguments->seconds, "live: stop after this many seconds")
      ->check(CLI::NonNegativeNumber);
  add_output(*command, arguments->output, {"ndjson", "csv", "parquet", "geoparquet"});
  command->footer(
      "Example: cordon ais decode feed.nmea.gz | head\n"
      "         cordon ais decode --report --format csv feed.nmea\n"
      "         cordon ais decode tcp://receiver.lan:10110\n"
      "--format csv, parquet and geoparquet write positions, and also read MarineCadastre and Danish CSV, "
      "and "
      "Parquet.");
  command->callback([arguments, &exit] { decode(*arguments, exit); });
}

void add_encode(CLI::App& ais, Exit& exit) {
  struct Arguments {
    std::string file;
    bool messages = false;
    Output output;
  };
  auto* command = ais.add_subcommand("encode", "positions and static data of any feed as AIVDM sentences");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("FILE", arguments->file, "CSV or sentences; - is stdin")->required();
  command->add_flag("--messages", arguments->messages,
                    "FILE holds messages of any type, as decode --unscaled writes them");
  add_output(*command, arguments->output, {});
  command->footer(
      "Example: cordon ais encode day.csv -o day.nmea\n"
      "         cordon ais decode --unscaled a.nmea | cordon ais encode --messages -");
  command->callback([arguments, &exit] {
    with_output(exit, arguments->output, [&](base::OutputFile& out) -> base::Result<void> {
      const ais::TextSink sink = [&](std::string_view text) { return out.write(text); };
      const auto done = arguments->messages ? ais::encode_messages(arguments->file, sink)
                                            : ais::encode_feed(arguments->file, sink);
      if (!done) return tl::unexpected(done.error());
      report(arguments->file, done->rejects);
      return {};
    });
  });
}

}  // namespace

void add_ais(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand("ais", "read and write AIS");
  command->require_subcommand(1);
  add_decode(*command, exit);
  add_encode(*command, exit);
}

}  // namespace cordon::cli
