#include "cordon/lists/bis_dpl.hpp"

#include <fmt/format.h>

#include <string>
#include <unordered_map>

#include "cordon/base/csv.hpp"
#include "cordon/base/text.hpp"
#include "cordon/lists/collector.hpp"
#include "cordon/lists/values.hpp"

namespace cordon::lists {
namespace {

// "06/19/2003", month first -> "2003-06-19"; other text as it is.
std::string us_date(std::string_view text) {
  text = base::trim(text);
  if (text.size() != 10 || text[2] != '/' || text[5] != '/') return std::string(text);
  return fmt::format("{}-{}-{}", text.substr(6), text.substr(0, 2), text.substr(3, 2));
}

}  // namespace

bool sniff_bis_dpl(std::string_view head) {
  const std::string_view header = head.substr(0, head.find('\n'));
  return header.find("Standard_Order") != std::string_view::npos &&
         header.find("FR_Citation") != std::string_view::npos;
}

base::Result<ListFile> read_bis_dpl(const Input& input) {
  base::Tally rejects;
  const auto text = input.text(rejects);
  if (!text) return tl::unexpected(text.error());
  const auto table = base::CsvTable::parse(*text, input.path().string());
  if (!table) return tl::unexpected(table.error());
  const auto name = table->require({"Name"}), effective = table->require({"Effective_Date"});
  if (!name) return tl::unexpected(name.error());
  if (!effective) return tl::unexpected(effective.error());
  const auto street = table->column({"Street_Address"}), city = table->column({"City"}),
             state = table->column({"State"}), country = table->column({"Country"}),
             postal = table->column({"Postal_Code"}), expires = table->column({"Expiration_Date"}),
             action = table->column({"Action"}), citation = table->column({"FR_Citation"}),
             updated = table->column({"Last_Update"});
  Collector collector({"us_bis_dpl", input.path().string(), "", "bis-dpl"});
  collector.rejects().merge(rejects);
  collector.reserve(table->size());
  std::unordered_map<std::string, std::size_t> rows_of;
  for (std::size_t row = 0; row < table->size(); ++row) {
    const std::string_view printed = table->cell(row, *name);
    const std::string since = us_date(table->cell(row, *effective));
    Record record(collector, has_company_form(printed) ? model::Schema::Company : model::Schema::LegalEntity,
                  fmt::format("{}, {}", base::squeeze(printed), since), table->line(row));
    record.add(prop::name, printed);
    record.add(prop::program, "Denied Persons List");
    record.add(prop::programId, "US-BIS-DPL");
    record.add(prop::topics, "export.control");
    record.add(prop::measure, "Denial of export privileges");
    record.add_dates(prop::listingDate, since);
    record.add_dates(prop::listingEnd, us_date(table->cell(row, expires)));
    record.add_dates(prop::modifiedAt, table->cell(row, updated));
    std::string address;
    for (const auto column : {street, city, state, postal, country}) {
      const std::string_view part = base::trim(table->cell(row, column));
      if (part.empty()) continue;
      if (!address.empty()) address += ", ";
      address += part;
    }
    record.add(prop::address, address);
    record.add_country(prop::country, table->cell(row, country));
    record.add(prop::notes, table->cell(row, action));
    record.add(prop::referenceNumber, table->cell(row, citation));
    // A party with several addresses has a row for each.
    const std::string id = fmt::format("bis-dpl-{}-{}", slug(printed), slug(since));
    const std::size_t rows = ++rows_of[id];
    record.finish(rows == 1 ? id : fmt::format("{}~{}", id, rows));
  }
  return std::move(collector).take();
}

}  // namespace cordon::lists
