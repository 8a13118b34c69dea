#include "screen_lists.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "common.hpp"
#include "cordon/lists/lists.hpp"

namespace cordon::cli {
namespace {

using base::Result;

Result<void> take(lists::ListFile& file, ReadLists& all) {
  report(file.source->file, file.rejects);
  auto note = screen::note_of(file);
  if (!note) return tl::unexpected(note.error());
  all.notes.push_back(std::move(*note));
  if (all.entities.empty()) {
    all.entities = std::move(file.entities);
    return {};
  }
  for (model::Entity& entity : file.entities) all.entities.push_back(std::move(entity));
  file.entities = {};
  return {};
}

std::vector<std::string> digests(const std::vector<screen::ListNote>& notes) {
  std::vector<std::string> all;
  for (const screen::ListNote& note : notes) all.push_back(note.digest);
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace

Result<ReadLists> read_screen_lists(const std::vector<std::filesystem::path>& paths) {
  ReadLists all;
  if (paths.empty()) {
    auto embedded = lists::read_embedded();
    if (!embedded) return tl::unexpected(embedded.error());
    if (auto done = take(*embedded, all); !done) return tl::unexpected(done.error());
    return all;
  }
  auto set = lists::read_lists(paths);
  if (!set) return tl::unexpected(set.error());
  for (lists::ListFile& file : set->files)
    if (auto done = take(file, all); !done) return tl::unexpected(done.error());
  report("lists", set->skipped);
  if (all.entities.empty()) return base::fail("{}: no list found", paths.front().string());
  return all;
}

std::string told(const std::vector<screen::ListNote>& notes) {
  std::string out;
  for (const screen::ListNote& note : notes) out += (out.empty() ? "" : ", ") + note.line;
  return out;
}

Result<screen::Snapshot> open_checked(const std::filesystem::path& snapshot,
                                      const std::vector<std::filesystem::path>& lists) {
  auto opened = screen::open_snapshot(snapshot);
  if (!opened || lists.empty()) return opened;
  const auto now = read_screen_lists(lists);
  if (!now) return tl::unexpected(now.error());
  if (digests(opened->lists) != digests(now->notes))
    return base::fail("{}: made of {}, but the lists now are {}; make it again with --make-snapshot",
                      snapshot.string(), told(opened->lists), told(now->notes));
  return opened;
}

Result<screen::Snapshot> make_snapshot(const std::filesystem::path& snapshot,
                                       const std::vector<std::filesystem::path>& lists) {
  auto all = read_screen_lists(lists);
  if (!all) return tl::unexpected(all.error());
  // What cannot be used, or is not there, only costs the time to prepare everything.
  const auto older = screen::open_snapshot(snapshot);
  screen::Index index = older ? screen::Index::update(older->index, all->entities)
                              : screen::Index::build(std::move(all->entities));
  if (auto done = screen::write_snapshot(snapshot, index, all->notes); !done)
    return tl::unexpected(done.error());
  note(fmt::format("{}: {} entities, {} of them prepared anew", snapshot.string(), index.entities(),
                   index.prepared()));
  return screen::Snapshot{std::move(index), std::move(all->notes)};
}

}  // namespace cordon::cli
