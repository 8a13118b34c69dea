#include "cordon/ais/transcode.hpp"

#include <cstring>
#include <string>
#include <utility>

#include "cordon/ais/cursor.hpp"
#include "cordon/ais/decoder.hpp"
#include "cordon/ais/encoder.hpp"
#include "cordon/ais/feed_reader.hpp"
#include "cordon/base/json.hpp"

namespace cordon::ais {

namespace {

constexpr std::size_t kPiece = std::size_t{1} << 18;

// Gathers output and hands it on in pieces; remembers the first failure.
class Pieces {
 public:
  explicit Pieces(const TextSink& sink) : sink_(sink) { text.reserve(kPiece + kMaxJson); }
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
  LineDecoder(const DecodeOptions& options, Pieces& pieces) : options_(options), pieces_(pieces) {}

  void block(std::string_view lines) override {
    const char* at = lines.data();
    const char* const end = at + lines.size();
    while (at < end && pieces_.ok()) {
      const auto* newline =
          static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)));
      done(decoder_.push({at, static_cast<std::size_t>(newline - at)}));
      at = newline + 1;
    }
  }
  void overlong() override {
    decoder_.skip();
    done(Outcome::overlong_line);
  }
  void arrival(const Arrival& arrival) override { decoder_.arrival(arrival); }
  void idle() override { pieces_.idle(); }
  bool more() const override { return pieces_.ok(); }
  FeedReport report() const {
    FeedReport report;
    report.lines = decoder_.lines();
    report.messages = counts_.of(Outcome::message);
    report.rejects = counts_.rejects();
    if (decoder_.lost_parts() > 0) report.rejects.add("incomplete", {}, decoder_.lost_parts());
    if (decoder_.bad_tags() > 0) report.rejects.add("tag_block_ignored", {}, decoder_.bad_tags());
    return report;
  }

 private:
  void done(Outcome outcome) {
    counts_.add(outcome, decoder_.lines());
    std::string& out = pieces_.text;
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
    pieces_.line_done();
  }

  const DecodeOptions& options_;
  Pieces& pieces_;
  Decoder decoder_;
  OutcomeCounts counts_;
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
  Pieces pieces(sink);
  LineDecoder decoder(options, pieces);
  const auto read = read_lines(path, options.live, decoder);
  pieces.flush();
  if (!pieces.ok()) return tl::unexpected(pieces.error());
  if (!read) return tl::unexpected(read.error());
  FeedReport report = decoder.report();
  report.rejects.merge(*read);
  if (report.lines == 0 && !is_live(path))
    return base::fail("{}: is empty, expected AIS sentences", path.string());
  return report;
}

base::Result<FeedReport> positions_csv(const std::filesystem::path& path, bool header,
                                       const FeedOptions& options, const TextSink& sink) {
  Pieces pieces(sink);
  if (header)
    pieces.text =
        "MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,Status,TransceiverClass,MessageType,Receiver,Line\n";
  FeedOptions with_end = options;
  with_end.more = [&] { return pieces.ok(); };
  const bool live = is_live(path);
  auto report = read_feed(
      path, 0,
      [&](const model::FeedBatch& batch) {
        for (std::size_t i = 0; i < batch.positions.size(); ++i) {
          append_row(pieces.text, batch.positions.row(i));
          pieces.line_done();
        }
        if (live) pieces.idle();
      },
      with_end);
  pieces.flush();
  if (!pieces.ok()) return tl::unexpected(pieces.error());
  return report;
}

base::Result<FeedReport> encode_feed(const std::filesystem::path& path, const TextSink& sink) {
  Pieces pieces(sink);
  EncodeOptions encode;
  constexpr std::string_view kReceivers[] = {"", "r1", "s1"};  // names that are read back as what they were
  auto report = read_feed(path, 0, [&](const model::FeedBatch& batch) {
    model::for_each_in_order(
        batch,
        [&](const model::Position& position) {
          encode.receiver = kReceivers[position.receiver < 3 ? position.receiver : 0];
          append_position(pieces.text, position, encode);
          pieces.line_done();
        },
        [&](const model::VesselStatic& vessel) {
          encode.receiver = {};
          append_static(pieces.text, vessel, encode);
          encode.sequence = static_cast<std::uint8_t>((encode.sequence + 1) % 10);
          pieces.line_done();
        });
  });
  pieces.flush();
  if (!pieces.ok()) return tl::unexpected(pieces.error());
  return report;
}

}  // namespace cordon::ais
