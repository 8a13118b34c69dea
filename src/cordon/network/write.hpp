// The network and its answers as text: JSON for programs, GEXF and GraphML for drawing, FtM for exchange.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "cordon/base/json.hpp"
#include "cordon/base/result.hpp"
#include "cordon/network/control.hpp"
#include "cordon/network/graph.hpp"
#include "cordon/network/paths.hpp"

namespace cordon::network {

// {"edge","from","to","kind","role","share_min","share_max","start","end","status","note","source"}; fields
// without a value are left out, status and source never.
void write_edge(base::JsonWriter& json, const Graph& graph, EdgeId edge);
// {"id","caption","verdict","basis","share_min","share_max",...,"proof":[..],"notes":[..]}; proof null: left
// out.
void append_verdict(std::string& out, const Graph& graph, const ControlVerdict& verdict, const Proof* proof);
// {"from","to","cost","steps":[{"node","caption","direction","edge":{..}}]}
void append_path(std::string& out, const Graph& graph, NodeId from, const Path& path);

enum class Export : std::uint8_t { gexf, graphml, ftm };
std::optional<Export> parse_export(std::string_view name);
// Pieces of the document in order; the sink returns false to stop.
using TextSink = std::function<bool(std::string_view)>;
void export_graph(const Graph& graph, Export form, const TextSink& sink);

}  // namespace cordon::network
