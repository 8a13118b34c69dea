// Seeded synthetic traffic of the Yellow Sea, the East China Sea and the Sea of Japan with known truth. The
// same options give the same bytes. Reports are made in time order, one at a time: memory grows with the
// number of vessels, never with the number of positions. No track says anything about a real ship.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/base/time.hpp"
#include "cordon/model/entity.hpp"
#include "cordon/model/position.hpp"
#include "cordon/simulate/truth.hpp"

namespace cordon::simulate {

struct ScenarioOptions {
  std::uint64_t seed = 1;
  base::TimeMs start = 1707091200000;  // 2024-02-05T00:00:00Z
  double days = 2;                     // 0 < days <= 3660; events need at least one
  unsigned vessels = 200;              // hulls in all, 50..1,000,000
  // No vessel reports more often than this; 0 = the intervals of ITU-R M.1371 (2 s to 3 min).
  unsigned thin_s = 300;
  // Injected events and innocents for each 100 vessels, in percent of the usual mix; 0 = traffic only.
  unsigned event_percent = 100;
  // Adds this to every longitude, so that the theatre may straddle the antimeridian. Land and ports do not
  // move with it: for tests of rules that know no geography.
  double shift_lon_deg = 0;
  // Listed parties and vessels to weave in; empty = lists::read_embedded().
  std::vector<model::Entity> listed;
};

// small: 200 vessels, 2 days, a report every 5 minutes (about 100,000 positions); medium: 2,000 vessels, 7
// days, every 2 minutes; large: 20,000 vessels, 7 days, full rate. Unknown names fail.
base::Result<ScenarioOptions> preset(std::string_view name);

// A report as a receiver heard it.
class Listener {
 public:
  virtual ~Listener() = default;
  // station: 0..255, numbers terrestrial receivers and satellites separately (position.receiver tells which).
  virtual void on_position(const model::Position& position, unsigned station) = 0;
  virtual void on_static(const model::VesselStatic& vessel, unsigned receiver, unsigned station) = 0;
};

class Scenario {
 public:
  // Fails on options out of range, or where no list can be read.
  static base::Result<Scenario> make(const ScenarioOptions& options);
  Scenario(Scenario&&) noexcept;
  Scenario& operator=(Scenario&&) noexcept;
  ~Scenario();

  // Plays the scenario to its end, once; afterwards truth() is complete (what was observed, what was lost).
  void run(Listener& listener);
  // The same as batches of batch_rows reports; Position.where counts reports from 1 in feed 0.
  void run(const model::FeedSink& sink, std::size_t batch_rows = 4096);
  // The same as AIVDM sentences with tag blocks, in pieces of about 64 KiB.
  void run_nmea(const std::function<void(std::string_view)>& sink);

  const Truth& truth() const;
  const ScenarioOptions& options() const;
  // What a register would say: a superset of the ships at sea. Sorted by IMO number.
  std::span<const model::RegisteredVessel> registry() const;
  // Companies, persons and Ownership edges in FollowTheMoney shape, ready for append_ftm.
  std::span<const model::Entity> ownership() const;
  std::uint64_t positions() const;  // received so far
  std::uint64_t statics() const;

 private:
  struct World;
  explicit Scenario(std::unique_ptr<World> world);
  std::unique_ptr<World> world_;
};

struct FolderOptions {
  bool nmea = true, csv = true;
};

// Plays the scenario into a folder (made where missing): feed.nmea, positions.csv (MarineCadastre header,
// time order), registry.csv, ownership.ftm.json, truth.json, README.txt.
base::Result<void> write_folder(Scenario& scenario, const std::filesystem::path& folder,
                                const FolderOptions& options = {});

}  // namespace cordon::simulate
