#include "cordon/resolve/read.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <utility>

#include "cordon/base/bytes.hpp"
#include "cordon/base/text.hpp"

namespace cordon::resolve {

using base::fail;
using base::Result;

std::string plain_name(std::string_view header) {
  std::string out;
  bool lower_before = false;
  for (const char c : base::trim(header)) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 128;
    if (!upper && !plain) {
      if (!out.empty() && out.back() != '_') out += '_';
    } else {
      if (upper && lower_before && out.back() != '_') out += '_';
      out += upper ? static_cast<char>(c + 32) : c;
    }
    lower_before = plain;
  }
  while (!out.empty() && out.back() == '_') out.pop_back();
  return out;
}

int id_rank(std::string_view plain) {
  static constexpr std::array<std::string_view, 10> kNames = {
      "id", "rec_id", "record_id", "recid", "unique_id", "uid", "uuid", "record", "key", "row_id"};
  const auto at = std::find(kNames.begin(), kNames.end(), plain);
  return at == kNames.end() ? -1 : static_cast<int>(at - kNames.begin());
}

bool is_answer(std::string_view plain) {
  static constexpr std::array<std::string_view, 8> kNames = {"true_cluster", "cluster",      "cluster_id",
                                                             "true_id",      "canonical_id", "truth",
                                                             "true_entity",  "true_match"};
  return std::find(kNames.begin(), kNames.end(), plain) != kNames.end();
}

namespace {

// NUL bytes mean nothing in a name and end strings in other programs: they become blanks.
void blank_nuls(std::string& text, base::Tally& rejects) {
  const auto count = static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\0'));
  if (count == 0) return;
  rejects.add("NUL byte read as a blank", {}, count);
  std::replace(text.begin(), text.end(), '\0', ' ');
}

bool utf16(std::string_view bytes) {
  return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
}

}  // namespace

Result<Table> parse_table(std::string_view bytes, std::string name) {
  Table table;
  table.name = std::move(name);
  std::string copy;
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (utf16(bytes)) {
    copy = base::decode_text(bytes);
    bytes = copy;
  } else if (!base::is_utf8(bytes)) {
    table.rejects.add("file is not UTF-8, read as windows-1252");
    copy = base::latin1_to_utf8(bytes);
    bytes = copy;
  }
  if (bytes.find('\0') != bytes.npos) {
    if (copy.empty()) copy = bytes;
    blank_nuls(copy, table.rejects);
    bytes = copy;
  }
  const std::string_view content = base::trim(bytes);
  if (content.empty())
    return fail("{}: empty; expected records as CSV with a header line or JSON lines", table.name);
  const bool json = content.front() == '{' || content.front() == '[';
  if (auto done = json ? read_json_table(table, content) : read_csv_table(table, bytes); !done)
    return tl::unexpected(done.error());
  if (table.size() == 0) {
    const std::string why = table.rejects.empty() ? "" : "; " + table.rejects.summary();
    return fail("{}: expected at least one record, found none{}", table.name, why);
  }
  if (table.repeated_ids() > 0)
    table.rejects.add("record id seen before (kept as a record of its own)", {}, table.repeated_ids());
  return table;
}

Result<Table> read_table(const std::filesystem::path& path) {
  auto text = base::read_file(path);
  if (!text) return tl::unexpected(text.error());
  return parse_table(*text, path.string());
}

}  // namespace cordon::resolve
