// Ownership, control and paths.
#include <algorithm>
#include <memory>

#include "bind.hpp"
#include "cordon/base/bytes.hpp"
#include "cordon/base/json.hpp"
#include "cordon/base/time.hpp"
#include "cordon/lists/lists.hpp"
#include "cordon/network/control.hpp"
#include "cordon/network/listed.hpp"
#include "cordon/network/paths.hpp"
#include "cordon/network/read.hpp"
#include "cordon/network/write.hpp"

namespace cordon::python {
namespace {

using network::Graph;

// Graph's members do not say that it cannot be copied.
struct Network : Graph {
  explicit Network(Graph&& graph) : Graph(std::move(graph)) {}
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;
};

base::Date day_of(const std::string& text) {
  const auto date = base::parse_date(text);
  if (!date || !date->complete())
    throw Failure{"as_of: expected a day such as 2026-01-31, found '" + text + "'"};
  return *date;
}

Network* build(const std::vector<std::string>& paths, const std::string& text, const std::string& listed,
               const std::vector<std::string>& list_paths) {
  return unlocked([&] {
    Graph::Builder builder;
    for (const std::string& path : paths) take(network::read_into(builder, path));
    if (!text.empty()) take(network::read_text(builder, text, "table"));
    if (!listed.empty()) take(network::mark_listed_ids(builder, listed, "listed"));
    if (!list_paths.empty())
      network::mark_listed(builder, take(lists::read_lists(paths_of(list_paths))).files);
    return new Network(std::move(builder).build());
  });
}

std::vector<std::string> control(const Network& graph, const std::string& rule_name, const std::string& as_of,
                                 const std::vector<std::string>& only, const std::string& node_id,
                                 bool with_proof) {
  const auto rule = network::parse_rule(rule_name);
  if (!rule) throw Failure{"rule: expected OFAC, EU, UK, CA, UN or CA-UN, found '" + rule_name + "'"};
  const base::Date day = day_of(as_of);
  return unlocked([&] {
    const auto assessed = take(network::Control::assess(graph, *rule, day));
    network::NodeId begin = 0, end = static_cast<network::NodeId>(graph.node_count());
    if (!node_id.empty()) {
      const auto node = graph.find(node_id);
      if (!node) throw Failure{"node: the network has no '" + node_id + "'"};
      begin = *node;
      end = begin + 1;
    }
    std::vector<std::string> out;
    for (network::NodeId node = begin; node < end; ++node) {
      const auto verdict = assessed.of(node);
      if (!only.empty() && std::find(only.begin(), only.end(), to_string(verdict.verdict)) == only.end())
        continue;
      if (with_proof) {
        const network::Proof proof = assessed.prove(node, 50);
        network::append_verdict(out.emplace_back(), graph, verdict, &proof);
      } else {
        network::append_verdict(out.emplace_back(), graph, verdict, nullptr);
      }
    }
    return out;
  });
}

std::vector<std::string> paths(const Network& graph, const std::vector<std::string>& from,
                               const std::string& to, unsigned k, const std::string& as_of, unsigned max_hops,
                               bool owners, bool current) {
  network::PathQuery query;
  query.as_of = day_of(as_of);
  query.k = k;
  query.max_hops = max_hops;
  query.owners_only = owners;
  query.all_statuses = !current;
  const auto node_of = [&](const char* what, const std::string& id) {
    const auto node = graph.find(id);
    if (!node) throw Failure{std::string(what) + ": the network has no '" + id + "'"};
    return *node;
  };
  if (to != "listed") query.to = node_of("to", to);
  return unlocked([&] {
    network::PathFinder finder(graph);
    if (from.size() >= network::PathFinder::kWorthPreparing) finder.prepare();
    std::vector<std::string> out;
    for (const std::string& id : from) {
      query.from = node_of("from", id);
      for (const network::Path& path : finder.paths(query))
        network::append_path(out.emplace_back(), graph, query.from, path);
    }
    return out;
  });
}

std::string export_text(const Network& graph, const std::string& format) {
  const auto form = network::parse_export(format);
  if (!form) throw Failure{"format: expected gexf, graphml or ftm, found '" + format + "'"};
  std::string out;
  network::export_graph(graph, *form, [&](std::string_view text) {
    out += text;
    return true;
  });
  return out;
}

// Nodes and edges around some nodes, for a drawing: [{"id","caption","listed"}], [{"from","to","share"...}]
// as JSON.
std::string surroundings(const Network& graph, std::size_t limit) {
  std::string out;
  base::JsonWriter json(out);
  const std::size_t nodes = std::min(limit, graph.node_count());
  json.begin_object();
  json.key("nodes");
  json.begin_array();
  for (network::NodeId node = 0; node < nodes; ++node) {
    json.begin_object();
    json.field("id", graph.id(node));
    json.field("caption", graph.caption(node));
    json.field("country", graph.country(node));
    json.field("listed", graph.ever_listed(node));
    json.end_object();
  }
  json.end_array();
  json.key("edges");
  json.begin_array();
  for (network::NodeId node = 0; node < nodes; ++node)
    for (const network::Edge& edge : graph.in_edges(node)) {
      if (edge.from >= nodes) continue;
      json.begin_object();
      json.field("from", static_cast<unsigned>(edge.from));
      json.field("to", static_cast<unsigned>(node));
      const model::Relation relation = graph.relation(graph.edge_id(edge));
      json.field("kind", model::to_string(relation.kind));
      if (relation.share_min) json.field("share", *relation.share_min);
      json.end_object();
    }
  json.end_array();
  json.end_object();
  return out;
}

}  // namespace

void bind_network(nb::module_& m) {
  nb::class_<Network>(m, "Graph")
      .def("control", &control, nb::arg("rule"), nb::arg("as_of"), nb::arg("only"), nb::arg("node"),
           nb::arg("proof"))
      .def("paths", &paths, nb::arg("from_"), nb::arg("to"), nb::arg("k"), nb::arg("as_of"),
           nb::arg("max_hops"), nb::arg("owners"), nb::arg("current"))
      .def("export", &export_text, nb::arg("format"))
      .def("surroundings", &surroundings, nb::arg("limit"))
      .def_prop_ro("nodes", [](const Network& graph) { return graph.node_count(); })
      .def_prop_ro("edges", [](const Network& graph) { return graph.edge_count(); })
      .def_prop_ro("listed", [](const Network& graph) { return graph.listed().size(); })
      .def_prop_ro("warnings", [](const Network& graph) { return graph.warnings().summary(); });
  m.def("build_graph", &build, nb::arg("paths"), nb::arg("text"), nb::arg("listed"), nb::arg("lists"),
        nb::rv_policy::take_ownership);
}

}  // namespace cordon::python
