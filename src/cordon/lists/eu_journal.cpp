#include "cordon/lists/eu_journal.hpp"

#include <fmt/format.h>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "cordon/base/csv.hpp"
#include "cordon/base/text.hpp"
#include "cordon/lists/collector.hpp"
#include "cordon/lists/values.hpp"

namespace cordon::lists {
namespace {

// Columns whose text goes into a property as it stands, split at semicolons and enumeration marks.
struct PlainColumn {
  std::string_view column, property;
};
constexpr std::size_t kPlainColumns = 22;
const std::array<PlainColumn, kPlainColumns>& plain_columns() {
  static const std::array<PlainColumn, kPlainColumns> columns = {{
      {"taxNumber", prop::taxNumber},   {"registrationNumber", prop::registrationNumber},
      {"innCode", prop::innCode},       {"ogrnCode", prop::ogrnCode},
      {"kppCode", prop::kppCode},       {"okpoCode", prop::okpoCode},
      {"leiCode", prop::leiCode},       {"swiftBic", prop::swiftBic},
      {"ticker", prop::ticker},         {"mmsi", prop::mmsi},
      {"phone", prop::phone},           {"email", prop::email},
      {"website", prop::website},       {"address", prop::address},
      {"birthPlace", prop::birthPlace}, {"legalForm", prop::legalForm},
      {"sector", prop::sector},         {"fatherName", prop::fatherName},
      {"motherName", prop::motherName}, {"ethnicity", prop::ethnicity},
      {"appearance", prop::appearance}, {"position", prop::position},
  }};
  return columns;
}

// "32017R1509" -> "eu_2017_1509".
std::string dataset_of(std::string_view celex) {
  if (celex.size() < 7) return "eu_journal";
  std::string_view number = celex.substr(6);
  while (number.size() > 1 && number.front() == '0') number.remove_prefix(1);
  return fmt::format("eu_{}_{}", celex.substr(1, 4), number);
}

model::Schema schema_of(std::string_view printed, std::string_view name) {
  const auto schema = model::parse_schema(printed);
  if (!schema || *schema == model::Schema::LegalEntity) {
    return has_company_form(name) ? model::Schema::Company : model::Schema::LegalEntity;
  }
  return *schema;
}

class JournalReader {
 public:
  JournalReader(const base::CsvTable& table, Collector& collector) : table_(table), collector_(collector) {}

  void read(std::size_t row) {
    const std::string_view name = get(row, "name"), annex = get(row, "annex"), number = get(row, "recordId");
    const std::string_view celex = get(row, "celex");
    Record record(collector_, schema_of(get(row, "schema"), name), std::string(), table_.line(row));
    set_source(record, celex, annex, number);
    add_name(record, name);
    for (const std::string& alias : split_names(get(row, "alias"), false))
      record.add_alias(prop::alias, alias);
    for (const std::string& alias : split_names(get(row, "weakAlias"), false))
      record.add_alias(prop::weakAlias, alias);
    for (const std::string& old : split_names(get(row, "previousName"), false))
      record.add_alias(prop::previousName, old);
    record.add_program("EU", get(row, "programKey"));
    record.add(prop::topics, get(row, "measure") == "Export control" ? "export.control" : "sanction");
    record.add(prop::measure, get(row, "measure"));
    record.add(prop::listedAs, annex);
    add_designation(record, celex, annex);
    record.add_dates(prop::listingDate, get(row, "startDate"));
    record.add_dates(prop::birthDate, get(row, "birthDate"));
    record.add_dates(prop::incorporationDate, get(row, "incorporationDate"));
    record.add_gender(get(row, "gender"));
    record.add_country(prop::nationality, get(row, "nationality"));
    record.add_country(prop::country, get(row, "country"));
    record.add_country(prop::jurisdiction, get(row, "jurisdiction"));
    record.add_country(prop::flag, get(row, "flag"));
    for (const std::string_view one : split_list(get(row, "imoNumber"))) record.add_imo(one);
    add_documents(record, prop::passportNumber, get(row, "passportNumber"));
    add_documents(record, prop::idNumber, get(row, "idNumber"));
    for (const PlainColumn& plain : plain_columns()) {
      for (const std::string_view item : split_list(get(row, plain.column))) {
        for (const std::string_view one : split_enumeration(item)) record.add(plain.property, one);
      }
    }
    add_country_of_address(record);
    record.add(prop::reason, get(row, "reason"));
    record.add(prop::notes, get(row, "notes"));
    record.finish(id_of(record, celex, annex, number, name));
  }

 private:
  std::string_view get(std::size_t row, std::string_view column) const {
    auto known = columns_.find(column);
    if (known == columns_.end()) known = columns_.emplace(column, table_.column({column})).first;
    return base::trim(table_.cell(row, known->second));
  }

  void set_source(Record& record, std::string_view celex, std::string_view annex, std::string_view number) {
    record.entity().source.record = number.empty() ? fmt::format("{} annex {}", celex, annex)
                                                   : fmt::format("{} annex {}[{}]", celex, annex, number);
    const std::string dataset = dataset_of(celex);
    if (dataset == collector_.source()->dataset) return;
    if (!other_ || other_->dataset != dataset) {
      model::SourceFile file = *collector_.source();
      file.dataset = dataset;
      other_ = std::make_shared<const model::SourceFile>(std::move(file));
    }
    record.entity().source.file = other_;
  }

  // Regulation (EU) 2017/1509: annexes XIII and XIV carry over what the Security Council or its 1718
  // Committee designated, XV and later the Union's own listings. XIV.B ships may not enter ports (Article
  // 39).
  static void add_designation(Record& record, std::string_view celex, std::string_view annex) {
    if (celex != "32017R1509") return;
    const std::string_view part = annex.substr(0, annex.find('.'));
    record.add(prop::authority, part == "XIII" || part == "XIV" ? "UN" : "EU");
    if (annex == "XIV.B") record.add(prop::measure, "Port entry ban");
  }

  // Ships are printed "Chol Ryong (Ryong Gun Bong)": this name and the other ones it has sailed under.
  static void add_name(Record& record, std::string_view name) {
    if (record.schema() != model::Schema::Vessel) return record.add(prop::name, name);
    const Bracketed parts = split_brackets(name);
    record.add(prop::name, parts.before);
    for (const std::string_view other : parts.inside) record.add(prop::alias, other);
  }

  static void add_documents(Record& record, std::string_view property, std::string_view text) {
    for (const std::string_view item : split_list(text)) {
      for (const std::string_view one : split_enumeration(item)) {
        record.add(property, document_number(one));
        if (document_number(one) != one) record.add(prop::notes, fmt::format("{}: {}", property, one));
      }
    }
  }

  // "Pyongyang, DPRK": the last part of an address, where it is a country.
  static void add_country_of_address(Record& record) {
    std::string codes;
    for (const std::string_view address : record.entity().all(prop::address)) {
      const std::size_t comma = address.rfind(',');
      const std::string_view last =
          base::trim(comma == std::string_view::npos ? address : address.substr(comma + 1));
      if (const auto& code = record.collector().country(last)) codes += *code + ';';
    }
    for (const std::string_view code : split_list(codes)) record.add(prop::country, code);
  }

  static std::string id_of(const Record& record, std::string_view celex, std::string_view annex,
                           std::string_view number, std::string_view name) {
    std::string key(number);
    if (key.empty()) {
      const std::string_view imo = record.first(prop::imoNumber);
      key = imo.empty() ? slug(name) : fmt::format("imo{}", imo);
    }
    return fmt::format("eu-{}-{}-{}", slug(celex), slug(annex), slug(key));
  }

  const base::CsvTable& table_;
  Collector& collector_;
  std::shared_ptr<const model::SourceFile> other_;
  mutable std::unordered_map<std::string_view, std::optional<std::size_t>> columns_;
};

}  // namespace

bool sniff_eu_journal(std::string_view head) {
  const std::string_view header = head.substr(0, head.find('\n'));
  return header.starts_with("celex,") && header.find(",programKey,") != std::string_view::npos;
}

base::Result<ListFile> read_eu_journal(const Input& input) {
  base::Tally rejects;
  const auto text = input.text(rejects);
  if (!text) return tl::unexpected(text.error());
  const auto table = base::CsvTable::parse(*text, input.path().string());
  if (!table) return tl::unexpected(table.error());
  for (const std::string_view column : {"celex", "annex", "name", "schema", "programKey", "startDate"}) {
    if (const auto found = table->require({column}); !found) return tl::unexpected(found.error());
  }
  const std::string celex(table->size() > 0 ? base::trim(table->cell(0, table->column({"celex"})))
                                            : std::string_view{});
  Collector collector({dataset_of(celex), input.path().string(), "", "eu-journal"});
  collector.rejects().merge(rejects);
  collector.reserve(table->size());
  JournalReader reader(*table, collector);
  for (std::size_t row = 0; row < table->size(); ++row) reader.read(row);
  return std::move(collector).take();
}

}  // namespace cordon::lists
