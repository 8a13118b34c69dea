// The lists that `cordon screen` asks: read from their files, or mapped from a snapshot.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/model/entity.hpp"
#include "cordon/screen/snapshot.hpp"

namespace cordon::cli {

struct ReadLists {
  std::vector<model::Entity> entities;
  std::vector<screen::ListNote> notes;
};

// Without paths the designations inside the program. Tells rejected records on stderr.
base::Result<ReadLists> read_screen_lists(const std::vector<std::filesystem::path>& paths);
// The versions on one line, for people.
std::string told(const std::vector<screen::ListNote>& notes);
// The snapshot, and that it was made of these lists where any are given.
base::Result<screen::Snapshot> open_checked(const std::filesystem::path& snapshot,
                                            const std::vector<std::filesystem::path>& lists);
// Builds an index and writes it, preparing only what an older snapshot of this name does not hold.
base::Result<screen::Snapshot> make_snapshot(const std::filesystem::path& snapshot,
                                             const std::vector<std::filesystem::path>& lists);

}  // namespace cordon::cli
