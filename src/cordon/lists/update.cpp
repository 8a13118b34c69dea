#include "cordon/lists/update.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <system_error>
#include <utility>

#include "cordon/base/bytes.hpp"
#include "cordon/base/json.hpp"
#include "cordon/base/sha256.hpp"
#include "cordon/lists/diff.hpp"
#include "cordon/lists/format.hpp"
#include "cordon/lists/lists.hpp"
#include "cordon/lists/manifest.hpp"

namespace cordon::lists {
namespace {

namespace fs = std::filesystem;

// Held while a folder is brought up to date; two programs that write one manifest would lose entries.
class FolderLock {
 public:
  static base::Result<FolderLock> take(const fs::path& folder) {
    FolderLock lock(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (lock.fd_ < 0) return base::fail("{}: cannot be opened as a folder", folder.string());
    if (::flock(lock.fd_, LOCK_EX | LOCK_NB) != 0)
      return base::fail("{}: another program is updating it", folder.string());
    return lock;
  }
  FolderLock(FolderLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock() {
    if (fd_ >= 0) ::close(fd_);
  }

 private:
  explicit FolderLock(int fd) : fd_(fd) {}
  int fd_;
};

base::Result<void> write_file(const fs::path& path, std::string_view bytes) {
  auto file = base::OutputFile::create(path);
  if (!file) return tl::unexpected(file.error());
  if (auto done = file->write(bytes); !done) return done;
  return file->commit();
}

// The list in these bytes, if it is what the origin promises.
base::Result<ListFile> accepted(const Origin& origin, const std::string& body) {
  if (body.size() < origin.min_bytes)
    return base::fail("{} bytes, expected at least {}", body.size(), origin.min_bytes);
  const Input input = Input::memory(body, origin.name);
  const auto head = input.head();
  if (!head) return tl::unexpected(head.error());
  const Format* format = sniff(*head);
  if (!format || format->name != origin.format)
    return base::fail("expected {}, found {}", origin.format,
                      format ? format->name : "no list of a known format");
  auto list = format->read(input);
  if (list && list->entities.size() < origin.min_entities)
    return base::fail("{} entities, expected at least {}", list->entities.size(), origin.min_entities);
  return list;
}

// The version that stands in the folder, if there is one that can still be read.
std::optional<ListFile> standing(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return std::nullopt;
  auto list = read_list(path);
  if (!list) return std::nullopt;
  return std::move(*list);
}

void count_changes(Updated& updated, const ListFile& old, const ListFile& now) {
  for (const Change& change : diff(old, now)) {
    ++(change.kind == ChangeKind::added     ? updated.added
       : change.kind == ChangeKind::removed ? updated.removed
                                            : updated.changed);
  }
}

class Update {
 public:
  Update(const UpdateOptions& options, Manifest& manifest) : options_(options), manifest_(manifest) {}

  Updated one(const Origin& origin) {
    Updated updated;
    updated.name = origin.name;
    if (auto done = bring(origin, updated); !done) {
      updated.status = UpdateStatus::failed;
      updated.why = done.error().message;
    }
    return updated;
  }

 private:
  base::Result<void> bring(const Origin& origin, Updated& updated) {
    const std::string current = origin.name + "." + origin.extension;
    const fs::path path = options_.folder / current;
    Kept* newest = manifest_.newest(origin.name);
    // What stands in the folder is asked about only while it is the version the manifest speaks of.
    const auto digest = base::sha256_of_file(path);
    const bool intact = newest && digest && *digest == newest->sha256 && newest->url == origin.url;
    FetchRequest request;
    request.url = origin.url;
    request.max_bytes = origin.max_bytes;
    request.ca_file = options_.ca_file;
    request.timeout_s = options_.timeout_s;
    if (intact) request.etag = newest->etag, request.last_modified = newest->last_modified;
    const auto fetched = options_.fetch(request);
    if (!fetched) return tl::unexpected(fetched.error());
    const std::string now = base::to_iso(options_.now - options_.now % base::kSecond);
    if (fetched->not_modified && !intact) return base::fail("{}: said to be unchanged, unasked", origin.url);
    const std::string sha256 = fetched->not_modified ? newest->sha256 : base::sha256_hex(fetched->body);
    if (intact && sha256 == newest->sha256) {
      tell(updated, *newest, UpdateStatus::unchanged);
      newest->checked = now;
      if (!fetched->not_modified)
        newest->etag = fetched->etag, newest->last_modified = fetched->last_modified;
      return save();
    }
    const auto list = accepted(origin, fetched->body);
    if (!list) return base::fail("{}: {}", origin.url, list.error().message);
    if (const auto old = standing(path)) {
      if (suspicious_shrink(*old, *list) && !options_.accept_shrink) {
        return base::fail(
            "{}: the list shrank from {} to {} entities and may be cut off; look at it, then --accept-shrink",
            origin.url, old->entities.size(), list->entities.size());
      }
      count_changes(updated, *old, *list);
    } else {
      updated.added = list->entities.size();
    }
    Kept kept;
    kept.name = origin.name, kept.current = current, kept.url = origin.url;
    kept.file = fmt::format("{}/{}/{}-{}.{}", kHistoryName, origin.name, now.substr(0, 10),
                            sha256.substr(0, 12), origin.extension);
    kept.fetched = now, kept.checked = now, kept.sha256 = sha256, kept.format = origin.format;
    kept.version = list->source->version, kept.etag = fetched->etag,
    kept.last_modified = fetched->last_modified;
    kept.bytes = fetched->body.size(), kept.entities = list->entities.size();
    if (auto done = keep(kept, path, fetched->body); !done) return done;
    tell(updated, kept, UpdateStatus::fresh);
    manifest_.all.push_back(std::move(kept));
    return save();
  }

  // First the history, then the current file, then the manifest: whatever is interrupted, what stands is a
  // whole list, and the next update fetches again what the manifest does not speak of.
  base::Result<void> keep(const Kept& kept, const fs::path& path, const std::string& body) const {
    if (options_.dry_run) return {};
    const fs::path old = options_.folder / kept.file;
    std::error_code error;
    fs::create_directories(old.parent_path(), error);
    if (error) return base::fail("{}: {}", old.parent_path().string(), error.message());
    if (auto done = write_file(old, body); !done) return done;
    return write_file(path, body);
  }

  base::Result<void> save() const {
    if (options_.dry_run) return {};
    return manifest_.write(options_.folder);
  }

  static void tell(Updated& updated, const Kept& kept, UpdateStatus status) {
    updated.status = status;
    updated.file = kept.current, updated.sha256 = kept.sha256, updated.version = kept.version;
    updated.bytes = kept.bytes, updated.entities = kept.entities;
  }

  const UpdateOptions& options_;
  Manifest& manifest_;
};

}  // namespace

base::Result<std::vector<Updated>> update(const std::vector<Origin>& origins, const UpdateOptions& options) {
  std::error_code error;
  if (!options.dry_run) fs::create_directories(options.folder, error);
  if (error) return base::fail("{}: {}", options.folder.string(), error.message());
  std::optional<FolderLock> lock;
  if (fs::is_directory(options.folder, error)) {
    auto taken = FolderLock::take(options.folder);
    if (!taken) return tl::unexpected(taken.error());
    lock.emplace(std::move(*taken));
  }
  auto manifest = Manifest::read(options.folder);
  if (!manifest) return tl::unexpected(manifest.error());
  Update work(options, *manifest);
  std::vector<Updated> results;
  for (const Origin& origin : origins) results.push_back(work.one(origin));
  return results;
}

std::string_view to_string(UpdateStatus status) {
  switch (status) {
    case UpdateStatus::fresh:
      return "new";
    case UpdateStatus::unchanged:
      return "unchanged";
    case UpdateStatus::failed:
      break;
  }
  return "failed";
}

void append_json(std::string& out, const Updated& updated) {
  base::JsonWriter json(out);
  json.begin_object();
  json.field("name", updated.name);
  json.field("status", to_string(updated.status));
  if (updated.status == UpdateStatus::failed) {
    json.field("why", updated.why);
  } else {
    json.field("file", updated.file);
    if (!updated.version.empty()) json.field("version", updated.version);
    json.field("sha256", updated.sha256);
    json.field("bytes", updated.bytes);
    json.field("entities", updated.entities);
  }
  if (updated.status == UpdateStatus::fresh) {
    json.field("added", updated.added);
    json.field("removed", updated.removed);
    json.field("changed", updated.changed);
  }
  json.end_object();
}

}  // namespace cordon::lists
