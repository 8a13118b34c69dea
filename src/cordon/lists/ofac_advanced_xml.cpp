#include "cordon/lists/ofac_advanced_xml.hpp"

#include <fmt/format.h>

#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "cordon/base/text.hpp"
#include "cordon/lists/collector.hpp"
#include "cordon/lists/ofac_remarks.hpp"
#include "cordon/lists/values.hpp"
#include "cordon/lists/xml.hpp"

namespace cordon::lists {
namespace {

using NodesById = std::unordered_multimap<std::string_view, pugi::xml_node>;

NodesById by_attribute(pugi::xml_node parent, std::string_view element, std::string_view name) {
  NodesById nodes;
  for_children(parent, element, [&](pugi::xml_node n) { nodes.emplace(attribute(n, name), n); });
  return nodes;
}

// <Year>, <Month>, <Day> below a date element.
std::string date_text(pugi::xml_node date) {
  const auto part = [&](std::string_view name) {
    return base::parse_number<int>(child_text(date, name)).value_or(0);
  };
  const int year = part("Year"), month = part("Month"), day = part("Day");
  if (year == 0) return {};
  return month == 0 ? fmt::format("{}", year)
                    : fmt::format("{}-{:02}-{:02}", year, month, day == 0 ? 1 : day);
}

class AdvancedReader {
 public:
  AdvancedReader(const XmlFile& file, Collector& collector)
      : file_(file),
        collector_(collector),
        references_(child(file.root(), "ReferenceValueSets")),
        locations_(by_attribute(child(file.root(), "Locations"), "Location", "ID")),
        documents_(by_attribute(child(file.root(), "IDRegDocuments"), "IDRegDocument", "IdentityID")),
        entries_(by_attribute(child(file.root(), "SanctionsEntries"), "SanctionsEntry", "ProfileID")),
        relations_(by_attribute(child(file.root(), "ProfileRelationships"), "ProfileRelationship",
                                "From-ProfileID")) {
    each_profile(
        [&](pugi::xml_node profile) { names_.emplace(attribute(profile, "ID"), primary_name(profile)); });
  }

  void read_all() {
    each_profile([&](pugi::xml_node profile) { read(profile); });
  }

 private:
  template <class F>
  void each_profile(F&& f) const {
    for_children(child(file_.root(), "DistinctParties"), "DistinctParty",
                 [&](pugi::xml_node party) { for_children(party, "Profile", f); });
  }

  // The text of a reference value: reference("FeatureType", "8") -> "Birthdate".
  std::string_view reference(std::string_view element, std::string_view id) {
    auto& set = values_[element];
    if (set.empty()) {
      for (const pugi::xml_node group : references_.children()) {
        for_children(group, element,
                     [&](pugi::xml_node v) { set.emplace(attribute(v, "ID"), node_text(v)); });
      }
    }
    const auto found = set.find(id);
    return found == set.end() ? std::string_view{} : found->second;
  }

  // A documented name: parts in natural order, the last name last.
  std::string name_of(pugi::xml_node identity, pugi::xml_node documented) {
    std::unordered_map<std::string_view, std::string_view> part_types;
    for_children(child(identity, "NamePartGroups"), "MasterNamePartGroup", [&](pugi::xml_node master) {
      for_children(master, "NamePartGroup", [&](pugi::xml_node g) {
        part_types.emplace(attribute(g, "ID"), attribute(g, "NamePartTypeID"));
      });
    });
    std::string first, last;
    for_children(documented, "DocumentedNamePart", [&](pugi::xml_node part) {
      for_children(part, "NamePartValue", [&](pugi::xml_node value) {
        const auto type = part_types.find(attribute(value, "NamePartGroupID"));
        const bool is_last =
            type != part_types.end() && reference("NamePartType", type->second) == "Last Name";
        std::string& target = is_last ? last : first;
        if (!target.empty()) target += ' ';
        target += node_text(value);
      });
    });
    return first.empty() ? last : last.empty() ? first : first + ' ' + last;
  }

  std::string primary_name(pugi::xml_node profile) {
    std::string name;
    for_children(profile, "Identity", [&](pugi::xml_node identity) {
      for_children(identity, "Alias", [&](pugi::xml_node alias) {
        if (!name.empty() || attribute(alias, "Primary") != "true") return;
        name = name_of(identity, child(alias, "DocumentedName"));
      });
    });
    return name;
  }

  model::Schema schema_of(pugi::xml_node profile) {
    const std::string kind =
        base::ascii_lower(reference("PartySubType", attribute(profile, "PartySubTypeID")));
    if (kind == "vessel") return model::Schema::Vessel;
    if (kind == "aircraft") return model::Schema::Airplane;
    // Individuals and entities have the sub-type "Unknown"; their party type tells them apart.
    for (const pugi::xml_node group : references_.children()) {
      for (const pugi::xml_node value : group.children()) {
        if (local_name(value) != "PartySubType" ||
            attribute(value, "ID") != attribute(profile, "PartySubTypeID"))
          continue;
        if (base::iequals(reference("PartyType", attribute(value, "PartyTypeID")), "Individual"))
          return model::Schema::Person;
      }
    }
    return has_company_form(primary_name(profile)) ? model::Schema::Company : model::Schema::Organization;
  }

  void read(pugi::xml_node profile) {
    const std::string_view id = attribute(profile, "ID");
    Record record(collector_, schema_of(profile), fmt::format("uid {}", id), file_.line_of(profile));
    record.add(prop::topics, "sanction");
    for_children(profile, "Identity", [&](pugi::xml_node identity) {
      for_children(identity, "Alias", [&](pugi::xml_node alias) { add_alias(record, identity, alias); });
      const auto [begin, end] = documents_.equal_range(attribute(identity, "ID"));
      for (auto it = begin; it != end; ++it) add_document(record, it->second);
    });
    for_children(profile, "Feature", [&](pugi::xml_node feature) { add_feature(record, feature); });
    const auto [begin, end] = entries_.equal_range(id);
    for (auto it = begin; it != end; ++it) add_entry(record, it->second);
    const auto [from, to] = relations_.equal_range(id);
    for (auto it = from; it != to; ++it) {
      const auto other = names_.find(attribute(it->second, "To-ProfileID"));
      if (other != names_.end()) record.add(prop::linkedTo, other->second);
    }
    record.add(prop::notes, child_text(profile, "Comment"));
    record.finish(fmt::format("{}{}", ofac_id_prefix(*collector_.source()), slug(id)));
  }

  void add_alias(Record& record, pugi::xml_node identity, pugi::xml_node alias) {
    const bool primary = attribute(alias, "Primary") == "true",
               weak = attribute(alias, "LowQuality") == "true";
    const bool former = reference("AliasType", attribute(alias, "AliasTypeID")) == "F.K.A.";
    for_children(alias, "DocumentedName", [&](pugi::xml_node documented) {
      const std::string name = name_of(identity, documented);
      if (primary && !record.has(prop::name)) return record.add(prop::name, name);
      record.add_alias(former ? prop::previousName : weak ? prop::weakAlias : prop::alias, name);
    });
  }

  void add_document(Record& record, pugi::xml_node document) {
    const std::string_view number = child_text(document, "IDRegistrationNo");
    const std::string_view type = reference("IDRegDocType", attribute(document, "IDRegDocTypeID"));
    if (!number.empty() && !add_ofac_phrase(record, fmt::format("{} {}", type, number)))
      record.add(prop::idNumber, number);
  }

  std::string location_text(pugi::xml_node location) {
    std::string text;
    for_children(location, "LocationPart", [&](pugi::xml_node part) {
      for_children(part, "LocationPartValue", [&](pugi::xml_node value) {
        if (!text.empty()) text += ", ";
        text += child_text(value, "Value");
      });
    });
    return text;
  }

  void add_location(Record& record, std::string_view type, pugi::xml_node location) {
    std::string country;
    for_children(location, "LocationCountry", [&](pugi::xml_node c) {
      country = std::string(reference("Country", attribute(c, "CountryID")));
    });
    for_children(location, "LocationAreaCode", [&](pugi::xml_node c) {
      if (country.empty()) country = std::string(reference("AreaCode", attribute(c, "AreaCodeID")));
    });
    std::string text = location_text(location);
    if (type == "Place of Birth") {
      add_ofac_phrase(record, fmt::format("POB {}", text.empty() ? country : text));
    } else if (type == "Nationality Country") {
      record.add_country(prop::nationality, country);
    } else if (type == "Citizenship Country") {
      record.add_country(prop::citizenship, country);
    } else if (type == "Location") {
      if (!country.empty()) text += (text.empty() ? "" : ", ") + country;
      record.add(prop::address, text);
      record.add_country(prop::country, country);
    } else if (!add_ofac_phrase(record, fmt::format("{} {}", type, country.empty() ? text : country))) {
      record.add_country(prop::country, country);
    }
  }

  void add_feature(Record& record, pugi::xml_node feature) {
    const std::string_view type = reference("FeatureType", attribute(feature, "FeatureTypeID"));
    for_children(feature, "FeatureVersion", [&](pugi::xml_node version) {
      for_children(version, "DatePeriod", [&](pugi::xml_node period) {
        const std::string start = date_text(child(child(period, "Start"), "From"));
        if (type == "Birthdate") return record.add_dates(prop::birthDate, start);
        if (!add_ofac_phrase(record, fmt::format("{} {}", type, start)))
          record.add(prop::notes, fmt::format("{} {}", type, start));
      });
      for_children(version, "VersionLocation", [&](pugi::xml_node l) {
        const auto found = locations_.find(attribute(l, "LocationID"));
        if (found != locations_.end()) add_location(record, type, found->second);
      });
      for_children(version, "VersionDetail", [&](pugi::xml_node detail) {
        std::string_view text = node_text(detail);
        if (text.empty()) text = reference("DetailReference", attribute(detail, "DetailReferenceID"));
        add_detail(record, type, text);
      });
    });
  }

  static void add_detail(Record& record, std::string_view type, std::string_view text) {
    const std::string kind = base::ascii_lower(type);
    if (text.empty()) return;
    if (kind == "vessel type") return record.add(prop::type, text);
    if (kind == "vessel owner") return record.add(prop::owner, text);
    if (kind == "vessel call sign") return record.add(prop::callSign, text);
    if (kind == "vessel flag") return record.add_country(prop::flag, text);
    if (kind == "vessel tonnage") return record.add(prop::tonnage, text);
    if (kind == "vessel gross registered tonnage") return record.add(prop::grossRegisteredTonnage, text);
    if (kind == "title") return record.add(prop::title, text);
    if (kind == "place of birth") {
      add_ofac_phrase(record, fmt::format("POB {}", text));
      return;
    }
    const std::string phrase = fmt::format("{} {}", type, text);
    if (!add_ofac_phrase(record, phrase)) record.add(prop::notes, phrase);
    if (names_dprk_regulations(phrase)) record.add(prop::riskRegime, "dprk");
  }

  void add_entry(Record& record, pugi::xml_node entry) {
    for_children(entry, "EntryEvent", [&](pugi::xml_node event) {
      record.add_dates(prop::listingDate, date_text(child(event, "Date")));
    });
    for_children(entry, "SanctionsMeasure", [&](pugi::xml_node measure) {
      if (reference("SanctionsType", attribute(measure, "SanctionsTypeID")) != "Program") return;
      add_ofac_programs(record, child_text(measure, "Comment"));
    });
  }

  const XmlFile& file_;
  Collector& collector_;
  pugi::xml_node references_;
  NodesById locations_, documents_, entries_, relations_;
  std::map<std::string_view, std::unordered_map<std::string_view, std::string_view>> values_;
  std::unordered_map<std::string_view, std::string> names_;
};

}  // namespace

bool sniff_ofac_advanced_xml(std::string_view head) {
  return xml_root(head) == "Sanctions" && (head.find("DateOfIssue") != std::string_view::npos ||
                                           head.find("ReferenceValueSets") != std::string_view::npos);
}

base::Result<ListFile> read_ofac_advanced_xml(const Input& input) {
  const auto file = XmlFile::parse(input, "Sanctions");
  if (!file) return tl::unexpected(file.error());
  if (!child(file->root(), "DistinctParties"))
    return base::fail("{}: no <DistinctParties> found", input.path().string());
  std::size_t programs = 0, non_sdn = 0;
  for_children(child(file->root(), "SanctionsEntries"), "SanctionsEntry", [&](pugi::xml_node entry) {
    for_children(entry, "SanctionsMeasure", [&](pugi::xml_node measure) {
      const std::string_view comment = child_text(measure, "Comment");
      if (comment.empty()) return;
      ++programs;
      non_sdn += is_non_sdn_programme(comment) ? 1 : 0;
    });
  });
  Collector collector({non_sdn * 2 > programs ? "us_ofac_cons" : "us_ofac_sdn", input.path().string(),
                       date_text(child(file->root(), "DateOfIssue")), "ofac-advanced-xml"});
  AdvancedReader(*file, collector).read_all();
  return std::move(collector).take();
}

}  // namespace cordon::lists
