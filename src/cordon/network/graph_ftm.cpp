// FollowTheMoney entities into the graph.
#include <array>
#include <string>

#include "cordon/base/text.hpp"
#include "cordon/network/graph.hpp"
#include "cordon/network/listed.hpp"
#include "cordon/network/rule.hpp"
#include "cordon/network/words.hpp"

namespace cordon::network {
namespace {

using model::Entity;
using model::Relation;
using model::RelationKind;
using model::Schema;

struct EdgeSchema {
  Schema schema;
  std::string_view from, to;
  RelationKind kind;
};
constexpr std::array kEdges = std::to_array<EdgeSchema>({
    {Schema::Ownership, "owner", "asset", RelationKind::ownership},
    {Schema::Directorship, "director", "organization", RelationKind::directorship},
    {Schema::Membership, "member", "organization", RelationKind::associate},
    {Schema::Employment, "employee", "employer", RelationKind::associate},
    {Schema::Family, "person", "relative", RelationKind::family},
    {Schema::Associate, "person", "associate", RelationKind::associate},
    // Lawyers and shipping agents represent clients; that is not acting on behalf of a listed party.
    {Schema::Representation, "agent", "client", RelationKind::link},
    {Schema::UnknownLink, "subject", "object", RelationKind::link},
    {Schema::Succession, "predecessor", "successor", RelationKind::link},
});

// Properties of a node that name another one: the other is the edge's start unless reversed.
struct NodeProperty {
  std::string_view property;
  RelationKind kind;
  bool reversed;
};
constexpr std::array kProperties = std::to_array<NodeProperty>({
    {"owner", RelationKind::ownership, false},
    {"operator", RelationKind::operates, false},
    {"manager", RelationKind::manages, false},
    {"parent", RelationKind::control, false},
    {"subsidiaries", RelationKind::control, true},
});

base::Date date_of(const Entity& entity, std::string_view property) {
  return base::parse_date(entity.first(property)).value_or(base::Date{});
}

}  // namespace

void Graph::Builder::add(const Entity& entity) {
  if (entity.id.empty()) {
    tally().add("entity without id");
    return;
  }
  for (const EdgeSchema& edge : kEdges) {
    if (edge.schema != entity.schema) continue;
    Relation relation;
    relation.kind = edge.kind;
    const std::string_view role =
        entity.first("role").empty() ? entity.first("ownershipType") : entity.first("role");
    relation.role = role;
    if (const auto word = relation_word(role); word && edge.kind == RelationKind::link)
      relation.kind = word->kind;
    if (relation.kind == RelationKind::ownership) {
      const auto share = parse_share_range(entity.first("percentage"));
      if (!share) tally().add("share not understood: taken as unknown", entity.id);
      if (share && share->known()) {
        relation.share_min = percent(share->min);
        relation.share_max = percent(share->max);
      }
    }
    relation.start = date_of(entity, "startDate");
    relation.end = date_of(entity, "endDate");
    relation.status = status_word(entity.first("status")).value_or(model::Status::stated);
    relation.note = entity.first("summary").empty() ? entity.first("description") : entity.first("summary");
    relation.source = entity.source;
    if (relation.source.record.empty()) relation.source.record = entity.id;
    const auto from = entity.all(edge.from), to = entity.all(edge.to);
    if (from.empty() || to.empty()) tally().add("edge without two ends", entity.id);
    for (const std::string_view one : from) {
      for (const std::string_view other : to) {
        relation.from = one;
        relation.to = other;
        add(relation);
      }
    }
    return;
  }
  if (entity.schema == Schema::Sanction) {
    Listing listing;
    listing.authority = authority_of(entity);
    for (const std::string_view property : {"authorityId", "unscId", "program"})
      if (listing.text.empty()) listing.text = entity.first(property);
    listing.start = date_of(entity, "listingDate");
    if (listing.start.empty()) listing.start = date_of(entity, "startDate");
    listing.end = date_of(entity, "endDate");
    listing.source = entity.source;
    for (const std::string_view target : entity.all("entity")) list(target, listing);
    return;
  }
  if (!model::is_party(entity.schema)) return;
  std::string_view country = entity.first("flag");
  for (const std::string_view property : {"jurisdiction", "country", "nationality"})
    if (country.empty()) country = entity.first(property);
  add_node(entity.id, entity.caption, entity.schema, country);
  if (entity.has("topics", "sanction")) {
    list(entity.id, listing_of(entity));
  }
  for (const NodeProperty& property : kProperties) {
    for (const std::string_view other : entity.all(property.property)) {
      // Lists print names here; only what looks like an id can be a node, and a name with blanks is none.
      if (other.find(' ') != std::string_view::npos) continue;
      Relation relation;
      relation.from = property.reversed ? entity.id : std::string(other);
      relation.to = property.reversed ? std::string(other) : entity.id;
      relation.kind = property.kind;
      relation.role = property.property;
      relation.source = entity.source;
      add(relation);
    }
  }
}

}  // namespace cordon::network
