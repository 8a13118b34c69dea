// Any bytes as a network: read, judged under every rule, explained and exported without fault or hang.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "cordon/network/control.hpp"
#include "cordon/network/paths.hpp"
#include "cordon/network/read.hpp"
#include "cordon/network/write.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cordon::network;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  Graph::Builder builder;
  if (!read_text(builder, bytes, "fuzz")) return 0;
  if (builder.node_count() > 0) builder.list(builder.id(0), {});
  const Graph graph = std::move(builder).build();
  const cordon::base::Date day{2024, 7, 3};
  for (const Rule rule : kRules) {
    const auto assessed = Control::assess(graph, rule, day);
    if (!assessed) continue;
    for (const NodeId node : assessed->touched()) {
      const Proof proof = assessed->prove(node, 20);
      if (assessed->of(node).verdict != Verdict::no && proof.steps.empty()) __builtin_trap();
    }
  }
  if (graph.node_count() > 1) {
    PathQuery query;
    query.from = 1;
    query.max_visits = 10'000;
    for (const Path& path : paths(graph, query))
      if (path.steps.size() > query.max_hops) __builtin_trap();
  }
  for (const Export form : {Export::gexf, Export::graphml, Export::ftm})
    export_graph(graph, form, [](std::string_view) { return true; });
  economic_interest(graph, day);
  return 0;
}
