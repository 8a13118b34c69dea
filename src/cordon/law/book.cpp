#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cordon/base/bytes.hpp"
#include "cordon/base/resource.hpp"
#include "cordon/base/text.hpp"
#include "cordon/law/load.hpp"

namespace cordon::law {

using Json = nlohmann::ordered_json;

base::Result<std::string> text_of(const Json& json, const char* key) {
  const auto member = json.find(key);
  if (member == json.end() || !member->is_string() || member->get_ref<const std::string&>().empty())
    return base::fail("\"{}\" is missing or empty", key);
  return member->get<std::string>();
}

std::string text_or(const Json& json, const char* key, std::string otherwise) {
  const auto member = json.find(key);
  return member != json.end() && member->is_string() ? member->get<std::string>() : std::move(otherwise);
}

std::vector<std::string> list_of(const Json& json, const char* key) {
  std::vector<std::string> list;
  if (const auto member = json.find(key); member != json.end() && member->is_array())
    for (const Json& item : *member)
      if (item.is_string()) list.push_back(item.get<std::string>());
  return list;
}

bool Files::has(const std::string& name) const {
  return std::binary_search(names.begin(), names.end(), name);
}

base::Result<Json> Loader::json(const std::string& file) {
  auto text = files_.read(file);
  if (!text) return tl::unexpected(text.error());
  try {
    Json json = Json::parse(*text);
    if (!json.is_object()) return base::fail("law/{}: expected an object", file);
    return json;
  } catch (const Json::parse_error& error) {
    return base::fail("law/{}: {}", file, error.what());
  }
}

base::Result<base::CsvTable> Loader::csv(const std::string& file) {
  auto text = files_.read(file);
  if (!text) return tl::unexpected(text.error());
  return base::CsvTable::parse(*text, "law/" + file);
}

base::Result<LawBook> Loader::load() {
  try {
    if (auto done = read_verdicts(); !done) return tl::unexpected(done.error());
    if (auto done = read_sources(); !done) return tl::unexpected(done.error());
    if (auto done = read_facts(); !done) return tl::unexpected(done.error());
    if (auto done = read_jurisdictions(); !done) return tl::unexpected(done.error());
    if (auto done = compile_rules(); !done) return tl::unexpected(done.error());
    if (auto done = read_not_covered(); !done) return tl::unexpected(done.error());
  } catch (const Json::exception& error) {
    // A member of another type than the format says.
    return base::fail("law: {}", error.what());
  }
  return std::move(result_);
}

LawBook::LawBook() : compiled_(std::make_unique<Compiled>()) {}
LawBook::LawBook(LawBook&&) noexcept = default;
LawBook& LawBook::operator=(LawBook&&) noexcept = default;
LawBook::~LawBook() = default;

base::Result<const LawBook*> LawBook::embedded() {
  static const base::Result<LawBook> book = [] {
    Files files;
    files.names = base::resource_names("law/");
    for (std::string& name : files.names) name.erase(0, 4);
    files.read = [](const std::string& name) -> base::Result<std::string> {
      auto bytes = base::resource("law/" + name);
      if (!bytes) return tl::unexpected(bytes.error());
      return std::string(*bytes);
    };
    return Loader(files).load();
  }();
  if (!book) return tl::unexpected(book.error());
  return &*book;
}

base::Result<LawBook> LawBook::load(std::string_view dir) {
  const std::filesystem::path root(dir);
  Files files;
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator it(root, error), end; !error && it != end;
       it.increment(error))
    if (it->is_regular_file()) files.names.push_back(it->path().lexically_relative(root).generic_string());
  if (error) return base::fail("{}: {}", dir, error.message());
  std::sort(files.names.begin(), files.names.end());
  files.read = [&root](const std::string& name) {
    return base::read_file(root / name, std::size_t{64} << 20);
  };
  return Loader(files).load();
}

std::span<const model::Measure> LawBook::measures() const {
  return compiled_->measures;
}
std::span<const Exemption> LawBook::exemptions() const {
  return compiled_->exemptions;
}
std::span<const Jurisdiction> LawBook::jurisdictions() const {
  return compiled_->jurisdictions;
}
std::span<const LawSource> LawBook::sources() const {
  return compiled_->sources;
}
std::string_view LawBook::version() const {
  return compiled_->version;
}

const model::Measure* LawBook::measure(std::string_view id) const {
  const auto place = compiled_->measure_index.find(std::string(id));
  return place == compiled_->measure_index.end() ? nullptr : &compiled_->measures[place->second];
}

const Exemption* LawBook::exemption(std::string_view id) const {
  const auto place = compiled_->exemption_index.find(std::string(id));
  return place == compiled_->exemption_index.end() ? nullptr : &compiled_->exemptions[place->second];
}

std::vector<std::string> LawBook::sources_of(std::string_view id) const {
  std::string_view keys;
  if (const auto m = compiled_->measure_index.find(std::string(id)); m != compiled_->measure_index.end())
    keys = compiled_->rules[m->second].source_keys;
  if (const auto e = compiled_->exemption_index.find(std::string(id)); e != compiled_->exemption_index.end())
    keys = compiled_->exemption_rules[e->second].source_keys;
  std::vector<std::string> list;
  for (const std::string_view key : base::split(keys, ' '))
    if (!key.empty()) list.emplace_back(key);
  return list;
}

std::string LawBook::condition_of(std::string_view id) const {
  if (const auto m = compiled_->measure_index.find(std::string(id)); m != compiled_->measure_index.end())
    return compiled_->rules[m->second].condition;
  if (const auto e = compiled_->exemption_index.find(std::string(id)); e != compiled_->exemption_index.end())
    return compiled_->exemption_rules[e->second].condition;
  return {};
}

std::vector<std::string> LawBook::unknown_names(const Facts& facts) const {
  std::vector<std::string> names;
  for (const auto& [name, value] : facts.all())
    if (!compiled_->names.contains(base::ascii_lower(name))) names.push_back(name);
  return names;
}

}  // namespace cordon::law
