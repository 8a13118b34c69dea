// Lists as read: what the parts of the module that use them share.
#pragma once
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cordon/base/tally.hpp"
#include "cordon/model/entity.hpp"
#include "cordon/screen/snapshot.hpp"

namespace cordon::python {

struct Lists {
  std::vector<model::Entity> entities;
  std::vector<screen::ListNote> notes;
  base::Tally rejects, skipped;
  std::unordered_map<std::string_view, std::size_t> by_id;
};

}  // namespace cordon::python
