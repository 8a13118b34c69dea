// OutputFile of bytes.hpp.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <random>
#include <system_error>
#include <utility>

#include "cordon/base/bytes.hpp"
#include "cordon/base/signals.hpp"

namespace cordon::base {
namespace {

constexpr std::size_t kBuffer = std::size_t{1} << 20;

// Random, so that two programs writing the same file do not meet; opened by hand and not by mkstemp, so that
// the user's umask decides who may read the result.
std::string random_part() {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789";
  std::random_device device;
  std::string out;
  for (int i = 0; i < 6; ++i) out.push_back(kLetters[device() % kLetters.size()]);
  return out;
}

tl::unexpected<Error> cannot_write(const std::filesystem::path& path, int code) {
  const std::string name = path == "-" ? "standard output" : path.string();
  if (code == ENOSPC || code == EDQUOT) return fail("{}: the disk is full", name);
  if (code == EFBIG) return fail("{}: the file would become larger than the system allows", name);
  if (code == EPIPE) return fail("{}: the reader has gone", name);
  return fail("{}: cannot be written: {}", name, std::strerror(code));
}

}  // namespace

Result<OutputFile> OutputFile::create(const std::filesystem::path& path) {
  OutputFile file;
  file.final_ = path;
  file.buffer_.reserve(kBuffer);
  if (path == "-") {
    file.fd_ = STDOUT_FILENO;
    return file;
  }
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) {
    if (S_ISDIR(status.st_mode)) return fail("{}: is a directory, expected a file to write", path.string());
    if (!S_ISREG(status.st_mode)) {  // /dev/null must not be replaced by a file
      file.fd_ = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
      if (file.fd_ < 0) return cannot_write(path, errno);
      return file;
    }
    // Through a symbolic link the file it leads to is replaced, not the link.
    std::error_code error;
    const auto real = std::filesystem::canonical(path, error);
    if (!error) file.final_ = real;
  }
  for (int attempt = 0; attempt < 100; ++attempt) {
    auto temporary = file.final_;
    temporary.replace_filename("." + file.final_.filename().string() + "." + random_part() + ".tmp");
    file.fd_ = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file.fd_ >= 0) {
      file.key_ = remember_temporary(temporary);
      file.temporary_ = std::move(temporary);
      return file;
    }
    if (errno != EEXIST) break;
  }
  const int code = errno;
  if (code == ENOENT) return fail("{}: its folder does not exist", path.string());
  return cannot_write(path, code);
}

Result<void> OutputFile::write(std::string_view bytes) {
  if (buffer_.size() + bytes.size() > kBuffer) {
    if (auto done = flush(); !done) return done;
  }
  if (bytes.size() <= kBuffer) {
    buffer_.append(bytes);
    return {};
  }
  buffer_.assign(bytes);
  return flush();
}

Result<void> OutputFile::flush() {
  std::string_view left = buffer_;
  while (!left.empty()) {
    const ssize_t wrote = ::write(fd_, left.data(), left.size());
    if (wrote >= 0) {
      left.remove_prefix(static_cast<std::size_t>(wrote));
    } else if (errno != EINTR) {
      const int code = errno;
      buffer_.clear();  // what failed once is not tried again at the end
      return cannot_write(final_, code);
    }
  }
  buffer_.clear();
  return {};
}

Result<void> OutputFile::commit() {
  if (auto done = flush(); !done) return done;
  if (temporary_.empty()) return {};
  if (::fsync(fd_) != 0) return cannot_write(final_, errno);
  // Some file systems (NFS) tell of a full disk only here.
  if (::close(std::exchange(fd_, -1)) != 0) return cannot_write(final_, errno);
  if (::rename(temporary_.c_str(), final_.c_str()) != 0) return cannot_write(final_, errno);
  temporary_.clear();
  forget_temporary(std::exchange(key_, kNoKey));
  // The new name itself must survive a power cut. A file system that cannot sync a folder is no reason to
  // fail: the data are there.
  const auto folder = final_.has_parent_path() ? final_.parent_path() : std::filesystem::path(".");
  if (const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); fd >= 0) {
    ::fsync(fd);
    ::close(fd);
  }
  return {};
}

void OutputFile::discard() {
  if (fd_ >= 0 && fd_ != STDOUT_FILENO) ::close(fd_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
  fd_ = -1;
  temporary_.clear();
  forget_temporary(std::exchange(key_, kNoKey));
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      final_(std::move(other.final_)),
      temporary_(std::exchange(other.temporary_, {})),
      key_(std::exchange(other.key_, kNoKey)),
      buffer_(std::move(other.buffer_)) {}

OutputFile& OutputFile::operator=(OutputFile&& other) noexcept {
  if (this != &other) {
    discard();
    fd_ = std::exchange(other.fd_, -1);
    final_ = std::move(other.final_);
    temporary_ = std::exchange(other.temporary_, {});
    key_ = std::exchange(other.key_, kNoKey);
    buffer_ = std::move(other.buffer_);
  }
  return *this;
}

OutputFile::~OutputFile() {
  discard();
}

}  // namespace cordon::base
