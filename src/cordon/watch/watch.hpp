// The main job: AIS traffic, a ship register, ownership records and sanctions lists in; ranked target
// dossiers out. One pass over the traffic; a file is a replayed feed.
#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/base/tally.hpp"
#include "cordon/detect/parameters.hpp"
#include "cordon/watch/dossier.hpp"
#include "cordon/watch/evidence.hpp"

namespace cordon::watch {

struct Inputs {
  std::vector<std::filesystem::path> feeds;      // NMEA or CSV; "-" = stdin
  std::vector<std::filesystem::path> lists;      // files or folders; empty = the embedded DPRK designations
  std::filesystem::path registry;                // may be empty
  std::vector<std::filesystem::path> ownership;  // files or folders
  base::Date as_of;                              // empty = the day of the last report
  std::vector<std::string> jurisdictions{"UN", "CA"};
  std::size_t limit = 100;    // targets kept
  double least_score = 10.0;  // below it a vessel is no target
  detect::Parameters parameters = detect::default_parameters();
  std::string program_version;
};

struct Targets {
  RunInfo run;
  std::vector<Dossier> dossiers;  // by rank
};

// Fails where a named file cannot be read; single bad records are told in run.warnings.
// progress is called with every batch's number of rows.
base::Result<Targets> watch(const Inputs& inputs, const Weights& weights,
                            const std::function<void(std::uint64_t)>& progress = {});

}  // namespace cordon::watch
