#include "cordon/watch/identify.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cordon/base/ids.hpp"
#include "cordon/base/text.hpp"
#include "cordon/network/rule.hpp"
#include "cordon/watch/parties.hpp"

namespace cordon::watch {
namespace {

Listing listing_of(const model::Entity& entity) {
  Listing listing;
  listing.entity_id = entity.id;
  listing.caption = entity.caption;
  for (const auto measure : entity.all("measure")) listing.measures.emplace_back(measure);
  for (const auto program : entity.all("program")) listing.programs.emplace_back(program);
  listing.listing_date = entity.first("listingDate");
  listing.dprk = entity.has("regime", "dprk");
  listing.authority = network::authority_of(entity);
  listing.source = entity.source;
  return listing;
}

}  // namespace

std::string ship_type_words(std::uint8_t type) {
  switch (type) {
    case 30:
      return "Fishing";
    case 31:
    case 32:
      return "Towing";
    case 33:
      return "Dredging";
    case 50:
      return "Pilot vessel";
    case 52:
      return "Tug";
    default:
      break;
  }
  switch (type / 10) {
    case 2:
      return "Wing in ground";
    case 4:
      return "High-speed craft";
    case 6:
      return "Passenger";
    case 7:
      return "Cargo";
    case 8:
      return "Tanker";
    case 9:
      return "Other";
    default:
      return {};
  }
}

Identifier::Identifier(const VesselBook& book, std::span<const model::RegisteredVessel> registry,
                       const Lists& lists)
    : book_(book), lists_(lists) {
  for (const auto& row : registry) {
    if (row.imo) by_imo_.try_emplace(row.imo, &row);
    if (row.mmsi) by_mmsi_.try_emplace(row.mmsi, &row);
  }
  for (std::uint32_t i = 0; i < lists.entities.size(); ++i) {
    if (lists.entities[i].schema != model::Schema::Vessel) continue;
    by_id_.emplace(lists.entities[i].id, i);
    for (const auto number : lists.entities[i].all("imoNumber"))
      if (const auto imo = base::parse_imo(number)) listed_imo_[*imo].push_back(i);
  }
}

void Identifier::identify(Dossier& dossier, std::uint32_t vessel,
                          const std::shared_ptr<const model::SourceFile>& registry) const {
  const Vessel& who = book_.vessels()[vessel];
  auto& identity = dossier.identity;
  identity.imo = who.imo;
  identity.imo_check = who.imo && base::imo_ship_check(who.imo);
  for (const auto index : who.heard) {
    const Heard& heard = book_.heard()[index];
    identity.mmsi.push_back(heard.mmsi);
    identity.history.insert(identity.history.end(), heard.identities.begin(), heard.identities.end());
  }
  std::stable_sort(identity.history.begin(), identity.history.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  dossier.id =
      who.imo ? vessel_node(who.imo) : fmt::format("mmsi-{}", identity.mmsi.empty() ? 0 : identity.mmsi[0]);

  // As broadcast, the identity under this IMO number that was heard most.
  const BroadcastIdentity* most = nullptr;
  for (const auto& heard : identity.history)
    if ((!who.imo || heard.imo == who.imo) && (!most || heard.reports > most->reports)) most = &heard;
  if (most) {
    identity.name = most->name;
    identity.callsign = most->callsign;
    identity.length_m = most->length_m;
    identity.beam_m = most->beam_m;
    identity.type = ship_type_words(most->ship_type);
  }
  for (const auto mmsi : identity.mmsi)
    if (const auto country = base::mid_country(base::mmsi_mid(mmsi)); !country.empty()) {
      identity.flag = country;
      identity.flag_basis = fmt::format("MMSI {}", mmsi);
    }

  const model::RegisteredVessel* row = nullptr;
  if (const auto found = by_imo_.find(who.imo); who.imo && found != by_imo_.end()) row = found->second;
  for (const auto mmsi : identity.mmsi)
    if (const auto found = by_mmsi_.find(mmsi); !row && !who.imo && found != by_mmsi_.end())
      row = found->second;
  if (row) {
    dossier.registry_note = fmt::format("row at line {} of {}", row->line, registry ? registry->file : "");
    if (identity.name.empty()) identity.name = row->name;
    if (!row->type.empty()) identity.type = row->type;
    // What it broadcasts stays the first word on size and flag of a ship seen; the register fills what is
    // missing. A flag of the DPRK counts wherever it is stated.
    if (!identity.length_m) identity.length_m = row->length_m;
    if (!identity.beam_m) identity.beam_m = row->beam_m;
    identity.built = row->built;
    if (!row->flag.empty() && (identity.flag.empty() || row->flag == "kp")) {
      identity.flag = row->flag;
      identity.flag_basis = "the register";
    }
  }
  add_listings(dossier);
  add_detected(dossier);
}

// What the detectors found: a number one typing error away, a name that hides its number, an MMSI of the
// list.
void Identifier::add_detected(Dossier& dossier) const {
  for (const auto& event : dossier.events) {
    if (event.type != model::EventType::listed_vessel) continue;
    for (const auto& evidence : event.evidence) {
      if (evidence.name != "entity_ids") continue;
      for (const auto id : base::split(evidence.value, ' ')) {
        const auto found = by_id_.find(std::string(id));
        if (found == by_id_.end()) continue;
        auto known = std::find_if(dossier.listings.begin(), dossier.listings.end(),
                                  [&](const Listing& listing) { return listing.entity_id == id; });
        if (known == dossier.listings.end())
          known = dossier.listings.insert(dossier.listings.end(), listing_of(lists_.entities[found->second]));
        if (known->score >= 1.0) continue;
        known->score = std::max(known->score, std::min(event.score, 0.99));
        known->corroborated = true;
        known->reasons = event.reasons;
      }
    }
  }
}

void Identifier::add_listings(Dossier& dossier) const {
  const auto& identity = dossier.identity;
  if (const auto found = listed_imo_.find(identity.imo); identity.imo && found != listed_imo_.end()) {
    for (const auto index : found->second) {
      auto listing = listing_of(lists_.entities[index]);
      listing.score = 1.0;
      listing.reasons = {fmt::format("IMO number {} is identical.", identity.imo)};
      if (!identity.name.empty() && !base::iequals(identity.name, listing.caption))
        listing.reasons.push_back(fmt::format("It broadcasts the name {}.", identity.name));
      dossier.listings.push_back(std::move(listing));
    }
    return;
  }
  // IMO numbers are for ships of 100 gross tonnage and more: hardly any is under 24 m, so a shorter namesake
  // is another.
  constexpr unsigned kLeastLengthM = 24;
  if (!lists_.index || (identity.length_m && identity.length_m < kLeastLengthM)) return;
  std::vector<std::string> names;
  for (const auto& heard : identity.history)
    if (!heard.name.empty() && std::find(names.begin(), names.end(), heard.name) == names.end())
      names.push_back(heard.name);
  if (names.empty()) return;
  screen::Query query;
  query.schema = model::Schema::Vessel;
  query.names = std::move(names);
  if (identity.imo) query.imo = std::to_string(identity.imo);
  if (!identity.mmsi.empty()) query.mmsi = std::to_string(identity.mmsi[0]);
  query.callsign = identity.callsign;
  query.flag = identity.flag;
  for (auto& hit : lists_.index->search(query, 3, lists_.index->threshold())) {
    if (!hit.match) continue;
    const auto& entity = lists_.entities[hit.entity];
    // Another number that passes its check digit is another hull, whatever the name: laundering is the
    // detectors' business.
    if (entity.schema != model::Schema::Vessel || (identity.imo_check && !entity.first("imoNumber").empty()))
      continue;
    auto listing = listing_of(entity);
    listing.score = std::min(hit.score, 0.99);
    listing.reasons = std::move(hit.reasons);
    dossier.listings.push_back(std::move(listing));
  }
}

void Identifier::add_track(Dossier& dossier, std::uint32_t vessel) const {
  for (const auto index : book_.vessels()[vessel].heard) {
    const auto& track = book_.heard()[index].track;
    dossier.track.insert(dossier.track.end(), track.begin(), track.end());
  }
  std::stable_sort(dossier.track.begin(), dossier.track.end(),
                   [](const TrackPoint& a, const TrackPoint& b) { return a.time < b.time; });
}

}  // namespace cordon::watch
