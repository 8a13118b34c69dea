// A snapshot file of any bytes, and a good one whose parts are damaged and sealed again: refused in one line,
// or asked without leaving the file. Input: a first byte below 128: places and bytes to write into a good
// snapshot; otherwise a file.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "cordon/screen/snapshot.hpp"
#include "cordon/screen/test_entities.hpp"

namespace {

using namespace cordon;

const std::string& good() {
  static const std::string bytes = [] {
    const auto index = screen::Index::build(screen::MadeUp(7).entities(40));
    std::string head, out;
    for (const std::string_view piece : screen::snapshot_pieces(index, "", head)) out += piece;
    return out;
  }();
  return bytes;
}

const std::vector<screen::Query>& asked() {
  static const std::vector<screen::Query> all = [] {
    std::vector<screen::Query> made;
    screen::MadeUp up(7);
    for (std::size_t i = 0; i < 40; i += 3) made.push_back(screen::query_of(up.entity(i)));
    return made;
  }();
  return all;
}

void ask(std::string bytes, bool seal) {
  if (seal) screen::seal_snapshot(bytes);
  const auto snapshot = screen::read_snapshot(bytes, nullptr, "fuzz");
  if (!snapshot) return;
  const std::uint32_t size = static_cast<std::uint32_t>(snapshot->index.entities());
  for (std::uint32_t i = 0; i < std::min(size, 64u); ++i) snapshot->index.entity(i);
  for (const screen::Query& query : asked()) snapshot->index.search(query, 3, 0.1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  if (data[0] >= 128) {
    ask(std::string(reinterpret_cast<const char*>(data + 1), size - 1), data[0] >= 192);
    return 0;
  }
  std::string bytes = good();
  for (std::size_t i = 1; i + 4 <= size; i += 4) {
    const std::size_t at = data[i] | data[i + 1] << 8 | data[i + 2] << 16;
    bytes[at % bytes.size()] = static_cast<char>(data[i + 3]);
  }
  ask(std::move(bytes), true);
  return 0;
}
