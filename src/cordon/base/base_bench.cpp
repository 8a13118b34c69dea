#include <benchmark/benchmark.h>

#include <random>
#include <string>
#include <string_view>

#include "cordon/base/bytes.hpp"
#include "cordon/base/geo.hpp"
#include "cordon/base/json.hpp"
#include "cordon/base/time.hpp"

namespace cordon::base {
namespace {

// AIS-like lines of about 70 bytes.
const std::string& feed() {
  static const std::string text = [] {
    std::mt19937 random(1);
    std::string out;
    while (out.size() < (64U << 20)) {
      out += "\\s:2573345,c:1443650432*00\\!BSVDM,1,1,,B,";
      out.append(20 + random() % 20, 'x');
      out += ",0*2A\n";
    }
    return out;
  }();
  return text;
}

void lines(benchmark::State& state) {
  std::uint64_t count = 0;
  for (auto _ : state) {
    std::uint64_t sum = 0;
    LineSplitter splitter([&](std::string_view line, std::uint64_t, std::uint64_t) { sum += line.size(); });
    for (std::size_t at = 0; at < feed().size(); at += 1 << 20) {
      splitter.push(std::string_view(feed()).substr(at, 1 << 20));
    }
    splitter.finish();
    count += splitter.lines();
    benchmark::DoNotOptimize(sum);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(feed().size()));
  state.SetItemsProcessed(static_cast<std::int64_t>(count));
}
BENCHMARK(lines)->Unit(benchmark::kMillisecond);

void json_string(benchmark::State& state, std::string_view text) {
  std::string out;
  for (auto _ : state) {
    out.clear();
    append_json_string(out, text);
    benchmark::DoNotOptimize(out.data());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(text.size()));
}
BENCHMARK_CAPTURE(json_string, ascii, "KOREA MINING DEVELOPMENT TRADING CORPORATION");
BENCHMARK_CAPTURE(json_string, korean, "조선광업개발무역회사");
BENCHMARK_CAPTURE(json_string, escapes, "a \"quoted\" name\nand a second line");

void json_fixed(benchmark::State& state) {
  std::string out;
  double value = 125.123456789;
  for (auto _ : state) {
    out.clear();
    append_json_fixed(out, value, 5);
    value += 0.001;
    benchmark::DoNotOptimize(out.data());
  }
}
BENCHMARK(json_fixed);

void iso_time(benchmark::State& state) {
  TimeMs time = 1'522'000'000'000;
  for (auto _ : state) benchmark::DoNotOptimize(to_iso(time += 997));
}
BENCHMARK(iso_time);

void parse_iso_time(benchmark::State& state) {
  const std::string text = "2018-03-30T04:05:06";
  for (auto _ : state) benchmark::DoNotOptimize(parse_time(text));
}
BENCHMARK(parse_iso_time);

void distance(benchmark::State& state) {
  LatLon a = from_degrees(38.7, 125.4), b = from_degrees(38.9, 125.1);
  for (auto _ : state) {
    b.lon_e7 += 10;
    benchmark::DoNotOptimize(distance_m(a, b));
  }
}
BENCHMARK(distance);

}  // namespace
}  // namespace cordon::base
