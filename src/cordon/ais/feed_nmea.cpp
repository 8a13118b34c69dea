// AIVDM sentences to columns.
#include <cstring>

#include "cordon/ais/decoder.hpp"
#include "cordon/ais/feed_reader.hpp"

namespace cordon::ais {

namespace {

class NmeaReader final : public FeedReader {
 public:
  NmeaReader(const FeedContext& context, Batcher& batcher)
      : context_(context), batcher_(batcher), default_time_(context.options.start_time) {}

  void block(std::string_view lines) override {
    const char* at = lines.data();
    const char* const end = at + lines.size();
    while (at < end) {
      if (fast_) fast_lines(at, end);
      if (at == end) break;
      const auto* newline =
          static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)));
      line({at, static_cast<std::size_t>(newline - at)});
      at = newline + 1;
    }
  }

  void arrival(const Arrival& arrival) override {
    decoder_.arrival(arrival);
    default_time_ = arrival.time;
  }
  void idle() override { batcher_.flush(); }

  void overlong() override {
    decoder_.skip();
    counts_.add(Outcome::overlong_line, decoder_.lines());
  }

  void finish(FeedReport& report) override {
    report.format = FeedFormat::nmea;
    report.lines = decoder_.lines();
    report.messages = counts_.of(Outcome::message);
    report.rejects = counts_.rejects();
    if (decoder_.lost_parts() > 0) report.rejects.add("incomplete", {}, decoder_.lost_parts());
    if (decoder_.bad_tags() > 0) report.rejects.add("tag_block_ignored", {}, decoder_.bad_tags());
  }

 private:
  void fast_lines(const char*& at, const char* end) {
    for (;;) {
      const std::uint64_t next = decoder_.lines() + 1;
      const std::size_t rows = read_fast_lines(at, end, batcher_.columns(), batcher_.room(),
                                               model::Where::of(context_.feed, next).packed, default_time_);
      if (rows == 0) return;
      counts_.add(Outcome::message, next, rows);
      decoder_.skip(rows);
      batcher_.add(rows);
    }
  }

  void line(std::string_view text) {
    const Outcome outcome = decoder_.push(text);
    counts_.add(outcome, decoder_.lines());
    if (outcome != Outcome::message) return;
    const Message& message = decoder_.message();
    model::Position position;
    if (to_position(message, context_.feed, position)) {
      if (position.time == base::kNoTime) position.time = default_time_;
      batcher_.position(position);
    }
    model::VesselStatic vessel;
    if (to_static(message, context_.feed, vessel)) {
      if (vessel.time == base::kNoTime) vessel.time = default_time_;
      batcher_.vessel(std::move(vessel));
    }
  }

  FeedContext context_;
  Batcher& batcher_;
  base::TimeMs default_time_;  // of lines without one
  Decoder decoder_;
  bool fast_ = has_fast_lane();
  OutcomeCounts counts_;
};

}  // namespace

std::unique_ptr<FeedReader> make_nmea_reader(const FeedContext& context, Batcher& batcher) {
  return std::make_unique<NmeaReader>(context, batcher);
}

}  // namespace cordon::ais
