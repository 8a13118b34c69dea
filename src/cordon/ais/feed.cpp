#include "cordon/ais/feed.hpp"

#include <fmt/format.h>

#include <memory>
#include <string>
#include <utility>

#include "cordon/ais/feed_reader.hpp"
#include "cordon/ais/threaded.hpp"

namespace cordon::ais {

namespace {

std::string_view without_mark(std::string_view text) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  return text.starts_with(kMark) ? text.substr(kMark.size()) : text;
}

// Finds the first line that is not blank, makes the reader it asks for, and hands everything on.
class Sniffer final : public LineSink {
 public:
  // A live feed is taken for sentences without a look.
  Sniffer(const FeedContext& context, Batcher& batcher, bool live, unsigned threads)
      : context_(context), batcher_(batcher), threads_(threads) {
    if (live) sentences();
  }

  void block(std::string_view lines) override {
    if (reader_ == nullptr && !begin(lines)) return;
    if (!lines.empty()) reader_->block(lines);
  }
  void overlong() override {
    if (reader_ == nullptr) sentences();
    reader_->overlong();
  }
  void lasting(std::string_view bytes) override { lasting_ = bytes; }
  void end() override {
    if (reader_ != nullptr) reader_->end();
  }
  void arrival(const Arrival& arrival) override { reader_->arrival(arrival); }
  void idle() override {
    if (reader_ != nullptr) reader_->idle();
  }
  bool more() const override {
    return missing_.empty() && (!context_.options.more || context_.options.more());
  }
  FeedReader* reader() { return reader_.get(); }
  FeedFormat format() const { return format_; }
  const std::string& missing() const { return missing_; }

 private:
  bool begin(std::string_view& lines) {
    if (!missing_.empty()) return false;
    const std::string_view text = without_mark(lines);
    const std::string_view first = text.substr(0, text.find('\n'));
    const auto csv = csv_format(first);
    if (!csv) {
      sentences();
      lines = text;
      return true;
    }
    format_ = *csv;
    reader_ = make_csv_reader(context_, batcher_, first, *csv, &missing_);
    lines = text.substr(first.size() + 1);
    return reader_ != nullptr;
  }

  void sentences() {
    reader_ = threads_ > 1 ? make_threaded_nmea_reader(context_, batcher_, threads_)
                           : make_nmea_reader(context_, batcher_);
    reader_->lasting(lasting_);
  }

  const FeedContext& context_;
  Batcher& batcher_;
  unsigned threads_;
  std::string_view lasting_;
  std::unique_ptr<FeedReader> reader_;
  FeedFormat format_ = FeedFormat::nmea;
  std::string missing_;
};

}  // namespace

std::string_view to_string(FeedFormat format) {
  switch (format) {
    case FeedFormat::nmea:
      return "nmea";
    case FeedFormat::marine_cadastre:
      return "marine-cadastre";
    case FeedFormat::danish:
      return "danish";
  }
  return "nmea";
}

base::Tally OutcomeCounts::rejects() const {
  base::Tally tally;
  for (std::size_t i = 0; i < kOutcomes; ++i) {
    const auto outcome = static_cast<Outcome>(i);
    if (counts_[i] > 0 && is_reject(outcome))
      tally.add(to_string(outcome), fmt::format("line {}", first_line_[i]), counts_[i]);
  }
  return tally;
}

void tell(const Decoder& decoder, const OutcomeCounts& counts, std::uint64_t bad_tags, FeedReport& report) {
  bad_tags += decoder.bad_tags();
  report.lines = decoder.lines();
  report.messages = counts.of(Outcome::message);
  report.rejects = counts.rejects();
  if (decoder.lost_parts() > 0) report.rejects.add("incomplete", {}, decoder.lost_parts());
  if (bad_tags > 0) report.rejects.add("tag_block_ignored", {}, bad_tags);
}

base::Result<FeedReport> read_feed(const std::filesystem::path& path, std::uint16_t feed_number,
                                   const model::FeedSink& sink, const FeedOptions& options) {
  const FeedContext context{feed_number, options};
  Batcher batcher(sink, options.batch_rows);
  const bool live = is_live(path);
  Sniffer sniffer(context, batcher, live, options.follow ? 1 : threads_for(path));
  const auto read = read_lines(path, options.live, sniffer, options.follow);
  batcher.flush();
  if (!read) return tl::unexpected(read.error());
  if (!sniffer.missing().empty())
    return base::fail("{}: line 1: expected a column {} in the header of a {} file, found none",
                      path.string(), sniffer.missing(), to_string(sniffer.format()));
  if (sniffer.reader() == nullptr) return base::fail("{}: is empty, expected AIS messages", path.string());
  FeedReport report;
  sniffer.reader()->finish(report);
  report.rejects.merge(*read);
  report.positions = batcher.positions();
  report.statics = batcher.statics();
  if (!live && report.format == FeedFormat::nmea && report.messages == 0)
    return base::fail("{}: expected AIS messages, found none in {} lines{}{}", path.string(), report.lines,
                      report.rejects.empty() ? "" : ": ",
                      report.rejects.empty() ? "" : report.rejects.summary());
  return report;
}

}  // namespace cordon::ais
