#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>

#include "cordon/resolve/explain.hpp"
#include "cordon/resolve/resolver.hpp"
#include "cordon/resolve/test_people.hpp"

namespace cordon::resolve {
namespace {

void batch(benchmark::State& state) {
  const auto people = test::people(static_cast<std::size_t>(state.range(0)), 1);
  for (auto _ : state) benchmark::DoNotOptimize(Resolver::build(test::table(people))->report().clusters);
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(batch)->Arg(1000)->Arg(10000)->Arg(100000)->Unit(benchmark::kMillisecond);

// One record more, and why it stands where it stands.
void add_and_explain(benchmark::State& state) {
  auto resolver = Resolver::build(test::table(test::people(20000, 1)));
  const auto later = test::people(4000, 2);
  (void)resolver->add("first", test::row(later[0]));
  std::size_t i = 0;
  for (auto _ : state) {
    const test::Person& person = later[i % later.size()];
    const std::string id = "later" + std::to_string(i++);
    benchmark::DoNotOptimize(resolver->add(id, test::row(person)));
    benchmark::DoNotOptimize(resolver->explain(id, "p1"));
  }
}
BENCHMARK(add_and_explain)->Iterations(4000)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace cordon::resolve
