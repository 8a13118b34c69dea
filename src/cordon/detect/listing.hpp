// From a list's entity to the vessels AIS can meet.
#pragma once
#include <vector>

#include "cordon/detect/detector.hpp"
#include "cordon/model/entity.hpp"

namespace cordon::detect {

// Appends one row for each name (main, alias, former) of a vessel entity; nothing for other schemas.
// `measure` is the list's own word, else the programme.
void append_listed(std::vector<ListedVessel>& out, const model::Entity& entity);

}  // namespace cordon::detect
