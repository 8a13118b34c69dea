#include "cordon/lists/eu_fsf_xml.hpp"

#include <fmt/format.h>

#include <string>

#include "cordon/base/ids.hpp"
#include "cordon/base/text.hpp"
#include "cordon/lists/collector.hpp"
#include "cordon/lists/values.hpp"
#include "cordon/lists/xml.hpp"

namespace cordon::lists {
namespace {

std::string whole_name(pugi::xml_node alias) {
  const std::string_view whole = attribute(alias, "wholeName");
  if (!whole.empty()) return std::string(whole);
  return fmt::format("{} {} {}", attribute(alias, "firstName"), attribute(alias, "middleName"),
                     attribute(alias, "lastName"));
}

// The file knows persons and enterprises; ships are enterprises with an IMO number that is a ship's.
model::Schema schema_of(pugi::xml_node entity) {
  const std::string_view code = attribute(child(entity, "subjectType"), "code");
  if (code == "person" || code == "P") return model::Schema::Person;
  bool ship = false, company = false;
  for_children(entity, "identification", [&](pugi::xml_node id) {
    if (attribute(id, "identificationTypeCode") != "imo") return;
    const auto number = base::parse_imo(attribute(id, "number"));
    ship = ship || (number && base::imo_ship_check(*number) && !base::imo_company_check(*number));
  });
  for_children(entity, "nameAlias",
               [&](pugi::xml_node n) { company = company || has_company_form(whole_name(n)); });
  return ship && !company ? model::Schema::Vessel
         : company        ? model::Schema::Company
                          : model::Schema::Organization;
}

void add_identification(Record& record, pugi::xml_node id) {
  const std::string_view code = attribute(id, "identificationTypeCode");
  std::string_view number = attribute(id, "number");
  if (number.empty()) number = attribute(id, "latinNumber");
  if (code == "imo") return record.add_imo(number);
  if (code == "swiftbic") return record.add(prop::swiftBic, number);
  const std::string_view property = code == "passport" || code == "diplopass"   ? prop::passportNumber
                                    : code == "taxno" || code == "vat"          ? prop::taxNumber
                                    : code == "regnumber" || code == "tradelic" ? prop::registrationNumber
                                                                                : prop::idNumber;
  record.add(property, document_number(number));
}

void add_birth(Record& record, pugi::xml_node birth) {
  const std::string_view date = attribute(birth, "birthdate"), year = attribute(birth, "year");
  const std::string_view from = attribute(birth, "yearRangeFrom"), to = attribute(birth, "yearRangeTo");
  if (!date.empty()) {
    record.add_dates(prop::birthDate, date);
  } else if (!year.empty() && year != "0") {
    record.add_dates(prop::birthDate, year);
  } else if (!from.empty() && from != "0") {
    record.add_dates(prop::birthDate, fmt::format("{} to {}", from, to));
  }
  std::string place(attribute(birth, "city"));
  for (const std::string_view part :
       {attribute(birth, "place"), attribute(birth, "region"), attribute(birth, "countryDescription")}) {
    if (part.empty() || part == "UNKNOWN") continue;
    if (!place.empty()) place += ", ";
    place += part;
  }
  record.add(prop::birthPlace, place);
  if (attribute(birth, "countryIso2Code") != "00")
    record.add_country(prop::birthCountry, attribute(birth, "countryIso2Code"));
}

void add_address(Record& record, pugi::xml_node node) {
  std::string address;
  for (const std::string_view name :
       {"street", "poBox", "place", "city", "region", "zipCode", "countryDescription"}) {
    const std::string_view part = attribute(node, name);
    if (part.empty() || part == "UNKNOWN") continue;
    if (!address.empty()) address += ", ";
    address += part;
  }
  record.add(prop::address, address);
  if (attribute(node, "countryIso2Code") != "00")
    record.add_country(prop::country, attribute(node, "countryIso2Code"));
  for_children(node, "contactInfo", [&](pugi::xml_node contact) {
    const std::string key = base::ascii_lower(attribute(contact, "key"));
    const std::string_view property = key == "email"                     ? prop::email
                                      : key == "web" || key == "website" ? prop::website
                                                                         : prop::phone;
    if (key != "fax") record.add(property, attribute(contact, "value"));
  });
}

void read_entity(Collector& collector, const XmlFile& file, pugi::xml_node node) {
  const std::string_view id = attribute(node, "logicalId"), reference = attribute(node, "euReferenceNumber");
  Record record(collector, schema_of(node), std::string(reference.empty() ? id : reference),
                file.line_of(node));
  for_children(node, "nameAlias", [&](pugi::xml_node alias) {
    const bool weak = attribute(alias, "strong") == "false";
    const std::string name = base::squeeze(whole_name(alias));
    if (!record.has(prop::name) && !weak && !has_non_latin(name)) {
      record.add(prop::name, name);
    } else {
      record.add_alias(weak ? prop::weakAlias : prop::alias, name);
    }
    record.add(prop::title, attribute(alias, "title"));
    record.add(prop::position, attribute(alias, "function"));
    if (!attribute(alias, "gender").empty()) record.add_gender(attribute(alias, "gender"));
  });
  for_children(node, "regulation", [&](pugi::xml_node regulation) {
    record.add_program("EU", attribute(regulation, "programme"));
    record.add(prop::listedAs, attribute(regulation, "numberTitle"));
    record.add_dates(prop::listingDate, attribute(regulation, "entryIntoForceDate"));
  });
  record.add(prop::topics, "sanction");
  record.add_dates(prop::listingDate, attribute(node, "designationDate"));
  record.add(prop::referenceNumber, attribute(node, "unitedNationId"));
  record.add(prop::referenceNumber, reference);
  for_children(node, "identification", [&](pugi::xml_node n) { add_identification(record, n); });
  for_children(node, "birthdate", [&](pugi::xml_node n) { add_birth(record, n); });
  for_children(node, "citizenship", [&](pugi::xml_node n) {
    if (attribute(n, "countryIso2Code") != "00")
      record.add_country(prop::nationality, attribute(n, "countryIso2Code"));
  });
  for_children(node, "address", [&](pugi::xml_node n) { add_address(record, n); });
  for_children(node, "remark", [&](pugi::xml_node n) {
    for (const ImoMention& imo : find_imo(node_text(n)))
      record.add_imo(fmt::format("{:07}", imo.number), imo.said_company);
    record.add(prop::notes, node_text(n));
  });
  record.finish(fmt::format("eu-fsf-{}", slug(id.empty() ? reference : id)));
}

}  // namespace

bool sniff_eu_fsf_xml(std::string_view head) {
  return xml_root(head) == "export" && head.find("sanctionEntity") != std::string_view::npos;
}

base::Result<ListFile> read_eu_fsf_xml(const Input& input) {
  const auto file = XmlFile::parse(input, "export");
  if (!file) return tl::unexpected(file.error());
  Collector collector({"eu_fsf", input.path().string(),
                       std::string(attribute(file->root(), "generationDate")), "eu-fsf-xml"});
  for_children(file->root(), "sanctionEntity",
               [&](pugi::xml_node node) { read_entity(collector, *file, node); });
  return std::move(collector).take();
}

}  // namespace cordon::lists
