// What `cordon lists update` keeps of every version it fetched: DIR/manifest.json, beside the lists and
// DIR/history/<name>/<day>-<first digits of the sha256>.<ext>.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/result.hpp"

namespace cordon::lists {

inline constexpr std::string_view kManifestName = "manifest.json", kHistoryName = "history";

// One fetched version of one list.
struct Kept {
  std::string name;     // of the origin: "un_sc"
  std::string file;     // of the version, relative to the folder: "history/un_sc/2026-11-23-66b392a40908.xml"
  std::string current;  // where the newest version lies: "un_sc.xml"
  std::string url, fetched, checked;  // times as ISO 8601 UTC; checked: last time it was found unchanged
  std::string sha256, format, version, etag, last_modified;
  std::uint64_t bytes = 0, entities = 0;
};

struct Manifest {
  std::vector<Kept> all;  // in the order they were fetched: the last one of a name is the current one

  // A folder without manifest.json has an empty manifest; a broken one is an error that names the place.
  static base::Result<Manifest> read(const std::filesystem::path& folder);
  static base::Result<Manifest> parse(std::string_view json, const std::string& name);
  // Replaced as a whole or not at all.
  base::Result<void> write(const std::filesystem::path& folder) const;
  Kept* newest(std::string_view name);
};

// Whether `folder` is one that `lists update` keeps: its history is not searched for lists to screen against.
bool is_kept_folder(const std::filesystem::path& folder);
// What is known of how a list file came here; nothing where no manifest beside or above it names these bytes.
std::optional<Kept> find_kept(const std::filesystem::path& list, std::string_view sha256);

}  // namespace cordon::lists
