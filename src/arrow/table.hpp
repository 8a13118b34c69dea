// Columns in memory, ours or another engine's, and the way between them and the C data interface. A buffer is
// held, never copied: what a room made leaves as it lies there, and what came in is read where it lies.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "arrow/abi.hpp"
#include "cordon/base/result.hpp"

namespace cordon::arrow {

// Bytes and whoever keeps them.
using Buffer = std::shared_ptr<const void>;

template <class T>
Buffer hold(std::vector<T>&& values) {
  auto kept = std::make_shared<std::vector<T>>(std::move(values));
  const T* bytes = kept->data();
  return Buffer(std::move(kept), bytes);
}

// One column's values, laid out as Arrow's format string says.
struct Array {
  std::int64_t length = 0, nulls = 0, offset = 0;
  std::vector<Buffer> buffers;  // the first is the validity bitmap, or nothing
  std::vector<Array> children;
  std::shared_ptr<const Array> dictionary;
};

struct Field {
  std::string name, format;
  bool nullable = true;
  std::vector<Field> children = {};
  std::shared_ptr<const Field> dictionary = nullptr;
};
using Schema = std::vector<Field>;

struct Batch {
  std::int64_t rows = 0;
  std::vector<Array> columns;
};

// Some of its rows, where they lie.
Batch rows_of(const Batch& batch, std::int64_t first, std::int64_t count);

struct Table {
  Schema schema;
  std::vector<Batch> batches;
  std::int64_t rows() const;
  std::optional<std::size_t> column(std::string_view name) const;  // exact name
};

// A column of text (UTF-8) as it grows.
struct Texts {
  std::vector<std::int64_t> offsets{0};
  std::string bytes;
  void add(std::string_view text) {
    bytes += text;
    offsets.push_back(static_cast<std::int64_t>(bytes.size()));
  }
};

// Takes columns as they are made; all of one length.
class Builder {
 public:
  template <class T>
  Builder& numbers(std::string name, std::string format, std::vector<T>&& values) {
    Array array;
    array.length = static_cast<std::int64_t>(values.size());
    array.buffers = {nullptr, hold(std::move(values))};
    return add({std::move(name), std::move(format), false}, std::move(array));
  }
  // present(i) false: null.
  template <class T, class Present>
  Builder& numbers(std::string name, std::string format, std::vector<T>&& values, const Present& present) {
    Array array;
    array.length = static_cast<std::int64_t>(values.size());
    std::vector<std::uint8_t> bits((values.size() + 7) / 8);
    for (std::size_t i = 0; i < values.size(); ++i) {
      const bool here = present(i);
      bits[i / 8] = static_cast<std::uint8_t>(bits[i / 8] | unsigned{here} << (i % 8));
      array.nulls += !here;
    }
    array.buffers = {array.nulls == 0 ? nullptr : hold(std::move(bits)), hold(std::move(values))};
    return add({std::move(name), std::move(format), true}, std::move(array));
  }
  Builder& texts(std::string name, const std::vector<std::string>& values);
  Builder& texts(std::string name, Texts&& values);
  Builder& flags(std::string name, const std::vector<bool>& values);
  Builder& text_lists(std::string name, const std::vector<std::vector<std::string>>& values);
  Builder& number_lists(std::string name, const std::vector<std::vector<std::int64_t>>& values);
  Table finish() &&;

 private:
  Builder& add(Field field, Array array);
  Table table_{{}, std::vector<Batch>(1)};
};

// The table leaves; whoever calls release() last frees the buffers.
void write_stream(Table table, ArrowArrayStream* out);
void write_schema(const Schema& schema, ArrowSchema* out);
// A batch as a struct array.
void write_batch(const Batch& batch, ArrowArray* out);

// All batches of a stream, which is released. Fails with the producer's words where it fails.
base::Result<Table> read_stream(ArrowArrayStream* stream);
// One batch; both structs are taken over.
base::Result<Table> read_batch(ArrowSchema* schema, ArrowArray* array);

}  // namespace cordon::arrow
