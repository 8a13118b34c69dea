#include "cordon/base/bytes.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

#include "cordon/base/decompress.hpp"
#include "cordon/base/parquet.hpp"
#include "cordon/base/signals.hpp"

namespace cordon::base {
namespace {

constexpr std::size_t kChunk = std::size_t{1} << 20;

std::string reason(int code) {
  return std::strerror(code);
}  // NOLINT: glibc's is thread-safe

class Descriptor {
 public:
  explicit Descriptor(int fd, bool owned = true) : fd_(fd), owned_(owned) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (owned_ && fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
  bool owned_;
};

// "-" is stdin. Directories open for reading on POSIX, so they are looked for by name.
Result<int> open_to_read(const std::filesystem::path& path, struct stat* status) {
  const int fd = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    if (errno == ENOENT) return fail("{}: no such file", path.string());
    return fail("{}: cannot be opened: {}", path.string(), reason(errno));
  }
  if (::fstat(fd, status) != 0) {
    const int code = errno;
    if (fd != STDIN_FILENO) ::close(fd);
    return fail("{}: cannot be read: {}", path.string(), reason(code));
  }
  if (S_ISDIR(status->st_mode)) {
    if (fd != STDIN_FILENO) ::close(fd);
    return fail("{}: is a directory, expected a file", path.string());
  }
  return fd;
}

// Up to `size` bytes, as soon as there are any; 0 at the end.
Result<std::size_t> read_some(int fd, char* into, std::size_t size, const std::filesystem::path& path) {
  for (;;) {
    const ssize_t got = ::read(fd, into, size);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno == EINTR) continue;
    if (errno == EAGAIN || errno == EWOULDBLOCK) {  // a non-blocking descriptor handed to us: wait for it
      struct pollfd wait = {fd, POLLIN, 0};
      ::poll(&wait, 1, -1);
      continue;
    }
    return fail("{}: cannot be read: {}", path.string(), reason(errno));
  }
}

// Gets pushed raw bytes, finds out what they are, unpacks.
class Unpacker {
 public:
  Unpacker(const std::filesystem::path& path, const ByteSink& sink) : path_(path), sink_(sink) {}

  Result<bool> push(std::string_view raw) {
    if (packing_ == Packing::unknown) {
      if (!head_.empty() || raw.size() < 6) {
        head_.append(raw);
        raw = head_;
      }
      packing_ = packing_of(raw);
      if (raw.starts_with(kParquetMagic))
        return fail("{}: is Parquet, which is read from its end: give it as a file, not through a pipe",
                    path_.string());
      if (packing_ == Packing::unknown) {
        if (head_.empty()) head_ = raw;
        return true;
      }
      if (packing_ != Packing::plain) decoder_ = make_decoder(packing_);
    }
    if (!decoder_) return sink_(raw);
    auto done = decoder_->push(raw, sink_);
    if (!done) return fail("{}: {}", path_.string(), done.error().message);
    return done;
  }
  Result<void> finish() {
    if (packing_ == Packing::unknown && !head_.empty()) sink_(head_);  // three bytes that begin like a magic
    if (!decoder_) return {};
    const auto done = decoder_->finish(sink_);
    if (!done) return fail("{}: {}", path_.string(), done.error().message);
    return {};
  }

 private:
  const std::filesystem::path& path_;
  const ByteSink& sink_;
  Packing packing_ = Packing::unknown;
  std::string head_;
  std::unique_ptr<Decoder> decoder_;
};

bool is_parquet(int fd) {
  char head[kParquetMagic.size()];
  return ::pread(fd, head, sizeof head, 0) == sizeof head &&
         kParquetMagic == std::string_view(head, sizeof head);
}

Result<void> read_mapped(const MappedFile& file, Unpacker& unpacker) {
  // Pages already pushed are given back every 64 MiB, so that a file larger than memory stays cheap.
  constexpr std::size_t kForget = std::size_t{64} << 20;
  const std::string_view all = file.view();
  std::size_t forgotten = 0;
  for (std::size_t at = 0; at < all.size(); at += kChunk) {
    const auto more = unpacker.push(all.substr(at, kChunk));
    if (!more) return tl::unexpected(more.error());
    if (!*more) return {};
    if (at - forgotten >= kForget) {
      ::madvise(const_cast<char*>(all.data()) + forgotten, kForget, MADV_DONTNEED);
      forgotten += kForget;
    }
  }
  return unpacker.finish();
}

}  // namespace

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
  struct stat status {};
  const auto fd = open_to_read(path, &status);
  if (!fd) return tl::unexpected(fd.error());
  const Descriptor descriptor(*fd, *fd != STDIN_FILENO);
  if (!S_ISREG(status.st_mode)) return fail("{}: is not a regular file and cannot be mapped", path.string());
  MappedFile file;
  if (status.st_size == 0) return file;
  const auto size = static_cast<std::size_t>(status.st_size);
  void* at = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor.get(), 0);
  if (at == MAP_FAILED) return fail("{}: cannot be mapped: {}", path.string(), reason(errno));
  ::madvise(at, size, MADV_SEQUENTIAL);
  file.data_ = static_cast<const char*>(at);
  file.size_ = size;
  file.key_ = remember_mapping(file.view(), path);
  return file;
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      key_(std::exchange(other.key_, kNoKey)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  std::swap(key_, other.key_);
  return *this;
}

MappedFile::~MappedFile() {
  forget_mapping(key_);
  if (data_ != nullptr) ::munmap(const_cast<char*>(data_), size_);
}

Result<void> read_chunks(const std::filesystem::path& path, const ByteSink& sink, MappedFile* keep) {
  struct stat status {};
  const auto fd = open_to_read(path, &status);
  if (!fd) return tl::unexpected(fd.error());
  const Descriptor descriptor(*fd, *fd != STDIN_FILENO);
  if (S_ISREG(status.st_mode) && is_parquet(*fd)) return read_parquet(path, *fd, sink);
  Unpacker unpacker(path, sink);
  // Files under /proc are regular and say they have no size: those are read, not mapped. So is stdin, which
  // may stand in the middle of a file.
  if (S_ISREG(status.st_mode) && status.st_size > 0 && *fd != STDIN_FILENO) {
    auto file = MappedFile::open(path);
    if (!file) return tl::unexpected(file.error());
    if (keep == nullptr) return read_mapped(*file, unpacker);
    *keep = std::move(*file);
    return read_mapped(*keep, unpacker);
  }
  std::string buffer(kChunk, '\0');
  for (;;) {
    const auto got = read_some(descriptor.get(), buffer.data(), buffer.size(), path);
    if (!got) return tl::unexpected(got.error());
    if (*got == 0) return unpacker.finish();
    const auto more = unpacker.push({buffer.data(), *got});
    if (!more) return tl::unexpected(more.error());
    if (!*more) return {};
  }
}

Result<std::string> read_file(const std::filesystem::path& path, std::size_t limit) {
  std::string all;
  std::error_code ignored;
  if (const auto size = std::filesystem::file_size(path, ignored); !ignored && size <= limit) {
    all.reserve(static_cast<std::size_t>(size));
  }
  bool over = false;
  const auto done = read_chunks(path, [&](std::string_view bytes) {
    over = bytes.size() > limit - all.size();
    if (!over) all.append(bytes);
    return !over;
  });
  if (!done) return tl::unexpected(done.error());
  if (over)
    return fail("{}: holds more than {} bytes (unpacked), the limit for this kind of file", path.string(),
                limit);
  return all;
}

}  // namespace cordon::base
