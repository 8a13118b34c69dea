// Reading and writing whole files and endless streams. Readers push; nothing here needs the whole input in
// memory unless it says so. gz, zst, xz and Parquet (parquet.hpp) are recognised by their magic bytes, not by
// their names.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "cordon/base/result.hpp"

namespace cordon::base {

// A file mapped read-only into memory. Movable; unmapped on destruction.
class MappedFile {
 public:
  static Result<MappedFile> open(const std::filesystem::path& path);
  std::string_view view() const { return {data_, size_}; }
  MappedFile() = default;
  MappedFile(MappedFile&&) noexcept;
  MappedFile& operator=(MappedFile&&) noexcept;
  ~MappedFile();

 private:
  const char* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t key_ = static_cast<std::size_t>(-1);  // of remember_mapping
};

// The whole file, decompressed. Fails on a directory, a missing file, a truncated archive, or more than
// `limit` bytes (a decompression bomb must not exhaust memory).
inline constexpr std::size_t kDefaultFileLimit = std::size_t{4} << 30;
Result<std::string> read_file(const std::filesystem::path& path, std::size_t limit = kDefaultFileLimit);

// Pushes the decompressed bytes of a file ("-" = stdin) in chunks of up to 1 MiB. The sink returns false to
// stop. An uncompressed regular file is mapped and pushed without a copy; a pipe is pushed as it comes. The
// bytes are the sink's only until it returns; those that lie within `keep`, which is set before the first
// push where a file is mapped, as long as that lives.
using ByteSink = std::function<bool(std::string_view)>;
Result<void> read_chunks(const std::filesystem::path& path, const ByteSink& sink, MappedFile* keep = nullptr);

// Cuts pushed bytes into lines (\n or \r\n, the ending removed) without copying where a line lies within one
// chunk. A line longer than `max_line` is dropped, counted, and skipped to its end, so a 10 GB line costs no
// memory.
class LineSplitter {
 public:
  // number: 1-based; offset: of the line's first byte in the stream.
  using LineSink = std::function<void(std::string_view line, std::uint64_t number, std::uint64_t offset)>;
  explicit LineSplitter(LineSink sink, std::size_t max_line = std::size_t{1} << 20);
  void push(std::string_view bytes);
  void finish();  // the last line may lack its newline
  std::uint64_t lines() const { return number_; }
  std::uint64_t overlong() const { return overlong_; }

 private:
  void emit(std::string_view line);
  LineSink sink_;
  std::size_t max_line_;
  std::string partial_;
  bool skipping_ = false;
  std::uint64_t number_ = 0, offset_ = 0, overlong_ = 0;
};

// A file that appears under its final name only when committed: written beside it, synced, then renamed.
// Without commit() the temporary is removed, so a failed run leaves no partial output. "-" is stdout.
class OutputFile {
 public:
  static Result<OutputFile> create(const std::filesystem::path& path);
  Result<void> write(std::string_view bytes);
  // Hands what is buffered to the system now: for live output that somebody watches.
  Result<void> flush();
  Result<void> commit();
  // For a library that writes by itself, in place of write(); -1 after commit().
  int descriptor() const { return fd_; }
  OutputFile(OutputFile&&) noexcept;
  OutputFile& operator=(OutputFile&&) noexcept;
  ~OutputFile();

 private:
  OutputFile() = default;
  void discard();
  int fd_ = -1;
  // temporary_ is empty where the final name is no regular file (a device, a named pipe): that is written
  // in place.
  std::filesystem::path final_, temporary_;
  std::size_t key_ = static_cast<std::size_t>(-1);  // of remember_temporary
  std::string buffer_;
};

}  // namespace cordon::base
