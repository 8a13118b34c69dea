// Any text as a feed of sentences: one outcome a line, valid JSON of bounded size, and the fast lane gives
// what the decoder gives.
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "cordon/ais/decoder.hpp"
#include "cordon/ais/feed_reader.hpp"
#include "cordon/ais/json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cordon;
  std::string text(reinterpret_cast<const char*>(data), size);
  text.push_back('\n');
  ais::Decoder decoder;
  std::uint64_t positions = 0, sum = 0;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = rest.find('\n');
    const ais::Outcome outcome = decoder.push(rest.substr(0, end));
    rest.remove_prefix(end + 1);
    if (outcome != ais::Outcome::message) continue;
    std::string json;
    ais::append_json(json, decoder.message(), {.scaled = size % 2 == 0, .extra = true});
    if (!nlohmann::json::accept(json)) std::abort();
    model::Position position;
    if (!ais::to_position(decoder.message(), 0, position)) continue;
    ++positions;
    sum += position.mmsi + static_cast<std::uint64_t>(position.at.lat_e7) * 31 + position.sog_dkn * 7U +
           position.where.packed;
  }
  std::uint64_t fast_positions = 0, fast_sum = 0;
  const model::FeedSink sink = [&](const model::FeedBatch& batch) {
    for (std::size_t i = 0; i < batch.positions.size(); ++i) {
      const model::Position p = batch.positions.row(i);
      ++fast_positions;
      fast_sum += p.mmsi + static_cast<std::uint64_t>(p.at.lat_e7) * 31 + p.sog_dkn * 7U + p.where.packed;
    }
  };
  ais::Batcher batcher(sink, 64);
  const ais::FeedContext context;
  const auto reader = ais::make_nmea_reader(context, batcher);
  reader->block(text);
  batcher.flush();
  ais::FeedReport report;
  reader->finish(report);
  if (positions != fast_positions || sum != fast_sum || report.lines != decoder.lines()) std::abort();
  return 0;
}
