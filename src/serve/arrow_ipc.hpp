// Columns of numbers as an Arrow IPC stream, batch by batch (Arrow columnar format 1.3, "IPC streaming
// format"): a schema, record batches, an end. Little endian.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace cordon::serve {

inline constexpr std::string_view kArrowStream = "application/vnd.apache.arrow.stream";

enum class ArrowType : std::uint8_t { uint32, float32, float64, time_ms };  // time_ms: UTC, since 1970

struct ArrowColumn {
  const char* name;
  ArrowType type;
  bool nullable;
};

// One column of a batch. present: bit i is row i, lowest first; empty where none is null.
struct ArrowValues {
  std::string_view bytes, present;
  std::int64_t nulls = 0;
};

void append_arrow_schema(std::string& out, std::span<const ArrowColumn> columns);
// values: in the order of the schema, `rows` of each.
void append_arrow_batch(std::string& out, std::int64_t rows, std::span<const ArrowValues> values);
void append_arrow_end(std::string& out);

}  // namespace cordon::serve
