// An edge of the network: who owns, controls, manages or serves whom, from when to when, and who says so.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cordon/base/time.hpp"
#include "cordon/model/source.hpp"

namespace cordon::model {

enum class RelationKind : std::uint8_t {
  ownership,     // shares or votes, with or without a percentage; registered owner of a vessel
  control,       // board majority, direction, consolidation (GLEIF): control-like, never a percentage
  directorship,  // director or officer -> organisation
  acting_for,    // on behalf or at the direction of
  manages,       // commercial or ship manager -> vessel
  operates,      // operator or charterer -> vessel
  ism_manager,   // holder of the document of compliance
  insures,       // P&I
  classes,       // classification society
  flags,         // State -> vessel
  family,
  associate,
  same_as,
  link,  // stated without a kind
};
std::string_view to_string(RelationKind kind);
std::optional<RelationKind> parse_relation_kind(std::string_view name);
bool is_vessel_role(RelationKind kind);

// The words the sources use; they are never merged into one.
enum class Status : std::uint8_t { stated, reported, alleged, denied, withdrawn, set_aside, final };
std::string_view to_string(Status status);
std::optional<Status> parse_status(std::string_view name);

struct Relation {
  std::string from;  // owner, controller, manager, ... (entity id)
  std::string to;    // what is owned, controlled, managed (entity id)
  RelationKind kind = RelationKind::link;
  // Percent 0..100; min == max for an exact share; both empty where unknown.
  std::optional<double> share_min, share_max;
  base::Date start, end;  // empty = open
  Status status = Status::stated;
  std::string role;  // as printed: "Registered owner", "Director"
  std::string note;
  Source source;
};

// Whether the edge holds on a day: start <= day < end, open sides hold.
bool holds_on(const Relation& relation, const base::Date& day);

}  // namespace cordon::model
