// Whether the files that were loaded have changed since: by size and time of change, folders through and
// through.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace cordon::serve {

class FileWatch {
 public:
  explicit FileWatch(std::vector<std::filesystem::path> paths);
  // True once for every change, and only when nothing has changed since the last call: a file that is still
  // being written is left alone.
  bool changed();

 private:
  std::string look() const;
  std::vector<std::filesystem::path> paths_;
  std::string loaded_, last_;
};

}  // namespace cordon::serve
