#include "partial_file.hpp"

#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <system_error>
#include <utility>

#include "cordon/base/bytes.hpp"

namespace cordon::cli {
namespace {

tl::unexpected<base::Error> cannot(const std::filesystem::path& path, int code) {
  if (code == ENOSPC || code == EDQUOT)
    return base::fail("{}: the disk is full; make room and go on with --resume", path.string());
  return base::fail("{}: cannot be written: {}", path.string(), std::strerror(code));
}

// Bytes up to and with the last line feed.
base::Result<off_t> whole_lines(int fd, const std::filesystem::path& path) {
  std::array<char, 65536> buffer;
  off_t end = ::lseek(fd, 0, SEEK_END);
  while (end > 0) {
    const off_t begin = end > static_cast<off_t>(buffer.size()) ? end - static_cast<off_t>(buffer.size()) : 0;
    const ssize_t got = ::pread(fd, buffer.data(), static_cast<std::size_t>(end - begin), begin);
    if (got != end - begin) return cannot(path, got < 0 ? errno : EIO);
    const auto at = std::string_view(buffer.data(), static_cast<std::size_t>(got)).rfind('\n');
    if (at != std::string_view::npos) return begin + static_cast<off_t>(at) + 1;
    end = begin;
  }
  return 0;
}

}  // namespace

base::Result<PartialFile> PartialFile::open(const std::filesystem::path& final_path, const std::string& key) {
  PartialFile file;
  file.final_ = final_path;
  file.part_ = final_path.string() + ".part";
  file.key_ = final_path.string() + ".part.key";
  std::error_code error;
  if (std::filesystem::exists(file.part_, error)) {
    const auto known = base::read_file(file.key_);
    if (!known || *known != key)
      return base::fail("{}: left by a run with other queries, lists or options; remove it to start anew",
                        file.part_.string());
  } else {
    auto out = base::OutputFile::create(file.key_);
    if (!out) return tl::unexpected(out.error());
    if (auto done = out->write(key); !done) return tl::unexpected(done.error());
    if (auto done = out->commit(); !done) return tl::unexpected(done.error());
  }
  file.fd_ = ::open(file.part_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (file.fd_ < 0) return cannot(file.part_, errno);
  const auto size = whole_lines(file.fd_, file.part_);
  if (!size) return tl::unexpected(size.error());
  if (::ftruncate(file.fd_, *size) != 0 || ::lseek(file.fd_, 0, SEEK_END) < 0)
    return cannot(file.part_, errno);
  file.reader_ = std::fopen(file.part_.c_str(), "re");
  if (!file.reader_) return cannot(file.part_, errno);
  return file;
}

base::Result<std::optional<std::string_view>> PartialFile::next() {
  if (!reader_) return std::nullopt;
  const ssize_t size = ::getline(&line_, &room_, reader_);
  if (size <= 0) {
    std::fclose(std::exchange(reader_, nullptr));
    return std::nullopt;
  }
  return std::string_view(line_, static_cast<std::size_t>(size) - 1);
}

base::Result<void> PartialFile::write(std::string_view lines) {
  while (!lines.empty()) {
    const ssize_t wrote = ::write(fd_, lines.data(), lines.size());
    if (wrote >= 0)
      lines.remove_prefix(static_cast<std::size_t>(wrote));
    else if (errno != EINTR)
      return cannot(part_, errno);
  }
  return {};
}

base::Result<void> PartialFile::commit() {
  if (::fsync(fd_) != 0 || ::close(std::exchange(fd_, -1)) != 0) return cannot(part_, errno);
  if (::rename(part_.c_str(), final_.c_str()) != 0) return cannot(final_, errno);
  ::unlink(key_.c_str());
  return {};
}

PartialFile::PartialFile(PartialFile&& other) noexcept
    : final_(std::move(other.final_)),
      part_(std::move(other.part_)),
      key_(std::move(other.key_)),
      reader_(std::exchange(other.reader_, nullptr)),
      line_(std::exchange(other.line_, nullptr)),
      room_(other.room_),
      fd_(std::exchange(other.fd_, -1)) {}

PartialFile::~PartialFile() {
  if (reader_) std::fclose(reader_);
  if (fd_ >= 0) ::close(fd_);
  std::free(line_);
}

}  // namespace cordon::cli
