#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <vector>

#include "cordon/lists/lists.hpp"
#include "cordon/screen/index.hpp"

namespace cordon::screen {
namespace {

// The DPRK designations that ship with the program: the same on every machine.
const std::vector<model::Entity>& entities() {
  static const std::vector<model::Entity> read = [] {
    auto list = lists::read_embedded();
    return list ? std::move(list->entities) : std::vector<model::Entity>{};
  }();
  return read;
}

const std::vector<Query>& queries() {
  static const std::vector<Query> made = [] {
    std::vector<Query> all;
    for (const char* name : {"김정은", "KIM JONG UN", "Ким Чен Ын", "Maria Sanchez", "Muhammad Yusuf Ahmad",
                             "Ocean Maritime Management", "M/V JISONG NO.6", "Friedrich Lindenberg"}) {
      Query query;
      query.names = {name};
      all.push_back(std::move(query));
    }
    return all;
  }();
  return made;
}

void build(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Index::build(entities()).size());
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(entities().size()));
}
BENCHMARK(build);

void search(benchmark::State& state) {
  const Index index = Index::build(entities());
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(index.search(queries()[i++ % queries().size()]));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(search);

void judge_pairs(benchmark::State& state) {
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        compare_pair(queries()[i % queries().size()], entities()[i * 7 % entities().size()]).score);
    ++i;
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(judge_pairs);

}  // namespace
}  // namespace cordon::screen
