// What the parts of the module share: results as exceptions, the interpreter's lock, progress.
#pragma once
#include <nanobind/nanobind.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "arrow/table.hpp"
#include "cordon/base/result.hpp"
#include "cordon/base/tally.hpp"

namespace cordon::python {

namespace nb = nanobind;

// Becomes cordon.Error, with the words that the program would print.
struct Failure {
  std::string message;
};

template <class T>
T take(base::Result<T>&& result) {
  if (!result) throw Failure{std::move(result.error().message)};
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

// Runs work without the interpreter's lock: other Python threads go on meanwhile.
template <class Work>
auto unlocked(Work&& work) {
  const nb::gil_scoped_release release;
  return work();
}

// Tells a Python callable how many rows are done, ten times a second at most, and looks for Ctrl-C. Called
// from the thread that released the lock.
class Ticker {
 public:
  explicit Ticker(nb::object to) : to_(std::move(to)) {}
  // False: the user interrupted, or the callable raised; raise() then raises that.
  bool advance(std::uint64_t rows);
  // The same for callees that cannot be told to stop: throws Interrupted.
  void step(std::uint64_t rows) {
    if (!advance(rows)) throw Interrupted{};
  }
  struct Interrupted {};
  void finish();  // the rest; with the lock held
  void raise();

 private:
  bool tell();
  nb::object to_;
  std::uint64_t waiting_ = 0;
  std::int64_t next_ns_ = 0;
  bool stopped_ = false;
};

// A table that Python sees; the package's Table class is a shell around it.
struct Frame {
  arrow::Table table;
};

std::vector<std::filesystem::path> paths_of(const std::vector<std::string>& names);

void bind_frame(nb::module_& m);
void bind_lists(nb::module_& m);
void bind_traffic(nb::module_& m);
void bind_resolve(nb::module_& m);
void bind_network(nb::module_& m);
void bind_law(nb::module_& m);
void bind_plans(nb::module_& m);
void bind_watch(nb::module_& m);

}  // namespace cordon::python
