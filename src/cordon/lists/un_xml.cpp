#include "cordon/lists/un_xml.hpp"

#include <fmt/format.h>

#include <initializer_list>
#include <string>

#include "cordon/base/text.hpp"
#include "cordon/lists/collector.hpp"
#include "cordon/lists/values.hpp"
#include "cordon/lists/xml.hpp"

namespace cordon::lists {
namespace {

std::string joined(pugi::xml_node node, std::initializer_list<std::string_view> names,
                   std::string_view glue) {
  std::string out;
  for (const std::string_view name : names) {
    const std::string_view part = child_text(node, name);
    if (part.empty()) continue;
    if (!out.empty()) out += glue;
    out += part;
  }
  return out;
}

void add_values(Record& record, pugi::xml_node node, std::string_view element, std::string_view property) {
  for_children(child(node, element), "VALUE", [&](pugi::xml_node v) { record.add(property, node_text(v)); });
}

void add_birth(Record& record, pugi::xml_node node) {
  const std::string_view from = child_text(node, "FROM_YEAR"), to = child_text(node, "TO_YEAR");
  if (!from.empty() || !to.empty()) record.add_dates(prop::birthDate, fmt::format("{} to {}", from, to));
  const std::string_view date = child_text(node, "DATE");
  record.add_dates(prop::birthDate, date.empty() ? child_text(node, "YEAR") : date);
}

// QUALITY: Good and a.k.a. are names like any other, Low is a weak one, f.k.a. a former one. Several names
// may stand in one element, separated by semicolons.
void add_alias(Record& record, pugi::xml_node node) {
  const std::string_view quality = child_text(node, "QUALITY");
  const std::string_view property = quality == "Low"      ? prop::weakAlias
                                    : quality == "f.k.a." ? prop::previousName
                                                          : prop::alias;
  const std::string_view names = child_text(node, "ALIAS_NAME");
  if (names.find('(') != std::string_view::npos) {
    record.add_alias(property, names);
  } else {
    for (const std::string_view name : split_list(names)) {
      for (const std::string_view item : split_enumeration(name)) record.add_alias(property, item);
    }
  }
  if (record.schema() == model::Schema::Person)
    record.add_dates(prop::birthDate, child_text(node, "DATE_OF_BIRTH"));
}

void add_address(Record& record, pugi::xml_node node) {
  record.add(prop::address, joined(node, {"STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY"}, ", "));
  record.add_country(prop::country, child_text(node, "COUNTRY"));
}

void add_document(Record& record, pugi::xml_node node) {
  const std::string kind = base::ascii_lower(joined(node, {"TYPE_OF_DOCUMENT", "TYPE_OF_DOCUMENT2"}, " "));
  const std::string_view number = child_text(node, "NUMBER");
  if (number.empty()) return;
  const bool passport = kind.find("pass") != std::string::npos ||
                        kind.find("pasaporte") != std::string::npos ||
                        base::ascii_lower(number).find("passport") != std::string::npos;
  record.add(passport ? prop::passportNumber : prop::idNumber, document_number(number));
  std::string note = joined(node,
                            {"TYPE_OF_DOCUMENT", "TYPE_OF_DOCUMENT2", "NUMBER", "ISSUING_COUNTRY",
                             "COUNTRY_OF_ISSUE", "CITY_OF_ISSUE", "DATE_OF_ISSUE", "NOTE"},
                            ", ");
  if (note.size() > number.size() + kind.size() + 4) record.add(prop::notes, note);
}

void read_record(Collector& collector, const XmlFile& file, pugi::xml_node node, bool person) {
  const std::string name = joined(node, {"FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"}, " ");
  const std::string_view reference = child_text(node, "REFERENCE_NUMBER"),
                         data_id = child_text(node, "DATAID");
  const model::Schema schema = person                   ? model::Schema::Person
                               : has_company_form(name) ? model::Schema::Company
                                                        : model::Schema::Organization;
  Record record(collector, schema, std::string(reference.empty() ? data_id : reference), file.line_of(node));
  record.add(prop::name, name);
  const std::string_view original = child_text(node, "NAME_ORIGINAL_SCRIPT");
  record.add(prop::alias, original);
  record.add(prop::originalScript, original);
  record.add_program("UN", child_text(node, "UN_LIST_TYPE"));
  record.add(prop::topics, "sanction");
  record.add(prop::referenceNumber, reference);
  record.add_dates(prop::listingDate, child_text(node, "LISTED_ON"));
  if (person) record.add_gender(child_text(node, "GENDER"));
  add_values(record, node, "TITLE", prop::title);
  add_values(record, node, "DESIGNATION", prop::position);
  for_children(child(node, "NATIONALITY"), "VALUE",
               [&](pugi::xml_node v) { record.add_country(prop::nationality, node_text(v)); });
  for_children(child(node, "LAST_DAY_UPDATED"), "VALUE",
               [&](pugi::xml_node v) { record.add_dates(prop::modifiedAt, node_text(v)); });
  for (const pugi::xml_node part : node.children()) {
    const std::string_view kind = local_name(part);
    if (kind.ends_with("_ALIAS")) {
      add_alias(record, part);
    } else if (kind.ends_with("_ADDRESS")) {
      add_address(record, part);
    } else if (kind == "INDIVIDUAL_DATE_OF_BIRTH") {
      add_birth(record, part);
    } else if (kind == "INDIVIDUAL_PLACE_OF_BIRTH") {
      record.add(prop::birthPlace, joined(part, {"CITY", "STATE_PROVINCE", "COUNTRY"}, ", "));
      record.add_country(prop::birthCountry, child_text(part, "COUNTRY"));
    } else if (kind == "INDIVIDUAL_DOCUMENT") {
      add_document(record, part);
    }
  }
  const std::string_view comments = child_text(node, "COMMENTS1");
  // The remarks of shipping companies carry their IMO company number in free text.
  for (const ImoMention& imo : find_imo(comments))
    record.add_imo(fmt::format("{:07}", imo.number), imo.said_company);
  record.add(prop::notes, comments);
  record.finish(fmt::format("un-{}", slug(reference.empty() ? data_id : reference)));
}

}  // namespace

bool sniff_un_xml(std::string_view head) {
  return xml_root(head) == "CONSOLIDATED_LIST";
}

base::Result<ListFile> read_un_xml(const Input& input) {
  const auto file = XmlFile::parse(input, "CONSOLIDATED_LIST");
  if (!file) return tl::unexpected(file.error());
  Collector collector(
      {"un_sc", input.path().string(), std::string(attribute(file->root(), "dateGenerated")), "un-xml"});
  const pugi::xml_node individuals = child(file->root(), "INDIVIDUALS"),
                       entities = child(file->root(), "ENTITIES");
  if (!individuals && !entities)
    return base::fail("{}: neither <INDIVIDUALS> nor <ENTITIES> found", input.path().string());
  for_children(individuals, "INDIVIDUAL", [&](pugi::xml_node n) { read_record(collector, *file, n, true); });
  for_children(entities, "ENTITY", [&](pugi::xml_node n) { read_record(collector, *file, n, false); });
  return std::move(collector).take();
}

}  // namespace cordon::lists
