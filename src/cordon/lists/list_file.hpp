// What reading one list gives.
#pragma once
#include <memory>
#include <vector>

#include "cordon/base/tally.hpp"
#include "cordon/model/entity.hpp"
#include "cordon/model/source.hpp"

namespace cordon::lists {

struct ListFile {
  std::shared_ptr<const model::SourceFile> source;
  std::vector<model::Entity> entities;  // in the order of the file; ids unique
  base::Tally rejects;                  // records not read and text repaired, by reason
};

}  // namespace cordon::lists
