#include "cordon/watch/legal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "cordon/base/ids.hpp"
#include "cordon/law/observed.hpp"
#include "cordon/watch/evidence.hpp"

namespace cordon::watch {
namespace {

struct Situation {
  std::string words;
  base::Date date;
  law::Observation observation;
};

bool blocked(const Chain& chain, std::initializer_list<std::string_view> rules) {
  return std::any_of(chain.verdicts.begin(), chain.verdicts.end(), [&](const auto& verdict) {
    return verdict.verdict == "blocked" && std::find(rules.begin(), rules.end(), verdict.rule) != rules.end();
  });
}

// The words of lists for the three things a designation of a ship can mean (law/observation.hpp).
std::vector<std::string> measures_of(const Listing& listing) {
  std::vector<std::string> words;
  const auto has = [&](std::string_view part) {
    return std::any_of(listing.measures.begin(), listing.measures.end(),
                       [&](const std::string& measure) { return measure.find(part) != std::string::npos; });
  };
  if (has("freeze")) words.emplace_back("asset freeze");
  if (has("ransport") || has("ort ban") || has("ort entry")) words.emplace_back("port ban");
  if (has("eflag") || has("egistration")) words.emplace_back("deflag");
  return words;
}

// The surest event of a type, so that one clear case stands for many.
const model::Event* surest(const Dossier& dossier, model::EventType type,
                           bool (*fits)(const model::Event&) = nullptr) {
  const model::Event* best = nullptr;
  for (const auto& event : dossier.events)
    if (event.type == type && (!fits || fits(event)) && (!best || event.score > best->score)) best = &event;
  return best;
}

std::optional<std::uint32_t> other_mmsi(const Dossier& dossier, const model::Event& event) {
  const auto& own = dossier.identity.mmsi;
  for (const auto mmsi : event.mmsi)
    if (std::find(own.begin(), own.end(), mmsi) == own.end()) return mmsi;
  return std::nullopt;
}

std::vector<Situation> situations(const Dossier& dossier, const base::Date& as_of) {
  // Behaviour below this score is a lead to look at, no ground for a legal statement.
  constexpr double kSure = 0.5;
  std::vector<Situation> found;
  law::Observation base_facts;
  base_facts.flag = dossier.identity.flag;
  bool owned = false;
  for (const auto& chain : dossier.chains)
    owned |= chain.dprk && blocked(chain, {"UN", "OFAC", "EU", "CA", "CA-UN"});

  for (const auto& listing : dossier.listings) {
    if (!listing.dprk || listing.score < 1.0) continue;
    Situation situation{
        fmt::format("The vessel is listed as {} ({})", listing.caption, listing.source.dataset()), as_of,
        base_facts};
    situation.observation.listed =
        listing.source.dataset().starts_with("un_") || listing.source.dataset().starts_with("eu_");
    situation.observation.listed_measures = measures_of(listing);
    if (!situation.observation.listed) continue;  // a national list alone triggers no UN measure
    found.push_back(std::move(situation));
    break;  // the same designation printed by several authorities is one
  }
  for (const auto& chain : dossier.chains) {
    if (!chain.dprk || !(blocked(chain, {"UN", "CA-UN"}))) continue;
    Situation situation{
        fmt::format("The vessel is owned or controlled by {}, a listed party", chain.listed_caption), as_of,
        base_facts};
    situation.observation.owned_by_listed = situation.observation.controlled_by_listed = true;
    found.push_back(std::move(situation));
    break;
  }
  if (dossier.identity.flag == "kp") {
    Situation situation{"The vessel flies the flag of the DPRK", as_of, base_facts};
    situation.observation.dprk_controlled = true;
    found.push_back(std::move(situation));
  }
  for (const auto type : {model::EventType::encounter, model::EventType::dark_rendezvous}) {
    const auto* event = surest(dossier, type);
    if (!event || event->score < kSure) continue;
    // A meeting alone is lawful: it matters for law when the DPRK, or a listed party, is on one side.
    const auto other = other_mmsi(dossier, *event);
    const std::string other_flag = other ? std::string(base::mid_country(base::mmsi_mid(*other))) : "";
    const bool called = surest(dossier, model::EventType::port_call, is_dprk_call) != nullptr;
    if (!(owned || called || dossier.identity.flag == "kp" || other_flag == "kp" ||
          !dossier.listings.empty()))
      continue;
    Situation situation{
        fmt::format("Ship-to-ship contact on {}", base::to_string(base::date_of(event->start))),
        base::date_of(event->start), base_facts};
    situation.observation.ship_to_ship = true;
    situation.observation.other_flag = other_flag;
    situation.observation.other_unidentified = !other.has_value();
    situation.observation.onward_to_dprk = called;
    situation.observation.owned_by_listed = owned;
    found.push_back(std::move(situation));
    break;
  }
  if (const auto* event = surest(dossier, model::EventType::port_call, is_dprk_call);
      event && event->score >= kSure) {
    Situation situation{
        fmt::format("Call at a DPRK port on {}", base::to_string(base::date_of(event->start))),
        base::date_of(event->start), base_facts};
    situation.observation.dprk_port_call = true;
    found.push_back(std::move(situation));
  }
  const bool concern =
      owned || dossier.identity.flag == "kp" || !dossier.listings.empty() || !dossier.chains.empty();
  if (const auto* event = surest(dossier, model::EventType::gap); event && event->score >= kSure && concern) {
    Situation situation{fmt::format("AIS silent on {}", base::to_string(base::date_of(event->start))),
                        base::date_of(event->start), base_facts};
    situation.observation.ais_disabled = true;
    found.push_back(std::move(situation));
  }
  for (const auto type : {model::EventType::identity_mismatch, model::EventType::identity_change,
                          model::EventType::position_spoofing}) {
    const auto* event = surest(dossier, type);
    if (!event || event->score < kSure || !concern) continue;
    Situation situation{fmt::format("Identity or position not as broadcast on {}",
                                    base::to_string(base::date_of(event->start))),
                        base::date_of(event->start), base_facts};
    situation.observation.identity_falsified = true;
    found.push_back(std::move(situation));
    break;
  }
  return found;
}

}  // namespace

void apply_law(Dossier& dossier, const law::LawBook& book, const base::Date& as_of,
               std::span<const std::string> jurisdictions) {
  dossier.law.clear();
  // What an earlier situation already showed for a jurisdiction is not said again.
  std::set<std::pair<std::string, std::string>> shown_before;
  for (const auto& situation : situations(dossier, as_of)) {
    for (auto& verdict :
         law::check(book, situation.date, law::facts_for(situation.observation), jurisdictions)) {
      LegalPoint point{situation.words,           verdict.jurisdiction, verdict.verdict, verdict.because, {},
                       std::move(verdict.missing)};
      for (const auto& basis : verdict.basis) {
        if (!shown_before.emplace(verdict.jurisdiction, basis.id.empty() ? basis.citation.text : basis.id)
                 .second)
          continue;
        LegalPoint::Basis shown;
        shown.id = basis.id;
        shown.citation = basis.citation;
        if (const auto* measure = book.measure(basis.id)) {
          shown.summary = measure->summary;
          shown.may_or_must = measure->may_or_must;
          shown.force = measure->force;
        } else if (const auto* exemption = book.exemption(basis.id)) {
          shown.summary = exemption->summary;
          shown.may_or_must = exemption->form;
        }
        point.basis.push_back(std::move(shown));
      }
      if (!point.basis.empty() || verdict.basis.empty()) dossier.law.push_back(std::move(point));
    }
  }
}

}  // namespace cordon::watch
