// One reader a format. Inside the room only.
#pragma once
#include <memory>
#include <string_view>

#include "cordon/base/result.hpp"
#include "cordon/network/graph.hpp"

namespace cordon::network {

// A document that starts with { or [: FtM lines, BODS, cordon-network.
base::Result<void> read_json(Graph::Builder& builder, std::string_view bytes, std::string_view name);
// owner,owned,... with few columns: the quick reader for large files.
bool is_edge_list(std::string_view header);
base::Result<void> read_edge_list(Graph::Builder& builder, std::string_view bytes, std::string_view name);
// nodes.csv, edges.csv and GLEIF level 2.
base::Result<void> read_csv_tables(Graph::Builder& builder, std::string_view bytes, std::string_view name);

std::shared_ptr<const model::SourceFile> source_file(std::string_view name, std::string_view format,
                                                     std::string_view dataset = {});

}  // namespace cordon::network
