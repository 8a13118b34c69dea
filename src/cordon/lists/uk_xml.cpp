#include "cordon/lists/uk_xml.hpp"

#include <fmt/format.h>

#include <string>

#include "cordon/base/text.hpp"
#include "cordon/lists/collector.hpp"
#include "cordon/lists/uk_fields.hpp"
#include "cordon/lists/values.hpp"
#include "cordon/lists/xml.hpp"

namespace cordon::lists {
namespace {

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
      const UkField* field = uk_field_of_element(local_name(node));
      if (field && node.first_child().type() != pugi::node_element) add(record, *field, node_text(node));
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
