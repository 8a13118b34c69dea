// Columns of numbers as an Arrow IPC stream, batch by batch (Arrow columnar format 1.3, "IPC streaming
// format"): a schema, record batches, an end. Little endian.
#pragma once
#include <string>
#include <string_view>

#include "arrow/table.hpp"

namespace cordon::arrow {

inline constexpr std::string_view kStreamType = "application/vnd.apache.arrow.stream";

// Formats I, f, g and tsm:UTC; a column of any other is a mistake of the caller.
void append_schema(std::string& out, const Schema& schema);
// Columns in the order of the schema, without offsets.
void append_batch(std::string& out, const Schema& schema, const Batch& batch);
void append_end(std::string& out);

}  // namespace cordon::arrow
