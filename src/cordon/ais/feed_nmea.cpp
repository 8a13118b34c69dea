// AIVDM sentences to columns.
#include <memory>
#include <span>

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "cordon/ais/decoder.hpp"
#include "cordon/ais/feed_reader.hpp"
#include "cordon/ais/threaded.hpp"

namespace cordon::ais {

namespace {

class NmeaReader final : public FeedReader {
 public:
  // Where deferred is given, lines that need earlier ones are left there.
  NmeaReader(const FeedContext& context, Batcher& batcher, std::vector<Deferred>* deferred = nullptr)
      : context_(context),
        batcher_(batcher),
        default_time_(context.options.start_time),
        deferred_(deferred) {}

  const Decoder& decoder() const { return decoder_; }
  OutcomeCounts take_counts() { return std::exchange(counts_, {}); }

  void block(std::string_view lines) override {
    const char* at = lines.data();
    const char* const end = at + lines.size();
    while (at < end) {
      if (fast_) fast_lines(at, end);
      if (at == end) break;
      Sentence sentence;
      const Outcome parsed = next_sentence(at, end, sentence);
      line(sentence, parsed);
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
    tell(decoder_, counts_, 0, report);
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

  void line(const Sentence& sentence, Outcome parsed) {
    if (deferred_ != nullptr && parsed == Outcome::message && sentence.needs_others()) {
      decoder_.skip();
      deferred_->push_back({sentence, decoder_.lines(), 0});
      return;
    }
    const Outcome outcome = decoder_.push(sentence, parsed);
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
  std::vector<Deferred>* deferred_;
  Decoder decoder_;
  bool fast_ = has_fast_lane();
  OutcomeCounts counts_;
};

// What one thread makes of a piece of the feed.
class Piece {
 public:
  explicit Piece(const FeedContext& context)
      : batcher_([this](model::FeedBatch& batch) { keep(batch); }, context.options.batch_rows),
        reader_(context, batcher_, &deferred) {}

  void work(std::string_view head, std::string_view body) {
    deferred.clear();
    used_ = 0;
    start = reader_.decoder().lines();
    const std::uint64_t bad_before = reader_.decoder().bad_tags();
    reader_.block(head);
    reader_.block(body);
    batcher_.flush();
    lines = reader_.decoder().lines() - start;
    bad_tags = reader_.decoder().bad_tags() - bad_before;
    counts = reader_.take_counts();
  }
  std::span<model::FeedBatch> batches() { return {batches_.data(), used_}; }

  std::vector<Deferred> deferred;
  OutcomeCounts counts;
  std::uint64_t start = 0, lines = 0, bad_tags = 0;  // its lines are numbered from start + 1

 private:
  void keep(model::FeedBatch& batch) {
    if (used_ == batches_.size()) batches_.emplace_back();
    std::swap(batches_[used_++], batch);
  }
  std::vector<model::FeedBatch> batches_;
  std::size_t used_ = 0;
  Batcher batcher_;
  NmeaReader reader_;
};

// Merges rows that had to wait into a batch, by line.
model::FeedBatch merged(const model::FeedBatch& batch, std::span<const model::Position> positions) {
  model::FeedBatch out;
  out.statics = batch.statics;
  std::size_t next = 0;
  for (std::size_t i = 0; i < batch.positions.size(); ++i) {
    for (; next < positions.size() && positions[next].where.packed < batch.positions.where[i]; ++next)
      out.positions.push_back(positions[next]);
    out.positions.push_back(batch.positions.row(i));
  }
  for (; next < positions.size(); ++next) out.positions.push_back(positions[next]);
  return out;
}

class ThreadedReader final : public FeedReader {
 public:
  ThreadedReader(const FeedContext& context, Batcher& batcher, unsigned threads, std::size_t piece_bytes)
      : context_(context),
        batcher_(batcher),
        pieces_(
            threads, piece_bytes, [&context] { return std::make_unique<Piece>(context); },
            [this](Piece& piece) { take(piece); }) {}

  void block(std::string_view lines) override { pieces_.block(lines); }
  void lasting(std::string_view bytes) override { pieces_.lasting(bytes); }
  void overlong() override {
    pieces_.finish();
    decoder_.skip();
    counts_.add(Outcome::overlong_line, decoder_.lines());
  }
  void end() override { pieces_.finish(); }
  void finish(FeedReport& report) override {
    report.format = FeedFormat::nmea;
    tell(decoder_, counts_, bad_tags_, report);
  }

 private:
  void take(Piece& piece) {
    const std::uint64_t before = decoder_.lines(), offset = before - piece.start;
    counts_.add(piece.counts, offset);
    bad_tags_ += piece.bad_tags;
    positions_.clear();
    statics_.clear();
    for (const Deferred& line : piece.deferred) {
      decoder_.skip(line.line + offset - 1 - decoder_.lines());
      const Outcome outcome = decoder_.push(line.sentence, Outcome::message);
      counts_.add(outcome, decoder_.lines());
      if (outcome != Outcome::message) continue;
      const base::TimeMs start_time = context_.options.start_time;
      if (model::Position position; to_position(decoder_.message(), context_.feed, position)) {
        if (position.time == base::kNoTime) position.time = start_time;
        positions_.push_back(position);
      }
      if (model::VesselStatic vessel; to_static(decoder_.message(), context_.feed, vessel)) {
        if (vessel.time == base::kNoTime) vessel.time = start_time;
        statics_.push_back(std::move(vessel));
      }
    }
    decoder_.skip(before + piece.lines - decoder_.lines());
    std::span<const model::Position> positions = positions_;
    auto statics = statics_.begin();
    for (model::FeedBatch& batch : piece.batches()) {
      for (std::uint64_t& where : batch.positions.where) where += offset;
      for (model::VesselStatic& vessel : batch.statics) vessel.where.packed += offset;
      const std::uint64_t last = last_line(batch);
      const auto here = std::find_if(statics, statics_.end(),
                                     [&](const model::VesselStatic& v) { return v.where.packed > last; });
      if (batch.statics.empty()) {
        batch.statics.assign(std::make_move_iterator(statics), std::make_move_iterator(here));
      } else if (here != statics) {
        both_.clear();
        std::merge(std::make_move_iterator(batch.statics.begin()),
                   std::make_move_iterator(batch.statics.end()), std::make_move_iterator(statics),
                   std::make_move_iterator(here), std::back_inserter(both_),
                   [](const auto& a, const auto& b) { return a.where < b.where; });
        batch.statics.swap(both_);
      }
      statics = here;
      const auto until = std::find_if(positions.begin(), positions.end(),
                                      [&](const model::Position& p) { return p.where.packed > last; });
      const auto count = static_cast<std::size_t>(until - positions.begin());
      if (count == 0) {
        batcher_.pass(batch);
      } else {
        model::FeedBatch whole = merged(batch, positions.first(count));
        batcher_.pass(whole);
        positions = positions.subspan(count);
      }
    }
    model::FeedBatch rest;
    for (const model::Position& position : positions) rest.positions.push_back(position);
    rest.statics.assign(std::make_move_iterator(statics), std::make_move_iterator(statics_.end()));
    batcher_.pass(rest);
  }

  static std::uint64_t last_line(const model::FeedBatch& batch) {
    const std::uint64_t position = batch.positions.size() == 0 ? 0 : batch.positions.where.back();
    return batch.statics.empty() ? position : std::max(position, batch.statics.back().where.packed);
  }

  FeedContext context_;
  Batcher& batcher_;
  Decoder decoder_;  // of the lines that need earlier ones
  OutcomeCounts counts_;
  std::uint64_t bad_tags_ = 0;
  std::vector<model::Position> positions_;
  std::vector<model::VesselStatic> statics_, both_;
  Pieces<Piece> pieces_;
};

}  // namespace

std::unique_ptr<FeedReader> make_nmea_reader(const FeedContext& context, Batcher& batcher) {
  return std::make_unique<NmeaReader>(context, batcher);
}

std::unique_ptr<FeedReader> make_threaded_nmea_reader(const FeedContext& context, Batcher& batcher,
                                                      unsigned threads, std::size_t piece_bytes) {
  return std::make_unique<ThreadedReader>(context, batcher, threads, piece_bytes);
}

}  // namespace cordon::ais
