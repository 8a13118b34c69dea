#include "cordon/base/resource.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <system_error>
#include <utility>

#include "cordon/base/bytes.hpp"

namespace cordon::base {
namespace {

const char* override_folder() {
  return std::getenv("CORDON_DATA");
}

// Read once, kept for the life of the program, so that views into them stay good. Empty where the folder has
// no such file.
Result<std::optional<std::string_view>> from_folder(const std::filesystem::path& folder,
                                                    std::string_view name) {
  static std::mutex guard;
  static std::map<std::string, std::string, std::less<>> kept;
  const std::filesystem::path path = folder / name;
  const std::lock_guard lock(guard);
  if (const auto found = kept.find(path.native()); found != kept.end()) return found->second;
  std::error_code error;
  if (!std::filesystem::exists(path, error) && !error) {
    // A folder that is not there at all is a slip of the pen, not a folder that changes nothing.
    if (std::filesystem::is_directory(folder, error)) return std::nullopt;
    return fail("{}: no such folder (named by CORDON_DATA)", folder.string());
  }
  // As they are, like the files inside the program: packed parts of the page are sent packed.
  const auto bytes = MappedFile::open(path);
  if (!bytes) return fail("{} (the folder is named by CORDON_DATA)", bytes.error().message);
  return kept.emplace(path.native(), bytes->view()).first->second;
}

void add_from_folder(const std::filesystem::path& folder, std::string_view prefix,
                     std::vector<std::string>& names) {
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    std::error_code ignored;
    if (!it->is_regular_file(ignored) || it->path().extension() == ".md") continue;
    std::string name = it->path().lexically_relative(folder).generic_string();
    if (std::string_view(name).starts_with(prefix)) names.push_back(std::move(name));
  }
}

}  // namespace

Result<std::string_view> resource(std::string_view name) {
  if (const char* folder = override_folder()) {
    const auto found = from_folder(folder, name);
    if (!found) return tl::unexpected(found.error());
    if (*found) return **found;
  }
  for (const auto all : {embedded_resources(), embedded_page()}) {
    for (const Resource& one : all) {
      if (one.name == name) return one.bytes;
    }
  }
  return fail("{}: no such data file in this program", name);
}

std::vector<std::string> resource_names(std::string_view prefix) {
  std::vector<std::string> names;
  for (const auto all : {embedded_resources(), embedded_page()}) {
    for (const Resource& one : all) {
      if (one.name.starts_with(prefix)) names.emplace_back(one.name);
    }
  }
  if (const char* folder = override_folder()) add_from_folder(folder, prefix, names);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace cordon::base
