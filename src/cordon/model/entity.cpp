#include "cordon/model/entity.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>
#include <unordered_set>
#include <utility>

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

constexpr std::size_t kLookThrough = 64;  // below it, looking through all values is the fastest way

std::size_t property_hash(std::string_view name, std::string_view value) {
  const std::hash<std::string_view> hash;
  return hash(value) ^ (hash(name) * 0x9E3779B97F4A7C15U);
}

// Positions of the properties, those of one name together, names and values in the order they came in.
std::vector<std::size_t> by_name(const std::vector<Property>& properties) {
  std::unordered_map<std::string_view, std::size_t> first;
  std::vector<std::pair<std::size_t, std::size_t>> keyed;  // where the name was first seen, position
  keyed.reserve(properties.size());
  for (std::size_t i = 0; i < properties.size(); ++i) {
    keyed.emplace_back(first.try_emplace(properties[i].name, i).first->second, i);
  }
  std::sort(keyed.begin(), keyed.end());
  std::vector<std::size_t> order;
  order.reserve(keyed.size());
  for (const auto& [name, position] : keyed) order.push_back(position);
  return order;
}

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

void PropertyIndex::insert(const std::vector<Property>& properties, std::size_t position) {
  const Property& p = properties[position];
  std::size_t slot = property_hash(p.name, p.value) & (slots_.size() - 1);
  while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
  slots_[slot] = static_cast<std::uint32_t>(position + 1);
}

bool PropertyIndex::contains(const std::vector<Property>& properties, std::string_view name,
                             std::string_view value) {
  if (slots_.size() < 2 * (properties.size() + 1) || indexed_ > properties.size()) {
    slots_.assign(std::bit_ceil(4 * (properties.size() + 1)), 0);
    indexed_ = 0;
  }
  for (; indexed_ < properties.size(); ++indexed_) insert(properties, indexed_);
  for (std::size_t slot = property_hash(name, value) & (slots_.size() - 1); slots_[slot] != 0;
       slot = (slot + 1) & (slots_.size() - 1)) {
    const std::size_t position = slots_[slot] - 1;
    if (properties[position].name == name && properties[position].value == value) return true;
  }
  return false;
}

void Entity::add(std::string_view property, std::string_view value) {
  value = base::trim(value);
  if (value.empty()) return;
  const bool known =
      properties.size() < kLookThrough ? has(property, value) : index.contains(properties, property, value);
  if (known) return;
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
    if (p.value == value && p.name == property) return true;  // values differ in length, names seldom do
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
  std::string_view open;  // the property whose values are being written
  for (const std::size_t i : by_name(entity.properties)) {
    const Property& p = entity.properties[i];
    if (open.empty() || p.name != open) {
      if (!open.empty()) json.end_array();
      json.key(p.name);
      json.begin_array();
      open = p.name;
    }
    json.value(p.value);
  }
  if (!open.empty()) json.end_array();
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
