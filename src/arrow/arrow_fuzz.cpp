// A producer that says anything of its columns: types, lengths, nulls, dictionaries, children. What the
// structs do not say, how large a buffer is, it keeps to: there every consumer has to trust.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "arrow/cells.hpp"
#include "arrow/slices.hpp"
#include "arrow/traffic.hpp"

namespace {

constexpr std::int64_t kRows = 64;  // that a buffer has room for
constexpr std::array kFormats = {"i",    "l",   "u",   "U",  "vu", "g",       "f", "c",
                                 "C",    "s",   "S",   "I",  "L",  "b",       "n", "tsm:UTC",
                                 "tsn:", "tdD", "tdm", "+l", "+s", "d:19,10", "",  "ts"};
constexpr std::array kNames = {"time", "mmsi", "lat", "lon", "where", "imo", "name", "sog_kn", "type", "x"};

int alive = 0;  // structs given away and not yet released

class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : at_(data), end_(data + size) {}
  std::uint8_t next() { return at_ == end_ ? std::uint8_t{0} : *at_++; }
  bool one_in(unsigned n) { return next() % n == n - 1; }

 private:
  const std::uint8_t *at_, *end_;
};

struct Node {
  std::vector<std::vector<std::uint64_t>> memory;
  std::vector<const void*> buffers;
  std::vector<ArrowArray> arrays;
  std::vector<ArrowArray*> array_pointers;
  std::vector<ArrowSchema> schemas;
  std::vector<ArrowSchema*> schema_pointers;
  ArrowArray dictionary{};
  ArrowSchema dictionary_schema{};
};

// A release that is called twice, or not at all, is a fault.
template <class Struct>
void release(Struct* given) {
  auto* node = static_cast<Node*>(given->private_data);
  if (!given->release || !node) std::abort();
  const auto end = [](auto& one) {
    if (one.release) one.release(&one);
  };
  if constexpr (std::is_same_v<Struct, ArrowArray>) {
    for (auto& child : node->arrays) end(child);
    end(node->dictionary);
  } else {
    for (auto& child : node->schemas) end(child);
    end(node->dictionary_schema);
  }
  delete node;
  --alive;
  given->release = nullptr;
}

void make(Bytes& bytes, int depth, bool top, ArrowSchema& schema, ArrowArray& array) {
  auto* said = new Node;
  auto* held = new Node;
  alive += 2;
  schema = {};
  array = {};
  schema.private_data = said;
  schema.release = release<ArrowSchema>;
  array.private_data = held;
  array.release = release<ArrowArray>;
  schema.format = top ? "+s" : bytes.one_in(30) ? nullptr : kFormats[bytes.next() % kFormats.size()];
  schema.name = bytes.one_in(20) ? nullptr : kNames[bytes.next() % kNames.size()];
  const std::string format = schema.format ? schema.format : "";
  array.length = bytes.one_in(12) ? static_cast<std::int8_t>(bytes.next()) : 20;
  array.offset = bytes.one_in(6) ? static_cast<std::int8_t>(bytes.next()) % 20 : 0;
  array.null_count = bytes.one_in(2) ? 0 : static_cast<std::int8_t>(bytes.next());
  array.length = std::min(array.length, kRows - 40);
  const int count = bytes.one_in(15)                                   ? bytes.next() % 4
                    : format == "u" || format == "U" || format == "vu" ? 3
                                                                       : 2;
  for (int k = 0; k < count; ++k) {
    auto& words = held->memory.emplace_back(kRows * 2 + 2);
    for (auto& word : words)
      word = std::uint64_t{bytes.next()} << 56 | std::uint64_t{bytes.next()} << 29 | bytes.next();
    // Text stays inside its buffer, however its offsets jump.
    const auto tame = [&](auto type, std::size_t width) {
      using T = decltype(type);
      for (std::size_t at = 0; at + width <= words.size() * 8; at += width) {
        T value = 0;
        auto* place = reinterpret_cast<unsigned char*>(words.data()) + at + (width == 16 ? 12 : 0);
        std::memcpy(&value, place, sizeof value);
        value = static_cast<T>(value % 256);
        std::memcpy(place, &value, sizeof value);
        if (width != 16) continue;
        std::memcpy(&value, place - 12, sizeof value);
        value = static_cast<T>(value % 256);
        std::memcpy(place - 12, &value, sizeof value);
      }
    };
    if (k == 1 && format == "u") tame(std::int32_t{}, 4);
    if (k == 1 && format == "U") tame(std::int64_t{}, 8);
    if (k == 1 && format == "vu") tame(std::int32_t{}, 16);
    held->buffers.push_back(bytes.one_in(25) ? nullptr : words.data());
  }
  array.n_buffers = bytes.one_in(40) ? -1 : count;
  array.buffers = bytes.one_in(40) ? nullptr : held->buffers.data();
  const int children = top ? 1 + bytes.next() % 8 : depth > 0 && bytes.one_in(8) ? bytes.next() % 3 : 0;
  said->schemas.resize(static_cast<std::size_t>(children));
  held->arrays.resize(static_cast<std::size_t>(children));
  for (std::size_t k = 0; k < said->schemas.size(); ++k) {
    make(bytes, depth - 1, false, said->schemas[k], held->arrays[k]);
    said->schema_pointers.push_back(bytes.one_in(60) ? nullptr : &said->schemas[k]);
    held->array_pointers.push_back(bytes.one_in(60) ? nullptr : &held->arrays[k]);
  }
  schema.n_children = bytes.one_in(60) ? -3 : children;
  array.n_children = bytes.one_in(60) ? std::max(0, children - 1) : children;
  schema.children = said->schema_pointers.data();
  array.children = held->array_pointers.data();
  if (!top && depth > 0 && bytes.one_in(8)) {
    make(bytes, depth - 1, false, said->dictionary_schema, held->dictionary);
    if (!bytes.one_in(10)) schema.dictionary = &said->dictionary_schema;
    if (!bytes.one_in(10)) array.dictionary = &held->dictionary;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cordon;
  Bytes bytes(data, size);
  ArrowSchema schema;
  ArrowArray array;
  make(bytes, 3, true, schema, array);
  {
    auto table = arrow::read_batch(&schema, &array);
    if (table) {
      std::string scratch;
      for (const arrow::Batch& batch : table->batches) {
        for (std::size_t i = 0; i < batch.columns.size(); ++i) {
          const auto cells = arrow::Cells::of(table->schema[i], batch.columns[i]);
          if (!cells) continue;
          (void)cells->integers();
          for (std::int64_t row = 0; row < cells->size(); ++row) {
            (void)cells->text(row, scratch);
            (void)cells->real(row);
            (void)cells->integer(row);
            (void)cells->time(row);
          }
        }
        model::PositionColumns positions;
        (void)arrow::append_positions(positions, table->schema, batch, 0);
        std::vector<model::VesselStatic> statics;
        (void)arrow::append_statics(statics, table->schema, batch, 0);
      }
      (void)arrow::cut_positions(*table, base::kHour);
      (void)arrow::cut_statics(*table, base::kHour);
      // Out again, and in.
      ArrowArrayStream stream;
      arrow::write_stream(std::move(*table), &stream);
      if (!arrow::read_stream(&stream)) std::abort();
    }
  }
  if (alive != 0) std::abort();
  return 0;
}
