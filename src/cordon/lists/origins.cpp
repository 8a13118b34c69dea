// Reads data/lists/sources.json.
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "cordon/lists/format.hpp"
#include "cordon/lists/update.hpp"

namespace cordon::lists {
namespace {

bool is_plain_name(std::string_view text) {
  constexpr std::size_t kLongest = 64;
  return !text.empty() && text.size() <= kLongest && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

bool is_readable_format(std::string_view name) {
  return std::any_of(formats().begin(), formats().end(),
                     [&](const Format& format) { return format.name == name && format.read; });
}

}  // namespace

base::Result<std::vector<Origin>> parse_origins(std::string_view json, const std::string& name) {
  constexpr std::array<std::pair<std::string_view, std::string Origin::*>, 8> kTexts = {{
      {"name", &Origin::name},
      {"title", &Origin::title},
      {"url", &Origin::url},
      {"extension", &Origin::extension},
      {"format", &Origin::format},
      {"page", &Origin::page},
      {"licence", &Origin::licence},
      {"on_request", &Origin::on_request},
  }};
  constexpr std::array<std::pair<std::string_view, std::uint64_t Origin::*>, 3> kNumbers = {{
      {"min_bytes", &Origin::min_bytes},
      {"max_bytes", &Origin::max_bytes},
      {"min_entities", &Origin::min_entities},
  }};
  simdjson::dom::parser parser;
  simdjson::dom::array sources;
  if (const auto error = parser.parse(json.data(), json.size())["sources"].get(sources))
    return base::fail("{}: expected an object with 'sources': {}", name, simdjson::error_message(error));
  std::vector<Origin> origins;
  std::set<std::string> names;
  for (const simdjson::dom::element one : sources) {
    Origin origin;
    for (const auto& [field, member] : kTexts) {
      std::string_view text;
      if (one[field].get(text) == simdjson::SUCCESS) origin.*member = std::string(text);
    }
    for (const auto& [field, member] : kNumbers) {
      std::uint64_t number = 0;
      if (one[field].get(number) == simdjson::SUCCESS) origin.*member = number;
    }
    const auto wrong = [&](std::string_view what) {
      return base::fail("{}: source {} ('{}'): {}", name, origins.size() + 1, origin.name.substr(0, 64),
                        what);
    };
    if (!is_plain_name(origin.name)) return wrong("expected a 'name' of small letters, digits and '_'");
    if (!is_plain_name(origin.extension)) return wrong("expected an 'extension' such as xml");
    if (!names.insert(origin.name).second) return wrong("a second source of that name");
    if (!origin.url.starts_with("https://")) return wrong("expected a 'url' that begins with https://");
    if (!is_readable_format(origin.format)) return wrong("expected a 'format' of docs/lists.md");
    if (origin.max_bytes == 0 || origin.max_bytes > kListLimit || origin.min_bytes > origin.max_bytes)
      return wrong("expected 'min_bytes' <= 'max_bytes' <= 1 GiB");
    if (origin.min_entities == 0) return wrong("expected 'min_entities' of at least 1");
    origins.push_back(std::move(origin));
  }
  if (origins.empty()) return base::fail("{}: names no source", name);
  return origins;
}

}  // namespace cordon::lists
