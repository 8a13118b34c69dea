// What a sender may do to the line splitter of live feeds: any bytes in any pieces. Every line comes once and
// in order, but for those longer than the limit, which are counted. And any text as an address.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/ais/line_blocks.hpp"
#include "cordon/ais/live.hpp"

namespace {

struct Collector {
  std::vector<std::string> lines;
  std::size_t overlong_lines = 0;
  void block(std::string_view whole_lines) {
    if (whole_lines.empty() || whole_lines.back() != '\n') std::abort();
    while (!whole_lines.empty()) {
      const std::size_t end = whole_lines.find('\n');
      lines.emplace_back(whole_lines.substr(0, end));
      whole_lines.remove_prefix(end + 1);
    }
  }
  void overlong() {
    ++overlong_lines;
    lines.emplace_back();  // its place
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cordon;
  if (size < 2) return 0;
  const std::size_t max_line = 1 + data[0] % 64, stride = 1 + data[1] % 97;
  const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
  static_cast<void>(ais::parse_live_address(text));
  ais::LineBlocks blocks(max_line);
  Collector got;
  std::size_t piece = 0;
  for (std::size_t at = 0; at < text.size(); at += piece) {
    piece = std::min(text.size() - at, 1 + at * 31 % stride);
    blocks.push(text.substr(at, piece), got);
  }
  blocks.finish(got);
  std::vector<std::string_view> all;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    all.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (all.size() != got.lines.size()) std::abort();
  std::size_t missing = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (got.lines[i] == all[i]) continue;
    if (all[i].size() < max_line) std::abort();
    ++missing;
  }
  if (missing != got.overlong_lines) std::abort();
  return 0;
}
