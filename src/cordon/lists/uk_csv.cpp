#include "cordon/lists/uk_csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <deque>
#include <initializer_list>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "cordon/base/csv.hpp"
#include "cordon/base/text.hpp"
#include "cordon/lists/collector.hpp"
#include "cordon/lists/ods.hpp"
#include "cordon/lists/uk_fields.hpp"
#include "cordon/lists/values.hpp"

namespace cordon::lists {
namespace {

using base::CsvRow;

constexpr std::size_t kRowsBeforeHeader = 10;

struct NumberedRow {
  CsvRow cells;
  std::uint64_t line = 0;
};

std::optional<std::size_t> column(const CsvRow& header, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names)
    for (std::size_t i = 0; i < header.size(); ++i)
      if (base::iequals(base::trim(header[i]), name)) return i;
  return std::nullopt;
}

bool is_header(const CsvRow& row) {
  return column(row, {"Name 6"}) && column(row, {"Unique ID", "Group ID"});
}

class SheetReader {
 public:
  SheetReader(const CsvRow& header, Collector& collector, bool treasury)
      : collector_(collector),
        treasury_(treasury),
        id_(column(header, treasury ? std::initializer_list<std::string_view>{"Group ID"}
                                    : std::initializer_list<std::string_view>{"Unique ID"})),
        kind_(column(header, {"Designation Type", "Individual, Entity, Ship", "Group Type"})),
        name_type_(column(header, {"Name type", "Alias Type"})),
        strength_(column(header, {"Alias strength", "Alias Quality"})),
        original_(column(header, {"Name non-latin script"})),
        town_(column(header, {"Town of birth"})),
        birth_country_(column(header, {"Country of birth"})),
        country_(column(header, {"Address Country", "Country"})) {
    for (const char* name : {"Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6"})
      names_.push_back(column(header, {name}));
    for (const char* digit : {"1", "2", "3", "4", "5", "6"})
      address_.push_back(
          column(header, {fmt::format("Address Line {}", digit), fmt::format("Address {}", digit)}));
    address_.push_back(column(header, {"Address Postal Code", "Post/Zip Code"}));
    address_.push_back(country_);
    for (std::size_t i = 0; i < header.size(); ++i)
      if (const UkField* field = uk_field_of_column(header[i])) fields_.emplace_back(i, field);
  }

  void read(const NumberedRow& row) {
    const std::string_view id = cell(row, id_);
    if (id.empty()) return collector_.reject("row without an id", fmt::format("line {}", row.line));
    const std::string name = joined(row, names_, " ");
    const auto [at, fresh] = by_id_.try_emplace(std::string(id), records_.size());
    if (fresh) {
      records_.emplace_back(collector_, schema_of(cell(row, kind_), name), std::string(id), row.line);
      Record& record = records_.back();
      record.add(prop::topics, "sanction");
      if (!treasury_)
        record.add(prop::programId, fmt::format("GB-{}", id.substr(0, id.find_first_of("0123456789"))));
      else
        record.add(prop::referenceNumber, id);
    }
    Record& record = records_[at->second];
    add_name(record, row, name);
    for (const auto& [index, field] : fields_) {
      const std::string_view text = cell(row, index);
      if (field->kind != UkKind::country) {
        if (!text.empty()) add(record, *field, text);
        continue;
      }
      for (const std::string_view one : split_enumeration(text))
        if (!one.empty()) add(record, *field, one);
    }
    record.add(prop::address, joined(row, address_, ", "));
    if (!cell(row, country_).empty()) record.add_country(prop::country, cell(row, country_));
    add_birth_place(record, cell(row, town_), cell(row, birth_country_));
  }

  // Only now are all names of a designation known: its rows need not be neighbours.
  void finish() {
    for (Record& record : records_) {
      const std::string key = record.entity().source.record;
      record.finish(fmt::format("{}{}", treasury_ ? "gb-ofsi-" : "gb-", slug(key)));
    }
  }

 private:
  static model::Schema schema_of(std::string_view kind, std::string_view name) {
    if (base::iequals(kind, "Individual")) return model::Schema::Person;
    if (base::iequals(kind, "Ship")) return model::Schema::Vessel;
    return has_company_form(name) ? model::Schema::Company : model::Schema::Organization;
  }

  static std::string_view cell(const NumberedRow& row, std::optional<std::size_t> at) {
    if (!at || *at >= row.cells.size()) return {};
    const std::string_view text = base::trim(row.cells[*at]);
    return base::iequals(text, "N/A") || base::iequals(text, "Unknown") ? std::string_view{} : text;
  }

  static std::string joined(const NumberedRow& row, const std::vector<std::optional<std::size_t>>& columns,
                            std::string_view between) {
    std::string out;
    for (const auto at : columns) {
      if (cell(row, at).empty()) continue;
      if (!out.empty()) out += between;
      out += cell(row, at);
    }
    return out;
  }

  void add_name(Record& record, const NumberedRow& row, const std::string& name) {
    const std::string type = base::ascii_lower(cell(row, name_type_)),
                      strength = base::ascii_lower(cell(row, strength_));
    if (type == "primary name") {
      record.add(prop::name, name);
    } else {
      record.add_alias(strength.find("low") != std::string::npos ? prop::weakAlias : prop::alias, name);
    }
    const std::string_view original = cell(row, original_);
    record.add(prop::alias, original);
    record.add(prop::originalScript, original);
  }

  static void add_birth_place(Record& record, std::string_view town, std::string_view country) {
    record.add(prop::birthPlace, town.empty()      ? std::string(country)
                                 : country.empty() ? std::string(town)
                                                   : fmt::format("{}, {}", town, country));
    for (const std::string_view one : split_enumeration(country))
      if (!one.empty()) record.add_country(prop::birthCountry, one);
  }

  Collector& collector_;
  bool treasury_;
  std::optional<std::size_t> id_, kind_, name_type_, strength_, original_, town_, birth_country_, country_;
  std::vector<std::optional<std::size_t>> names_, address_;
  std::vector<std::pair<std::size_t, const UkField*>> fields_;
  std::deque<Record> records_;  // in order of first appearance
  std::unordered_map<std::string, std::size_t> by_id_;
};

// "Report Date: 11-Sep-2026", "Last Updated,22/11/2025"
std::string version_in(const std::vector<NumberedRow>& rows, std::size_t header) {
  for (std::size_t i = 0; i < header; ++i) {
    for (const std::string& text : rows[i].cells) {
      const std::size_t colon = text.find(':');
      const auto dates = parse_dates(colon == std::string::npos ? std::string_view(text)
                                                                : std::string_view(text).substr(colon + 1));
      if (!dates.empty()) return base::to_string(dates.front());
    }
  }
  return {};
}

base::Result<ListFile> read_rows(const Input& input, const std::vector<NumberedRow>& rows,
                                 base::Tally rejects, std::string format) {
  std::size_t header = 0;
  while (header < rows.size() && header < kRowsBeforeHeader && !is_header(rows[header].cells)) ++header;
  if (header == rows.size() || header == kRowsBeforeHeader)
    return base::fail("{}: no header with 'Name 6' and 'Unique ID' or 'Group ID' in the first {} rows",
                      input.path().string(), kRowsBeforeHeader);
  const bool treasury = !column(rows[header].cells, {"Unique ID"});
  Collector collector(
      {treasury ? "gb_hmt" : "gb_fcdo", input.path().string(), version_in(rows, header), std::move(format)});
  collector.rejects().merge(rejects);
  SheetReader reader(rows[header].cells, collector, treasury);
  for (std::size_t i = header + 1; i < rows.size(); ++i) reader.read(rows[i]);
  reader.finish();
  return std::move(collector).take();
}

}  // namespace

bool sniff_uk_csv(std::string_view head) {
  if (is_ods(head)) return false;  // an archive may hold its sheet unpacked
  std::size_t from = 0;
  for (std::size_t row = 0; row < kRowsBeforeHeader && from < head.size(); ++row) {
    const std::size_t to = std::min(head.find('\n', from), head.size());
    const std::string_view line = head.substr(from, to - from);
    if (line.find("Name 6") != std::string_view::npos && line.find("Name 1") != std::string_view::npos &&
        (line.find("Unique ID") != std::string_view::npos || line.find("Group ID") != std::string_view::npos))
      return true;
    from = to + 1;
  }
  return false;
}

bool sniff_uk_ods(std::string_view head) {
  return is_ods(head);
}

base::Result<ListFile> read_uk_csv(const Input& input) {
  base::Tally rejects;
  const auto text = input.text(rejects);
  if (!text) return tl::unexpected(text.error());
  std::vector<NumberedRow> rows;
  const auto done = base::read_csv(*text, ',', [&](CsvRow&& cells, std::uint64_t line) {
    rows.push_back({std::move(cells), line});
  });
  if (!done) return base::fail("{}: {}", input.path().string(), done.error().message);
  return read_rows(input, rows, std::move(rejects), "uk-csv");
}

base::Result<ListFile> read_uk_ods(const Input& input) {
  const auto bytes = input.bytes();
  if (!bytes) return tl::unexpected(bytes.error());
  auto sheet = read_ods(*bytes, input.path().string());
  if (!sheet) return tl::unexpected(sheet.error());
  std::vector<NumberedRow> rows;
  for (CsvRow& cells : *sheet) rows.push_back({std::move(cells), rows.size() + 1});
  return read_rows(input, rows, {}, "uk-ods");
}

}  // namespace cordon::lists
