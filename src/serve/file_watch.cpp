#include "serve/file_watch.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <utility>

namespace cordon::serve {

namespace fs = std::filesystem;

FileWatch::FileWatch(std::vector<fs::path> paths) : paths_(std::move(paths)) {
  loaded_ = last_ = look();
}

std::string FileWatch::look() const {
  std::vector<std::string> rows;
  const auto add = [&](const fs::path& path) {
    struct stat about {};
    if (::stat(path.c_str(), &about) != 0) return;
    rows.push_back(fmt::format("{} {} {}.{} {}\n", path.string(), about.st_size, about.st_mtim.tv_sec,
                               about.st_mtim.tv_nsec, about.st_ino));
  };
  for (const auto& path : paths_) {
    add(path);
    std::error_code error;
    for (fs::recursive_directory_iterator each(path, error), end; !error && each != end;
         each.increment(error))
      add(each->path());
  }
  std::sort(rows.begin(), rows.end());
  std::string all;
  for (const auto& row : rows) all += row;
  return all;
}

bool FileWatch::changed() {
  std::string now = look();
  const bool settled = now == last_;
  last_ = std::move(now);
  if (!settled || last_ == loaded_) return false;
  loaded_ = last_;
  return true;
}

}  // namespace cordon::serve
