// Any text behind a known header: one outcome a row.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "cordon/ais/feed_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cordon;
  std::string text(reinterpret_cast<const char*>(data), size);
  text.push_back('\n');
  const std::size_t first = text.find('\n');
  const std::string_view header = std::string_view(text).substr(0, first);
  const std::string_view rows = std::string_view(text).substr(first + 1);
  const model::FeedSink sink = [](const model::FeedBatch&) {};
  ais::Batcher batcher(sink, 16);
  const ais::FeedContext context;
  std::string missing;
  const auto format = size % 2 == 0 ? ais::FeedFormat::marine_cadastre : ais::FeedFormat::danish;
  const auto reader = ais::make_csv_reader(context, batcher, header, format, &missing);
  if (reader == nullptr) return 0;
  if (!rows.empty()) reader->block(rows);
  batcher.flush();
  ais::FeedReport report;
  reader->finish(report);
  const auto lines = static_cast<std::uint64_t>(std::count(rows.begin(), rows.end(), '\n'));
  if (report.lines != lines + 1 || report.messages > lines) std::abort();
  return 0;
}
