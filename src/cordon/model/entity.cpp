#include "cordon/model/entity.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <mutex>
#include <shared_mutex>
#include <unordered_set>

#include "cordon/base/json.hpp"
#include "cordon/base/text.hpp"

namespace cordon::model {
namespace {

struct SchemaRow {
  Schema schema;
  std::string_view name;
  bool party, edge;
};

// In the order of the enumeration; entity_test checks it.
constexpr std::array kSchemas = {
    SchemaRow{Schema::Thing, "Thing", true, false},
    SchemaRow{Schema::LegalEntity, "LegalEntity", true, false},
    SchemaRow{Schema::Person, "Person", true, false},
    SchemaRow{Schema::Organization, "Organization", true, false},
    SchemaRow{Schema::Company, "Company", true, false},
    SchemaRow{Schema::PublicBody, "PublicBody", true, false},
    SchemaRow{Schema::Vessel, "Vessel", true, false},
    SchemaRow{Schema::Airplane, "Airplane", true, false},
    SchemaRow{Schema::Vehicle, "Vehicle", true, false},
    SchemaRow{Schema::Address, "Address", false, false},
    SchemaRow{Schema::Identification, "Identification", false, false},
    SchemaRow{Schema::Passport, "Passport", false, false},
    SchemaRow{Schema::Sanction, "Sanction", false, false},
    SchemaRow{Schema::Ownership, "Ownership", false, true},
    SchemaRow{Schema::Directorship, "Directorship", false, true},
    SchemaRow{Schema::Membership, "Membership", false, true},
    SchemaRow{Schema::Employment, "Employment", false, true},
    SchemaRow{Schema::Family, "Family", false, true},
    SchemaRow{Schema::Associate, "Associate", false, true},
    SchemaRow{Schema::Representation, "Representation", false, true},
    SchemaRow{Schema::UnknownLink, "UnknownLink", false, true},
    SchemaRow{Schema::Succession, "Succession", false, true},
    SchemaRow{Schema::CryptoWallet, "CryptoWallet", false, false},
    SchemaRow{Schema::Security, "Security", false, false},
    SchemaRow{Schema::Other, "Other", false, false},
};

}  // namespace

std::string_view to_string(Schema schema) {
  return kSchemas.at(static_cast<std::size_t>(schema)).name;
}

std::optional<Schema> parse_schema(std::string_view name) {
  for (const SchemaRow& row : kSchemas) {
    if (base::iequals(row.name, name)) return row.schema;
  }
  return std::nullopt;
}

bool is_party(Schema schema) {
  return kSchemas.at(static_cast<std::size_t>(schema)).party;
}

bool is_edge(Schema schema) {
  return kSchemas.at(static_cast<std::size_t>(schema)).edge;
}

std::string_view intern(std::string_view name) {
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  // The nodes of an unordered_set do not move, so a view of one stays good.
  static std::shared_mutex guard;
  static std::unordered_set<std::string, Hash, std::equal_to<>> names;
  {
    const std::shared_lock lock(guard);
    if (const auto found = names.find(name); found != names.end()) return *found;
  }
  const std::unique_lock lock(guard);
  return *names.emplace(name).first;
}

void Entity::add(std::string_view property, std::string_view value) {
  value = base::trim(value);
  if (value.empty() || has(property, value)) return;
  properties.push_back({intern(property), std::string(value)});
}

std::string_view Entity::first(std::string_view property) const {
  for (const Property& p : properties) {
    if (p.name == property) return p.value;
  }
  return {};
}

std::vector<std::string_view> Entity::all(std::string_view property) const {
  std::vector<std::string_view> values;
  for (const Property& p : properties) {
    if (p.name == property) values.push_back(p.value);
  }
  return values;
}

bool Entity::has(std::string_view property, std::string_view value) const {
  for (const Property& p : properties) {
    if (p.name == property && p.value == value) return true;
  }
  return false;
}

void append_ftm(std::string& out, const Entity& entity) {
  base::JsonWriter json(out);
  json.begin_object();
  json.field("id", entity.id);
  json.field("schema", to_string(entity.schema));
  json.field("caption", entity.caption);
  json.key("properties");
  json.begin_object();
  // Grouped by name, each name where it occurs first.
  std::vector<std::string_view> done;
  for (std::size_t i = 0; i < entity.properties.size(); ++i) {
    const std::string_view name = entity.properties[i].name;
    if (std::find(done.begin(), done.end(), name) != done.end()) continue;
    done.push_back(name);
    json.key(name);
    json.begin_array();
    for (std::size_t j = i; j < entity.properties.size(); ++j) {
      if (entity.properties[j].name == name) json.value(entity.properties[j].value);
    }
    json.end_array();
  }
  json.end_object();
  json.key("datasets");
  json.begin_array();
  if (entity.source.file) json.value(entity.source.file->dataset);
  json.end_array();
  json.key("source");
  json.begin_object();
  json.field("file", entity.source.file ? std::string_view(entity.source.file->file) : std::string_view{});
  json.field("record", entity.source.record);
  json.field("version",
             entity.source.file ? std::string_view(entity.source.file->version) : std::string_view{});
  json.end_object();
  json.end_object();
}

}  // namespace cordon::model
