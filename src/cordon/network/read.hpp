// Networks as people keep them, read into one graph. The format is sniffed from content:
//   FollowTheMoney JSON lines; BODS 0.4 and 0.2 JSON (an array or lines); GLEIF level 2 CSV;
//   CSV owner,owned,pct[,kind,start,end,status,...]; the pair *nodes*.csv / *edges*.csv (name either, or the
//   folder); cordon-network JSON {"sources","nodes","edges"} (docs/network.md).
// One bad record never stops a file: it is counted in Graph::warnings() by reason.
#pragma once
#include <filesystem>
#include <memory>
#include <string_view>

#include "cordon/base/result.hpp"
#include "cordon/network/graph.hpp"

namespace cordon::network {

// Adds one file (gz, zst and xz are recognised) or one folder to a builder, so that several may be joined.
base::Result<void> read_into(Graph::Builder& builder, const std::filesystem::path& path);
base::Result<Graph> read_graph(const std::filesystem::path& path);
// The same from memory; name is for messages and sources.
base::Result<void> read_text(Graph::Builder& builder, std::string_view bytes, std::string_view name);

}  // namespace cordon::network
