#include "cordon/lists/version.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>

#include "cordon/base/bytes.hpp"
#include "cordon/base/json.hpp"
#include "cordon/base/resource.hpp"
#include "cordon/base/sha256.hpp"
#include "cordon/lists/manifest.hpp"

namespace cordon::lists {
namespace {

base::Result<ListPart> part_of(const std::filesystem::path& path) {
  const auto bytes = base::MappedFile::open(path);
  if (!bytes) return tl::unexpected(bytes.error());
  return ListPart{path.string(), base::sha256_hex(bytes->view()), bytes->view().size()};
}

}  // namespace

base::Result<ListVersion> version_of(const ListFile& list) {
  ListVersion version{
      list.source->dataset, list.source->version, list.source->format, list.entities.size(), {}, {}, {}};
  const std::string& file = list.source->file;
  if (list.source->dataset == kEmbeddedDataset) {
    const auto bytes = base::resource(file);
    if (!bytes) return tl::unexpected(bytes.error());
    version.parts.push_back({file, base::sha256_hex(*bytes), bytes->size()});
    return version;
  }
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) {  // a stream: its bytes are gone
    version.parts.push_back({file, {}, 0});
    return version;
  }
  auto main = part_of(file);
  if (!main) return tl::unexpected(main.error());
  if (auto kept = find_kept(file, main->sha256)) {
    version.fetched = std::move(kept->fetched);
    version.url = std::move(kept->url);
  }
  version.parts.push_back(std::move(*main));
  for (const std::filesystem::path& path : list.parts) {
    auto part = part_of(path);
    if (!part) return tl::unexpected(part.error());
    version.parts.push_back(std::move(*part));
  }
  return version;
}

void append_json(std::string& out, const ListVersion& version) {
  base::JsonWriter json(out);
  json.begin_object();
  json.field("dataset", version.dataset);
  if (!version.version.empty()) json.field("version", version.version);
  json.field("format", version.format);
  json.field("entities", static_cast<std::uint64_t>(version.entities));
  json.key("files");
  json.begin_array();
  for (const ListPart& part : version.parts) {
    json.begin_object();
    json.field("file", part.file);
    if (!part.sha256.empty()) {
      json.field("sha256", part.sha256);
      json.field("bytes", part.bytes);
    }
    json.end_object();
  }
  json.end_array();
  if (!version.fetched.empty()) json.field("fetched", version.fetched);
  if (!version.url.empty()) json.field("url", version.url);
  json.end_object();
}

std::string describe(const ListVersion& version) {
  constexpr std::size_t kDigits = 12;  // enough to tell versions of a list apart by eye
  std::string text = version.dataset;
  if (!version.version.empty()) text += ' ' + version.version;
  if (!version.parts.empty() && !version.parts.front().sha256.empty())
    text += " sha256:" + version.parts.front().sha256.substr(0, kDigits);
  return text;
}

}  // namespace cordon::lists
