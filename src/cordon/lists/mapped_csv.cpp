#include "cordon/lists/mapped_csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "cordon/base/csv.hpp"
#include "cordon/base/text.hpp"
#include "cordon/lists/collector.hpp"
#include "cordon/lists/values.hpp"

namespace cordon::lists {
namespace {

struct Mapped {
  std::string_view property;  // interned
  std::string constant;       // where no column is named
  std::optional<std::size_t> column;
};

bool is_date(std::string_view property) {
  return property.ends_with("Date") || property == "modifiedAt" || property == "listingEnd";
}
bool is_country(std::string_view property) {
  static constexpr std::array<std::string_view, 7> kNames = {
      "country", "nationality", "citizenship", "flag", "birthCountry", "jurisdiction", "pastFlags"};
  return std::find(kNames.begin(), kNames.end(), property) != kNames.end();
}

base::Result<std::vector<Mapped>> parse_mapping(std::string_view text, std::string_view name,
                                                const base::CsvTable& table) {
  constexpr std::size_t kLongestName = 40;
  std::vector<Mapped> mapping;
  std::size_t number = 0;
  for (std::string_view line : base::split(text, '\n')) {
    ++number;
    line = base::trim(line);
    if (line.empty() || line.front() == '#') continue;
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos)
      return base::fail("{}: line {}: expected property = column, found '{}'", name, number,
                        line.substr(0, 60));
    const std::string_view property = base::trim(line.substr(0, equals)),
                           value = base::trim(line.substr(equals + 1));
    if (property.empty() || property.size() > kLongestName || value.empty()) {
      return base::fail("{}: line {}: expected property = column, found '{}'", name, number,
                        line.substr(0, 60));
    }
    Mapped mapped{model::intern(property), {}, std::nullopt};
    if (value.size() > 1 && value.front() == '"' && value.back() == '"') {
      mapped.constant = std::string(value.substr(1, value.size() - 2));
    } else {
      const auto column = table.require({value});
      if (!column) return base::fail("{}: line {}: {}", name, number, column.error().message);
      mapped.column = *column;
    }
    mapping.push_back(std::move(mapped));
  }
  return mapping;
}

void add_value(Record& record, std::string_view property, std::string_view value) {
  if (property == "imoNumber" || property == "imoCompany")
    return record.add_imo(value, property == "imoCompany");
  if (is_date(property)) return record.add_dates(property, value);
  if (is_country(property)) return record.add_country(property, value);
  if (property == prop::alias || property == prop::weakAlias || property == prop::previousName)
    return record.add_alias(property, value);
  if (property == prop::gender) return record.add_gender(value);
  record.add(property, value);
  if ((property == prop::program || property == prop::programId) && is_dprk_programme(value))
    record.add(prop::regime, "dprk");
}

}  // namespace

std::filesystem::path mapping_of(const std::filesystem::path& list) {
  std::filesystem::path path = list;
  path += ".map";
  return path;
}

base::Result<ListFile> read_mapped_csv(const Input& input, std::string_view mapping,
                                       std::string_view mapping_name) {
  base::Tally rejects;
  const auto text = input.text(rejects);
  if (!text) return tl::unexpected(text.error());
  const auto table = base::CsvTable::parse(*text, input.path().string());
  if (!table) return tl::unexpected(table.error());
  const auto rules = parse_mapping(mapping, mapping_name, *table);
  if (!rules) return tl::unexpected(rules.error());
  const auto rule = [&](std::string_view property) -> const Mapped* {
    const auto found =
        std::find_if(rules->begin(), rules->end(), [&](const Mapped& m) { return m.property == property; });
    return found == rules->end() ? nullptr : &*found;
  };
  const auto value_of = [&](const Mapped* m, std::size_t row) -> std::string_view {
    if (!m) return {};
    return m->column ? base::trim(table->cell(row, m->column)) : std::string_view(m->constant);
  };
  if (!rule("name"))
    return base::fail("{}: no line 'name = COLUMN', without names there is nothing to screen", mapping_name);
  std::string dataset(value_of(rule("dataset"), 0));
  if (dataset.empty()) dataset = slug(input.path().stem().string());
  Collector collector(
      {dataset, input.path().string(), std::string(value_of(rule("version"), 0)), "mapped-csv"});
  collector.rejects().merge(rejects);
  collector.reserve(table->size());
  for (std::size_t row = 0; row < table->size(); ++row) {
    const std::string_view printed = value_of(rule("schema"), row), given = value_of(rule("id"), row);
    const auto schema = printed.empty() ? model::Schema::LegalEntity : model::parse_schema(printed);
    if (!schema || !model::is_party(*schema)) {
      collector.reject("schema that names no party",
                       fmt::format("line {}: '{}'", table->line(row), printed.substr(0, 40)));
      continue;
    }
    Record record(collector, *schema,
                  given.empty() ? fmt::format("line {}", table->line(row)) : std::string(given),
                  table->line(row));
    for (const Mapped& one : *rules) {
      if (one.property == "dataset" || one.property == "version" || one.property == "schema" ||
          one.property == "id")
        continue;
      for (const std::string_view value : split_list(value_of(&one, row)))
        add_value(record, one.property, value);
    }
    const std::string key = given.empty() ? slug(record.first(prop::name)) : slug(given);
    record.finish(fmt::format("{}-{}", slug(dataset), key));
  }
  return std::move(collector).take();
}

}  // namespace cordon::lists
