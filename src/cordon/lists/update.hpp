// Brings a folder of lists up to date: fetches each list, accepts it only when it is whole and what it should
// be, keeps every version, and replaces the current one at once or not at all.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/base/time.hpp"
#include "cordon/lists/fetch.hpp"

namespace cordon::lists {

// Where a publisher offers a list, and how to know it: data/lists/sources.json.
struct Origin {
  std::string name, title, url, extension, format, page, licence;
  std::uint64_t min_bytes = 0, max_bytes = 0, min_entities = 1;
  std::string on_request;  // why it is fetched only when named; empty = it always is
};
// name: for messages. Names are file names: letters, digits and '_'; no two alike.
base::Result<std::vector<Origin>> parse_origins(std::string_view json, const std::string& name);

struct UpdateOptions {
  std::filesystem::path folder;
  bool dry_run = false;        // fetch and check, write nothing
  bool accept_shrink = false;  // a person has looked: take a list that lost more than half of its entities
  std::string ca_file;
  int timeout_s = 120;
  base::TimeMs now = 0;
  // How a file is fetched; `fetch` of fetch.hpp.
  std::function<base::Result<Fetched>(const FetchRequest&)> fetch;
};

enum class UpdateStatus : std::uint8_t { fresh, unchanged, failed };

struct Updated {
  std::string name;
  UpdateStatus status = UpdateStatus::failed;
  std::string why;                    // of a failure
  std::string file, sha256, version;  // of the list that now stands, relative to the folder
  std::uint64_t bytes = 0, entities = 0;
  std::uint64_t added = 0, removed = 0, changed = 0;  // against the version before
};

// One result an origin, in their order; one failure stops no other. Fails as a whole where the folder cannot
// be made, is being updated by another program, or holds a broken manifest.
base::Result<std::vector<Updated>> update(const std::vector<Origin>& origins, const UpdateOptions& options);

std::string_view to_string(UpdateStatus status);
// {"name","status","file","version","sha256","bytes","entities","added","removed","changed"|"why"}
void append_json(std::string& out, const Updated& updated);

}  // namespace cordon::lists
