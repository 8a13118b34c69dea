#include "cordon/lists/ca_sema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "cordon/base/text.hpp"
#include "cordon/lists/collector.hpp"
#include "cordon/lists/values.hpp"
#include "cordon/lists/xml.hpp"

namespace cordon::lists {
namespace {

// "Russia / Russie" -> "Russia"; "Justice for Victims of ... (JVCFOR) / ..." -> "JVCFOR".
std::string_view programme_of(std::string_view country) {
  std::string_view english = base::trim(country.substr(0, country.find(" / ")));
  if (const std::size_t open = english.find("(JVCF"); open != std::string_view::npos) {
    english = english.substr(open + 1, english.find(')', open) - open - 1);
  }
  return english;
}

// "Name (also known as A, B and C)"; "English name/nom français".
void add_organisation_names(Record& record, std::string_view printed) {
  const std::string text = base::squeeze(printed);
  std::string_view name = text;
  std::size_t open = std::string_view::npos;
  for (const std::string_view mark : {"(also known as ", "(also known as: ", "(a.k.a. ", "(aka "}) {
    if (open = name.find(mark); open == std::string_view::npos) continue;
    std::string_view others = name.substr(open + mark.size());
    others = others.substr(0, others.rfind(')'));
    for (const std::string& other : split_names(others, true)) {
      std::string_view rest = other;
      for (std::size_t cut = rest.find(" and "); cut != std::string_view::npos; cut = rest.find(" and ")) {
        // "Agat and Gavrilov-Yaminskiy Plant" are two names, "Drilling and Production" is a part of one.
        if (!has_company_form(rest.substr(0, cut))) break;
        record.add_alias(prop::alias, rest.substr(0, cut));
        rest.remove_prefix(cut + 5);
      }
      record.add_alias(prop::alias, rest);
    }
    name = base::trim(name.substr(0, open));
    break;
  }
  constexpr std::size_t kShortestName = 7;  // "M/V" and "I/O" are no two names
  const std::size_t slash = name.find('/');
  if (slash != std::string_view::npos && slash >= kShortestName && name.size() - slash > kShortestName) {
    record.add(prop::name, name.substr(0, slash));
    record.add(prop::alias, name.substr(slash + 1));
  } else {
    record.add(prop::name, name);
  }
}

void add_aliases(Record& record, std::string_view text, bool person) {
  const auto parts = split_names(text, true);
  // "PUTIN, Vladimir": two parts of which one is a single word are one name, not two.
  const bool one_name = person && parts.size() == 2 && text.find(';') == std::string_view::npos &&
                        text.find(" / ") == std::string_view::npos &&
                        std::any_of(parts.begin(), parts.end(),
                                    [](const std::string& p) { return p.find(' ') == std::string::npos; });
  if (one_name) return record.add_alias(prop::alias, natural_order(base::squeeze(text)));
  for (const std::string& part : parts) record.add_alias(prop::alias, part);
}

void read_record(Collector& collector, const XmlFile& file, pugi::xml_node node) {
  const std::string_view organisation = child_text(node, "EntityOrShip"), last = child_text(node, "LastName");
  const std::string_view imo = child_text(node, "ShipIMONumber"), schedule = child_text(node, "Schedule");
  const std::string_view item = child_text(node, "Item"), country = programme_of(child_text(node, "Country"));
  const bool person = organisation.empty();
  const model::Schema schema = person                           ? model::Schema::Person
                               : !imo.empty()                   ? model::Schema::Vessel
                               : has_company_form(organisation) ? model::Schema::Company
                                                                : model::Schema::Organization;
  Record record(collector, schema, fmt::format("{}, Schedule {}, item {}", country, schedule, item),
                file.line_of(node));
  const std::string_view given = child_text(node, "GivenName");
  if (person) {
    record.add(prop::name, fmt::format("{} {}", given, last));
    record.add(prop::firstName, given);
    record.add(prop::lastName, last);
  } else {
    add_organisation_names(record, organisation);
  }
  add_aliases(record, child_text(node, "Aliases"), person);
  record.add_program("CA", country);
  record.add(prop::topics, "sanction");
  record.add(prop::listedAs, schedule);
  record.add_dates(prop::listingDate, child_text(node, "DateOfListing"));
  record.add_imo(imo);
  record.add(schema == model::Schema::Vessel ? prop::type : prop::title, child_text(node, "TitleOrShip"));
  record.add_dates(schema == model::Schema::Vessel ? prop::buildDate
                   : person                        ? prop::birthDate
                                                   : prop::incorporationDate,
                   child_text(node, "DateOfBirthOrShipBuildDate"));
  record.finish(fmt::format("ca-sema-{}-{}-{}", slug(country), slug(schedule), slug(item)));
}

}  // namespace

bool sniff_ca_sema(std::string_view head) {
  return xml_root(head) == "data-set" && head.find("<record>") != std::string_view::npos &&
         head.find("<Country>") != std::string_view::npos;
}

base::Result<ListFile> read_ca_sema(const Input& input) {
  const auto file = XmlFile::parse(input, "data-set");
  if (!file) return tl::unexpected(file.error());
  Collector collector({"ca_sema", input.path().string(), "", "ca-sema-xml"});
  for_children(file->root(), "record", [&](pugi::xml_node node) { read_record(collector, *file, node); });
  return std::move(collector).take();
}

}  // namespace cordon::lists
