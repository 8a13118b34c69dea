// cordon._core: the rooms as the Python package calls them. Everything that a user sees is in python/cordon;
// here are plain functions over tables, texts and handles.
#include <chrono>

#include "bind.hpp"

namespace cordon::python {

bool Ticker::advance(std::uint64_t rows) {
  if (stopped_) return false;
  waiting_ += rows;
  const std::int64_t now = std::chrono::steady_clock::now().time_since_epoch().count();
  if (now < next_ns_) return true;
  next_ns_ = now + 100'000'000;
  const nb::gil_scoped_acquire lock;
  return tell();
}

bool Ticker::tell() {
  if (PyErr_CheckSignals() != 0) return !(stopped_ = true);
  if (to_.is_none() || waiting_ == 0) return true;
  PyObject* done = PyObject_CallFunction(to_.ptr(), "K", static_cast<unsigned long long>(waiting_));
  waiting_ = 0;
  if (!done) return !(stopped_ = true);
  Py_DECREF(done);
  return true;
}

void Ticker::finish() {
  if (!stopped_) tell();
  raise();
}

void Ticker::raise() {
  if (stopped_ && PyErr_Occurred()) throw nb::python_error();
}

std::vector<std::filesystem::path> paths_of(const std::vector<std::string>& names) {
  return {names.begin(), names.end()};
}

}  // namespace cordon::python

NB_MODULE(_core, m) {
  namespace nb = nanobind;
  using namespace cordon::python;
  m.attr("__version__") = CORDON_VERSION;
  static nb::object error = nb::steal(PyErr_NewExceptionWithDoc(
      "cordon.Error", "What cannot be done, in one line: the words that the program would print.",
      PyExc_ValueError, nullptr));
  m.attr("Error") = error;
  nb::register_exception_translator([](const std::exception_ptr& thrown, void*) {
    try {
      std::rethrow_exception(thrown);
    } catch (const Failure& failure) {
      PyErr_SetString(error.ptr(), failure.message.c_str());
    }
  });
  bind_frame(m);
  bind_lists(m);
  bind_traffic(m);
  bind_resolve(m);
  bind_network(m);
  bind_law(m);
  bind_watch(m);
  bind_plans(m);
}
