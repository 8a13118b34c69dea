#include "cordon/lists/targets_csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <unordered_map>

#include "cordon/base/csv.hpp"
#include "cordon/base/ids.hpp"
#include "cordon/base/text.hpp"
#include "cordon/lists/collector.hpp"
#include "cordon/lists/values.hpp"

namespace cordon::lists {
namespace {

void add_identifier(Record& record, std::string_view text) {
  const bool digits = text.find_first_not_of("0123456789") == std::string_view::npos;
  const bool vessel = record.schema() == model::Schema::Vessel;
  if (text.starts_with("IMO") || (vessel && digits && text.size() == 7)) return record.add_imo(text);
  if (vessel && digits && text.size() == 9) return record.add(prop::mmsi, text);
  if (base::lei_check(text)) return record.add(prop::leiCode, text);
  const bool natural = record.schema() == model::Schema::Person;
  record.add(natural ? prop::idNumber : prop::registrationNumber, text);
}

}  // namespace

bool sniff_targets_csv(std::string_view head) {
  const std::string_view header = head.substr(0, head.find('\n'));
  return header.find("schema") != std::string_view::npos &&
         header.find("aliases") != std::string_view::npos &&
         header.find("birth_date") != std::string_view::npos &&
         header.find("identifiers") != std::string_view::npos;
}

base::Result<ListFile> read_targets_csv(const Input& input) {
  base::Tally rejects;
  const auto text = input.text(rejects);
  if (!text) return tl::unexpected(text.error());
  const auto table = base::CsvTable::parse(*text, input.path().string());
  if (!table) return tl::unexpected(table.error());
  const auto id = table->require({"id"}), schema = table->require({"schema"}),
             name = table->require({"name"});
  for (const auto& found : {id, schema, name}) {
    if (!found) return tl::unexpected(found.error());
  }
  const auto dataset = table->column({"dataset"}), program_ids = table->column({"program_ids"});
  Collector collector({"opensanctions", input.path().string(), "", "targets-csv"});
  collector.rejects().merge(rejects);
  collector.reserve(table->size());
  std::unordered_map<std::string, std::shared_ptr<const model::SourceFile>> sources;
  for (std::size_t row = 0; row < table->size(); ++row) {
    const auto get = [&](std::string_view column) { return table->cell(row, table->column({column})); };
    const std::string_view key = base::trim(table->cell(row, *id));
    const auto kind = model::parse_schema(base::trim(table->cell(row, *schema)));
    if (!kind || !model::is_party(*kind)) {
      collector.reject("schema that names no party",
                       fmt::format("line {}: {}", table->line(row), table->cell(row, *schema)));
      continue;
    }
    if (key.empty()) {
      collector.reject("row without an id", fmt::format("line {}", table->line(row)));
      continue;
    }
    Record record(collector, *kind, std::string(key), table->line(row));
    if (const std::string set(base::trim(table->cell(row, dataset))); !set.empty()) {
      auto& source = sources[set];
      if (!source) {
        model::SourceFile file = *collector.source();
        file.dataset = set;
        source = std::make_shared<const model::SourceFile>(std::move(file));
      }
      record.entity().source.file = source;
    }
    record.add(prop::name, table->cell(row, *name));
    for (const std::string_view alias : split_list(get("aliases"))) record.add_alias(prop::alias, alias);
    for (const std::string_view date : split_list(get("birth_date"))) {
      record.add_dates(*kind == model::Schema::Vessel ? prop::buildDate : prop::birthDate, date);
    }
    for (const std::string_view country : split_list(get("countries")))
      record.add_country(prop::country, country);
    for (const std::string_view address : split_list(get("addresses"))) record.add(prop::address, address);
    for (const std::string_view one : split_list(get("identifiers"))) add_identifier(record, one);
    for (const std::string_view one : split_list(get("phones"))) record.add(prop::phone, one);
    for (const std::string_view one : split_list(get("emails"))) record.add(prop::email, one);
    for (const std::string_view one : split_list(get("sanctions"))) {
      record.add(prop::program, one);
      if (is_dprk_programme(one)) record.add(prop::regime, "dprk");
    }
    for (const std::string_view one : split_list(table->cell(row, program_ids))) {
      record.add(prop::programId, one);
      if (is_dprk_programme(one)) record.add(prop::regime, "dprk");
    }
    record.add(prop::topics, "sanction");
    record.add(prop::modifiedAt, get("last_change"));
    record.finish(key);
  }
  return std::move(collector).take();
}

}  // namespace cordon::lists
