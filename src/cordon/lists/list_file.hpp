// What reading one list gives.
#pragma once
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "cordon/base/tally.hpp"
#include "cordon/model/entity.hpp"
#include "cordon/model/source.hpp"

namespace cordon::lists {

// The dataset of the list shipped with the program.
inline constexpr std::string_view kEmbeddedDataset = "cordon_dprk";

struct ListFile {
  std::shared_ptr<const model::SourceFile> source;
  std::vector<model::Entity> entities;  // in the order of the file; ids unique
  base::Tally rejects;                  // records not read and text repaired, by reason
  // What was read beside the main file: OFAC's alias, address and comment files, or the mapping.
  std::vector<std::filesystem::path> parts = {};
};

}  // namespace cordon::lists
