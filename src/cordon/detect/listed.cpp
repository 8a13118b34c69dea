// Listed vessels met at sea: by number, by a number with a typing error, by name and call sign.
#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "cordon/base/text.hpp"
#include "cordon/detect/identity.hpp"

namespace cordon::detect {
namespace {

// Every number one typing error away: 63 wrong digits, 6 swaps.
template <class Each>
void for_each_typo(std::uint32_t imo, Each&& each) {
  std::uint32_t power = 1;
  for (int place = 0; place < 7; ++place, power *= 10) {
    const std::uint32_t digit = imo / power % 10;
    for (std::uint32_t other = 0; other < 10; ++other)
      if (other != digit) each(imo - digit * power + other * power);
    if (place == 6) break;
    const std::uint32_t left = imo / (power * 10) % 10;
    if (left != digit) each(imo - digit * power - left * power * 10 + left * power + digit * power * 10);
  }
}

}  // namespace

void Identities::index_listed() {
  for (std::uint32_t i = 0; i < listed_.size(); ++i) {
    listed_[i].name = tidy_name(listed_[i].name);
    listed_[i].callsign = tidy_name(listed_[i].callsign);
    if (listed_[i].imo) listed_by_imo_.emplace(listed_[i].imo, i);
    if (listed_[i].mmsi) listed_by_mmsi_.emplace(listed_[i].mmsi, i);
    if (!listed_[i].name.empty()) listed_by_name_.emplace(listed_[i].name, i);
  }
}

void Identities::judge_listed(VesselId id) {
  const Vessel& vessel = context_.fleet[id];
  const Identity& said = *vessel.identity;
  std::set<std::uint32_t> candidates;
  const auto take = [&](const auto& index, const auto& key) {
    const auto [begin, end] = index.equal_range(key);
    for (auto it = begin; it != end; ++it) candidates.insert(it->second);
  };
  if (said.imo) {
    take(listed_by_imo_, said.imo);
    for_each_typo(said.imo, [&](std::uint32_t near) { take(listed_by_imo_, near); });
  }
  take(listed_by_mmsi_, vessel.mmsi);
  if (!said.name.empty()) take(listed_by_name_, said.name);

  struct Found {
    double odds;
    std::uint32_t index;
    std::vector<std::pair<double, std::string>> reasons;
  };
  std::vector<Found> found;
  for (const std::uint32_t index : candidates) {
    const ListedVessel& listed = listed_[index];
    Found one{-2.0, index, {}};
    const auto weigh = [&](double odds, std::string reason) {
      one.odds += odds;
      one.reasons.emplace_back(odds, std::move(reason));
    };
    const bool same_name = !said.name.empty() && said.name == listed.name;
    const bool near_name = !same_name && !said.name.empty() && !listed.name.empty() &&
                           said.name.size() >= 5 && typing_distance(said.name, listed.name, 1) <= 1;
    if (said.imo && said.imo == listed.imo) {
      weigh(5.5, fmt::format("it gives IMO {}, the number of {}", said.imo, listed.name));
    } else if (said.imo && imo_typo(said.imo, listed.imo)) {
      if (!same_name && !near_name && vessel.mmsi != listed.mmsi) continue;
      weigh(1.5, fmt::format("it gives IMO {}, one typing error from {}", said.imo, listed.imo));
    } else if (said.imo && listed.imo) {
      const auto* row = context_.registered(vessel);
      if (row)
        weigh(-3, fmt::format("it gives IMO {}, which the register knows as {}", said.imo, row->name));
      else if (base::imo_ship_check(said.imo))
        weigh(-2, fmt::format("it gives another valid IMO number, {}", said.imo));
      else
        weigh(-0.5, fmt::format("it gives another IMO number, {}, that fails its check digit", said.imo));
    } else if (!vessel.class_b) {
      const ShipKind kind = context_.kind(vessel);
      if (kind == ShipKind::cargo || kind == ShipKind::tanker)
        weigh(0.6, "a merchant ship that gives no IMO number hides it");
    }
    if (vessel.mmsi == listed.mmsi)
      weigh(3.0, fmt::format("it uses MMSI {:09}, listed for {}", vessel.mmsi, listed.name));
    if (same_name)
      weigh(said.name.size() < 6 ? 1.5 : 2.2, fmt::format("it calls itself {}, the listed name", said.name));
    else if (near_name)
      weigh(1.2, fmt::format("it calls itself {}, one letter from the listed {}", said.name, listed.name));
    if (!said.callsign.empty() && said.callsign == listed.callsign)
      weigh(3.0, fmt::format("its call sign {} is the listed one", said.callsign));
    if (base::mmsi_mid(vessel.mmsi) == 445) weigh(1.5, "its MMSI is of the DPRK");
    if (vessel.class_b) weigh(-0.7, "class B: a small craft");
    if (context_.kind(vessel) == ShipKind::fishing && said.imo != listed.imo) weigh(-0.7, "a fishing vessel");
    found.push_back(std::move(one));
  }
  std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
    return std::pair(-a.odds, a.index) < std::pair(-b.odds, b.index);
  });
  // The lists name one ship many times; it is told once, with all its entries.
  for (std::size_t i = 0; i < found.size(); ++i) {
    const ListedVessel& listed = listed_[found[i].index];
    const std::uint64_t key =
        std::uint64_t{id} << 32 | (listed.imo ? listed.imo : found[i].index + 10'000'000U);
    // Told again only when what was a faint likeness has become a likely match.
    const auto [told, fresh] = told_listed_.try_emplace(key, found[i].odds);
    if (!fresh && (told->second >= 0 || found[i].odds < 0)) continue;
    told->second = found[i].odds;
    Draft draft(model::EventType::listed_vessel, "listed_vessel/1", -2.0);
    const Track* track = vessel.track();
    draft.at(vessel.first_heard, vessel.heard, track ? track->last.at : base::LatLon{}).vessel(vessel);
    draft.support(vessel.first_where).support(said.where);
    draft.text("listed_name", listed.name).number("listed_imo", listed.imo, 0);
    std::string entries;
    for (const Found& other : found)
      if (listed_[other.index].imo == listed.imo && (listed.imo || other.index == found[i].index) &&
          !listed_[other.index].entity_id.empty() &&
          entries.find(listed_[other.index].entity_id) == std::string::npos)
        entries += (entries.empty() ? "" : " ") + listed_[other.index].entity_id;
    draft.text("entity_ids", entries).text("measure", listed.measure);
    draft.text("name_said", said.name).number("imo_said", said.imo, 0);
    for (auto& [odds, reason] : found[i].reasons) draft.weigh(odds, std::move(reason));
    context_.emit(std::move(draft));
  }
}

}  // namespace cordon::detect
