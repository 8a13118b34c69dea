// Positions and static data in, events out: all ten rules in one pass. docs/detect.md explains each rule;
// data/detect/parameters.toml holds every number.
//
// Rows may be late, doubled, or sorted by vessel within a day: they are put in order of event time first
// (sequencer.hpp; files in no order at all: read_feeds.hpp), so that a batch run and a replay in chunks of
// any size give the same events. State grows with the number of vessels and of recent candidate events, not
// with the length of the feed.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "cordon/base/result.hpp"
#include "cordon/base/tally.hpp"
#include "cordon/detect/parameters.hpp"
#include "cordon/model/event.hpp"
#include "cordon/model/position.hpp"

namespace cordon::detect {

// A vessel on a sanctions list, as far as AIS can meet it. Zero or empty = not known.
struct ListedVessel {
  std::uint32_t imo = 0;
  std::uint32_t mmsi = 0;
  std::string name, callsign;
  std::string entity_id;  // of the lists: "ofac-15042"
  std::string measure;    // what the list says applies, for the reason's words
};

struct Stats {
  std::uint64_t positions = 0, statics = 0;  // rows given
  std::uint64_t vessels = 0;                 // identities followed now
  std::uint64_t events = 0;                  // given to the sink
  std::uint64_t withheld = 0;                // below report.minimum_score
  base::Tally unused;                        // rows that could not be used, by reason
};

class Detector {
 public:
  using Sink = std::function<void(const model::Event&)>;
  // registry and listed are copied as far as needed. The sink is called from push() and finish(), in an order
  // that depends on the rows alone. Events below report.minimum_score are counted, not given.
  Detector(const Parameters& parameters, std::span<const model::RegisteredVessel> registry,
           std::span<const ListedVessel> listed, Sink sink);
  ~Detector();
  Detector(Detector&&) noexcept;
  Detector& operator=(Detector&&) noexcept;

  void push(const model::FeedBatch& batch);
  // The caller knows that no row before `time` comes any more (a part of an archive has been read): rows that
  // wait for such are used now. Changes no event, only how much waits; rows that come all the same are late.
  void settled(base::TimeMs time);
  // The feed has ended: closes what is open. No push() after it.
  void finish();
  Stats stats() const;
  std::uint64_t late() const;  // rows that came too late to be used (Stats::unused has them too)

  // The state between two calls of push(), for another process to go on from: a detector made with the same
  // parameters, register and lists goes on as if it had seen all rows itself. Bytes are for this program and
  // this machine (checkpoint.hpp). restore() fails where they are another's; the detector is then unusable.
  std::string save() const;
  base::Result<void> restore(std::string_view bytes);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// (start, type, mmsi, end): the order in which `cordon detect` writes.
bool event_before(const model::Event& a, const model::Event& b);

}  // namespace cordon::detect
