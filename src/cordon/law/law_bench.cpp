// Verdicts a second on one thread, over a mix of cases of every kind. The target is 100,000.
#include <benchmark/benchmark.h>

#include "cordon/law/law.hpp"

namespace {

using namespace cordon;

const char* const kMix[] = {
    R"({"activity":"buy","direction":"from_dprk","cargo":"anthracite coal","hs":"2701","qty_t":20000,"load_port":"Nampo"})",
    R"({"activity":"export","direction":"to_dprk","cargo":"wheelchairs","hs":"8713","by":"Red Cross","purpose":"hospital"})",
    R"({"activity":"sts","flag_a":"Togo","flag_b":"Sierra Leone","goods":"gas oil","onward":"Nampo, dark"})",
    R"({"activity":"supply","direction":"to_dprk","cargo":"diesel","barrels":15000,"reported":true,"year_total_before":200000})",
    R"({"activity":"pay","payee":"entity 50% owned by a designated bank","stake":0.5})",
    R"({"activity":"port_call","vessel":"on 1718 Designated Vessels List","basis":"2371 para 6"})",
    R"({"activity":"study","person":"DPRK national","discipline":"aerospace engineering","level":"PhD"})",
    R"({"activity":"observe","flag":"KP","ais_disabled":true,"location":"port"})",
};

void verdicts(benchmark::State& state) {
  auto book = law::LawBook::embedded();
  if (!book) return state.SkipWithError(book.error().message.c_str());
  std::vector<law::Facts> facts;
  for (const char* text : kMix) facts.push_back(*law::Facts::parse(text));
  const std::vector<std::string> codes{"UN", "CA"};
  std::size_t made = 0, next = 0;
  for (auto _ : state) {
    const auto all = law::check(**book, {2023, 3, 1}, facts[next], codes);
    next = (next + 1) % facts.size();
    made += codes.size();
    benchmark::DoNotOptimize(all.data());
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(made));
}
BENCHMARK(verdicts);

void load(benchmark::State& state) {
  for (auto _ : state) {
    auto book = law::LawBook::load("data/law");
    if (!book) return state.SkipWithError(book.error().message.c_str());
    benchmark::DoNotOptimize(&*book);
  }
}
BENCHMARK(load)->Unit(benchmark::kMillisecond);

}  // namespace
