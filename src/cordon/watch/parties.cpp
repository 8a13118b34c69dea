#include "cordon/watch/parties.hpp"

#include <fmt/format.h>

#include <unordered_map>

#include "cordon/base/text.hpp"
#include "cordon/names/normalise.hpp"
#include "cordon/network/read.hpp"

namespace cordon::watch {
namespace {

// Registered ownership of a ship is of the whole ship unless the register says otherwise (64 shares are one
// owner's).
constexpr double kWholeShip = 100.0;

struct Role {
  std::string model::RegisteredVessel::*field;
  model::RelationKind kind;
  std::string_view words;
};
constexpr Role kRoles[] = {
    {&model::RegisteredVessel::owner, model::RelationKind::ownership, "Registered owner"},
    {&model::RegisteredVessel::manager, model::RelationKind::manages, "Ship manager"},
    {&model::RegisteredVessel::operator_, model::RelationKind::operates, "Operator"},
    {&model::RegisteredVessel::ism_manager, model::RelationKind::ism_manager, "ISM manager"},
    {&model::RegisteredVessel::insurer, model::RelationKind::insures, "Insurer"},
};

// Names of parties -> node ids, so that a register's "HONGBAO SHIPPING PTE LTD" meets the same company in an
// ownership file whatever its id there.
using NodesByName = std::unordered_map<std::string, std::string>;

NodesByName index_names(const network::Graph::Builder& builder) {
  NodesByName found;
  for (network::NodeId node = 0; node < builder.node_count(); ++node) {
    if (builder.schema(node) == model::Schema::Vessel) continue;
    found.try_emplace(names::latin(builder.caption(node)), builder.id(node));
    found.try_emplace(std::string(builder.id(node)), builder.id(node));
  }
  return found;
}

std::string party_node(network::Graph::Builder& builder, const NodesByName& known, const std::string& name) {
  if (const auto same = known.find(name); same != known.end()) return same->second;
  const std::string key = names::latin(name);
  if (const auto same = known.find(key); same != known.end()) return same->second;
  std::string id = "party:" + key;
  builder.add_node(id, name, model::Schema::Company);
  return id;
}

void add_registry(network::Graph::Builder& builder, const NodesByName& known,
                  std::span<const model::RegisteredVessel> registry,
                  const std::shared_ptr<const model::SourceFile>& source) {
  for (const auto& row : registry) {
    if (!row.imo) continue;
    const std::string vessel = vessel_node(row.imo);
    builder.add_node(vessel, row.name, model::Schema::Vessel, row.flag);
    for (const auto& role : kRoles) {
      const std::string& name = row.*role.field;
      if (base::trim(name).empty()) continue;
      model::Relation relation;
      relation.from = party_node(builder, known, name);
      relation.to = vessel;
      relation.kind = role.kind;
      relation.role = role.words;
      if (role.kind == model::RelationKind::ownership) relation.share_min = relation.share_max = kWholeShip;
      relation.source = {source, fmt::format("IMO {}", row.imo), row.line};
      builder.add(relation);
    }
  }
}

// What a list itself says of a listed ship's owner: OFAC's "Linked To", the EU's owner column. The party
// becomes a node under the list's id where the list names it, so that the chain ends there.
void add_list_links(network::Graph::Builder& builder, std::span<const model::Entity> entities) {
  std::unordered_map<std::string, const model::Entity*> by_name;
  for (const auto& entity : entities)
    if (entity.schema != model::Schema::Vessel)
      for (const auto name : entity.all("name")) by_name.try_emplace(names::latin(name), &entity);
  for (const auto& vessel : entities) {
    if (vessel.schema != model::Schema::Vessel) continue;
    const auto imo = base::parse_number<std::uint32_t>(vessel.first("imoNumber"));
    if (!imo) continue;
    for (const auto property : {"linkedTo", "owner"})
      for (const auto name : vessel.all(property)) {
        const auto party = by_name.find(names::latin(name));
        if (party == by_name.end()) continue;
        const model::Entity& owner = *party->second;
        builder.add_node(owner.id, owner.caption, owner.schema, owner.first("country"));
        builder.add_node(vessel_node(*imo), vessel.caption, model::Schema::Vessel);
        model::Relation relation;
        relation.from = owner.id;
        relation.to = vessel_node(*imo);
        relation.kind = property == std::string_view("owner") ? model::RelationKind::ownership
                                                              : model::RelationKind::link;
        relation.role = property == std::string_view("owner") ? "Owner, as the list prints it"
                                                              : "Linked To, as the list prints it";
        relation.source = vessel.source;
        builder.add(relation);
      }
  }
}

}  // namespace

std::string vessel_node(std::uint32_t imo) {
  return fmt::format("imo-{}", imo);
}

base::Result<network::Graph> parties_network(std::span<const std::filesystem::path> ownership,
                                             std::span<const model::RegisteredVessel> registry,
                                             const std::shared_ptr<const model::SourceFile>& registry_source,
                                             std::span<const model::Entity> listed) {
  network::Graph::Builder builder;
  for (const auto& path : ownership)
    if (auto done = network::read_into(builder, path); !done) return tl::unexpected(done.error());
  add_registry(builder, index_names(builder), registry, registry_source);
  add_list_links(builder, listed);
  return std::move(builder).build();
}

}  // namespace cordon::watch
