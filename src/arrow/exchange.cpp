// Both directions of the C data interface. Each exported struct owns itself: children may be moved out and
// released in any order, as the specification allows.
#include <cerrno>
#include <cstring>

#include "arrow/table.hpp"

namespace cordon::arrow {
namespace {

// --- out ---

struct SchemaOwner {
  Field field;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> pointers;
  ArrowSchema dictionary{};
};

void release_schema(ArrowSchema* schema) {
  auto* owner = static_cast<SchemaOwner*>(schema->private_data);
  for (ArrowSchema& child : owner->children)
    if (child.release) child.release(&child);
  if (owner->dictionary.release) owner->dictionary.release(&owner->dictionary);
  delete owner;
  schema->release = nullptr;
}

void write_field(const Field& field, ArrowSchema* out) {
  auto* owner = new SchemaOwner{field, std::vector<ArrowSchema>(field.children.size()), {}, {}};
  for (std::size_t i = 0; i < field.children.size(); ++i) {
    write_field(field.children[i], &owner->children[i]);
    owner->pointers.push_back(&owner->children[i]);
  }
  *out = ArrowSchema{};
  out->format = owner->field.format.c_str();
  out->name = owner->field.name.c_str();
  out->flags = field.nullable ? kNullable : 0;
  out->n_children = static_cast<std::int64_t>(owner->children.size());
  out->children = owner->pointers.data();
  if (field.dictionary) {
    write_field(*field.dictionary, &owner->dictionary);
    out->dictionary = &owner->dictionary;
  }
  out->release = release_schema;
  out->private_data = owner;
}

struct ArrayOwner {
  Array array;
  std::vector<const void*> buffers;
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> pointers;
  ArrowArray dictionary{};
};

void release_array(ArrowArray* array) {
  auto* owner = static_cast<ArrayOwner*>(array->private_data);
  for (ArrowArray& child : owner->children)
    if (child.release) child.release(&child);
  if (owner->dictionary.release) owner->dictionary.release(&owner->dictionary);
  delete owner;
  array->release = nullptr;
}

void write_array(const Array& array, ArrowArray* out) {
  auto* owner = new ArrayOwner{array, {}, std::vector<ArrowArray>(array.children.size()), {}, {}};
  for (const Buffer& buffer : owner->array.buffers) owner->buffers.push_back(buffer.get());
  for (std::size_t i = 0; i < array.children.size(); ++i) {
    write_array(array.children[i], &owner->children[i]);
    owner->pointers.push_back(&owner->children[i]);
  }
  *out = ArrowArray{};
  out->length = array.length;
  out->null_count = array.nulls;
  out->offset = array.offset;
  out->n_buffers = static_cast<std::int64_t>(owner->buffers.size());
  out->buffers = owner->buffers.data();
  out->n_children = static_cast<std::int64_t>(owner->children.size());
  out->children = owner->pointers.data();
  if (array.dictionary) {
    write_array(*array.dictionary, &owner->dictionary);
    out->dictionary = &owner->dictionary;
  }
  out->release = release_array;
  out->private_data = owner;
}

Array as_struct(const Batch& batch) {
  Array array;
  array.length = batch.rows;
  array.buffers = {nullptr};
  array.children = batch.columns;
  return array;
}

struct StreamOwner {
  Table table;
  std::size_t next = 0;
};

// --- in ---

struct ArrayKeeper {
  ArrowArray array;
  explicit ArrayKeeper(ArrowArray* from) : array(*from) { from->release = nullptr; }
  ArrayKeeper(const ArrayKeeper&) = delete;
  ArrayKeeper& operator=(const ArrayKeeper&) = delete;
  ~ArrayKeeper() {
    if (array.release) array.release(&array);
  }
};

constexpr int kDeepest = 16;  // lists of structs of lists; a hostile schema may nest without end

base::Result<Field> read_field(const ArrowSchema& schema, int depth = 0) {
  if (depth > kDeepest || !schema.format || schema.n_children < 0 ||
      (schema.n_children > 0 && !schema.children))
    return base::fail("not a usable Arrow schema");
  Field field{schema.name ? schema.name : "", schema.format, (schema.flags & kNullable) != 0, {}, {}};
  for (std::int64_t i = 0; i < schema.n_children; ++i) {
    if (!schema.children[i]) return base::fail("not a usable Arrow schema");
    auto child = read_field(*schema.children[i], depth + 1);
    if (!child) return child;
    field.children.push_back(std::move(*child));
  }
  if (schema.dictionary) {
    auto dictionary = read_field(*schema.dictionary, depth + 1);
    if (!dictionary) return dictionary;
    field.dictionary = std::make_shared<Field>(std::move(*dictionary));
  }
  return field;
}

// What the structs say of themselves is checked; how large a buffer is they do not say, and its producer is
// trusted.
base::Result<Array> read_array(const ArrowArray& from, const std::shared_ptr<ArrayKeeper>& keeper,
                               int depth = 0) {
  constexpr std::int64_t kMost = INT64_MAX / 4;
  if (depth > kDeepest || from.length < 0 || from.offset < 0 || from.length > kMost || from.offset > kMost ||
      from.n_buffers < 0 || (from.n_buffers > 0 && !from.buffers) || from.n_children < 0 ||
      (from.n_children > 0 && !from.children))
    return base::fail("not a usable Arrow array");
  Array array{from.length, from.null_count, from.offset, {}, {}, {}};
  for (std::int64_t i = 0; i < from.n_buffers; ++i) array.buffers.emplace_back(keeper, from.buffers[i]);
  for (std::int64_t i = 0; i < from.n_children; ++i) {
    if (!from.children[i]) return base::fail("not a usable Arrow array");
    auto child = read_array(*from.children[i], keeper, depth + 1);
    if (!child) return child;
    array.children.push_back(std::move(*child));
  }
  if (from.dictionary) {
    auto dictionary = read_array(*from.dictionary, keeper, depth + 1);
    if (!dictionary) return dictionary;
    array.dictionary = std::make_shared<Array>(std::move(*dictionary));
  }
  return array;
}

base::Result<Schema> read_schema(ArrowSchema* schema) {
  auto field = read_field(*schema);
  if (schema->release) schema->release(schema);
  if (!field) return tl::unexpected(field.error());
  if (field->format != "+s")
    return base::fail("expected a table, found one column of Arrow type '{}'", field->format);
  return std::move(field->children);
}

base::Result<Batch> read_one(ArrowArray* array, const Schema& schema) {
  const auto keeper = std::make_shared<ArrayKeeper>(array);
  auto read = read_array(keeper->array, keeper);
  if (!read) return tl::unexpected(read.error());
  Array& whole = *read;
  if (whole.children.size() != schema.size())
    return base::fail("an Arrow batch of {} columns, expected {}", whole.children.size(), schema.size());
  Batch batch{whole.length, std::move(whole.children)};
  for (std::size_t i = 0; i < schema.size(); ++i)
    if (batch.columns[i].length < whole.offset + whole.length)
      return base::fail("column '{}': {} rows, expected {}", schema[i].name, batch.columns[i].length,
                        whole.offset + whole.length);
  // A slice of a struct is a slice of each of its columns.
  for (Array& column : batch.columns) {
    column.offset += whole.offset;
    column.length = whole.length;
    if (column.nulls != 0) column.nulls = -1;
  }
  return batch;
}

}  // namespace

void write_schema(const Schema& schema, ArrowSchema* out) {
  write_field({"", "+s", false, schema, {}}, out);
}

void write_batch(const Batch& batch, ArrowArray* out) {
  write_array(as_struct(batch), out);
}

void write_stream(Table table, ArrowArrayStream* out) {
  *out = ArrowArrayStream{};
  out->private_data = new StreamOwner{std::move(table), 0};
  out->get_schema = [](ArrowArrayStream* stream, ArrowSchema* schema) {
    write_schema(static_cast<StreamOwner*>(stream->private_data)->table.schema, schema);
    return 0;
  };
  out->get_next = [](ArrowArrayStream* stream, ArrowArray* array) {
    auto* owner = static_cast<StreamOwner*>(stream->private_data);
    *array = ArrowArray{};
    if (owner->next < owner->table.batches.size()) write_batch(owner->table.batches[owner->next++], array);
    return 0;
  };
  out->get_last_error = [](ArrowArrayStream*) -> const char* { return nullptr; };
  out->release = [](ArrowArrayStream* stream) {
    delete static_cast<StreamOwner*>(stream->private_data);
    stream->release = nullptr;
  };
}

base::Result<Table> read_batch(ArrowSchema* schema, ArrowArray* array) {
  auto fields = read_schema(schema);
  if (!fields) {
    if (array->release) array->release(array);
    return tl::unexpected(fields.error());
  }
  Table table{std::move(*fields), {}};
  auto batch = read_one(array, table.schema);
  if (!batch) return tl::unexpected(batch.error());
  table.batches.push_back(std::move(*batch));
  return table;
}

base::Result<Table> read_stream(ArrowArrayStream* stream) {
  struct Release {
    ArrowArrayStream* stream;
    ~Release() { stream->release(stream); }
  } release{stream};
  const auto failed = [&](int code) {
    const char* text = stream->get_last_error(stream);
    return base::fail("the table could not be read: {}", text ? text : std::strerror(code));
  };
  ArrowSchema schema{};
  if (const int code = stream->get_schema(stream, &schema)) return failed(code);
  auto fields = read_schema(&schema);
  if (!fields) return tl::unexpected(fields.error());
  Table table{std::move(*fields), {}};
  for (;;) {
    ArrowArray array{};
    if (const int code = stream->get_next(stream, &array)) return failed(code);
    if (!array.release) return table;
    auto batch = read_one(&array, table.schema);
    if (!batch) return tl::unexpected(batch.error());
    table.batches.push_back(std::move(*batch));
  }
}

}  // namespace cordon::arrow
