// GEXF 1.3, GraphML 1.1 and FtM JSON lines. Text from data is escaped; control characters XML forbids become
// spaces.
#include <fmt/core.h>

#include <array>
#include <string>

#include "cordon/base/text.hpp"
#include "cordon/network/write.hpp"

namespace cordon::network {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 16;

std::string listed_text(const Graph& graph, NodeId node) {
  std::string text;
  for (const Listing& listing : graph.listings(node)) {
    if (!text.empty()) text += "; ";
    text += listing.authority.empty() ? "listed" : listing.authority;
    if (!listing.start.empty()) text += ' ' + base::to_string(listing.start);
    if (!listing.end.empty()) text += " to " + base::to_string(listing.end);
  }
  return text;
}

// The attributes of an edge, one order for both XML forms.
constexpr std::array<std::string_view, 8> kEdgeFields{"kind",  "role", "share_min", "share_max",
                                                      "start", "end",  "status",    "source"};
std::array<std::string, 8> edge_values(const model::Relation& r) {
  const auto number = [](const std::optional<double>& share) {
    return share ? fmt::format("{}", *share) : "";
  };
  return {std::string(model::to_string(r.kind)),
          r.role,
          number(r.share_min),
          number(r.share_max),
          base::to_string(r.start),
          base::to_string(r.end),
          std::string(model::to_string(r.status)),
          model::describe(r.source)};
}
constexpr std::array<std::string_view, 3> kNodeFields{"schema", "country", "listed"};
std::array<std::string, 3> node_values(const Graph& graph, NodeId node) {
  return {std::string(model::to_string(graph.schema(node))), std::string(graph.country(node)),
          listed_text(graph, node)};
}

class Pieces {
 public:
  explicit Pieces(const TextSink& sink) : sink_(sink) {}
  // False once the sink wants no more.
  bool add(std::string_view text) {
    buffer_ += text;
    return buffer_.size() < kPiece || flush();
  }
  bool flush() {
    open_ = open_ && (buffer_.empty() || sink_(buffer_));
    buffer_.clear();
    return open_;
  }

 private:
  const TextSink& sink_;
  std::string buffer_;
  bool open_ = true;
};

template <std::size_t size, class One>
std::string each(const std::array<std::string_view, size>& names, const std::array<std::string, size>& values,
                 const One& one) {
  std::string text;
  for (std::size_t i = 0; i < size; ++i)
    if (!values[i].empty()) text += one(names[i], base::escape_markup(values[i]));
  return text;
}

void write_gexf(const Graph& graph, Pieces& out) {
  out.add(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n"
      "<graph defaultedgetype=\"directed\">\n<attributes class=\"node\">\n");
  for (const auto name : kNodeFields)
    out.add(fmt::format("<attribute id=\"{0}\" title=\"{0}\" type=\"string\"/>\n", name));
  out.add("</attributes>\n<attributes class=\"edge\">\n");
  for (const auto name : kEdgeFields)
    out.add(fmt::format("<attribute id=\"{0}\" title=\"{0}\" type=\"string\"/>\n", name));
  out.add("</attributes>\n<nodes>\n");
  const auto value = [](std::string_view name, const std::string& text) {
    return fmt::format("<attvalue for=\"{}\" value=\"{}\"/>", name, text);
  };
  for (NodeId node = 0; node < graph.node_count(); ++node)
    if (!out.add(fmt::format("<node id=\"{}\" label=\"{}\"><attvalues>{}</attvalues></node>\n",
                             base::escape_markup(graph.id(node)), base::escape_markup(graph.caption(node)),
                             each(kNodeFields, node_values(graph, node), value))))
      return;
  out.add("</nodes>\n<edges>\n");
  for (EdgeId edge = 0; edge < graph.edge_count(); ++edge) {
    const model::Relation relation = graph.relation(edge);
    if (!out.add(fmt::format("<edge id=\"{}\" source=\"{}\" target=\"{}\"><attvalues>{}</attvalues></edge>\n",
                             edge, base::escape_markup(relation.from), base::escape_markup(relation.to),
                             each(kEdgeFields, edge_values(relation), value))))
      return;
  }
  out.add("</edges>\n</graph>\n</gexf>\n");
}

void write_graphml(const Graph& graph, Pieces& out) {
  out.add(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml "
      "xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
      "<key id=\"label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n");
  for (const auto name : kNodeFields)
    out.add(fmt::format("<key id=\"{0}\" for=\"node\" attr.name=\"{0}\" attr.type=\"string\"/>\n", name));
  for (const auto name : kEdgeFields)
    out.add(fmt::format("<key id=\"{0}\" for=\"edge\" attr.name=\"{0}\" attr.type=\"string\"/>\n", name));
  out.add("<graph edgedefault=\"directed\">\n");
  const auto value = [](std::string_view name, const std::string& text) {
    return fmt::format("<data key=\"{}\">{}</data>", name, text);
  };
  for (NodeId node = 0; node < graph.node_count(); ++node)
    if (!out.add(fmt::format("<node id=\"{}\"><data key=\"label\">{}</data>{}</node>\n",
                             base::escape_markup(graph.id(node)), base::escape_markup(graph.caption(node)),
                             each(kNodeFields, node_values(graph, node), value))))
      return;
  for (EdgeId edge = 0; edge < graph.edge_count(); ++edge) {
    const model::Relation relation = graph.relation(edge);
    if (!out.add(fmt::format("<edge id=\"e{}\" source=\"{}\" target=\"{}\">{}</edge>\n", edge,
                             base::escape_markup(relation.from), base::escape_markup(relation.to),
                             each(kEdgeFields, edge_values(relation), value))))
      return;
  }
  out.add("</graph>\n</graphml>\n");
}

struct FtmEdge {
  model::Schema schema;
  std::string_view from, to;
};
FtmEdge ftm_edge(model::RelationKind kind) {
  switch (kind) {
    case model::RelationKind::ownership:
      return {model::Schema::Ownership, "owner", "asset"};
    case model::RelationKind::directorship:
      return {model::Schema::Directorship, "director", "organization"};
    case model::RelationKind::acting_for:
      return {model::Schema::Representation, "agent", "client"};
    case model::RelationKind::family:
      return {model::Schema::Family, "person", "relative"};
    case model::RelationKind::associate:
      return {model::Schema::Associate, "person", "associate"};
    default:
      return {model::Schema::UnknownLink, "subject", "object"};
  }
}

void write_ftm(const Graph& graph, Pieces& out) {
  std::string line;
  for (NodeId node = 0; node < graph.node_count(); ++node) {
    model::Entity entity;
    entity.id = graph.id(node);
    entity.schema = graph.schema(node);
    entity.caption = graph.caption(node);
    entity.add("name", entity.caption);
    entity.add(entity.schema == model::Schema::Vessel ? "flag" : "country", graph.country(node));
    if (graph.ever_listed(node)) entity.add("topics", "sanction");
    line.clear();
    model::append_ftm(line, entity);
    line += '\n';
    if (!out.add(line)) return;
  }
  for (EdgeId edge = 0; edge < graph.edge_count(); ++edge) {
    const model::Relation relation = graph.relation(edge);
    const FtmEdge form = ftm_edge(relation.kind);
    model::Entity entity;
    entity.id = fmt::format("edge-{}", edge);
    entity.schema = form.schema;
    entity.caption = model::to_string(relation.kind);
    entity.add(form.from, relation.from);
    entity.add(form.to, relation.to);
    // FtM has no word for most kinds: the role carries ours where the source gave none.
    entity.add("role",
               relation.role.empty() ? model::to_string(relation.kind) : std::string_view(relation.role));
    if (relation.share_min)
      entity.add("percentage", *relation.share_min == *relation.share_max
                                   ? fmt::format("{}", *relation.share_min)
                                   : fmt::format("{}-{}", *relation.share_min, *relation.share_max));
    entity.add("startDate", base::to_string(relation.start));
    entity.add("endDate", base::to_string(relation.end));
    entity.add("status", model::to_string(relation.status));
    entity.add("summary", relation.note);
    entity.source = relation.source;
    line.clear();
    model::append_ftm(line, entity);
    line += '\n';
    if (!out.add(line)) return;
  }
}

}  // namespace

std::optional<Export> parse_export(std::string_view name) {
  if (name == "gexf") return Export::gexf;
  if (name == "graphml") return Export::graphml;
  if (name == "ftm") return Export::ftm;
  return std::nullopt;
}

void export_graph(const Graph& graph, Export form, const TextSink& sink) {
  Pieces out(sink);
  switch (form) {
    case Export::gexf:
      write_gexf(graph, out);
      break;
    case Export::graphml:
      write_graphml(graph, out);
      break;
    case Export::ftm:
      write_ftm(graph, out);
      break;
  }
  out.flush();
}

}  // namespace cordon::network
