// A result of many rows that an interrupted run leaves behind and a later one goes on with: FILE.part grows
// line by line and becomes FILE at the end; FILE.part.key says what its answers depend on.
#pragma once
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "cordon/base/result.hpp"

namespace cordon::cli {

class PartialFile {
 public:
  // Goes on with what is there, without its last line where that is not whole, or starts anew where nothing
  // is. What was left by a run with another key is refused.
  static base::Result<PartialFile> open(const std::filesystem::path& final_path, const std::string& key);
  // The lines that are there, one after another, without their line feeds; then nullopt.
  base::Result<std::optional<std::string_view>> next();
  // Appends whole lines; what is written is the system's when this returns.
  base::Result<void> write(std::string_view lines);
  base::Result<void> commit();
  const std::filesystem::path& path() const { return part_; }

  PartialFile(PartialFile&&) noexcept;
  PartialFile& operator=(PartialFile&&) = delete;
  ~PartialFile();

 private:
  PartialFile() = default;
  std::filesystem::path final_, part_, key_;
  std::FILE* reader_ = nullptr;
  char* line_ = nullptr;  // of getline()
  std::size_t room_ = 0;
  int fd_ = -1;
};

}  // namespace cordon::cli
