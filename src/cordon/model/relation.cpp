#include "cordon/model/relation.hpp"

#include <array>
#include <cstddef>

namespace cordon::model {
namespace {

// In the order of the enumerations.
constexpr std::array<std::string_view, 14> kKinds = {
    "ownership", "control", "directorship", "acting_for", "manages",   "operates", "ism_manager",
    "insures",   "classes", "flags",        "family",     "associate", "same_as",  "link"};
constexpr std::array<std::string_view, 7> kStatuses = {"stated",    "reported",  "alleged", "denied",
                                                       "withdrawn", "set_aside", "final"};

template <class Enum, std::size_t size>
std::optional<Enum> find(const std::array<std::string_view, size>& names, std::string_view name) {
  for (std::size_t i = 0; i < size; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(RelationKind kind) {
  return kKinds.at(static_cast<std::size_t>(kind));
}

std::optional<RelationKind> parse_relation_kind(std::string_view name) {
  return find<RelationKind>(kKinds, name);
}

bool is_vessel_role(RelationKind kind) {
  switch (kind) {
    case RelationKind::manages:
    case RelationKind::operates:
    case RelationKind::ism_manager:
    case RelationKind::insures:
    case RelationKind::classes:
    case RelationKind::flags:
      return true;
    default:
      return false;
  }
}

std::string_view to_string(Status status) {
  return kStatuses.at(static_cast<std::size_t>(status));
}

std::optional<Status> parse_status(std::string_view name) {
  return find<Status>(kStatuses, name);
}

bool holds_on(const Relation& relation, const base::Date& day) {
  // Where only a year or a month is known, its first day counts: for a start that is the earliest reading,
  // for an end too, so that a tie which may have ended is not stated as a fact.
  const std::int64_t on = base::days_since_epoch(day);
  if (!relation.start.empty() && on < base::days_since_epoch(relation.start)) return false;
  return relation.end.empty() || on < base::days_since_epoch(relation.end);
}

}  // namespace cordon::model
