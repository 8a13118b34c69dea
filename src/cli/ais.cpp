// cordon ais decode, cordon ais encode
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
  Output output;
};

base::Result<ais::FeedReport> decode_one(const DecodeArguments& arguments, const std::string& file,
                                         bool first, base::TimeMs start_time, const ais::TextSink& sink) {
  const bool csv = arguments.output.format == "csv";
  if (csv && !arguments.report) {
    ais::FeedOptions options;
    options.start_time = start_time;
    return ais::positions_csv(file, first, options, sink);
  }
  ais::DecodeOptions options;
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
  with_output(exit, arguments.output, [&](base::OutputFile& out) -> base::Result<void> {
    const ais::TextSink sink = [&](std::string_view text) { return out.write(text); };
    bool first = true;
    std::uint64_t messages = 0;
    for (const std::string& file : arguments.files) {
      const auto done = decode_one(arguments, file, first, start_time, sink);
      if (!done) return tl::unexpected(done.error());
      first = false;
      report(file, done->rejects);
      if (done->messages == 0) note(file + ": no AIS message found");
      messages += done->messages;
    }
    // A report tells of every line, whatever it is; but input without one message was no AIS.
    if (messages == 0 && !arguments.report) return base::fail("no input held an AIS message");
    return {};
  });
}

void add_decode(CLI::App& ais, Exit& exit) {
  auto* command =
      ais.add_subcommand("decode", "AIVDM sentences to JSON lines with gpsd's field names, or to CSV");
  auto arguments = std::make_shared<DecodeArguments>();
  command->add_option("FILE", arguments->files, "sentences, plain or .gz .zst .xz; - is stdin")->required();
  command->add_flag("--unscaled", arguments->unscaled, "the integers as they were sent");
  command->add_flag("--report", arguments->report, "instead of messages, what became of each input line");
  command->add_flag("--extra", arguments->extra, "add the receiver's time and name, and the channel");
  command->add_option("--start-time", arguments->start_time, "csv: the time of reports that carry none");
  add_output(*command, arguments->output, {"ndjson", "csv"});
  command->footer(
      "Example: cordon ais decode feed.nmea.gz | head\n"
      "         cordon ais decode --report --format csv feed.nmea\n"
      "--format csv writes positions, and also reads MarineCadastre and Danish CSV.");
  command->callback([arguments, &exit] { decode(*arguments, exit); });
}

void add_encode(CLI::App& ais, Exit& exit) {
  struct Arguments {
    std::string file;
    Output output;
  };
  auto* command = ais.add_subcommand("encode", "positions and static data of any feed as AIVDM sentences");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("FILE", arguments->file, "CSV or sentences; - is stdin")->required();
  add_output(*command, arguments->output, {});
  command->footer("Example: cordon ais encode day.csv -o day.nmea");
  command->callback([arguments, &exit] {
    with_output(exit, arguments->output, [&](base::OutputFile& out) -> base::Result<void> {
      const auto done =
          ais::encode_feed(arguments->file, [&](std::string_view text) { return out.write(text); });
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
