#include "cordon/lists/un_vessels_csv.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "cordon/base/csv.hpp"
#include "cordon/base/text.hpp"
#include "cordon/lists/collector.hpp"
#include "cordon/lists/values.hpp"

namespace cordon::lists {
namespace {

bool applies(std::string_view cell) {
  cell = base::trim(cell);
  return !cell.empty() && !base::iequals(cell, "NA") && !base::iequals(cell, "N/A");
}

// Several values in a cell stand as "1: ... 2: ..."
std::vector<std::string> numbered(std::string_view cell) {
  std::vector<std::string> values;
  cell = base::trim(cell);
  if (!applies(cell)) return values;
  std::string text(cell);
  for (int n = 2;; ++n) {
    const std::size_t at = text.find(fmt::format(" {}: ", n));
    if (at == std::string::npos || !text.starts_with(fmt::format("{}: ", n - 1))) break;
    values.push_back(base::squeeze(std::string_view(text).substr(3, at - 3)));
    text.erase(0, at + 1);
  }
  const std::size_t mark = text.find(": ");
  const bool marked = !values.empty() || (text.starts_with("1: ") && mark == 1);
  values.push_back(base::squeeze(marked ? std::string_view(text).substr(mark + 2) : std::string_view(text)));
  return values;
}

void add_name(Record& record, std::string_view printed) {
  const Bracketed parts = split_brackets(printed);
  record.add(record.has(prop::name) ? prop::alias : prop::name, parts.before);
  for (std::string_view other : parts.inside) {
    bool former = false;
    for (const std::string_view lead :
         {"Ex-", "ex-", "Ex ", "ex ", "f.k.a. ", "formerly ", "a.k.a. ", "aka "}) {
      if (!other.starts_with(lead)) continue;
      other.remove_prefix(lead.size());
      former = lead[0] != 'a';
    }
    record.add(former ? prop::previousName : prop::alias, other);
  }
}

}  // namespace

bool sniff_un_vessels_csv(std::string_view head) {
  const std::string_view header = head.substr(0, head.find("\n1"));
  return header.find("vessel_name") != std::string_view::npos &&
         header.find("imo_number") != std::string_view::npos &&
         header.find("date_of_designation") != std::string_view::npos;
}

base::Result<ListFile> read_un_vessels_csv(const Input& input) {
  base::Tally rejects;
  auto text = input.text(rejects);
  if (!text) return tl::unexpected(text.error());
  if (text->starts_with("#,")) text->front() = 'n';  // the number column; elsewhere '#' begins a comment
  const auto table = base::CsvTable::parse(*text, input.path().string());
  if (!table) return tl::unexpected(table.error());
  const auto name = table->require({"vessel_name"}), imo = table->require({"imo_number"});
  if (!name) return tl::unexpected(name.error());
  if (!imo) return tl::unexpected(imo.error());
  Collector collector({"un_1718_vessels", input.path().string(), "", "un-1718-vessels"});
  collector.rejects().merge(rejects);
  for (std::size_t row = 0; row < table->size(); ++row) {
    const auto get = [&](std::string_view column) { return table->cell(row, table->column({column})); };
    Record record(collector, model::Schema::Vessel, base::squeeze(get("imo_number")), table->line(row));
    for (const std::string& one : numbered(table->cell(row, *name))) add_name(record, one);
    for (const std::string& one : numbered(table->cell(row, *imo))) record.add_imo(one);
    for (const std::string& one : numbered(get("mmsi"))) record.add(prop::mmsi, one);
    for (const std::string& one : numbered(get("call_sign"))) record.add(prop::callSign, one);
    for (const std::string& one : numbered(get("flag"))) record.add_country(prop::flag, one);
    for (const std::string& one : numbered(get("type"))) record.add(prop::type, one);
    for (const std::string& one : numbered(get("designated_owner"))) {
      record.add(prop::owner, one);
      record.add(prop::linkedTo, one);
    }
    for (const std::string& one : numbered(get("date_of_designation")))
      record.add_dates(prop::listingDate, one);
    record.add_program("UN", "DPRK");
    record.add(prop::authority, "UN");
    record.add(prop::topics, "sanction");
    for (std::size_t column = 0; column < table->header().size(); ++column) {
      const std::string_view head = table->header()[column];
      const bool measure = head.starts_with("Paragraph") || head.starts_with("Economic resources");
      if (measure && applies(table->cell(row, column))) record.add(prop::measure, head);
    }
    record.add(prop::notes, get("other_information"));
    const std::string_view number = record.first(prop::imoNumber);
    record.finish(number.empty() ? fmt::format("un-1718-{}", slug(record.first(prop::name)))
                                 : fmt::format("un-1718-imo{}", number));
  }
  return std::move(collector).take();
}

}  // namespace cordon::lists
