// What the writers of this room share.
#pragma once
#include <string>

#include "cordon/base/json.hpp"
#include "cordon/permit/kind.hpp"

namespace cordon::permit {

// "verified", "content verified, number not", "not verified", "rule of this program".
std::string mark(const Basis& basis);
void append_basis(base::JsonWriter& json, const Basis& basis);  // fields of an open object

}  // namespace cordon::permit
