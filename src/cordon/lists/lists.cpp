#include "cordon/lists/lists.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <system_error>
#include <unordered_map>
#include <utility>

#include "cordon/base/bytes.hpp"
#include "cordon/base/parallel.hpp"
#include "cordon/base/resource.hpp"
#include "cordon/base/text.hpp"
#include "cordon/lists/format.hpp"
#include "cordon/lists/ftm_json.hpp"
#include "cordon/lists/manifest.hpp"
#include "cordon/lists/mapped_csv.hpp"

namespace cordon::lists {
namespace {

namespace fs = std::filesystem;

base::Result<const Format*> format_of(const Input& input) {
  const auto head = input.head();
  if (!head) return tl::unexpected(head.error());
  if (base::trim(*head).empty())
    return base::fail("{}: the file is empty, expected a list", input.path().string());
  const Format* format = sniff(*head);
  if (!format) {
    std::string known;
    for (const Format& one : formats()) {
      if (!one.read) continue;
      if (!known.empty()) known += ", ";
      known += one.name;
    }
    return base::fail("{}: not a list of a known format ({})", input.path().string(), known);
  }
  return format;
}

// Regular files below a folder, by name, so that the order does not depend on the file system. Of a folder
// that `lists update` keeps, the versions of earlier days and the manifest are left out.
base::Result<std::vector<fs::path>> files_below(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  fs::recursive_directory_iterator it(folder, error);
  for (const fs::recursive_directory_iterator end; !error && it != end; it.increment(error)) {
    std::error_code ignored;
    const std::string name = it->path().filename().string();
    if ((name == kHistoryName || name == kManifestName) && is_kept_folder(it->path().parent_path())) {
      if (it->is_directory(ignored)) it.disable_recursion_pending();
      continue;
    }
    if (it->is_regular_file(ignored)) files.push_back(it->path());
  }
  if (error) return base::fail("{}: {}", folder.string(), error.message());
  std::sort(files.begin(), files.end());
  return files;
}

// How a file is to be read: by the format sniffed, or by a mapping file that lies beside it.
struct Reader {
  const Format* format = nullptr;
  fs::path mapping;

  base::Result<ListFile> read(const Input& input) const {
    auto list = mapping.empty() ? format->read(input) : read_mapped(input);
    // A file of which nothing could be read is broken as a whole.
    if (list && list->entities.empty() && !list->rejects.empty()) {
      return base::fail("{}: no record could be read: {}", input.path().string(), list->rejects.summary());
    }
    return list;
  }
  base::Result<ListFile> read_mapped(const Input& input) const {
    constexpr std::size_t kLongestMapping = std::size_t{1} << 20;
    const auto text = base::read_file(mapping, kLongestMapping);
    if (!text) return tl::unexpected(text.error());
    auto list = read_mapped_csv(input, *text, mapping.string());
    if (list) list->parts.push_back(mapping);
    return list;
  }
  bool readable() const { return !mapping.empty() || format->read; }
};

base::Result<Reader> reader_of(const Input& input) {
  std::error_code error;
  if (!input.in_memory() && fs::is_regular_file(mapping_of(input.path()), error))
    return Reader{nullptr, mapping_of(input.path())};
  const auto format = format_of(input);
  if (!format) return tl::unexpected(format.error());
  return Reader{*format, {}};
}

// A mapping file is no list itself.
bool is_mapping(const fs::path& path) {
  std::error_code error;
  return path.extension() == ".map" && fs::is_regular_file(fs::path(path).replace_extension(), error);
}

struct Candidate {
  Input input;
  Reader reader;
  bool named = false;  // by the user, not found in a folder
};

// Of several versions of a list found in folders, all but the newest leave.
void keep_newest(std::vector<std::pair<ListFile, bool>>& files, base::Tally& skipped) {
  std::map<std::pair<std::string, std::string>, std::size_t> newest;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const auto& [list, named] = files[i];
    if (named || list.source->version.empty()) continue;
    const auto [at, first] = newest.try_emplace({list.source->dataset, list.source->format}, i);
    if (!first && list.source->version > files[at->second].first.source->version) at->second = i;
  }
  std::vector<std::pair<ListFile, bool>> kept;
  for (std::size_t i = 0; i < files.size(); ++i) {
    auto& [list, named] = files[i];
    const auto at = newest.find({list.source->dataset, list.source->format});
    if (!named && !list.source->version.empty() && at != newest.end() && at->second != i) {
      skipped.add("older version of a list that is there too",
                  fmt::format("{} ({})", list.source->file, list.source->version));
    } else {
      kept.emplace_back(std::move(list), named);
    }
  }
  files = std::move(kept);
}

// Ids are unique in the set. The same publisher's record in two files (the US non-SDN list as CSV and XML) is
// kept from the file with a stated version, or else from the first one; different records are numbered apart.
void make_ids_unique(std::vector<ListFile>& files) {
  if (files.size() < 2) return;  // a reader's own ids are unique
  std::vector<std::size_t> order(files.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return files[a].source->version > files[b].source->version;
  });
  std::unordered_map<std::string, std::shared_ptr<const model::SourceFile>> owners;
  for (const std::size_t i : order) {
    ListFile& list = files[i];
    std::erase_if(list.entities, [&](model::Entity& entity) {
      const auto [at, fresh] = owners.try_emplace(entity.id, entity.source.file);
      if (fresh) return false;
      if (at->second->dataset == entity.source.dataset()) {
        list.rejects.add("record that another file of the same list has too", entity.id);
        return true;
      }
      list.rejects.add("id used by another list, numbered", entity.id);
      for (int n = 2;; ++n) {
        std::string numbered = fmt::format("{}~{}", entity.id, n);
        if (owners.try_emplace(numbered, entity.source.file).second) {
          entity.id = std::move(numbered);
          return false;
        }
      }
    });
  }
}

}  // namespace

base::Result<ListFile> read_list(const fs::path& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) {
    const auto input = Input::open(path);
    if (!input) return tl::unexpected(input.error());
    const auto reader = reader_of(*input);
    if (!reader) return tl::unexpected(reader.error());
    if (!reader->readable()) {
      return base::fail(
          "{}: aliases, addresses or comments of an OFAC list; give the main file or the folder",
          path.string());
    }
    return reader->read(*input);
  }
  // A folder stands for the one list in it: OFAC's CSV with its companions.
  const auto files = files_below(path);
  if (!files) return tl::unexpected(files.error());
  std::optional<Reader> found;
  fs::path list;
  for (const fs::path& file : *files) {
    if (is_mapping(file)) continue;
    auto reader = reader_of(Input::file(file));
    if (!reader || !reader->readable()) continue;
    if (found) {
      return base::fail("{}: a folder with more than one list ({}, {}), expected one", path.string(),
                        list.filename().string(), file.filename().string());
    }
    found = std::move(*reader);
    list = file;
  }
  if (!found) return base::fail("{}: a folder without a list in it", path.string());
  return found->read(Input::file(list));
}

base::Result<ListSet> read_lists(std::span<const fs::path> paths) {
  ListSet set;
  std::vector<Candidate> candidates;
  for (const fs::path& path : paths) {
    std::error_code error;
    const bool folder = fs::is_directory(path, error);
    std::vector<fs::path> files{path};
    if (folder) {
      auto below = files_below(path);
      if (!below) return tl::unexpected(below.error());
      files = std::move(*below);
    }
    const std::size_t before = candidates.size();
    for (const fs::path& file : files) {
      if (folder && is_mapping(file)) continue;
      auto input = Input::open(file);
      if (!input) return tl::unexpected(input.error());
      auto reader = reader_of(*input);
      if (!reader) {
        if (!folder) return tl::unexpected(reader.error());
        set.skipped.add("not a list", file.string());
        continue;
      }
      // Companions are read with their main file; named alone they would be lost without a word.
      if (reader->readable()) {
        candidates.push_back({std::move(*input), std::move(*reader), !folder});
      } else if (!folder) {
        set.skipped.add("part of an OFAC list, read with its main file", file.string());
      }
    }
    if (folder && candidates.size() == before)
      return base::fail("{}: a folder without a list in it", path.string());
  }
  std::vector<std::optional<base::Result<ListFile>>> results(candidates.size());
  base::parallel_for(candidates.size(), 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) results[i] = candidates[i].reader.read(candidates[i].input);
  });
  std::vector<std::pair<ListFile, bool>> files;
  for (std::size_t i = 0; i < results.size(); ++i) {
    // A broken list is an error even in a folder: screening without it would be silent about what it lacks.
    if (!*results[i]) return tl::unexpected(results[i]->error());
    files.emplace_back(std::move(**results[i]), candidates[i].named);
  }
  keep_newest(files, set.skipped);
  for (auto& [list, named] : files) set.files.push_back(std::move(list));
  make_ids_unique(set.files);
  return set;
}

base::Result<ListFile> read_embedded() {
  constexpr std::string_view kName = "lists/dprk.jsonl";
  const auto bytes = base::resource(kName);
  if (!bytes) return tl::unexpected(bytes.error());
  auto list = read_ftm_json(Input::memory(std::string(*bytes), kName));
  if (!list) return list;
  model::SourceFile source = *list->source;
  source.dataset = kEmbeddedDataset;
  for (const model::Entity& entity : list->entities) {
    if (entity.source.file && entity.source.file->version > source.version)
      source.version = entity.source.file->version;
  }
  list->source = std::make_shared<const model::SourceFile>(std::move(source));
  return list;
}

}  // namespace cordon::lists
