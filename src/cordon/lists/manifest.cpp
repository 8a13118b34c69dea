#include "cordon/lists/manifest.hpp"

#include <simdjson.h>

#include <array>
#include <system_error>
#include <utility>

#include "cordon/base/bytes.hpp"
#include "cordon/base/json.hpp"

namespace cordon::lists {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestManifest = std::size_t{64} << 20;

// The fields of a version under their names in the file; one table serves reading and writing.
constexpr std::array<std::pair<std::string_view, std::string Kept::*>, 11> kTexts = {{
    {"name", &Kept::name},
    {"file", &Kept::file},
    {"current", &Kept::current},
    {"url", &Kept::url},
    {"fetched", &Kept::fetched},
    {"checked", &Kept::checked},
    {"sha256", &Kept::sha256},
    {"format", &Kept::format},
    {"version", &Kept::version},
    {"etag", &Kept::etag},
    {"last_modified", &Kept::last_modified},
}};
constexpr std::array<std::pair<std::string_view, std::uint64_t Kept::*>, 2> kNumbers = {{
    {"bytes", &Kept::bytes},
    {"entities", &Kept::entities},
}};

}  // namespace

base::Result<Manifest> Manifest::parse(std::string_view json, const std::string& name) {
  simdjson::dom::parser parser;
  simdjson::dom::array versions;
  if (const auto error = parser.parse(json.data(), json.size())["versions"].get(versions))
    return base::fail("{}: expected an object with 'versions': {}", name, simdjson::error_message(error));
  Manifest manifest;
  for (const simdjson::dom::element one : versions) {
    Kept kept;
    for (const auto& [field, member] : kTexts) {
      std::string_view text;
      if (one[field].get(text) == simdjson::SUCCESS) kept.*member = std::string(text);
    }
    for (const auto& [field, member] : kNumbers) {
      std::uint64_t number = 0;
      if (one[field].get(number) == simdjson::SUCCESS) kept.*member = number;
    }
    if (kept.name.empty() || kept.sha256.empty()) {
      return base::fail("{}: version {}: expected 'name' and 'sha256'", name, manifest.all.size() + 1);
    }
    manifest.all.push_back(std::move(kept));
  }
  return manifest;
}

base::Result<Manifest> Manifest::read(const fs::path& folder) {
  const fs::path path = folder / kManifestName;
  std::error_code error;
  if (!fs::exists(path, error)) return Manifest{};
  const auto text = base::read_file(path, kLongestManifest);
  if (!text) return tl::unexpected(text.error());
  return parse(*text, path.string());
}

base::Result<void> Manifest::write(const fs::path& folder) const {
  std::string out = "{\"versions\":[\n";
  for (const Kept& kept : all) {
    base::JsonWriter json(out);
    json.begin_object();
    for (const auto& [field, member] : kTexts)
      if (!(kept.*member).empty()) json.field(field, kept.*member);
    for (const auto& [field, member] : kNumbers) json.field(field, kept.*member);
    json.end_object();
    out += &kept == &all.back() ? "\n" : ",\n";
  }
  out += "]}\n";
  auto file = base::OutputFile::create(folder / kManifestName);
  if (!file) return tl::unexpected(file.error());
  if (auto done = file->write(out); !done) return done;
  return file->commit();
}

Kept* Manifest::newest(std::string_view name) {
  for (auto at = all.rbegin(); at != all.rend(); ++at)
    if (at->name == name) return &*at;
  return nullptr;
}

bool is_kept_folder(const fs::path& folder) {
  std::error_code error;
  return fs::is_regular_file(folder / kManifestName, error) && fs::is_directory(folder / kHistoryName, error);
}

std::optional<Kept> find_kept(const fs::path& list, std::string_view sha256) {
  const fs::path folder = fs::absolute(list).parent_path();
  // DIR/un_sc.xml or DIR/history/un_sc/2026-11-23-66b392a40908.xml
  for (const fs::path& root : {folder, folder.parent_path().parent_path()}) {
    if (!is_kept_folder(root)) continue;
    auto manifest = Manifest::read(root);
    if (!manifest) continue;
    for (Kept& kept : manifest->all)
      if (kept.sha256 == sha256) return std::move(kept);
  }
  return std::nullopt;
}

}  // namespace cordon::lists
