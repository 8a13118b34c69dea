#include "cordon/screen/columns.hpp"

#include "cordon/base/text.hpp"

namespace cordon::screen {
namespace {

std::string_view cell(const base::CsvRow& row, const std::optional<std::size_t>& column) {
  return column && *column < row.size() ? base::trim(row[*column]) : std::string_view{};
}

void split_into(std::vector<std::string>& out, std::string_view text) {
  for (const std::string_view part : base::split(text, ';'))
    if (!base::trim(part).empty()) out.emplace_back(base::trim(part));
}

}  // namespace

std::optional<std::size_t> find_column(const base::CsvRow& header,
                                       std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names)
    for (std::size_t i = 0; i < header.size(); ++i)
      if (base::iequals(base::trim(header[i]), name)) return i;
  return std::nullopt;
}

Columns::Columns(const base::CsvRow& header, std::string_view prefix, std::string_view name) {
  const auto find = [&](std::initializer_list<std::string_view> names) -> Column {
    for (const std::string_view one : names)
      if (const auto at = find_column(header, {std::string(prefix) + std::string(one)})) return at;
    return std::nullopt;
  };
  name_ = find({"name", "full_name", "names"});
  if (!name_ && !name.empty()) name_ = find_column(header, {name});
  first_ = find({"first_name", "given_name", "firstname"});
  middle_ = find({"middle_name", "father_name", "patronymic"});
  last_ = find({"last_name", "family_name", "surname", "lastname"});
  birth_ = find({"birth_date", "date_of_birth", "dob", "birthdate"});
  country_ = find({"country", "countries", "jurisdiction"});
  nationality_ = find({"nationality", "citizenship"});
  gender_ = find({"gender", "sex"});
  imo_ = find({"imo", "imo_number", "imo_ship"});
  imo_company_ = find({"imo_company", "imo_company_number"});
  mmsi_ = find({"mmsi"});
  callsign_ = find({"callsign", "call_sign"});
  flag_ = find({"flag"});
  passport_ = find({"passport", "passport_number"});
  lei_ = find({"lei", "lei_code"});
  build_ = find({"build_year", "built", "year_built", "build_date"});
}

Query Columns::query(const base::CsvRow& row) const {
  Query query;
  split_into(query.names, cell(row, name_));
  if (query.names.empty()) {
    std::string full;
    for (const Column& part : {first_, middle_, last_}) {
      if (cell(row, part).empty()) continue;
      if (!full.empty()) full += ' ';
      full += cell(row, part);
    }
    if (!full.empty()) query.names.push_back(std::move(full));
  }
  split_into(query.birth_dates, cell(row, birth_));
  split_into(query.countries, cell(row, country_));
  split_into(query.countries, cell(row, nationality_));
  query.gender = cell(row, gender_);
  query.imo = cell(row, imo_);
  query.imo_company = cell(row, imo_company_);
  query.mmsi = cell(row, mmsi_);
  query.callsign = cell(row, callsign_);
  query.flag = cell(row, flag_);
  query.passport = cell(row, passport_);
  query.lei = cell(row, lei_);
  query.build_year = cell(row, build_);
  return query;
}

base::Result<std::optional<model::Schema>> read_schema(std::string_view text) {
  text = base::trim(text);
  if (text.empty()) return std::optional<model::Schema>{};
  if (const auto schema = model::parse_schema(text)) return schema;
  const std::string word = base::ascii_lower(text);
  if (word == "person" || word == "individual") return model::Schema::Person;
  if (word == "vessel" || word == "ship") return model::Schema::Vessel;
  if (word == "company") return model::Schema::Company;
  if (word == "organization" || word == "organisation" || word == "entity")
    return model::Schema::Organization;
  if (word == "legalentity") return model::Schema::LegalEntity;
  return base::fail("schema: expected Person, Company, Organization, LegalEntity or Vessel, found '{}'",
                    text);
}

}  // namespace cordon::screen
