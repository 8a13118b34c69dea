#include <benchmark/benchmark.h>

#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "cordon/base/bytes.hpp"
#include "cordon/base/csv.hpp"
#include "cordon/lists/lists.hpp"
#include "cordon/screen/evidence.hpp"
#include "cordon/screen/index.hpp"
#include "cordon/screen/snapshot.hpp"
#include "cordon/screen/subject.hpp"
#include "cordon/screen/test_entities.hpp"

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

// The official lists, which are too large to ship: skipped where they are absent.
const std::string kShared = CORDON_SOURCE_DIR "/../shared/data/";

std::vector<model::Entity> un_and_ofac() {
  std::vector<model::Entity> all;
  for (const char* name : {"lists/un_consolidated_2026-02-27.xml", "lists/ofac_csv_bench"}) {
    auto list = lists::read_list(kShared + name);
    if (!list) return {};
    for (model::Entity& entity : list->entities) all.push_back(std::move(entity));
  }
  return all;
}

// As `cordon screen` does it. Goal: 0.3 s and 60 MB with CORDON_THREADS=1. peak_MB is of the whole process,
// so run this one alone: screen_bench --benchmark_filter=read_and_index
void read_and_index(benchmark::State& state) {
  for (auto _ : state) {
    auto all = un_and_ofac();
    if (all.empty()) return state.SkipWithError("the UN and OFAC lists are not here");
    benchmark::DoNotOptimize(Index::build(std::move(all)).size());
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  state.counters["peak_MB"] = static_cast<double>(usage.ru_maxrss) / 1024.0;
}
BENCHMARK(read_and_index)->Unit(benchmark::kMillisecond)->Iterations(1);

// From a file to an index that can be asked; goal: 10 ms. What `preparation()` needs is read once a process.
void open_un_and_ofac(benchmark::State& state) {
  auto all = un_and_ofac();
  if (all.empty()) return state.SkipWithError("the UN and OFAC lists are not here");
  const auto path = std::filesystem::temp_directory_path() / "cordon-screen-bench.cordonidx";
  if (!write_snapshot(path, Index::build(std::move(all)), {})) return state.SkipWithError("cannot write");
  for (auto _ : state) benchmark::DoNotOptimize(open_snapshot(path)->index.size());
  std::filesystem::remove(path);
}
BENCHMARK(open_un_and_ofac)->Unit(benchmark::kMillisecond);

// Real queries: UN names as typed by hand (positives), or people on no list (negatives).
void search_un_and_ofac(benchmark::State& state) {
  const bool positives = state.range(0) == 1;
  const auto text = base::read_file(
      kShared + (positives ? "screening/un_positives.csv" : "screening/negatives_us_10k.csv"));
  const auto all = un_and_ofac();
  if (all.empty() || !text) return state.SkipWithError("the lists or queries are not here");
  const auto table = base::CsvTable::parse(*text, "queries");
  const Index index = Index::build(all);
  std::vector<Query> asked;
  for (std::size_t i = 0; i < table->size(); i += positives ? 1 : 5) {
    Query query;
    query.schema = model::Schema::Person;
    query.names = {std::string(table->cell(i, table->column({"treated_name", "full_name"})))};
    asked.push_back(std::move(query));
  }
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(index.search(asked[i++ % asked.size()]));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(search_un_and_ofac)->ArgName("positives")->Arg(1)->Arg(0)->Unit(benchmark::kMicrosecond);

// Every listed person, company or ship against a batch of queries: pairs judged a second, without an index.
// Judged is a pair whose score is known where it would be shown (kDefaultCutoff and above; `exact` = 1: known
// whatever it is), else that it is less: most pairs are told apart without comparing their names exactly.
// Each entry is fetched from memory once for the batch: one query at a time, fetching is what takes the time.
void score_pairs_un_and_ofac(benchmark::State& state) {
  const auto all = un_and_ofac();
  if (all.empty()) return state.SkipWithError("the lists are not here");
  std::vector<Subject> listed;
  for (const model::Entity& entity : all) listed.push_back(subject_of(entity));
  std::vector<Subject> asked;
  for (std::size_t i = 0; i < all.size(); i += 97) {
    Query query;
    query.schema = all[i].schema, query.names = {MadeUp(i).retyped(all[i].caption)};
    asked.push_back(subject_of(query));
  }
  const double least = state.range(0) == 1 ? 0.0 : kDefaultCutoff;
  std::int64_t pairs = 0;
  for (auto _ : state)
    for (const Subject& entry : listed)
      for (const Subject& query : asked) {
        if (!comparable(query.party, entry.party)) continue;
        benchmark::DoNotOptimize(score(query, entry, least));
        ++pairs;
      }
  state.SetItemsProcessed(pairs);
}
BENCHMARK(score_pairs_un_and_ofac)->ArgName("exact")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

// CPU of single searches at the median and the 99th percentile.
void search_percentiles(benchmark::State& state) {
  const auto all = un_and_ofac();
  const auto text = base::read_file(kShared + "screening/un_positives.csv");
  if (all.empty() || !text) return state.SkipWithError("the lists or queries are not here");
  const auto table = base::CsvTable::parse(*text, "queries");
  const Index index = Index::build(all);
  std::vector<double> times;
  for (auto _ : state) {
    for (std::size_t i = 0; i < table->size(); ++i) {
      Query query;
      query.schema = model::Schema::Person;
      query.names = {std::string(table->cell(i, table->column({"treated_name"})))};
      timespec before{}, after{};
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before);
      benchmark::DoNotOptimize(index.search(query));
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after);
      times.push_back(1e6 * static_cast<double>(after.tv_sec - before.tv_sec) +
                      1e-3 * static_cast<double>(after.tv_nsec - before.tv_nsec));
    }
  }
  std::sort(times.begin(), times.end());
  state.counters["median_us"] = times[times.size() / 2];
  state.counters["p99_us"] = times[times.size() * 99 / 100];
}
BENCHMARK(search_percentiles)->Unit(benchmark::kMillisecond)->Iterations(5);

}  // namespace
}  // namespace cordon::screen
