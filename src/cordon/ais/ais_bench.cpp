// Speed of decoding, one core. Input: sentences made by the encoder in the proportions of a terrestrial feed
// (positions of class A and B, 5.7 % of the lines are of voyage reports in two sentences, as on AISHub), or
// the file named by CORDON_AIS_SAMPLE repeated to 32 MB.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "cordon/ais/decoder.hpp"
#include "cordon/ais/encoder.hpp"
#include "cordon/ais/feed_reader.hpp"
#include "cordon/ais/json.hpp"
#include "cordon/ais/line_blocks.hpp"
#include "cordon/base/bytes.hpp"

namespace {

using namespace cordon;

struct Random {  // splitmix64: the same feed on every machine
  std::uint64_t state = 42;
  std::uint64_t operator()() {
    std::uint64_t z = state += 0x9E3779B97F4A7C15ULL;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ z >> 27) * 0x94D049BB133111EBULL;
    return z ^ z >> 31;
  }
  std::uint64_t below(std::uint64_t n) { return (*this)() % n; }
};

constexpr std::size_t kBytes = std::size_t{32} << 20;

std::string make_feed(bool tags) {
  Random random;
  std::string out;
  base::TimeMs time = 1707091200000;
  for (std::uint64_t i = 0; out.size() < kBytes; ++i) {
    ais::EncodeOptions options;
    options.tag_block = tags;
    options.receiver = random.below(4) == 0 ? "s012" : "r003669945";
    options.channel = random.below(2) == 0 ? 'A' : 'B';
    options.sequence = static_cast<std::uint8_t>(i % 10);
    time += static_cast<base::TimeMs>(random.below(3)) * 1000;
    if (random.below(34) == 0) {
      model::VesselStatic vessel;
      vessel.time = time;
      vessel.mmsi = 200000000 + static_cast<std::uint32_t>(random.below(500000000));
      vessel.imo = 9000000 + static_cast<std::uint32_t>(random.below(900000));
      vessel.name = "VESSEL " + std::to_string(i);
      vessel.callsign = "ABCD123";
      vessel.destination = "BUSAN";
      vessel.ship_type = 70;
      ais::append_static(out, vessel, options);
      continue;
    }
    model::Position p;
    p.time = time;
    p.mmsi = 200000000 + static_cast<std::uint32_t>(random.below(500000000));
    p.at = base::from_degrees(static_cast<double>(random.below(180)) - 90,
                              static_cast<double>(random.below(360000)) / 1000 - 180);
    p.sog_dkn = static_cast<std::uint16_t>(random.below(300));
    p.cog_ddeg = static_cast<std::uint16_t>(random.below(3600));
    p.heading_deg = static_cast<std::uint16_t>(random.below(360));
    p.nav_status = 0;
    p.type = random.below(5) == 0 ? 18 : random.below(3) == 0 ? 3 : 1;
    ais::append_position(out, p, options);
  }
  return out;
}

std::string sample() {
  const char* path = std::getenv("CORDON_AIS_SAMPLE");
  if (path == nullptr) return {};
  const auto text = base::read_file(path);
  std::string out;
  while (text && !text->empty() && out.size() < kBytes) (out += *text) += text->ends_with('\n') ? "" : "\n";
  return out;
}

const std::string& feed(std::int64_t kind) {
  static const std::string plain = make_feed(false), tagged = make_feed(true), real = sample();
  return kind == 0 ? plain : kind == 1 ? tagged : real;
}

std::int64_t lines_of(const std::string& text) {
  return std::count(text.begin(), text.end(), '\n');
}

void report(benchmark::State& state, const std::string& text) {
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * lines_of(text));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}

void read_all(const std::string& text, ais::FeedFormat format, std::uint64_t& rows) {
  const model::FeedSink sink = [&](const model::FeedBatch& batch) { rows += batch.positions.size(); };
  ais::Batcher batcher(sink, 4096);
  const ais::FeedContext context;
  std::string_view rest = text;
  std::unique_ptr<ais::FeedReader> reader;
  if (format == ais::FeedFormat::nmea) {
    reader = ais::make_nmea_reader(context, batcher);
  } else {
    const std::string_view header = rest.substr(0, rest.find('\n'));
    std::string missing;
    reader = ais::make_csv_reader(context, batcher, header, format, &missing);
    rest.remove_prefix(header.size() + 1);
  }
  reader->block(rest);
  batcher.flush();
}

void columns(benchmark::State& state) {
  const std::string& text = feed(state.range(0));
  if (text.empty()) return state.SkipWithError("CORDON_AIS_SAMPLE is not set");
  std::uint64_t rows = 0;
  for (auto _ : state) read_all(text, ais::FeedFormat::nmea, rows);
  benchmark::DoNotOptimize(rows);
  report(state, text);
}
BENCHMARK(columns)->ArgName("0=plain,1=tags,2=sample")->DenseRange(0, 2)->Unit(benchmark::kMillisecond);

void ndjson(benchmark::State& state) {
  const std::string& text = feed(state.range(0));
  if (text.empty()) return state.SkipWithError("CORDON_AIS_SAMPLE is not set");
  std::string out;
  for (auto _ : state) {
    ais::Decoder decoder;
    std::string_view rest = text;
    while (!rest.empty()) {
      const std::size_t end = rest.find('\n');
      if (decoder.push(rest.substr(0, end)) == ais::Outcome::message)
        ais::append_json(out, decoder.message());
      rest.remove_prefix(end + 1);
      if (out.size() > (1 << 18)) out.clear();
    }
  }
  report(state, text);
}
BENCHMARK(ndjson)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);

std::string make_csv() {
  Random random;
  std::string out =
      "MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status,Length,Width,"
      "Draft,Cargo,"
      "TransceiverClass\n";
  while (out.size() < kBytes) {
    const std::uint64_t ship = random.below(20000);
    char row[256];
    const int size = std::snprintf(
        row, sizeof row,
        "%u,2023-01-11T%02u:%02u:%02u,%.5f,%.5f,%.1f,%.1f,%.1f,VESSEL NAME "
        "%u,IMO%u,WDI%u,31,0.0,208.0,30.0,8.0,52.0,A\n",
        static_cast<unsigned>(366000000 + ship), static_cast<unsigned>(random.below(24)),
        static_cast<unsigned>(random.below(60)), static_cast<unsigned>(random.below(60)),
        static_cast<double>(random.below(9000000)) / 1e5, -static_cast<double>(random.below(18000000)) / 1e5,
        static_cast<double>(random.below(300)) / 10, static_cast<double>(random.below(3600)) / 10,
        static_cast<double>(random.below(360)), static_cast<unsigned>(ship),
        static_cast<unsigned>(9000000 + ship), static_cast<unsigned>(1000 + ship % 9000));
    out.append(row, static_cast<std::size_t>(size));
  }
  return out;
}

void marine_cadastre(benchmark::State& state) {
  static const std::string text = make_csv();
  std::uint64_t rows = 0;
  for (auto _ : state) read_all(text, ais::FeedFormat::marine_cadastre, rows);
  benchmark::DoNotOptimize(rows);
  report(state, text);
}
BENCHMARK(marine_cadastre)->Unit(benchmark::kMillisecond);

void encode(benchmark::State& state) {
  model::Position p;
  p.time = 1707091200000;
  p.mmsi = 445000000;
  p.at = base::from_degrees(38.5, 123.25);
  p.type = 1;
  ais::EncodeOptions options;
  options.receiver = "r012";
  std::string out;
  for (auto _ : state) {
    if (out.size() > (1 << 18)) out.clear();
    ais::append_position(out, p, options);
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(encode);

}  // namespace
