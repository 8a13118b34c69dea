// A run that may end at any moment and go on later: what it had read, what it had found, and the detector's
// state, in one file with a checksum that is replaced as a whole.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/model/event.hpp"

namespace cordon::detect {

struct Checkpoint {
  std::uint64_t feed = 0;                    // number of the feed that was being read
  std::uint64_t positions = 0, statics = 0;  // rows of it that were used
  std::uint64_t written = 0;                 // events given out already (--stream)
  std::vector<model::Event> events;          // events kept for the end
  std::string state;                         // Detector::save()

  template <class Archive>
  void archive(Archive& a) {
    a(feed, positions, statics, written, events, state);
  }
};

// The file is complete or, where anything fails, still the one before.
base::Result<void> write_checkpoint(const std::filesystem::path& path, Checkpoint& checkpoint);
// Fails on a missing file, one of another kind or version, and one that was damaged.
base::Result<Checkpoint> read_checkpoint(const std::filesystem::path& path);

}  // namespace cordon::detect
