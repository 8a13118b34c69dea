#include "cordon/ais/feed.hpp"

#include <fmt/format.h>

#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "cordon/ais/feed_reader.hpp"
#include "cordon/ais/line_blocks.hpp"
#include "cordon/base/bytes.hpp"
#include "cordon/base/text.hpp"

namespace cordon::ais {

namespace {

// The header decides: sentences have none, and both archives begin with theirs. A header that lacks a column
// is still one: the reader tells which.
std::optional<FeedFormat> csv_format(std::string_view first_line) {
  const std::string lower = base::ascii_lower(first_line);
  const auto has = [&](std::string_view word) { return lower.find(word) != std::string::npos; };
  const bool sentence = has("!") || has("\\");
  if (sentence || !has("mmsi") || !has(",")) return std::nullopt;
  return has("type of mobile") ? FeedFormat::danish : FeedFormat::marine_cadastre;
}

// A file that still grows. It is opened once: one that is replaced by another under its name is not noticed.
base::Result<void> follow_file(const std::filesystem::path& path, const base::ByteSink& sink,
                               const std::function<bool()>& more) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return base::fail("{}: cannot be opened", path.string());
  std::string chunk(std::size_t{1} << 18, '\0');
  do {
    file.clear();
    while (file.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) || file.gcount() > 0)
      if (!sink({chunk.data(), static_cast<std::size_t>(file.gcount())})) return {};
  } while (more());
  return {};
}

std::string_view without_mark(std::string_view text) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  return text.starts_with(kMark) ? text.substr(kMark.size()) : text;
}

// Finds the first line that is not blank, makes the reader it asks for, and hands everything on.
class Sniffer {
 public:
  Sniffer(const FeedContext& context, Batcher& batcher) : context_(context), batcher_(batcher) {}

  void block(std::string_view lines) {
    if (reader_ == nullptr && !begin(lines)) return;
    if (!lines.empty()) reader_->block(lines);
  }
  void overlong() {
    if (reader_ == nullptr) reader_ = make_nmea_reader(context_, batcher_);
    reader_->overlong();
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
      reader_ = make_nmea_reader(context_, batcher_);
      lines = text;
      return true;
    }
    format_ = *csv;
    reader_ = make_csv_reader(context_, batcher_, first, *csv, &missing_);
    lines = text.substr(first.size() + 1);
    return reader_ != nullptr;
  }

  const FeedContext& context_;
  Batcher& batcher_;
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

base::Result<FeedReport> read_feed(const std::filesystem::path& path, std::uint16_t feed_number,
                                   const model::FeedSink& sink, const FeedOptions& options) {
  const FeedContext context{feed_number, options};
  Batcher batcher(sink, options.batch_rows);
  Sniffer sniffer(context, batcher);
  LineBlocks lines;
  const auto take = [&](std::string_view chunk) {
    lines.push(chunk, sniffer);
    return sniffer.missing().empty();
  };
  auto read = options.follow ? follow_file(path, take,
                                           [&] {
                                             batcher.flush();
                                             return options.follow();
                                           })
                             : base::read_chunks(path, take);
  if (read && sniffer.missing().empty()) lines.finish(sniffer);
  batcher.flush();
  if (!read) return tl::unexpected(read.error());
  if (!sniffer.missing().empty())
    return base::fail("{}: line 1: expected a column {} in the header of a {} file, found none",
                      path.string(), sniffer.missing(), to_string(sniffer.format()));
  if (sniffer.reader() == nullptr) return base::fail("{}: is empty, expected AIS messages", path.string());
  FeedReport report;
  sniffer.reader()->finish(report);
  report.positions = batcher.positions();
  report.statics = batcher.statics();
  if (report.format == FeedFormat::nmea && report.messages == 0)
    return base::fail("{}: expected AIS messages, found none in {} lines{}{}", path.string(), report.lines,
                      report.rejects.empty() ? "" : ": ",
                      report.rejects.empty() ? "" : report.rejects.summary());
  return report;
}

}  // namespace cordon::ais
