// What the server answers from: everything `cordon watch` finds, kept and indexed. Made once a load, never
// changed; a reload makes another one beside it, and requests under way keep the one they began with.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/base/time.hpp"
#include "cordon/law/law.hpp"
#include "cordon/watch/watch.hpp"
#include "serve/position_table.hpp"
#include "serve/vessels.hpp"

namespace cordon::serve {

struct Snapshot {
  std::uint64_t number = 0;  // 1, 2, ... in order of loading
  base::TimeMs loaded = 0;
  std::unique_ptr<const watch::Survey> survey;
  PositionTable positions;
  VesselTable vessels;
  const law::LawBook* law = nullptr;
  std::string versions;  // {"cordon","law","lists":{dataset: version}}: for entries of the ledger

  std::vector<std::string> datasets;  // of the entities: sorted, each once

  std::vector<std::string> event_ids;  // by number of the event in survey->events; unique, and the same after
                                       // a reload of the same feed: "gap-445123000-20240207T112233"
  std::unordered_map<std::string_view, std::uint32_t> event_by_id, dossier_by_id, entity_by_id;

  const watch::Dossier* dossier(std::string_view id) const;  // null where there is none
  const model::Event* event(std::string_view id) const;
  const model::Entity* entity(std::string_view id) const;
  // The dossier that holds any vessel of this MMSI, best rank first; null where there is none.
  const watch::Dossier* dossier_of(std::uint32_t mmsi) const;

  std::unordered_map<std::uint32_t, std::uint32_t> dossier_by_mmsi;
};

struct Loading {
  watch::Inputs inputs;
  watch::Weights weights;
  std::size_t most_positions = 20'000'000;  // kept for the map; 26 bytes each
};
base::Result<std::shared_ptr<const Snapshot>> load(const Loading& loading, std::uint64_t number);

// The snapshot in use. take() costs a lock of a few nanoseconds and never waits for a load.
class Current {
 public:
  std::shared_ptr<const Snapshot> take() const {
    const std::lock_guard lock(mutex_);
    return now_;
  }
  void set(std::shared_ptr<const Snapshot> next) {
    const std::lock_guard lock(mutex_);
    now_.swap(next);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const Snapshot> now_;
};

}  // namespace cordon::serve
