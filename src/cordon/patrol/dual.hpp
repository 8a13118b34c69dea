// The many-resource case of allocation.hpp. Inside the room only.
#pragma once
#include "cordon/patrol/allocation.hpp"

namespace cordon::patrol {

Allocation solve_dual(const Stationary& problem);

}  // namespace cordon::patrol
