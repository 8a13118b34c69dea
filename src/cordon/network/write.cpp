#include "cordon/network/write.hpp"

namespace cordon::network {
namespace {

void text_field(base::JsonWriter& json, std::string_view name, std::string_view text) {
  if (!text.empty()) json.field(name, text);
}

}  // namespace

void write_edge(base::JsonWriter& json, const Graph& graph, EdgeId number) {
  const model::Relation relation = graph.relation(number);
  json.begin_object();
  json.field("from", relation.from);
  json.field("to", relation.to);
  json.field("kind", model::to_string(relation.kind));
  text_field(json, "role", relation.role);
  if (relation.share_min) json.fixed_field("share_min", *relation.share_min, 7);
  if (relation.share_max) json.fixed_field("share_max", *relation.share_max, 7);
  text_field(json, "start", base::to_string(relation.start));
  text_field(json, "end", base::to_string(relation.end));
  json.field("status", model::to_string(relation.status));
  text_field(json, "note", relation.note);
  json.key("source");
  json.begin_object();
  if (relation.source.file) {
    json.field("dataset", relation.source.file->dataset);
    json.field("file", relation.source.file->file);
    text_field(json, "version", relation.source.file->version);
  }
  text_field(json, "record", relation.source.record);
  if (relation.source.line != 0) json.field("line", relation.source.line);
  json.end_object();
  json.end_object();
}

void append_verdict(std::string& out, const Graph& graph, const ControlVerdict& verdict, const Proof* proof) {
  base::JsonWriter json(out);
  json.begin_object();
  json.field("id", graph.id(verdict.node));
  json.field("caption", graph.caption(verdict.node));
  json.field("verdict", to_string(verdict.verdict));
  json.field("basis", to_string(verdict.basis));
  json.fixed_field("share_min", verdict.share_min, 7);
  json.fixed_field("share_max", verdict.share_max, 7);
  if (verdict.unknown_share) json.field("unknown_share", true);
  if (proof) {
    json.key("proof");
    json.begin_array();
    for (const ProofStep& step : proof->steps) {
      json.begin_object();
      json.field("id", graph.id(step.node));
      json.field("verdict", to_string(step.verdict));
      json.field("basis", to_string(step.basis));
      json.field("statement", step.statement);
      json.key("edges");
      json.begin_array();
      for (const EdgeId edge : step.edges) write_edge(json, graph, edge);
      json.end_array();
      json.end_object();
    }
    json.end_array();
    if (proof->shortened) json.field("proof_shortened", true);
    if (!proof->notes.empty()) {
      json.key("notes");
      json.begin_array();
      for (const std::string& note : proof->notes) json.value(note);
      json.end_array();
    }
  }
  json.end_object();
}

void append_path(std::string& out, const Graph& graph, NodeId from, const Path& path) {
  base::JsonWriter json(out);
  json.begin_object();
  json.field("from", graph.id(from));
  json.field("to", graph.id(path.target));
  json.field("caption", graph.caption(path.target));
  json.field("listed", graph.ever_listed(path.target));
  json.field("cost", path.cost);
  json.field("hops", static_cast<std::uint64_t>(path.steps.size()));
  json.key("steps");
  json.begin_array();
  for (const Step& step : path.steps) {
    const Edge& edge = graph.edge(step.edge);
    const NodeId next = step.forward ? edge.to : edge.from;
    json.begin_object();
    json.field("node", graph.id(next));
    json.field("caption", graph.caption(next));
    json.field("direction", step.forward ? "forward" : "against");
    json.key("edge");
    write_edge(json, graph, step.edge);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

}  // namespace cordon::network
