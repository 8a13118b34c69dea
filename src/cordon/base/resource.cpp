#include "cordon/base/resource.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <system_error>

#include "cordon/base/bytes.hpp"

namespace cordon::base {
namespace {

const char* override_folder() {
  return std::getenv("CORDON_DATA");
}

// Read once, kept for the life of the program, so that views into them stay good.
Result<std::string_view> from_folder(const std::filesystem::path& folder, std::string_view name) {
  static std::mutex guard;
  static std::map<std::string, std::string, std::less<>> kept;
  const std::filesystem::path path = folder / name;
  const std::lock_guard lock(guard);
  if (const auto found = kept.find(path.native()); found != kept.end())
    return std::string_view(found->second);
  auto bytes = read_file(path);
  if (!bytes) return fail("{} (the folder is named by CORDON_DATA)", bytes.error().message);
  return std::string_view(kept.emplace(path.native(), std::move(*bytes)).first->second);
}

}  // namespace

Result<std::string_view> resource(std::string_view name) {
  if (const char* folder = override_folder()) return from_folder(folder, name);
  for (const Resource& one : embedded_resources()) {
    if (one.name == name) return one.bytes;
  }
  return fail("{}: no such data file in this program", name);
}

std::vector<std::string> resource_names(std::string_view prefix) {
  std::vector<std::string> names;
  if (const char* folder = override_folder()) {
    std::error_code error;
    for (std::filesystem::recursive_directory_iterator it(folder, error), end; !error && it != end;
         it.increment(error)) {
      std::error_code ignored;
      if (!it->is_regular_file(ignored) || it->path().extension() == ".md") continue;
      std::string name = it->path().lexically_relative(folder).generic_string();
      if (std::string_view(name).starts_with(prefix)) names.push_back(std::move(name));
    }
  } else {
    for (const Resource& one : embedded_resources()) {
      if (one.name.starts_with(prefix)) names.emplace_back(one.name);
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace cordon::base
