// Durable appends: one writer with batches, and threads that share transactions.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "cordon/ledger/ledger.hpp"
#include "cordon/ledger/test_places.hpp"
#include "cordon/ledger/verify.hpp"

namespace cordon::ledger {
namespace {

std::unique_ptr<Ledger> made(const TestFolder& folder) {
  OpenOptions options;
  options.access = Access::create;
  return std::move(*Ledger::open(folder / "l", options));
}

void append_batches(benchmark::State& state) {
  const TestFolder folder;
  const auto ledger = made(folder);
  const auto records = test_records(static_cast<std::uint64_t>(state.range(0)));
  for (auto _ : state)
    if (!ledger->append(records)) state.SkipWithError("not kept");
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(append_batches)->Arg(1)->Arg(100)->Arg(1000)->UseRealTime();

void append_from_threads(benchmark::State& state) {
  static std::unique_ptr<TestFolder> folder;
  static std::unique_ptr<Ledger> ledger;
  if (state.thread_index() == 0) {
    folder = std::make_unique<TestFolder>();
    ledger = made(*folder);
  }
  const std::vector<Record> record = {test_record(1)};
  for (auto _ : state)
    if (!ledger->append(record)) state.SkipWithError("not kept");
  state.SetItemsProcessed(state.iterations());
  if (state.thread_index() == 0) {
    ledger.reset();
    folder.reset();
  }
}
BENCHMARK(append_from_threads)->Threads(16)->UseRealTime();

void verify_chain(benchmark::State& state) {
  const TestFolder folder;
  const auto ledger = made(folder);
  if (!ledger->append(test_records(20'000))) state.SkipWithError("not kept");
  for (auto _ : state) benchmark::DoNotOptimize(verify(*ledger)->whole());
  state.SetItemsProcessed(state.iterations() * 20'000);
}
BENCHMARK(verify_chain);

}  // namespace
}  // namespace cordon::ledger
