// What the readers of the feed formats share: they are pushed blocks of whole lines and count outcomes.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "cordon/ais/batcher.hpp"
#include "cordon/ais/feed.hpp"
#include "cordon/ais/outcome.hpp"

namespace cordon::ais {

// Counts of outcomes, with the first line of each reject kept as its example.
class OutcomeCounts {
 public:
  void add(Outcome outcome, std::uint64_t line, std::uint64_t count = 1) {
    const auto i = static_cast<std::size_t>(outcome);
    if (counts_[i] == 0) first_line_[i] = line;
    counts_[i] += count;
  }
  std::uint64_t of(Outcome outcome) const { return counts_[static_cast<std::size_t>(outcome)]; }
  base::Tally rejects() const;

 private:
  std::array<std::uint64_t, kOutcomes> counts_{}, first_line_{};
};

class FeedReader : public LineSink {
 public:
  virtual void finish(FeedReport& report) = 0;
};

struct FeedContext {
  std::uint16_t feed = 0;
  FeedOptions options;
};
std::unique_ptr<FeedReader> make_nmea_reader(const FeedContext& context, Batcher& batcher);
// The archive whose header this line is, whatever it lacks: a line with the names of two columns or more.
std::optional<FeedFormat> csv_format(std::string_view first_line);
// header: the first line, without its ending. Nothing where the needed columns are missing: *missing names
// one.
std::unique_ptr<FeedReader> make_csv_reader(const FeedContext& context, Batcher& batcher,
                                            std::string_view header, FeedFormat format, std::string* missing);

}  // namespace cordon::ais
