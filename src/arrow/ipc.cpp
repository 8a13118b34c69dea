// Numbers of fields and unions below are those of Schema.fbs and Message.fbs of the Arrow project, which
// never change once given.
#include "arrow/ipc.hpp"

#include <flatbuffers/flatbuffers.h>

#include <bit>
#include <cassert>
#include <cstdint>
#include <vector>

namespace cordon::arrow {
namespace {

static_assert(std::endian::native == std::endian::little, "buffers are sent as they lie in memory");

using Flat = flatbuffers::FlatBufferBuilder;
using Part = flatbuffers::Offset<void>;

constexpr std::uint32_t kContinuation = 0xFFFFFFFF;  // before every message
constexpr std::int16_t kVersion5 = 4;
enum class Header : std::uint8_t { schema = 1, record_batch = 3 };
enum class Type : std::uint8_t { integer = 2, floating_point = 3, timestamp = 10 };

// Where field `id` of a table stands in its list of places.
constexpr flatbuffers::voffset_t at(int id) {
  return static_cast<flatbuffers::voffset_t>(4 + 2 * id);
}

std::size_t padded(std::size_t bytes) {
  return (bytes + 7) / 8 * 8;
}

template <class T>
void put(std::string& out, T value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void append_message(std::string& out, Flat& flat, Header kind, Part header, std::int64_t body) {
  const auto start = flat.StartTable();
  flat.AddElement<std::int64_t>(at(3), body, 0);
  flat.AddOffset(at(2), header);
  flat.AddElement<std::int16_t>(at(0), kVersion5, 0);
  flat.AddElement<std::uint8_t>(at(1), static_cast<std::uint8_t>(kind), 0);
  flat.Finish(Part(flat.EndTable(start)));
  const std::size_t size = padded(flat.GetSize());
  put(out, kContinuation);
  put(out, static_cast<std::int32_t>(size));
  out.append(reinterpret_cast<const char*>(flat.GetBufferPointer()), flat.GetSize());
  out.append(size - flat.GetSize(), '\0');
}

std::pair<Type, Part> type_of(Flat& flat, std::string_view format) {
  if (format == "tsm:UTC") {
    const auto zone = flat.CreateString("UTC");
    const auto start = flat.StartTable();
    flat.AddElement<std::int16_t>(at(0), 1, 0);  // milliseconds
    flat.AddOffset(at(1), zone);
    return {Type::timestamp, Part(flat.EndTable(start))};
  }
  const auto start = flat.StartTable();
  if (format == "I") {
    flat.AddElement<std::int32_t>(at(0), 32, 0);  // bits; unsigned
    return {Type::integer, Part(flat.EndTable(start))};
  }
  assert(format == "f" || format == "g");
  flat.AddElement<std::int16_t>(at(0), format == "f" ? 1 : 2, 0);  // single, double
  return {Type::floating_point, Part(flat.EndTable(start))};
}

std::size_t width_of(std::string_view format) {
  return format == "I" || format == "f" ? 4 : 8;
}

Part field_of(Flat& flat, const Field& field) {
  const auto name = flat.CreateString(field.name);
  const auto [kind, type] = type_of(flat, field.format);
  const auto children = flat.CreateVector(std::vector<Part>{});
  const auto start = flat.StartTable();
  flat.AddOffset(at(0), name);
  flat.AddOffset(at(3), type);
  flat.AddOffset(at(5), children);
  flat.AddElement<std::uint8_t>(at(1), field.nullable, 0);
  flat.AddElement<std::uint8_t>(at(2), static_cast<std::uint8_t>(kind), 0);
  return Part(flat.EndTable(start));
}

struct Node {
  std::int64_t rows, nulls;
};
struct Place {
  std::int64_t at, bytes;
};

}  // namespace

void append_schema(std::string& out, const Schema& schema) {
  Flat flat;
  std::vector<Part> fields;
  for (const Field& field : schema) fields.push_back(field_of(flat, field));
  const auto all = flat.CreateVector(fields);
  const auto start = flat.StartTable();
  flat.AddOffset(at(1), all);
  append_message(out, flat, Header::schema, Part(flat.EndTable(start)), 0);
}

void append_batch(std::string& out, const Schema& schema, const Batch& batch) {
  const auto rows = static_cast<std::size_t>(batch.rows);
  std::vector<std::string_view> buffers;
  std::vector<Node> nodes;
  std::vector<Place> places;
  std::size_t body = 0;
  const auto add = [&](const Buffer& buffer, std::size_t bytes) {
    if (!buffer) bytes = 0;
    buffers.emplace_back(static_cast<const char*>(buffer.get()), bytes);
    places.push_back({static_cast<std::int64_t>(body), static_cast<std::int64_t>(bytes)});
    body += padded(bytes);
  };
  for (std::size_t i = 0; i < schema.size(); ++i) {
    const Array& column = batch.columns[i];
    assert(column.offset == 0);
    nodes.push_back({batch.rows, column.nulls});
    add(column.buffers[0], (rows + 7) / 8);
    add(column.buffers[1], rows * width_of(schema[i].format));
  }
  Flat flat;
  const auto all_nodes = flat.CreateVectorOfStructs(nodes);
  const auto all_places = flat.CreateVectorOfStructs(places);
  const auto start = flat.StartTable();
  flat.AddElement<std::int64_t>(at(0), batch.rows, 0);
  flat.AddOffset(at(1), all_nodes);
  flat.AddOffset(at(2), all_places);
  append_message(out, flat, Header::record_batch, Part(flat.EndTable(start)),
                 static_cast<std::int64_t>(body));
  for (const std::string_view buffer : buffers) {
    out += buffer;
    out.append(padded(buffer.size()) - buffer.size(), '\0');
  }
}

void append_end(std::string& out) {
  put(out, kContinuation);
  put(out, std::int32_t{0});
}

}  // namespace cordon::arrow
