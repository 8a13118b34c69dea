#include "cordon/ais/transcode.hpp"

#include <fmt/format.h>

#include <cstring>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cordon/ais/cursor.hpp"
#include "cordon/ais/decoder.hpp"
#include "cordon/ais/encode_fields.hpp"
#include "cordon/ais/encoder.hpp"
#include "cordon/ais/feed_reader.hpp"
#include "cordon/ais/threaded.hpp"
#include "cordon/base/bytes.hpp"
#include "cordon/base/json.hpp"

namespace cordon::ais {

namespace {

constexpr std::size_t kPiece = std::size_t{1} << 18;

// Gathers output and hands it on in pieces; remembers the first failure.
class Output {
 public:
  explicit Output(const TextSink& sink) : sink_(sink) { text.reserve(kPiece + kMaxJson); }
  void line_done() {
    if (text.size() >= kPiece) flush();
  }
  void flush() {
    if (ok() && !text.empty())
      if (auto written = sink_(text); !written) error_ = std::move(written.error());
    text.clear();
  }
  void idle() {
    flush();
    if (ok())
      if (auto shown = sink_({}); !shown) error_ = std::move(shown.error());
  }
  bool ok() const { return error_.message.empty(); }
  const base::Error& error() const { return error_; }
  std::string text;

 private:
  const TextSink& sink_;
  base::Error error_;
};

class LineDecoder final : public LineSink {
 public:
  LineDecoder(const DecodeOptions& options, Output& output) : options_(options), output_(output) {}

  void block(std::string_view lines) override {
    const char* at = lines.data();
    const char* const end = at + lines.size();
    while (at < end && output_.ok()) {
      Sentence sentence;
      const Outcome parsed = next_sentence(at, end, sentence);
      done(decoder_.push(sentence, parsed));
    }
  }
  void overlong() override {
    decoder_.skip();
    done(Outcome::overlong_line);
  }
  void arrival(const Arrival& arrival) override { decoder_.arrival(arrival); }
  void idle() override { output_.idle(); }
  bool more() const override { return output_.ok(); }
  FeedReport report() const {
    FeedReport report;
    tell(decoder_, counts_, 0, report);
    return report;
  }

 private:
  void done(Outcome outcome) {
    counts_.add(outcome, decoder_.lines());
    std::string& out = output_.text;
    switch (options_.form) {
      case DecodeForm::json:
        if (outcome != Outcome::message) return;
        append_json(out, decoder_.message(), options_.json);
        break;
      case DecodeForm::report: {
        base::JsonWriter json(out);
        json.begin_object();
        if (!options_.file.empty()) json.field("file", options_.file);
        json.field("line", decoder_.lines());
        json.field("outcome", to_string(outcome));
        json.end_object();
        break;
      }
      case DecodeForm::report_csv:
        out.append(std::to_string(decoder_.lines()));
        out.push_back(',');
        out.append(to_string(outcome));
        break;
    }
    out.push_back('\n');
    output_.line_done();
  }

  const DecodeOptions& options_;
  Output& output_;
  Decoder decoder_;
  OutcomeCounts counts_;
};

// The JSON of a piece of the feed, but for the lines that need earlier ones.
class TextPiece {
 public:
  explicit TextPiece(const JsonOptions& options) : options_(options) {}

  void work(std::string_view head, std::string_view body) {
    text.clear();
    deferred.clear();
    counts = {};
    start = decoder_.lines();
    const std::uint64_t bad_before = decoder_.bad_tags();
    read(head);
    read(body);
    lines = decoder_.lines() - start;
    bad_tags = decoder_.bad_tags() - bad_before;
  }

  std::string text;
  std::vector<Deferred> deferred;
  OutcomeCounts counts;
  std::uint64_t start = 0, lines = 0, bad_tags = 0;  // its lines are numbered from start + 1

 private:
  void read(std::string_view text_of_lines) {
    const char* at = text_of_lines.data();
    const char* const end = at + text_of_lines.size();
    while (at < end) {
      Sentence sentence;
      const Outcome parsed = next_sentence(at, end, sentence);
      if (parsed == Outcome::message && sentence.needs_others()) {
        decoder_.skip();
        deferred.push_back({sentence, decoder_.lines(), text.size()});
        continue;
      }
      const Outcome outcome = decoder_.push(sentence, parsed);
      counts.add(outcome, decoder_.lines());
      if (outcome != Outcome::message) continue;
      append_json(text, decoder_.message(), options_);
      text.push_back('\n');
    }
  }

  JsonOptions options_;
  Decoder decoder_;
};

class ThreadedDecoder final : public LineSink {
 public:
  ThreadedDecoder(const DecodeOptions& options, Output& output, unsigned threads)
      : options_(options),
        output_(output),
        pieces_(
            // The JSON of a sentence is four times as long as a row of it.
            threads, kPieceBytes / 2, [&options] { return std::make_unique<TextPiece>(options.json); },
            [this](TextPiece& piece) { take(piece); }) {}

  void block(std::string_view lines) override { pieces_.block(lines); }
  void lasting(std::string_view bytes) override { pieces_.lasting(bytes); }
  void overlong() override {
    pieces_.finish();
    decoder_.skip();
    counts_.add(Outcome::overlong_line, decoder_.lines());
  }
  bool more() const override { return output_.ok(); }
  void end() override { pieces_.finish(); }
  FeedReport report() const {
    FeedReport report;
    tell(decoder_, counts_, bad_tags_, report);
    return report;
  }

 private:
  void take(TextPiece& piece) {
    const std::uint64_t before = decoder_.lines(), offset = before - piece.start;
    counts_.add(piece.counts, offset);
    bad_tags_ += piece.bad_tags;
    std::size_t told = 0;
    for (const Deferred& line : piece.deferred) {
      decoder_.skip(line.line + offset - 1 - decoder_.lines());
      const Outcome outcome = decoder_.push(line.sentence, Outcome::message);
      counts_.add(outcome, decoder_.lines());
      if (outcome != Outcome::message) continue;
      output_.text.append(piece.text, told, line.at - told);
      told = line.at;
      append_json(output_.text, decoder_.message(), options_.json);
      output_.text.push_back('\n');
      output_.line_done();
    }
    output_.text.append(piece.text, told);
    output_.line_done();
    decoder_.skip(before + piece.lines - decoder_.lines());
  }

  const DecodeOptions& options_;
  Output& output_;
  Decoder decoder_;  // of the lines that need earlier ones
  OutcomeCounts counts_;
  std::uint64_t bad_tags_ = 0;
  Pieces<TextPiece> pieces_;
};

void append_row(std::string& out, const model::Position& p) {
  char buffer[256];
  Cursor row(buffer);
  row.number(p.mmsi);
  row.raw(',');
  out.append(buffer, static_cast<std::size_t>(row.at() - buffer));
  if (p.time != base::kNoTime) {
    std::string time = base::to_iso(p.time);
    if (time.ends_with('Z')) time.pop_back();
    out.append(time);
  }
  row = Cursor(buffer);
  row.raw(',');
  if (p.at.valid()) row.fixed(p.at.lat_e7, 7);
  row.raw(',');
  if (p.at.valid()) row.fixed(p.at.lon_e7, 7);
  row.raw(',');
  if (p.sog_dkn != model::kSogNone) row.fixed(p.sog_dkn, 1);
  row.raw(',');
  if (p.cog_ddeg != model::kCogNone) row.fixed(p.cog_ddeg, 1);
  row.raw(',');
  if (p.heading_deg != model::kHeadingNone) row.number(p.heading_deg);
  row.raw(',');
  if (p.nav_status != model::kStatusNone) row.number(p.nav_status);
  row.raw(',');
  const bool class_b = p.type == 18 || p.type == 19, class_a = (p.type >= 1 && p.type <= 3) || p.type == 27;
  row.raw(class_a ? std::string_view("A,") : class_b ? std::string_view("B,") : std::string_view(","));
  if (p.type != 0) row.number(p.type);
  constexpr std::string_view kReceivers[] = {",,", ",terrestrial,", ",satellite,"};
  row.raw(kReceivers[p.receiver < 3 ? p.receiver : 0]);
  row.number(p.where.line());
  row.raw('\n');
  out.append(buffer, static_cast<std::size_t>(row.at() - buffer));
}

}  // namespace

base::Result<FeedReport> decode_feed(const std::filesystem::path& path, const DecodeOptions& options,
                                     const TextSink& sink) {
  Output output(sink);
  const unsigned threads = options.form == DecodeForm::json ? threads_for(path) : 1;
  base::Result<base::Tally> read;
  FeedReport report;
  if (threads > 1) {
    ThreadedDecoder decoder(options, output, threads);
    read = read_lines(path, options.live, decoder);
    report = decoder.report();
  } else {
    LineDecoder decoder(options, output);
    read = read_lines(path, options.live, decoder);
    report = decoder.report();
  }
  output.flush();
  if (!output.ok()) return tl::unexpected(output.error());
  if (!read) return tl::unexpected(read.error());
  report.rejects.merge(*read);
  if (report.lines == 0 && !is_live(path))
    return base::fail("{}: is empty, expected AIS sentences", path.string());
  return report;
}

base::Result<FeedReport> positions_csv(const std::filesystem::path& path, bool header,
                                       const FeedOptions& options, const TextSink& sink) {
  Output output(sink);
  if (header)
    output.text =
        "MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,Status,TransceiverClass,MessageType,Receiver,Line\n";
  FeedOptions with_end = options;
  with_end.more = [&] { return output.ok(); };
  const bool live = is_live(path);
  auto report = read_feed(
      path, 0,
      [&](const model::FeedBatch& batch) {
        for (std::size_t i = 0; i < batch.positions.size(); ++i) {
          append_row(output.text, batch.positions.row(i));
          output.line_done();
        }
        if (live) output.idle();
      },
      with_end);
  output.flush();
  if (!output.ok()) return tl::unexpected(output.error());
  return report;
}

base::ParquetForm positions_parquet() {
  return {
      "read_csv($source, header = true, auto_detect = false, columns = {MMSI: 'INTEGER', BaseDateTime: "
      "'TIMESTAMPTZ', LAT: 'DOUBLE', LON: 'DOUBLE', SOG: 'DOUBLE', COG: 'DOUBLE', Heading: 'SMALLINT', "
      "Status: "
      "'TINYINT', TransceiverClass: 'VARCHAR', MessageType: 'TINYINT', Receiver: 'VARCHAR', Line: 'BIGINT'})",
      "BaseDateTime AS time, MMSI AS mmsi, LAT AS lat, LON AS lon, SOG AS sog_kn, COG AS cog_deg, Heading AS "
      "heading_deg, Status AS nav_status, coalesce(MessageType, 0) AS type, CAST(CASE Receiver WHEN "
      "'terrestrial' THEN 1 WHEN 'satellite' THEN 2 ELSE 0 END AS TINYINT) AS receiver, Line AS \"where\""};
}

base::Result<FeedReport> encode_feed(const std::filesystem::path& path, const TextSink& sink) {
  Output output(sink);
  EncodeOptions encode;
  constexpr std::string_view kReceivers[] = {"", "r1", "s1"};  // names that are read back as what they were
  auto report = read_feed(path, 0, [&](const model::FeedBatch& batch) {
    model::for_each_in_order(
        batch,
        [&](const model::Position& position) {
          encode.receiver = kReceivers[position.receiver < 3 ? position.receiver : 0];
          append_position(output.text, position, encode);
          output.line_done();
        },
        [&](const model::VesselStatic& vessel) {
          encode.receiver = {};
          append_static(output.text, vessel, encode);
          encode.sequence = static_cast<std::uint8_t>((encode.sequence + 1) % 10);
          output.line_done();
        });
  });
  output.flush();
  if (!output.ok()) return tl::unexpected(output.error());
  return report;
}

base::Result<FeedReport> encode_messages(const std::filesystem::path& path, const TextSink& sink) {
  Output output(sink);
  EncodeOptions encode;
  FeedReport report;
  base::LineSplitter lines([&](std::string_view line, std::uint64_t number, std::uint64_t) {
    if (line.find_first_not_of(" \t") == std::string_view::npos) return;
    const auto message = encode_fields(line);
    if (!message)
      return report.rejects.add("bad_message", fmt::format("line {}: {}", number, message.error().message));
    ++report.messages;
    encode.receiver = message->receiver;
    encode.channel = message->channel == ' ' ? 'A' : message->channel;
    append_sentences(output.text, message->payload, message->time, encode);
    encode.sequence = static_cast<std::uint8_t>((encode.sequence + 1) % 10);
    output.line_done();
  });
  const auto read = base::read_chunks(path, [&](std::string_view bytes) {
    lines.push(bytes);
    return output.ok();
  });
  if (read) lines.finish();
  output.flush();
  if (!output.ok()) return tl::unexpected(output.error());
  if (!read) return tl::unexpected(read.error());
  report.lines = lines.lines();
  if (lines.overlong() > 0) report.rejects.add("overlong_line", {}, lines.overlong());
  if (report.messages == 0)
    return base::fail("{}: expected messages as decode --unscaled writes them, found none in {} lines{}{}",
                      path.string(), report.lines, report.rejects.empty() ? "" : ": ",
                      report.rejects.empty() ? "" : report.rejects.summary());
  return report;
}

}  // namespace cordon::ais
