// The main job: AIS traffic, a ship register, ownership records and sanctions lists in; ranked target
// dossiers out. One pass over the traffic where it is in order; a file is a replayed feed.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/detect/parameters.hpp"
#include "cordon/model/event.hpp"
#include "cordon/model/position.hpp"
#include "cordon/watch/behind.hpp"
#include "cordon/watch/dossier.hpp"
#include "cordon/watch/evidence.hpp"
#include "cordon/watch/vessel_book.hpp"

namespace cordon::watch {

struct Inputs {
  std::vector<std::filesystem::path> feeds;  // NMEA or CSV; "-" = stdin
  std::vector<std::filesystem::path> lists;  // files or folders; empty = the embedded DPRK designations
  std::filesystem::path snapshot;            // the index of the lists is kept here between runs; may be empty
  std::filesystem::path registry;            // may be empty
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

// Who listens to the traffic as it is read: for progress, or to keep the positions.
struct Listener {
  model::FeedSink batch = nullptr;
  // The feeds are read once more, in order of time (detect/read_feeds.hpp): what was given until now is void.
  std::function<void()> again = nullptr;
};

// Fails where a named file cannot be read; single bad records are told in run.warnings.
base::Result<Targets> watch(const Inputs& inputs, const Weights& weights, const Listener& listener = {});

// All that a run knows: the dossiers, and what they were made from. For who goes on asking after the run.
struct Survey {
  static constexpr std::uint32_t kNoDossier = UINT32_MAX;

  RunInfo run;
  Lists lists;
  std::vector<model::RegisteredVessel> registry;
  VesselBook heard;
  std::vector<model::Event> events;             // by detect::event_before
  std::vector<std::uint32_t> dossier_of_event;  // the best-ranked dossier that holds it, or kNoDossier
  std::optional<Behind> behind;                 // refers to lists: a survey stays where it was made
  std::vector<Dossier> dossiers;                // by rank
};
base::Result<std::unique_ptr<Survey>> survey(const Inputs& inputs, const Weights& weights,
                                             const Listener& listener = {});

}  // namespace cordon::watch
