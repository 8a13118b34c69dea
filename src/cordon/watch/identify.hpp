// Who a vessel is: what it broadcast, what the register says, and which list entries it is or may be.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>

#include "cordon/model/position.hpp"
#include "cordon/watch/behind.hpp"
#include "cordon/watch/dossier.hpp"
#include "cordon/watch/vessel_book.hpp"

namespace cordon::watch {

// ITU-R M.1371 table 53, first digit and the special crafts of 30..59; empty for types that say nothing.
std::string ship_type_words(std::uint8_t type);

class Identifier {
 public:
  // Arguments must outlive it.
  Identifier(const VesselBook& book, std::span<const model::RegisteredVessel> registry, const Lists& lists);

  // Fills id, identity, registry_note and listings of the vessel with this index in the book; dossier.events
  // must be filled. Thread safe.
  void identify(Dossier& dossier, std::uint32_t vessel,
                const std::shared_ptr<const model::SourceFile>& registry) const;
  // The thinned track of every MMSI of the vessel, in time order.
  void add_track(Dossier& dossier, std::uint32_t vessel) const;

 private:
  void add_listings(Dossier& dossier) const;
  void add_detected(Dossier& dossier) const;
  const VesselBook& book_;
  const Lists& lists_;
  std::unordered_map<std::uint32_t, const model::RegisteredVessel*> by_imo_, by_mmsi_;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> listed_imo_;
  std::unordered_map<std::string, std::uint32_t> by_id_;  // listed vessels
};

}  // namespace cordon::watch
