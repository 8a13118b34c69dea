#include "cordon/lists/collector.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "cordon/base/ids.hpp"
#include "cordon/base/text.hpp"
#include "cordon/base/time.hpp"
#include "cordon/lists/values.hpp"

namespace cordon::lists {
namespace {

// Removes repetitions, keeping the first. Long records go through a hash set: a hostile one must not cost
// n^2.
void remove_repetitions(std::vector<model::Property>& properties) {
  constexpr std::size_t kShort = 32;
  if (properties.size() <= kShort) {
    for (std::size_t i = 1; i < properties.size();) {
      const auto same = [&](const model::Property& p) {
        return p.name.data() == properties[i].name.data() && p.value == properties[i].value;
      };
      if (std::any_of(properties.begin(), properties.begin() + static_cast<std::ptrdiff_t>(i), same)) {
        properties.erase(properties.begin() + static_cast<std::ptrdiff_t>(i));
      } else {
        ++i;
      }
    }
    return;
  }
  std::unordered_set<std::string> seen;
  std::erase_if(properties, [&](const model::Property& p) {
    return !seen.insert(std::string(p.name) + '\x1f' + p.value).second;
  });
}

// "Italian since 1990", "assumed Congolese (DRC)", "Russian (until 1991)": the words before such additions.
std::string_view bare_country(std::string_view text) {
  for (const std::string_view stop : {" (", " since ", " as at ", " as of "}) {
    if (const std::size_t cut = text.find(stop); cut != std::string_view::npos && cut > 0)
      text = text.substr(0, cut);
  }
  for (const std::string_view lead : {"assumed ", "allegedly ", "probably ", "possibly ", "of the "}) {
    if (text.starts_with(lead)) text.remove_prefix(lead.size());
  }
  text = base::trim(text);
  while (!text.empty() && (text.back() == '.' || text.back() == ',')) text.remove_suffix(1);
  return text;
}

}  // namespace

Record::Record(Collector& collector, model::Schema schema, std::string record, std::uint64_t line)
    : collector_(collector) {
  entity_.schema = schema;
  entity_.source.file = collector.source();
  entity_.source.record = std::move(record);
  entity_.source.line = line;
  entity_.properties.reserve(16);
}

void Record::add(std::string_view property, std::string_view value) {
  // Character references of an XML file can spell what is no UTF-8.
  std::string text = base::is_utf8(value) ? base::squeeze(value) : base::squeeze(base::to_utf8(value));
  if (!text.empty()) entity_.properties.push_back({property, std::move(text)});
}

void Record::add_country(std::string_view property, std::string_view text) {
  text = base::trim(text);
  if (text.empty()) return;
  if (const auto& whole = collector_.country(text)) return add(property, *whole);
  if (const auto& bare = collector_.country(bare_country(text))) return add(property, *bare);
  std::vector<std::string_view> parts;
  for (const std::string_view item : split_enumeration(text)) {
    for (std::string_view part : split_list(item, ";,/")) {
      for (std::size_t cut = part.find(" and "); cut != std::string_view::npos; cut = part.find(" and ")) {
        parts.push_back(part.substr(0, cut));
        part.remove_prefix(cut + 5);
      }
      parts.push_back(part);
    }
  }
  bool any = false;
  for (const std::string_view part : parts) {
    if (const auto& code = collector_.country(bare_country(base::trim(part)))) {
      add(property, *code);
      any = true;
    }
  }
  if (!any) add(prop::countryText, text);
}

void Record::add_dates(std::string_view property, std::string_view text) {
  if (base::trim(text).empty()) return;
  const auto dates = parse_dates(text);
  for (const base::Date& date : dates) entity_.properties.push_back({property, base::to_string(date)});
  if (!dates.empty()) return;
  collector_.reject("date kept as text", fmt::format("{}: '{}'", entity_.source.record, text.substr(0, 60)));
  add(prop::notes, fmt::format("{}: {}", property, text));
}

void Record::add_gender(std::string_view text) {
  std::string lower = base::ascii_lower(base::trim(text));
  while (!lower.empty() && lower.back() == '.') lower.pop_back();
  if (lower == "m") lower = "male";
  if (lower == "f") lower = "female";
  add(prop::gender, lower);
}

void Record::add_alias(std::string_view property, std::string_view text) {
  text = base::trim(text);
  if (text.size() > 2 && text.front() == '"' && text.back() == '"')
    text = base::trim(text.substr(1, text.size() - 2));
  const Bracketed parts = split_brackets(text);
  const bool foreign = has_non_latin(text);
  if (!foreign || parts.inside.empty()) {
    add(property, text);
    if (foreign) add(prop::originalScript, text);
    return;
  }
  // "Jin Tiesan (金铁三)", "أبو شيماء (Abu-Shaima; Abu- Shayma)": each writing is a name of its own.
  std::vector<std::string_view> names{parts.before};
  for (std::string_view inside : parts.inside) {
    if (const std::size_t colon = inside.find("script:"); colon != std::string_view::npos)
      inside.remove_prefix(colon + 7);
    for (const std::string_view item : split_list(inside)) names.push_back(item);
  }
  for (const std::string_view item : names) {
    add(property, item);
    if (has_non_latin(item)) add(prop::originalScript, item);
  }
}

void Record::add_program(std::string_view authority, std::string_view program) {
  const std::string text = base::squeeze(program);
  if (text.empty()) return;
  add(prop::program, text);
  add(prop::programId,
      text.starts_with(std::string(authority) + "-") ? text : fmt::format("{}-{}", authority, text));
  if (is_dprk_programme(text)) add(prop::regime, "dprk");
}

void Record::add_imo(std::string_view text, bool said_company) {
  text = base::trim(text);
  if (text.empty()) return;
  const auto number = base::parse_imo(text);
  if (!number) {
    collector_.reject("IMO number kept as text",
                      fmt::format("{}: '{}'", entity_.source.record, text.substr(0, 60)));
    return add(prop::notes, fmt::format("IMO number: {}", text));
  }
  switch (imo_kind(*number, entity_.schema, said_company)) {
    case ImoKind::ship:
      return add(prop::imoNumber, fmt::format("{:07}", *number));
    case ImoKind::company:
      return add(prop::imoCompany, fmt::format("{:07}", *number));
    case ImoKind::none:
      collector_.reject("IMO number that fits neither check digit",
                        fmt::format("{}: {:07}", entity_.source.record, *number));
      return add(prop::notes,
                 fmt::format("IMO number {:07} (check digit fits neither a ship nor a company)", *number));
  }
}

void Record::finish(std::string_view id) {
  if (entity_.caption.empty()) {
    for (const std::string_view property :
         {prop::name, prop::alias, prop::originalScript, prop::weakAlias, prop::previousName}) {
      if (entity_.caption = std::string(entity_.first(property)); !entity_.caption.empty()) break;
    }
  }
  if (entity_.caption.empty() && !model::is_edge(entity_.schema)) {
    collector_.reject("record without a name", entity_.source.record);
    return;
  }
  remove_repetitions(entity_.properties);
  entity_.properties.shrink_to_fit();
  collector_.put(std::move(entity_), id);
}

Collector::Collector(model::SourceFile source) {
  list_.source = std::make_shared<const model::SourceFile>(std::move(source));
}

const std::optional<std::string>& Collector::country(std::string_view text) {
  if (const auto known = countries_.find(text); known != countries_.end()) return known->second;
  // Addresses of a hostile list could all differ: the memory is bounded.
  constexpr std::size_t kRemembered = 4096;
  if (countries_.size() >= kRemembered) countries_.clear();
  return countries_.emplace(std::string(text), base::country_code(text)).first->second;
}

void Collector::put(model::Entity&& entity, std::string_view id) {
  entity.id = std::string(id);
  if (!ids_.insert(entity.id).second) {
    list_.rejects.add("id used twice, numbered", entity.id, 1);
    for (int n = 2;; ++n) {
      std::string numbered = fmt::format("{}~{}", id, n);
      if (ids_.insert(numbered).second) {
        entity.id = std::move(numbered);
        break;
      }
    }
  }
  list_.entities.push_back(std::move(entity));
}

ListFile Collector::take() && {
  list_.entities.shrink_to_fit();
  return std::move(list_);
}

std::string slug(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.';
    if (plain) {
      out += c;
    } else if (c >= 'A' && c <= 'Z') {
      out += static_cast<char>(c - 'A' + 'a');
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out;
}

}  // namespace cordon::lists
