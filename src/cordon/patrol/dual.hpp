// The many-resource case, and the laws of detection other than random, of allocation.hpp. Inside the room
// only.
#pragma once
#include "cordon/patrol/allocation.hpp"
#include "cordon/patrol/closed_forms.hpp"

namespace cordon::patrol {

Allocation solve_dual(const Stationary& problem, Detection law = Detection::random);

}  // namespace cordon::patrol
