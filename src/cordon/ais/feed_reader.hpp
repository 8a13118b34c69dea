// What the readers of the feed formats share: they are pushed blocks of whole lines and count outcomes.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "cordon/ais/batcher.hpp"
#include "cordon/ais/decoder.hpp"
#include "cordon/ais/feed.hpp"
#include "cordon/ais/outcome.hpp"

namespace cordon::ais {

// Counts of outcomes, with the first line of each reject kept as its example.
class OutcomeCounts {
 public:
  void add(Outcome outcome, std::uint64_t line, std::uint64_t count = 1) {
    const auto i = static_cast<std::size_t>(outcome);
    if (counts_[i] == 0 || line < first_line_[i]) first_line_[i] = line;
    counts_[i] += count;
  }
  // Those of a piece of the feed that counted its lines from elsewhere.
  void add(const OutcomeCounts& piece, std::uint64_t line_offset) {
    for (std::size_t i = 0; i < kOutcomes; ++i)
      if (piece.counts_[i] > 0)
        add(static_cast<Outcome>(i), piece.first_line_[i] + line_offset, piece.counts_[i]);
  }
  std::uint64_t of(Outcome outcome) const { return counts_[static_cast<std::size_t>(outcome)]; }
  base::Tally rejects() const;

 private:
  std::array<std::uint64_t, kOutcomes> counts_{}, first_line_{};
};

// Lines, messages and rejects of a feed of sentences. bad_tags: those that this decoder has not counted.
void tell(const Decoder& decoder, const OutcomeCounts& counts, std::uint64_t bad_tags, FeedReport& report);

// Of input for a thread at a time: it and its rows stay in the processor's cache.
inline constexpr std::size_t kPieceBytes = std::size_t{1} << 18;

class FeedReader : public LineSink {
 public:
  virtual void finish(FeedReport& report) = 0;
};

struct FeedContext {
  std::uint16_t feed = 0;
  FeedOptions options;
};
std::unique_ptr<FeedReader> make_nmea_reader(const FeedContext& context, Batcher& batcher);
// The same rows in the same order, in batches cut elsewhere. piece_bytes: of work given to a thread at a
// time.
std::unique_ptr<FeedReader> make_threaded_nmea_reader(const FeedContext& context, Batcher& batcher,
                                                      unsigned threads,
                                                      std::size_t piece_bytes = kPieceBytes);
// The archive whose header this line is, whatever it lacks: a line with the names of two columns or more.
std::optional<FeedFormat> csv_format(std::string_view first_line);
// header: the first line, without its ending. Nothing where the needed columns are missing: *missing names
// one.
std::unique_ptr<FeedReader> make_csv_reader(const FeedContext& context, Batcher& batcher,
                                            std::string_view header, FeedFormat format, std::string* missing);

}  // namespace cordon::ais
