#include "cordon/lists/ods.hpp"

#include <zlib.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <pugixml.hpp>

#include "cordon/base/text.hpp"
#include "cordon/lists/format.hpp"
#include "cordon/lists/xml.hpp"

namespace cordon::lists {
namespace {

constexpr std::size_t kLongestContent = std::size_t{256} << 20;
// The sheet's own edges: a few bytes may claim millions of repeated cells.
constexpr std::size_t kMostColumns = 1024, kMostRepeats = 1000;

// ZIP, APPNOTE 6.3: sizes are little-endian; the directory at the end of the file says where members begin.
std::uint32_t number(std::string_view bytes, std::size_t at, std::size_t width) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < width && at + i < bytes.size(); ++i)
    value |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
  return value;
}

struct Member {
  std::uint32_t method = 0;
  std::string_view packed;
};

std::optional<Member> find_member(std::string_view zip, std::string_view wanted) {
  constexpr std::size_t kEnd = 22, kEntry = 46, kLocal = 30;
  const std::size_t end = zip.rfind("PK\x05\x06");
  if (end == std::string_view::npos || end + kEnd > zip.size()) return std::nullopt;
  std::size_t at = number(zip, end + 16, 4);
  for (std::uint32_t left = number(zip, end + 10, 2); left > 0; --left) {
    if (at > zip.size() || zip.size() - at < kEntry || zip.substr(at, 4) != "PK\x01\x02") return std::nullopt;
    const std::size_t name = number(zip, at + 28, 2), extra = number(zip, at + 30, 2),
                      comment = number(zip, at + 32, 2);
    if (zip.substr(at + kEntry, name) == wanted) {
      const std::size_t local = number(zip, at + 42, 4), size = number(zip, at + 20, 4);
      const bool encrypted = (number(zip, at + 8, 2) & 1U) != 0;
      if (encrypted || local > zip.size() || zip.size() - local < kLocal) return std::nullopt;
      const std::size_t data = local + kLocal + number(zip, local + 26, 2) + number(zip, local + 28, 2);
      if (data > zip.size() || zip.size() - data < size) return std::nullopt;
      return Member{number(zip, at + 10, 2), zip.substr(data, size)};
    }
    at += kEntry + name + extra + comment;
  }
  return std::nullopt;
}

base::Result<std::string> unpack(const Member& member, const std::string& name) {
  constexpr std::uint32_t kStored = 0, kDeflated = 8;
  if (member.method == kStored && member.packed.size() <= kLongestContent) return std::string(member.packed);
  if (member.method != kDeflated) return base::fail("{}: content.xml is packed in an unknown way", name);
  z_stream stream{};
  if (inflateInit2(&stream, -15) != Z_OK) return base::fail("{}: zlib does not start", name);
  // zlib only reads through next_in.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(member.packed.data()));
  stream.avail_in = static_cast<uInt>(member.packed.size());
  std::string out;
  int state = Z_OK;
  while (state == Z_OK && out.size() <= kLongestContent) {
    constexpr std::size_t kStep = std::size_t{1} << 20;
    const std::size_t before = out.size();
    out.resize(before + kStep);
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + before);
    stream.avail_out = static_cast<uInt>(kStep);
    state = inflate(&stream, Z_NO_FLUSH);
    out.resize(before + kStep - stream.avail_out);
    if (state == Z_BUF_ERROR) break;  // the packed bytes end too soon
  }
  inflateEnd(&stream);
  if (out.size() > kLongestContent)
    return base::fail("{}: content.xml is larger than {} bytes", name, kLongestContent);
  if (state != Z_STREAM_END) return base::fail("{}: content.xml is broken or cut off", name);
  return out;
}

// The paragraphs of a cell, one below the other; text may lie in spans.
std::string cell_text(pugi::xml_node cell) {
  std::string out;
  for (const pugi::xml_node paragraph : cell.children()) {
    if (local_name(paragraph) != "p") continue;
    if (!out.empty()) out += '\n';
    pugi::xml_node node = paragraph.first_child();
    while (node) {
      if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) out += node.value();
      if (local_name(node) == "s") out += ' ';
      if (node.first_child()) {
        node = node.first_child();
        continue;
      }
      while (node && node != paragraph && !node.next_sibling()) node = node.parent();
      node = node && node != paragraph ? node.next_sibling() : pugi::xml_node{};
    }
  }
  return out;
}

std::size_t repeats(pugi::xml_node node, std::string_view attribute_name) {
  const auto count = base::parse_number<std::size_t>(attribute(node, attribute_name));
  return std::clamp<std::size_t>(count.value_or(1), 1, kMostRepeats);
}

void read_row(pugi::xml_node row, std::vector<base::CsvRow>& rows) {
  base::CsvRow cells;
  std::size_t blanks = 0;  // added only when something follows them
  for (const pugi::xml_node cell : row.children()) {
    const std::string_view kind = local_name(cell);
    if (kind != "table-cell" && kind != "covered-table-cell") continue;
    const std::string text = cell_text(cell);
    const std::size_t times = repeats(cell, "number-columns-repeated");
    if (text.empty()) {
      blanks += times;
      continue;
    }
    for (; blanks > 0 && cells.size() < kMostColumns; --blanks) cells.emplace_back();
    blanks = 0;
    for (std::size_t i = 0; i < times && cells.size() < kMostColumns; ++i) cells.push_back(text);
  }
  if (!cells.empty()) rows.push_back(std::move(cells));
}

}  // namespace

bool is_ods(std::string_view head) {
  constexpr std::size_t kFirstMember = 128;
  return head.starts_with("PK\x03\x04") &&
         head.substr(0, kFirstMember).find("application/vnd.oasis.opendocument.spreadsheet") !=
             std::string_view::npos;
}

base::Result<std::vector<base::CsvRow>> read_ods(std::string_view bytes, const std::string& name) {
  const auto member = find_member(bytes, "content.xml");
  if (!member)
    return base::fail("{}: no readable content.xml in it, expected an OpenDocument spreadsheet", name);
  auto content = unpack(*member, name);
  if (!content) return tl::unexpected(content.error());
  const auto file = XmlFile::parse(Input::memory(std::move(*content), name), "document-content");
  if (!file) return tl::unexpected(file.error());
  const pugi::xml_node table = child(child(child(file->root(), "body"), "spreadsheet"), "table");
  if (!table) return base::fail("{}: no sheet in it", name);
  std::vector<base::CsvRow> rows;
  // Rows may stand in groups and header rows.
  pugi::xml_node node = table.first_child();
  while (node) {
    if (local_name(node) == "table-row") {
      read_row(node, rows);
    } else if (node.first_child()) {
      node = node.first_child();
      continue;
    }
    while (node && node != table && !node.next_sibling()) node = node.parent();
    node = node && node != table ? node.next_sibling() : pugi::xml_node{};
  }
  return rows;
}

}  // namespace cordon::lists
