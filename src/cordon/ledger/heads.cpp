#include "cordon/ledger/heads.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>

#include "cordon/base/bytes.hpp"
#include "cordon/base/text.hpp"

namespace cordon::ledger {
namespace {

bool is_hash(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

base::Result<void> append_head(const std::string& file, const Head& head) {
  const int fd = ::open(file.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
  if (fd < 0) return base::fail("{}: cannot be written: {}", file, std::strerror(errno));
  // A loss of power may have left half a line. One write of one short line to a file opened for appending:
  // the lines of several processes do not mix.
  const off_t size = ::lseek(fd, 0, SEEK_END);
  char last = '\n';
  if (size > 0 && ::pread(fd, &last, 1, size - 1) != 1) last = '\n';
  const std::string line = fmt::format("{}{} {}\n", last == '\n' ? "" : "\n", head.seq, head.hash);
  errno = ENOSPC;  // what a short write means
  const bool written = ::write(fd, line.data(), line.size()) == static_cast<ssize_t>(line.size());
  const int code = errno;
  ::close(fd);
  if (!written) return base::fail("{}: cannot be written: {}", file, std::strerror(code));
  return {};
}

base::Result<Heads> read_heads(const std::string& file) {
  Heads heads;
  std::error_code error;
  if (file.empty() || !std::filesystem::exists(file, error)) return heads;
  auto text = base::read_file(file);
  if (!text) return tl::unexpected(text.error());
  for (const std::string_view line : base::split(*text, '\n')) {
    if (line.empty()) continue;
    const auto words = base::split(line, ' ');
    const auto seq = words.size() == 2 ? base::parse_number<std::uint64_t>(words[0]) : std::nullopt;
    if (seq && *seq > 0 && is_hash(words[1])) {
      heads.all.push_back({*seq, std::string(words[1])});
    } else {
      ++heads.unreadable;
    }
  }
  std::stable_sort(heads.all.begin(), heads.all.end(),
                   [](const Head& a, const Head& b) { return a.seq < b.seq; });
  const auto same = [](const Head& a, const Head& b) { return a.seq == b.seq; };
  for (auto at = std::adjacent_find(heads.all.begin(), heads.all.end(), same); at != heads.all.end();
       at = std::adjacent_find(at + 1, heads.all.end(), same))
    if (at->hash != (at + 1)->hash)
      heads.conflict = fmt::format("{}: names two hashes for entry {}", file, at->seq);
  heads.all.erase(std::unique(heads.all.begin(), heads.all.end(), same), heads.all.end());
  return heads;
}

}  // namespace cordon::ledger
