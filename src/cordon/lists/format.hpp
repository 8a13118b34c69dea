// A list format: how to recognise it and how to read it. registry.cpp names them all; a new format is one
// header, one source, one test, and one line there.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "cordon/base/result.hpp"
#include "cordon/lists/list_file.hpp"

namespace cordon::lists {

// No official list comes near this; what is larger is something else, or an attack.
inline constexpr std::size_t kListLimit = std::size_t{1} << 30;
// What a sniffing function sees of the file.
inline constexpr std::size_t kHeadBytes = std::size_t{64} << 10;

// The bytes of one list, from disk (decompressed) or, for tests and fuzzing, from memory.
class Input {
 public:
  static Input file(std::filesystem::path path) { return Input(std::move(path), {}, false); }
  // As file(); "-" is stdin, which is read into memory, since a list is looked at twice. What does not begin
  // like a list is not read on.
  static base::Result<Input> open(const std::filesystem::path& path);
  static Input memory(std::string bytes, std::filesystem::path name = "memory") {
    return Input(std::move(name), std::move(bytes), true);
  }
  const std::filesystem::path& path() const { return path_; }
  bool in_memory() const { return in_memory_; }
  // The first bytes, decoded to UTF-8.
  base::Result<std::string> head() const;
  // The bytes as they are. Fails above kListLimit.
  base::Result<std::string> bytes() const;
  // The whole text as UTF-8; bad bytes are replaced and counted in `rejects`. Fails above kListLimit.
  base::Result<std::string> text(base::Tally& rejects) const;
  // Line by line, for formats without a bound on their size; lines over 16 MiB are dropped and counted.
  using LineSink = std::function<void(std::string_view line, std::uint64_t number)>;
  base::Result<void> lines(base::Tally& rejects, const LineSink& sink) const;

 private:
  Input(std::filesystem::path path, std::string bytes, bool in_memory)
      : path_(std::move(path)), bytes_(std::move(bytes)), in_memory_(in_memory) {}
  std::filesystem::path path_;
  std::string bytes_;
  bool in_memory_ = false;
};

struct Format {
  std::string_view name;  // "un-xml": SourceFile::format
  bool (*sniff)(std::string_view head);
  // Null for a companion: a part that is read with its main file (OFAC's alias, address and comment files).
  base::Result<ListFile> (*read)(const Input& input);
};

std::span<const Format> formats();
// The format whose signature the head carries; null if none does.
const Format* sniff(std::string_view head);

}  // namespace cordon::lists
