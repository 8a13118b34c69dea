// Who is tied to whom: search, the part around a party with a drawing of it, ways to listed parties, control
// by rule and ownership by country, export.
#include <fmt/format.h>

#include <unordered_map>
#include <utility>
#include <vector>

#include "cordon/base/json.hpp"
#include "cordon/network/by_country.hpp"
#include "cordon/network/layout.hpp"
#include "cordon/network/neighbourhood.hpp"
#include "cordon/network/share_text.hpp"
#include "cordon/network/write.hpp"
#include "serve/asked.hpp"
#include "serve/router.hpp"
#include "serve/state.hpp"

namespace cordon::serve::routes {
namespace {

using network::Graph;
using network::NodeId;

const Graph& graph_of(const Call& call) {
  return call.state->survey->behind->graph();
}

// The day of the query, or that of the load.
base::Date day_of(const Call& call, Asked& asked) {
  const auto named = asked.day("as_of");
  return named ? *named : base::parse_date(call.state->survey->run.as_of).value_or(base::Date{});
}

// The node a parameter names; a 404 where the network has none of this id.
std::optional<NodeId> node_of(const Call& call, Asked& asked, std::string_view name,
                              std::optional<Response>& missing) {
  const auto id = asked.required(name);
  if (asked.refusal()) return std::nullopt;
  const auto node = graph_of(call).find(id);
  if (!node) missing = error(404, "the network has no party of this id; its search finds ids by name", name);
  return node;
}

// By the network's own listings, or, for a vessel that was heard, by those its dossier found for the vessel
// itself.
bool listed_on(const Snapshot& state, NodeId node, const base::Date& day) {
  const Graph& graph = state.survey->behind->graph();
  const auto holds = [&](const base::Date& start, const base::Date& end) {
    return network::holds(start, end, day) != network::Holds::no;
  };
  for (const auto& listing : graph.listings(node))
    if (holds(listing.start, listing.end)) return true;
  if (const auto* dossier = state.dossier(graph.id(node)))
    for (const auto& listing : dossier->listings)
      if (holds(base::parse_date(listing.listing_date).value_or(base::Date{}), {})) return true;
  return false;
}

void node_fields(base::JsonWriter& json, const Snapshot& state, NodeId node, const base::Date& day) {
  const Graph& graph = state.survey->behind->graph();
  json.field("id", graph.id(node));
  json.field("name", graph.caption(node));
  json.field("schema", model::to_string(graph.schema(node)));
  json.field("country", graph.country(node));
  json.field("listed", listed_on(state, node, day));
}

void append_edge(base::JsonWriter& json, const Graph& graph, network::EdgeId edge) {
  std::string line;
  base::JsonWriter own(line);
  own.begin_object();
  own.field("id", fmt::format("e{}", edge));
  if (const auto share = network::share_words(graph.relation(edge)); !share.empty())
    own.field("share", share);
  std::string rest;
  base::JsonWriter writer(rest);
  network::write_edge(writer, graph, edge);
  line += ',';
  line.append(rest, 1);
  json.raw(line);
}

// The part of the network around `id`, as of the day asked for. `missing` is set where no party has that id.
network::NeighbourhoodQuery part_query(const Call& call, Asked& asked, std::optional<Response>& missing) {
  network::NeighbourhoodQuery query;
  if (const auto from = node_of(call, asked, "id", missing)) query.from = *from;
  query.as_of = day_of(call, asked);
  query.hops = static_cast<unsigned>(asked.number("hops", 1, 0, 6));
  query.most_nodes = asked.number("limit", 500, 1, 20'000);
  return query;
}

}  // namespace

Response network_search(const Call& call) {
  Asked asked(call.request);
  const auto wanted = asked.required("q");
  const auto limit = asked.number("limit", 50, 1, 1000);
  const auto day = day_of(call, asked);
  if (asked.refusal()) return *asked.refusal();
  const Graph& graph = graph_of(call);
  Response response;
  base::JsonWriter json(response.body);
  json.begin_object();
  json.key("nodes");
  json.begin_array();
  for (const NodeId node : network::find_named(graph, wanted, limit)) {
    json.begin_object();
    node_fields(json, *call.state, node, day);
    json.field("ties",
               static_cast<std::uint64_t>(graph.in_edges(node).size() + graph.out_edges(node).size()));
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return response;
}

Response network_expand(const Call& call) {
  Asked asked(call.request);
  std::optional<Response> missing;
  const auto query = part_query(call, asked, missing);
  if (asked.refusal()) return *asked.refusal();
  if (missing) return *missing;
  const Graph& graph = graph_of(call);
  const auto part = network::neighbourhood(graph, query);
  std::unordered_map<NodeId, std::uint32_t> number;
  for (const NodeId node : part.nodes) number.emplace(node, static_cast<std::uint32_t>(number.size()));
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ties;
  for (const auto edge : part.edges)
    ties.emplace_back(number.at(graph.edge(edge).from), number.at(graph.edge(edge).to));
  const auto places = network::layout(part.nodes.size(), ties);

  Response response;
  base::JsonWriter json(response.body);
  json.begin_object();
  json.field("as_of", base::to_string(query.as_of));
  json.field("cut", part.cut);
  json.key("nodes");
  json.begin_array();
  for (std::size_t i = 0; i < part.nodes.size(); ++i) {
    json.begin_object();
    node_fields(json, *call.state, part.nodes[i], query.as_of);
    json.fixed_field("x", places[i].x, 3);
    json.fixed_field("y", places[i].y, 3);
    json.end_object();
  }
  json.end_array();
  json.key("edges");
  json.begin_array();
  for (const auto edge : part.edges) append_edge(json, graph, edge);
  json.end_array();
  json.end_object();
  return response;
}

Response network_paths(const Call& call) {
  Asked asked(call.request);
  std::optional<Response> missing;
  network::PathQuery query;
  const auto from = node_of(call, asked, "from", missing);
  const bool to_listed = !call.request.has("to") || call.request.param("to") == "listed";
  const auto to = to_listed ? std::optional<NodeId>(network::kNoNode) : node_of(call, asked, "to", missing);
  query.k = static_cast<unsigned>(asked.number("k", 5, 1, 50));
  query.max_hops = static_cast<unsigned>(asked.number("max_hops", 6, 1, 16));
  query.owners_only = asked.one_of("owners", {"no", "yes"}) == "yes";
  query.as_of = day_of(call, asked);
  if (asked.refusal()) return *asked.refusal();
  if (missing) return *missing;
  query.from = *from;
  query.to = *to;
  const auto& behind = *call.state->survey->behind;
  Response response;
  base::JsonWriter json(response.body);
  json.begin_object();
  json.field("as_of", base::to_string(query.as_of));
  json.key("paths");
  json.begin_array();
  for (const auto& path : network::paths(behind.graph(), query)) {
    if (path.steps.empty()) continue;
    std::string line;
    watch::append_json(line, behind.chain_of(path, query.from));
    json.raw(line);
  }
  json.end_array();
  json.end_object();
  return response;
}

Response network_control(const Call& call) {
  Asked asked(call.request);
  std::optional<Response> missing;
  const auto node = node_of(call, asked, "id", missing);
  const auto day = day_of(call, asked);
  if (asked.refusal()) return *asked.refusal();
  if (missing) return *missing;
  const auto& behind = *call.state->survey->behind;
  const Graph& graph = behind.graph();

  Response response;
  base::JsonWriter json(response.body);
  json.begin_object();
  json.field("id", graph.id(*node));
  json.field("name", graph.caption(*node));
  json.field("as_of", base::to_string(day));
  // The rules speak of owners: a vessel that is listed itself may well have none that is.
  json.field("listed", listed_on(*call.state, *node, day));
  json.key("verdicts");
  json.begin_array();
  const auto append = [&](const network::Control& control) {
    const auto verdict = control.of(*node);
    const auto proof = control.prove(*node, 50);
    json.begin_object();
    json.field("rule", network::to_string(control.rule().rule));
    json.field("verdict", network::to_string(verdict.verdict));
    json.field("basis", network::to_string(verdict.basis));
    json.fixed_field("share_min", verdict.share_min, 7);
    json.fixed_field("share_max", verdict.share_max, 7);
    json.field("text", control.rule().text);
    json.field("citation", control.rule().citation);
    json.field("verified", !control.rule().verified_in.empty());
    for (const char* name : {"proof", "notes"}) {
      json.key(name);
      json.begin_array();
      if (name[0] == 'p')
        for (const auto& step : proof.steps) json.value(step.statement);
      else
        for (const auto& note : proof.notes) json.value(note);
      json.end_array();
    }
    json.end_object();
  };
  const bool loaded_day = base::to_string(day) == call.state->survey->run.as_of;
  if (loaded_day) {
    for (const auto& control : behind.controls()) append(control);
  } else {
    for (const auto rule : network::kRules) {
      if (call.request.is_cancelled()) return error(503, "the time for this request is over");
      const auto control = network::Control::assess(graph, rule, day);
      if (!control) return error(400, "as_of: " + control.error().message, "as_of");
      append(*control);
    }
  }
  json.end_array();
  json.key("by_country");
  json.begin_array();
  for (const auto& share : network::ownership_by_country(graph, *node, day)) {
    json.begin_object();
    json.field("country", share.country);
    json.fixed_field("share_min", share.share_min, 4);
    json.fixed_field("share_max", share.share_max, 4);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return response;
}

Response network_export(const Call& call) {
  Asked asked(call.request);
  std::optional<Response> missing;
  const auto query = part_query(call, asked, missing);
  const auto format = asked.one_of("format", {"gexf", "graphml", "ftm"});
  if (asked.refusal()) return *asked.refusal();
  if (missing) return *missing;
  const Graph part = network::part_of(graph_of(call), network::neighbourhood(graph_of(call), query));
  Response response;
  response.content_type = format == "ftm" ? "application/x-ndjson" : "application/xml";
  response.download(fmt::format("network.{}", format == "ftm" ? "ftm.json" : format));
  network::export_graph(part, *network::parse_export(format), [&](std::string_view text) {
    response.body += text;
    return true;
  });
  return response;
}

}  // namespace cordon::serve::routes
