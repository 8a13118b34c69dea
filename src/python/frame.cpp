// Tables in and out of Python: the PyCapsule protocol over the C data interface.
#include <fmt/core.h>
#include <nanobind/stl/variant.h>

#include <variant>

#include "arrow/cells.hpp"
#include "bind.hpp"
#include "cordon/base/csv.hpp"

namespace cordon::python {
namespace {

template <class T>
void free_capsule(PyObject* capsule, const char* name) {
  auto* held = static_cast<T*>(PyCapsule_GetPointer(capsule, name));
  if (held->release) held->release(held);
  delete held;
}

nb::object stream_capsule(const Frame& frame) {
  auto* stream = new ArrowArrayStream{};
  arrow::write_stream(frame.table, stream);
  return nb::steal(PyCapsule_New(stream, "arrow_array_stream", [](PyObject* capsule) {
    free_capsule<ArrowArrayStream>(capsule, "arrow_array_stream");
  }));
}

nb::object schema_capsule(const Frame& frame) {
  auto* schema = new ArrowSchema{};
  arrow::write_schema(frame.table.schema, schema);
  return nb::steal(PyCapsule_New(
      schema, "arrow_schema", [](PyObject* capsule) { free_capsule<ArrowSchema>(capsule, "arrow_schema"); }));
}

template <class T>
T* pointer(nb::handle capsule, const char* name) {
  auto* held = static_cast<T*>(PyCapsule_GetPointer(capsule.ptr(), name));
  if (!held) throw nb::python_error();
  if (!held->release) throw Failure{"the table was handed over before"};
  return held;
}

Frame from_stream(nb::handle capsule) {
  // The producer may need the interpreter's lock (a Python generator behind a reader): it stays held.
  return {take(arrow::read_stream(pointer<ArrowArrayStream>(capsule, "arrow_array_stream")))};
}

Frame from_array(nb::handle schema, nb::handle array) {
  return {take(arrow::read_batch(pointer<ArrowSchema>(schema, "arrow_schema"),
                                 pointer<ArrowArray>(array, "arrow_array")))};
}

Frame from_texts(const std::vector<std::pair<std::string, std::vector<std::string>>>& columns) {
  arrow::Builder out;
  for (const auto& [name, values] : columns) out.texts(name, values);
  return {std::move(out).finish()};
}

// Columns of texts or of numbers, as they come.
Frame from_columns(
    const std::vector<std::pair<std::string, std::variant<std::vector<double>, std::vector<std::string>>>>&
        columns) {
  arrow::Builder out;
  for (const auto& [name, values] : columns) {
    if (const auto* numbers = std::get_if<std::vector<double>>(&values))
      out.numbers(name, "g", std::vector<double>(*numbers));
    else
      out.texts(name, std::get<std::vector<std::string>>(values));
  }
  return {std::move(out).finish()};
}

// One column's cells as Python objects.
class Objects {
 public:
  Objects(const arrow::Field& field, const arrow::Array& array)
      : format_(field.dictionary ? "u" : field.format) {
    if (format_ == "+l") {
      items_.push_back(Objects(field.children.at(0), array.children.at(0)));
      offsets_ = static_cast<const std::int32_t*>(array.buffers.at(1).get()) + array.offset;
    } else {
      cells_.emplace(take(arrow::Cells::of(field, array)));
    }
  }
  nb::object at(std::int64_t row) const {
    if (!items_.empty()) {
      nb::list out;
      for (std::int32_t i = offsets_[row]; i < offsets_[row + 1]; ++i) out.append(items_[0].at(i));
      return out;
    }
    if (!cells_->valid(row)) return nb::none();
    if (format_.starts_with("ts")) {
      static const nb::object* epoch = new nb::object(
          nb::module_::import_("datetime")
              .attr("datetime")
              .attr("fromtimestamp")(0, nb::module_::import_("datetime").attr("timezone").attr("utc")));
      static const nb::object* delta = new nb::object(nb::module_::import_("datetime").attr("timedelta"));
      return *epoch + (*delta)(0, 0, 0, *cells_->time(row));
    }
    if (format_ == "b") return nb::bool_(*cells_->integer(row) != 0);
    if (format_ == "f" || format_ == "g") {
      const auto value = cells_->real(row);
      return value ? nb::object(nb::float_(*value)) : nb::object(nb::none());
    }
    if (format_.size() == 1 && format_ != "u" && format_ != "U") return nb::int_(*cells_->integer(row));
    std::string scratch;
    const std::string_view text = cells_->text(row, scratch);
    return nb::steal(PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "replace"));
  }

 private:
  std::string format_;
  std::optional<arrow::Cells> cells_;
  std::vector<Objects> items_;  // of a list: its values
  const std::int32_t* offsets_ = nullptr;
};

nb::list rows_of(const Frame& frame, std::int64_t first, std::int64_t count) {
  nb::list out;
  for (const arrow::Batch& batch : frame.table.batches) {
    if (first < batch.rows && count > 0) {
      std::vector<Objects> columns;
      for (std::size_t i = 0; i < batch.columns.size(); ++i)
        columns.emplace_back(frame.table.schema[i], batch.columns[i]);
      for (std::int64_t row = first; row < batch.rows && count > 0; ++row, --count) {
        nb::dict one;
        for (std::size_t i = 0; i < columns.size(); ++i)
          one[frame.table.schema[i].name.c_str()] = columns[i].at(row);
        out.append(one);
      }
    }
    first = std::max<std::int64_t>(0, first - batch.rows);
  }
  return out;
}

// As a file of that table would read, for the rooms whose input is CSV.
std::string csv_of(const Frame& frame) {
  std::string out, scratch;
  for (std::size_t i = 0; i < frame.table.schema.size(); ++i) {
    if (i > 0) out += ',';
    base::append_csv(out, frame.table.schema[i].name);
  }
  out += '\n';
  for (const arrow::Batch& batch : frame.table.batches) {
    std::vector<arrow::Cells> columns;
    for (std::size_t i = 0; i < batch.columns.size(); ++i)
      columns.push_back(take(arrow::Cells::of(frame.table.schema[i], batch.columns[i])));
    for (std::int64_t row = 0; row < batch.rows; ++row) {
      for (std::size_t i = 0; i < columns.size(); ++i) {
        if (i > 0) out += ',';
        base::append_csv(out, columns[i].text(row, scratch));
      }
      out += '\n';
    }
  }
  return out;
}

}  // namespace

void bind_frame(nb::module_& m) {
  nb::class_<Frame>(m, "Frame", "Columns in memory.")
      .def_prop_ro("num_rows", [](const Frame& frame) { return frame.table.rows(); })
      .def_prop_ro("names",
                   [](const Frame& frame) {
                     std::vector<std::string> names;
                     for (const arrow::Field& field : frame.table.schema) names.push_back(field.name);
                     return names;
                   })
      .def_prop_ro("formats",
                   [](const Frame& frame) {
                     std::vector<std::string> formats;
                     for (const arrow::Field& field : frame.table.schema) formats.push_back(field.format);
                     return formats;
                   })
      .def("rows", &rows_of, nb::arg("first"), nb::arg("count"))
      .def("csv", &csv_of)
      .def("stream", &stream_capsule)
      .def("schema", &schema_capsule)
      .def(
          "address",
          [](const Frame& frame, std::size_t column, std::size_t buffer) {
            return reinterpret_cast<std::uintptr_t>(
                frame.table.batches.at(0).columns.at(column).buffers.at(buffer).get());
          },
          "Where a buffer lies: for tests that nothing is copied.");
  m.def("from_stream", &from_stream, nb::arg("capsule"));
  m.def("from_array", &from_array, nb::arg("schema"), nb::arg("array"));
  m.def("from_texts", &from_texts, nb::arg("columns"));
  m.def("from_columns", &from_columns, nb::arg("columns"));
}

}  // namespace cordon::python
