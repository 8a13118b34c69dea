// What a ship register says, as the user provides it.
#pragma once
#include <filesystem>
#include <string_view>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/base/tally.hpp"
#include "cordon/model/position.hpp"

namespace cordon::detect {

// CSV with a header; columns IMO,name,flag,type,length,beam,built,owner,manager and, where present,
// mmsi,callsign,operator,ism_manager,insurer,class_society in any order. gz, zst and xz are read as they are.
// A row without an IMO number or MMSI is counted in `rejected` and skipped; a file without an IMO column is
// an error.
base::Result<std::vector<model::RegisteredVessel>> read_registry(const std::filesystem::path& path,
                                                                 base::Tally* rejected = nullptr);
base::Result<std::vector<model::RegisteredVessel>> parse_registry(std::string_view csv, std::string_view name,
                                                                  base::Tally* rejected = nullptr);

}  // namespace cordon::detect
