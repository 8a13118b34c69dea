#include "cordon/lists/ofac_xml.hpp"

#include <fmt/format.h>

#include <string>

#include "cordon/base/text.hpp"
#include "cordon/lists/collector.hpp"
#include "cordon/lists/ofac_remarks.hpp"
#include "cordon/lists/values.hpp"
#include "cordon/lists/xml.hpp"

namespace cordon::lists {
namespace {

template <class F>
void for_items(pugi::xml_node entry, std::string_view list, std::string_view item, F&& f) {
  for_children(child(entry, list), item, f);
}

model::Schema schema_of(std::string_view type, std::string_view name) {
  if (base::iequals(type, "individual")) return model::Schema::Person;
  if (base::iequals(type, "vessel")) return model::Schema::Vessel;
  if (base::iequals(type, "aircraft")) return model::Schema::Airplane;
  return has_company_form(name) ? model::Schema::Company : model::Schema::Organization;
}

std::string natural_name(pugi::xml_node node) {
  const std::string_view first = child_text(node, "firstName"), last = child_text(node, "lastName");
  return first.empty() ? std::string(last) : fmt::format("{} {}", first, last);
}

void add_alias(Record& record, pugi::xml_node node) {
  const bool former = child_text(node, "type") == "f.k.a.", weak = child_text(node, "category") == "weak";
  record.add_alias(former ? prop::previousName : weak ? prop::weakAlias : prop::alias, natural_name(node));
}

void add_identifier(Record& record, pugi::xml_node node) {
  const std::string_view type = child_text(node, "idType"), number = child_text(node, "idNumber");
  const std::string phrase = fmt::format("{} {}", type, number);
  if (add_ofac_phrase(record, phrase)) {
    if (names_dprk_regulations(phrase)) record.add(prop::riskRegime, "dprk");
    return;
  }
  // An identifier of a kind not in the table is still one when it has a country that issued it.
  if (!child_text(node, "idCountry").empty()) return record.add(prop::idNumber, number);
  record.add(prop::notes, phrase);
}

void add_address(Record& record, pugi::xml_node node) {
  std::string address;
  for (const std::string_view name :
       {"address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "country"}) {
    const std::string_view part = child_text(node, name);
    if (part.empty()) continue;
    if (!address.empty()) address += ", ";
    address += part;
  }
  record.add(prop::address, address);
  record.add_country(prop::country, child_text(node, "country"));
}

void add_vessel(Record& record, pugi::xml_node node) {
  record.add(prop::callSign, child_text(node, "callSign"));
  record.add(prop::type, child_text(node, "vesselType"));
  record.add_country(prop::flag, child_text(node, "vesselFlag"));
  record.add(prop::owner, child_text(node, "vesselOwner"));
  record.add(prop::tonnage, child_text(node, "tonnage"));
  record.add(prop::grossRegisteredTonnage, child_text(node, "grossRegisteredTonnage"));
}

void read_entry(Collector& collector, const XmlFile& file, pugi::xml_node entry) {
  const std::string_view uid = child_text(entry, "uid");
  Record record(collector, schema_of(child_text(entry, "sdnType"), child_text(entry, "lastName")),
                fmt::format("uid {}", uid), file.line_of(entry));
  record.add(prop::name, natural_name(entry));
  if (record.schema() == model::Schema::Person) {
    record.add(prop::firstName, child_text(entry, "firstName"));
    record.add(prop::lastName, child_text(entry, "lastName"));
  }
  for_items(entry, "programList", "program",
            [&](pugi::xml_node n) { add_ofac_programs(record, node_text(n)); });
  record.add(prop::topics, "sanction");
  record.add(prop::title, child_text(entry, "title"));
  for_items(entry, "akaList", "aka", [&](pugi::xml_node n) { add_alias(record, n); });
  for_items(entry, "dateOfBirthList", "dateOfBirthItem",
            [&](pugi::xml_node n) { record.add_dates(prop::birthDate, child_text(n, "dateOfBirth")); });
  for_items(entry, "placeOfBirthList", "placeOfBirthItem", [&](pugi::xml_node n) {
    add_ofac_phrase(record, fmt::format("POB {}", child_text(n, "placeOfBirth")));
  });
  for_items(entry, "nationalityList", "nationality",
            [&](pugi::xml_node n) { record.add_country(prop::nationality, child_text(n, "country")); });
  for_items(entry, "citizenshipList", "citizenship",
            [&](pugi::xml_node n) { record.add_country(prop::citizenship, child_text(n, "country")); });
  for_items(entry, "idList", "id", [&](pugi::xml_node n) { add_identifier(record, n); });
  for_items(entry, "addressList", "address", [&](pugi::xml_node n) { add_address(record, n); });
  if (const pugi::xml_node vessel = child(entry, "vesselInfo")) add_vessel(record, vessel);
  add_ofac_remarks(record, child_text(entry, "remarks"));
  record.finish(fmt::format("{}{}", ofac_id_prefix(*collector.source()), slug(uid)));
}

}  // namespace

bool sniff_ofac_xml(std::string_view head) {
  return xml_root(head) == "sdnList";
}

base::Result<ListFile> read_ofac_xml(const Input& input) {
  const auto file = XmlFile::parse(input, "sdnList");
  if (!file) return tl::unexpected(file.error());
  // "publshInformation" is how the schema spells it.
  const std::string_view published = child_text(child(file->root(), "publshInformation"), "Publish_Date");
  std::string version(published);  // mm/dd/yyyy
  if (published.size() == 10 && published[2] == '/' && published[5] == '/') {
    version = fmt::format("{}-{}-{}", published.substr(6), published.substr(0, 2), published.substr(3, 2));
  }
  std::size_t entries = 0, non_sdn = 0;
  for_children(file->root(), "sdnEntry", [&](pugi::xml_node entry) {
    ++entries;
    bool here = false;
    for_items(entry, "programList", "program",
              [&](pugi::xml_node n) { here = here || is_non_sdn_programme(node_text(n)); });
    non_sdn += here ? 1 : 0;
  });
  Collector collector(
      {non_sdn * 2 > entries ? "us_ofac_cons" : "us_ofac_sdn", input.path().string(), version, "ofac-xml"});
  collector.reserve(entries);
  for_children(file->root(), "sdnEntry", [&](pugi::xml_node entry) { read_entry(collector, *file, entry); });
  const auto stated =
      base::parse_number<std::size_t>(child_text(child(file->root(), "publshInformation"), "Record_Count"));
  if (stated && *stated != entries) {
    return base::fail("{}: the file says it has {} records, found {}; it may be cut off",
                      input.path().string(), *stated, entries);
  }
  return std::move(collector).take();
}

}  // namespace cordon::lists
