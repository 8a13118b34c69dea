// Lists, screening, comparing.
#include "cordon/lists/lists.hpp"

#include <fmt/core.h>

#include <memory>
#include <unordered_map>

#include "arrow/screening.hpp"
#include "bind.hpp"
#include "cordon/lists/version.hpp"
#include "cordon/screen/snapshot.hpp"
#include "lists.hpp"

namespace cordon::python {
namespace {

std::shared_ptr<Lists> read(const std::vector<std::string>& names) {
  const auto paths = paths_of(names);
  return unlocked([&] {
    std::vector<lists::ListFile> files;
    auto out = std::make_shared<Lists>();
    if (paths.empty()) {
      files.push_back(take(lists::read_embedded()));
    } else {
      lists::ListSet set = take(lists::read_lists(paths));
      files = std::move(set.files);
      out->skipped = std::move(set.skipped);
      if (files.empty()) throw Failure{paths.front().string() + ": no list found"};
    }
    for (lists::ListFile& file : files) {
      const lists::ListVersion version = take(lists::version_of(file));
      screen::ListNote& note = out->notes.emplace_back(screen::ListNote{lists::describe(version), {}, {}});
      lists::append_json(note.json, version);
      for (const lists::ListPart& part : version.parts) note.digest += part.sha256;
      out->rejects.merge(file.rejects);
      std::move(file.entities.begin(), file.entities.end(), std::back_inserter(out->entities));
    }
    for (std::size_t i = 0; i < out->entities.size(); ++i) out->by_id.emplace(out->entities[i].id, i);
    return out;
  });
}

std::string entity_json(const Lists& lists, std::int64_t index) {
  const auto size = static_cast<std::int64_t>(lists.entities.size());
  if (index < 0) index += size;
  if (index < 0 || index >= size) throw nb::index_error();
  std::string out;
  model::append_ftm(out, lists.entities[static_cast<std::size_t>(index)]);
  return out;
}

std::vector<std::string> versions(const std::vector<screen::ListNote>& notes) {
  std::vector<std::string> out;
  for (const screen::ListNote& note : notes) out.push_back(note.json);
  return out;
}

struct Screener {
  screen::Index index;
  std::vector<screen::ListNote> notes;
};

Frame screen_frame(const Screener& screener, const Frame& queries, double threshold, double cutoff,
                   std::size_t limit, nb::object progress, nb::object warn) {
  Ticker ticker(std::move(progress));
  base::Tally rejects;
  arrow::ScreenOptions options{threshold, cutoff, limit,
                               [&](std::size_t rows) { return ticker.advance(rows); }};
  auto done = unlocked([&] { return arrow::screen_table(screener.index, queries.table, options, rejects); });
  ticker.finish();
  if (!rejects.empty()) warn(rejects.summary());
  return {take(std::move(done))};
}

Frame compare_frame(const Frame& pairs, nb::object warn) {
  base::Tally rejects;
  auto done = unlocked([&] { return arrow::compare_table(pairs.table, rejects); });
  if (!rejects.empty()) warn(rejects.summary());
  return {take(std::move(done))};
}

}  // namespace

void bind_lists(nb::module_& m) {
  nb::class_<Lists>(m, "Lists")
      .def("__len__", [](const Lists& lists) { return lists.entities.size(); })
      .def("entity", &entity_json, nb::arg("index"))
      .def("find",
           [](const Lists& lists, std::string_view id) -> std::int64_t {
             const auto found = lists.by_id.find(id);
             return found == lists.by_id.end() ? -1 : static_cast<std::int64_t>(found->second);
           })
      .def_prop_ro("versions", [](const Lists& lists) { return versions(lists.notes); })
      .def_prop_ro("rejects", [](const Lists& lists) { return lists.rejects.summary(); })
      .def_prop_ro("skipped", [](const Lists& lists) { return lists.skipped.summary(); });
  m.def("read_lists", &read, nb::arg("paths"));

  nb::class_<Screener>(m, "Screener")
      .def("screen", &screen_frame, nb::arg("queries"), nb::arg("threshold"), nb::arg("cutoff"),
           nb::arg("limit"), nb::arg("progress").none(), nb::arg("warn"))
      .def("__len__", [](const Screener& screener) { return screener.index.size(); })
      .def_prop_ro("versions", [](const Screener& screener) { return versions(screener.notes); })
      .def("save", [](const Screener& screener, const std::string& path) {
        take(unlocked([&] { return screen::write_snapshot(path, screener.index, screener.notes); }));
      });
  m.def(
      "build_screener",
      [](const Lists& lists) {
        return unlocked([&] { return new Screener{screen::Index::build(lists.entities), lists.notes}; });
      },
      nb::rv_policy::take_ownership);
  m.def(
      "open_screener",
      [](const std::string& path) {
        auto snapshot = unlocked([&] { return take(screen::open_snapshot(path)); });
        return new Screener{std::move(snapshot.index), std::move(snapshot.lists)};
      },
      nb::rv_policy::take_ownership);
  m.def("compare", &compare_frame, nb::arg("pairs"), nb::arg("warn"));
  m.attr("THRESHOLD") = screen::threshold();
  m.attr("CUTOFF") = screen::kDefaultCutoff;
}

}  // namespace cordon::python
