#include "cordon/lists/uk_xml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "cordon/base/text.hpp"
#include "cordon/lists/collector.hpp"
#include "cordon/lists/values.hpp"
#include "cordon/lists/xml.hpp"

namespace cordon::lists {
namespace {

enum class Kind : unsigned char { text, dates, country, gender, imo, list, document, regime };

struct Leaf {
  std::string_view element, property;
  Kind kind;
};
constexpr std::size_t kLeaves = 34;

const std::array<Leaf, kLeaves>& leaves() {
  static const std::array<Leaf, kLeaves> table = {{
      {"Title", prop::title, Kind::text},
      {"RegimeName", prop::program, Kind::regime},
      {"UNReferenceNumber", prop::referenceNumber, Kind::text},
      {"OFSIGroupID", prop::referenceNumber, Kind::text},
      {"DesignationSource", prop::authority, Kind::text},
      {"SanctionsImposed", prop::measure, Kind::list},
      {"DateDesignated", prop::listingDate, Kind::dates},
      {"LastUpdated", prop::modifiedAt, Kind::dates},
      {"OtherInformation", prop::notes, Kind::text},
      {"UKStatementofReasons", prop::reason, Kind::text},
      {"PhoneNumber", prop::phone, Kind::text},
      {"EmailAddress", prop::email, Kind::text},
      {"Website", prop::website, Kind::text},
      {"DOB", prop::birthDate, Kind::dates},
      {"Nationality", prop::nationality, Kind::country},
      {"Position", prop::position, Kind::text},
      {"Gender", prop::gender, Kind::gender},
      {"PassportNumber", prop::passportNumber, Kind::document},
      {"NationalIdentifierNumber", prop::idNumber, Kind::document},
      {"BusinessRegistrationNumber", prop::registrationNumber, Kind::document},
      {"TypeOfEntity", prop::legalForm, Kind::text},
      {"ParentCompany", prop::linkedTo, Kind::text},
      {"IMONumber", prop::imoNumber, Kind::imo},
      {"CurrentOwnerOperator", prop::owner, Kind::text},
      {"PreviousOwnerOperator", prop::linkedTo, Kind::text},
      {"CurrentBelievedFlagOfShip", prop::flag, Kind::country},
      {"CurrentFlag", prop::flag, Kind::country},
      {"PreviousFlag", prop::pastFlags, Kind::country},
      {"TypeOfShip", prop::type, Kind::text},
      {"TonnageOfShip", prop::tonnage, Kind::text},
      {"LengthOfShip", prop::length, Kind::text},
      {"YearBuilt", prop::buildDate, Kind::dates},
      {"YearOfBuild", prop::buildDate, Kind::dates},
      {"HullIdentificationNumber", prop::registrationNumber, Kind::document},
  }};
  return table;
}

void add_leaf(Record& record, const Leaf& leaf, std::string_view text) {
  switch (leaf.kind) {
    case Kind::text:
      return record.add(leaf.property, text);
    case Kind::dates:
      return record.add_dates(leaf.property, text);
    case Kind::country:
      return record.add_country(leaf.property, text);
    case Kind::gender:
      return record.add_gender(text);
    case Kind::imo:
      return record.add_imo(text);
    case Kind::list:
      for (const std::string_view one : split_list(text, "|;")) record.add(leaf.property, one);
      return;
    case Kind::document:
      for (const std::string_view one : split_enumeration(text))
        record.add(leaf.property, document_number(one));
      return;
    case Kind::regime:
      record.add(prop::program, text);
      if (is_dprk_programme(text)) record.add(prop::regime, "dprk");
      return;
  }
}

// Name6 holds the surname, or the whole name of an entity or ship; Name1..5 come before it.
std::string whole_name(pugi::xml_node name) {
  std::string out;
  for (const std::string_view part : {"Name1", "Name2", "Name3", "Name4", "Name5", "Name6"}) {
    const std::string_view text = child_text(name, part);
    if (text.empty()) continue;
    if (!out.empty()) out += ' ';
    out += text;
  }
  return out;
}

void add_name(Record& record, pugi::xml_node name) {
  const std::string type = base::ascii_lower(child_text(name, "NameType"));
  const std::string strength = base::ascii_lower(child_text(name, "AliasStrength"));
  if (type == "primary name") return record.add(prop::name, whole_name(name));
  record.add_alias(strength.find("low") != std::string::npos ? prop::weakAlias : prop::alias,
                   whole_name(name));
}

void add_address(Record& record, pugi::xml_node node) {
  std::string address;
  for (const pugi::xml_node line : node.children()) {
    const std::string_view text = node_text(line);
    if (text.empty()) continue;
    if (!address.empty()) address += ", ";
    address += text;
  }
  record.add(prop::address, address);
  record.add_country(prop::country, child_text(node, "AddressCountry"));
}

void add_birth_place(Record& record, pugi::xml_node node) {
  const std::string_view town = child_text(node, "TownOfBirth"), country = child_text(node, "CountryOfBirth");
  record.add(prop::birthPlace, town.empty()      ? std::string(country)
                               : country.empty() ? std::string(town)
                                                 : fmt::format("{}, {}", town, country));
  record.add_country(prop::birthCountry, country);
}

bool add_group(Record& record, pugi::xml_node node) {
  const std::string_view name = local_name(node);
  if (name == "Name" && child(node, "NameType")) {
    add_name(record, node);
  } else if (name == "Address" && node.first_child().type() == pugi::node_element) {
    add_address(record, node);
  } else if (name == "Location") {
    add_birth_place(record, node);
  } else if (name == "NameNonLatinScript") {
    record.add(prop::alias, node_text(node));
    record.add(prop::originalScript, node_text(node));
  } else {
    return false;
  }
  return true;
}

// The element after `node` in the tree below `top`, not going into it where `skip`. No recursion: depth is
// the sender's choice.
pugi::xml_node next_node(pugi::xml_node node, pugi::xml_node top, bool skip) {
  if (!skip && node.first_child()) return node.first_child();
  while (node && node != top) {
    if (node.next_sibling()) return node.next_sibling();
    node = node.parent();
  }
  return {};
}

model::Schema schema_of(pugi::xml_node designation) {
  const std::string_view kind = child_text(designation, "IndividualEntityShip");
  if (base::iequals(kind, "Individual")) return model::Schema::Person;
  if (base::iequals(kind, "Ship")) return model::Schema::Vessel;
  std::string name;
  for_children(child(designation, "Names"), "Name", [&](pugi::xml_node n) {
    if (name.empty()) name = whole_name(n);
  });
  return has_company_form(name) ? model::Schema::Company : model::Schema::Organization;
}

void read_designation(Collector& collector, const XmlFile& file, pugi::xml_node designation) {
  const std::string_view id = child_text(designation, "UniqueID");
  Record record(collector, schema_of(designation), std::string(id), file.line_of(designation));
  record.add(prop::topics, "sanction");
  record.add(prop::programId, fmt::format("GB-{}", id.substr(0, id.find_first_of("0123456789"))));
  for (pugi::xml_node node = designation.first_child(); node;) {
    const bool grouped = node.type() == pugi::node_element && add_group(record, node);
    if (!grouped && node.type() == pugi::node_element) {
      const auto leaf = std::find_if(leaves().begin(), leaves().end(),
                                     [&](const Leaf& l) { return l.element == local_name(node); });
      if (leaf != leaves().end() && node.first_child().type() != pugi::node_element)
        add_leaf(record, *leaf, node_text(node));
    }
    node = next_node(node, designation, grouped);
  }
  record.finish(fmt::format("gb-{}", slug(id)));
}

}  // namespace

bool sniff_uk_xml(std::string_view head) {
  return xml_root(head) == "Designations";
}

base::Result<ListFile> read_uk_xml(const Input& input) {
  const auto file = XmlFile::parse(input, "Designations");
  if (!file) return tl::unexpected(file.error());
  std::string version(child_text(file->root(), "DateGenerated"));
  if (const auto dates = parse_dates(version); !dates.empty()) version = base::to_string(dates.front());
  Collector collector({"gb_fcdo", input.path().string(), version, "uk-xml"});
  for_children(file->root(), "Designation",
               [&](pugi::xml_node node) { read_designation(collector, *file, node); });
  return std::move(collector).take();
}

}  // namespace cordon::lists
