// A synthetic network of a million parties and three million edges; time is processor time.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <ctime>
#include <random>
#include <string>
#include <vector>

#include "cordon/network/control.hpp"
#include "cordon/network/paths.hpp"
#include "cordon/network/read.hpp"

namespace cordon::network {
namespace {

constexpr unsigned kNodes = 1'000'000, kEdges = 3'000'000, kListed = 2000;
constexpr base::Date kDay{2026, 1, 1};

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  unsigned below(unsigned n) { return static_cast<unsigned>(engine_() % n); }

 private:
  std::mt19937 engine_;
};

// owner,owned,pct: a holding of 1..60 % mostly, some majorities; seeded, so every run is the same.
const std::string& csv() {
  static const std::string text = [] {
    Random random(7);
    std::string out = "owner,owned,pct\n";
    out.reserve(std::size_t{70} << 20);
    for (unsigned i = 0; i < kEdges; ++i) {
      const unsigned share = random.below(10) == 0 ? 50 + random.below(51) : 1 + random.below(49);
      out += 'E' + std::to_string(random.below(kNodes));
      out += ",E" + std::to_string(random.below(kNodes));
      out += ',' + std::to_string(share) + '\n';
    }
    return out;
  }();
  return text;
}

Graph load() {
  Graph::Builder builder;
  if (!read_text(builder, csv(), "bench")) std::abort();
  Random random(11);
  for (unsigned i = 0; i < kListed; ++i) builder.list("E" + std::to_string(random.below(kNodes)), {});
  return std::move(builder).build();
}
const Graph& graph() {
  static const Graph loaded = load();
  return loaded;
}

void load_csv(benchmark::State& state) {
  csv();
  for (auto _ : state) {
    const Graph loaded = load();
    benchmark::DoNotOptimize(loaded.edge_count());
  }
  state.counters["edges"] = kEdges;
}
BENCHMARK(load_csv)->Unit(benchmark::kMillisecond)->Iterations(3);

void rule(benchmark::State& state) {
  const Rule asked = kRules.at(static_cast<std::size_t>(state.range(0)));
  graph();  // loaded before the clock runs
  std::size_t caught = 0;
  for (auto _ : state) caught = control(graph(), asked, kDay)->size();
  state.SetLabel(std::string(to_string(asked)));
  state.counters["caught"] = static_cast<double>(caught);
}
BENCHMARK(rule)->DenseRange(0, 5)->Unit(benchmark::kMillisecond);

double now_us() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

// Each query is timed by itself, for the percentiles.
template <class Query>
void percentiles(benchmark::State& state, const Query& query) {
  std::vector<double> times;
  Random random(3);
  graph();
  for (auto _ : state) {
    const NodeId from = random.below(static_cast<unsigned>(graph().node_count()));
    const double start = now_us();
    query(from);
    times.push_back(now_us() - start);
  }
  std::sort(times.begin(), times.end());
  const auto at = [&](double part) {
    return times[static_cast<std::size_t>(part * static_cast<double>(times.size() - 1))];
  };
  state.counters["p50_us"] = at(0.5);
  state.counters["p99_us"] = at(0.99);
}

PathFinder& prepared() {
  static PathFinder finder = [] {
    PathFinder made(graph());
    made.prepare();
    return made;
  }();
  return finder;
}

void prepare_finder(benchmark::State& state) {
  for (auto _ : state) PathFinder(graph()).prepare();
}
BENCHMARK(prepare_finder)->Unit(benchmark::kMillisecond)->Iterations(3);

void nearest_listed(benchmark::State& state) {
  PathFinder& finder = prepared();
  percentiles(state, [&](NodeId from) { benchmark::DoNotOptimize(finder.nearest_listed(from, kDay)); });
}
BENCHMARK(nearest_listed)->Iterations(10'000);

void five_paths(benchmark::State& state) {
  PathFinder& finder = prepared();
  percentiles(state, [&](NodeId from) {
    PathQuery query;
    query.from = from;
    query.as_of = kDay;
    benchmark::DoNotOptimize(finder.paths(query));
  });
}
BENCHMARK(five_paths)->Iterations(2'000);

void explain_one(benchmark::State& state) {
  const auto assessed = Control::assess(graph(), Rule::ofac, kDay);
  const std::vector<NodeId> nodes = assessed->touched();
  std::size_t next = 0;
  for (auto _ : state) {
    next = (next + 1) % nodes.size();
    benchmark::DoNotOptimize(assessed->prove(nodes[next]));
  }
}
BENCHMARK(explain_one);

}  // namespace
}  // namespace cordon::network
