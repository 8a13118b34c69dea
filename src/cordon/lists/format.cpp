#include "cordon/lists/format.hpp"

#include <algorithm>
#include <utility>

#include "cordon/base/bytes.hpp"
#include "cordon/base/text.hpp"

namespace cordon::lists {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";

// A UTF-8 file with a few damaged bytes stays UTF-8 (they are replaced and counted); only text whose bytes
// are mostly no UTF-8 at all is taken for latin-1, the old encoding of the US files.
std::string to_list_text(std::string bytes, base::Tally& rejects) {
  if (base::is_utf8(bytes)) {
    // UTF-16 of plain ASCII is valid UTF-8 with a NUL in every second place.
    const std::size_t nuls = static_cast<std::size_t>(std::count(
        bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(bytes.size(), 256)),
        '\0'));
    if (nuls > 16) return base::decode_text(bytes);
    if (std::string_view(bytes).starts_with(kMark)) bytes.erase(0, kMark.size());
    return bytes;
  }
  if (bytes.size() > 1 && (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")))
    return base::decode_text(bytes);
  std::size_t replaced = 0;
  std::string text = base::to_utf8(bytes, &replaced);
  const auto leads = static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0xC0; }));
  if (leads - replaced < replaced) return base::latin1_to_utf8(bytes);
  rejects.add("bytes that are no UTF-8, replaced", {}, replaced);
  if (std::string_view(text).starts_with(kMark)) text.erase(0, kMark.size());
  return text;
}

}  // namespace

base::Result<Input> Input::open(const std::filesystem::path& path) {
  if (path != "-") return file(path);
  std::string all;
  bool known = false;
  const auto done = base::read_chunks(path, [&](std::string_view bytes) {
    all.append(bytes);
    if (!known && all.size() >= kHeadBytes) {
      base::Tally ignored;
      known = sniff(to_list_text(all.substr(0, kHeadBytes), ignored)) != nullptr;
      if (!known) return false;
    }
    return all.size() <= kListLimit;
  });
  if (!done) return tl::unexpected(done.error());
  return memory(std::move(all), "stdin");
}

base::Result<std::string> Input::head() const {
  std::string head;
  if (in_memory_) {
    head = bytes_.substr(0, kHeadBytes);
  } else {
    const auto done = base::read_chunks(path_, [&](std::string_view bytes) {
      head.append(bytes.substr(0, kHeadBytes - head.size()));
      return head.size() < kHeadBytes;
    });
    if (!done) return tl::unexpected(done.error());
  }
  // The cut may go through a character: without its last, possibly broken one the head is judged by the rest.
  if (head.size() == kHeadBytes) {
    while (!head.empty() && (static_cast<unsigned char>(head.back()) & 0x80) != 0) head.pop_back();
  }
  base::Tally ignored;
  return to_list_text(std::move(head), ignored);
}

base::Result<std::string> Input::bytes() const {
  if (!in_memory_) return base::read_file(path_, kListLimit);
  if (bytes_.size() > kListLimit) return base::fail("{}: larger than {} bytes", path_.string(), kListLimit);
  return bytes_;
}

base::Result<std::string> Input::text(base::Tally& rejects) const {
  auto all = bytes();
  if (!all) return all;
  return to_list_text(std::move(*all), rejects);
}

base::Result<void> Input::lines(base::Tally& rejects, const LineSink& sink) const {
  constexpr std::size_t kLongestLine = std::size_t{16} << 20;
  std::string repaired;
  base::LineSplitter splitter(
      [&](std::string_view line, std::uint64_t number, std::uint64_t) {
        if (number == 1 && line.starts_with(kMark)) line.remove_prefix(kMark.size());
        if (!base::is_utf8(line)) {
          std::size_t replaced = 0;
          repaired = base::to_utf8(line, &replaced);
          rejects.add("bytes that are no UTF-8, replaced", "line " + std::to_string(number), replaced);
          line = repaired;
        }
        sink(line, number);
      },
      kLongestLine);
  if (in_memory_) {
    splitter.push(bytes_);
  } else {
    const auto done = base::read_chunks(path_, [&](std::string_view bytes) {
      splitter.push(bytes);
      return true;
    });
    if (!done) return done;
  }
  splitter.finish();
  if (splitter.overlong() > 0) rejects.add("line over 16 MiB", {}, splitter.overlong());
  return {};
}

const Format* sniff(std::string_view head) {
  for (const Format& format : formats()) {
    if (format.sniff(head)) return &format;
  }
  return nullptr;
}

}  // namespace cordon::lists
