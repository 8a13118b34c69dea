#include "cordon/network/read.hpp"

#include <simdjson.h>

#include <algorithm>
#include <string>
#include <system_error>
#include <utility>

#include "cordon/base/bytes.hpp"
#include "cordon/base/decompress.hpp"
#include "cordon/base/text.hpp"
#include "cordon/network/read_formats.hpp"

namespace cordon::network {
namespace {

namespace fs = std::filesystem;

bool is_nodes(const fs::path& path) {
  return path.filename().string().find("nodes") != std::string::npos;
}

// The other half of a nodes/edges pair, where it lies beside this one.
std::optional<fs::path> partner_of(const fs::path& path) {
  std::string name = path.filename().string();
  const bool nodes = is_nodes(path);
  const std::string_view here = nodes ? "nodes" : "edges", there = nodes ? "edges" : "nodes";
  const auto at = name.rfind(here);
  if (at == std::string::npos) return std::nullopt;
  name.replace(at, here.size(), there);
  fs::path other = path.parent_path() / name;
  std::error_code error;
  if (fs::is_regular_file(other, error)) return other;
  return std::nullopt;
}

// Plain files are mapped, packed ones unpacked.
base::Result<void> read_one(Graph::Builder& builder, const fs::path& path) {
  std::error_code error;
  if (path != "-" && fs::is_regular_file(path, error)) {
    auto mapped = base::MappedFile::open(path);
    if (!mapped) return tl::unexpected(mapped.error());
    const auto packing = base::packing_of(mapped->view().substr(0, 8));
    if (packing == base::Packing::plain || packing == base::Packing::unknown)
      return read_text(builder, mapped->view(), path.string());
  }
  const auto bytes = base::read_file(path);
  if (!bytes) return tl::unexpected(bytes.error());
  return read_text(builder, *bytes, path.string());
}

base::Result<void> read_folder(Graph::Builder& builder, const fs::path& path) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(path, error)) {
    std::error_code ignored;
    const std::string name = entry.path().filename().string();
    const bool data = name.find(".json") != std::string::npos || name.find(".csv") != std::string::npos;
    if (entry.is_regular_file(ignored) && data) files.push_back(entry.path());
  }
  if (error) return base::fail("{}: cannot be listed: {}", path.string(), error.message());
  std::sort(files.begin(), files.end());
  std::size_t read = 0;
  for (const fs::path& file : files) {
    if (const auto done = read_one(builder, file)) {
      ++read;
    } else {
      builder.tally().add("file in the folder is no network", done.error().message);
    }
  }
  if (read == 0) return base::fail("{}: no network file found in this folder", path.string());
  return {};
}

}  // namespace

base::Result<void> read_text(Graph::Builder& builder, std::string_view bytes, std::string_view name) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const auto first = bytes.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return base::fail("{}: is empty, expected a network", name);
  if (bytes[first] == '{' || bytes[first] == '[') return read_json(builder, bytes.substr(first), name);
  // Spreadsheets write UTF-16 and windows-1252 too; a table in them is read, and said to be.
  std::string decoded;
  if (bytes.substr(0, 64).find('\0') != std::string_view::npos ||
      !simdjson::validate_utf8(bytes.data(), bytes.size())) {
    decoded = base::decode_text(bytes);
    bytes = decoded;
    builder.tally().add("file is not UTF-8: its letters were converted", name);
  }
  // JSON says so itself; a name read in a wrong encoding would match nobody.
  if (!base::is_utf8(bytes))
    return base::fail("{}: expected UTF-8, found another encoding; save the file as UTF-8", name);
  const std::string_view header = bytes.substr(0, bytes.find('\n'));
  if (is_edge_list(header)) return read_edge_list(builder, bytes, name);
  return read_csv_tables(builder, bytes, name);
}

base::Result<void> read_into(Graph::Builder& builder, const fs::path& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return read_folder(builder, path);
  if (const auto partner = partner_of(path)) {
    const bool first = is_nodes(path);
    if (auto done = read_one(builder, first ? path : *partner); !done) return done;
    return read_one(builder, first ? *partner : path);
  }
  return read_one(builder, path);
}

base::Result<Graph> read_graph(const fs::path& path) {
  Graph::Builder builder;
  if (const auto done = read_into(builder, path); !done) return tl::unexpected(done.error());
  return std::move(builder).build();
}

}  // namespace cordon::network
