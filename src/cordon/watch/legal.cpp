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
  std::vector<std::string> jurisdictions;  // whose law is asked
  std::string open_question;               // not empty: the measures apply only if the answer is yes
};

// Whose law a rule of ownership, or a list, is part of.
struct Authority {
  std::string_view rule, list, jurisdiction;
};
constexpr Authority kAuthorities[] = {{"UN", "UN", "UN"},     {"CA-UN", "", "CA"}, {"CA", "CA", "CA"},
                                      {"OFAC", "OFAC", "US"}, {"EU", "EU", "EU"},  {"UK", "UK", "GB"}};

// What the rules of a jurisdiction make of the vessel's owners: "blocked", "possible", "unknown" or "no".
std::string_view verdict_of(const Chain& chain, std::string_view jurisdiction) {
  std::string_view found = "no";
  for (const auto& verdict : chain.verdicts)
    for (const auto& authority : kAuthorities)
      if (authority.rule == verdict.rule && authority.jurisdiction == jurisdiction &&
          (found == "no" || verdict.verdict == "blocked"))
        found = verdict.verdict;
  return found;
}

void ownership_situations(const Chain& chain, const base::Date& as_of, const law::Observation& base_facts,
                          std::vector<Situation>& found) {
  Situation is{fmt::format("The vessel is owned or controlled by {}, a listed party", chain.listed_caption),
               as_of,
               base_facts,
               {},
               {}};
  is.observation.owned_by_listed = is.observation.controlled_by_listed = true;
  Situation may_be = is;
  may_be.words =
      fmt::format("The vessel may be owned or controlled by {}, a listed party", chain.listed_caption);
  may_be.open_question = fmt::format(
      "Does {} own or control the vessel? What is known of the shares does not settle it under this law.",
      chain.listed_caption);
  for (const std::string_view jurisdiction : {"UN", "CA", "US", "EU", "GB"}) {
    const auto verdict = verdict_of(chain, jurisdiction);
    if (verdict == "blocked") is.jurisdictions.emplace_back(jurisdiction);
    if (verdict == "possible" || verdict == "unknown") may_be.jurisdictions.emplace_back(jurisdiction);
  }
  for (auto* situation : {&is, &may_be})
    if (!situation->jurisdictions.empty()) found.push_back(std::move(*situation));
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

std::vector<Situation> situations(const Dossier& dossier, const base::Date& as_of,
                                  const std::vector<std::string>& asked) {
  // Behaviour below this score is a lead to look at, no ground for a legal statement.
  constexpr double kSure = 0.5;
  std::vector<Situation> found;
  law::Observation base_facts;
  base_facts.flag = dossier.identity.flag;
  bool owned = false;
  for (const auto& chain : dossier.chains) owned |= chain.dprk && verdict_of(chain, "UN") == "blocked";

  // One situation an authority: the same designation printed by several lists is one.
  std::set<std::string> authorities;
  for (const auto& listing : dossier.listings) {
    if (!listing.dprk || listing.score < 1.0 || !authorities.insert(listing.authority).second) continue;
    Situation situation{
        fmt::format("The vessel is listed as {} ({})", listing.caption, listing.source.dataset()),
        as_of,
        base_facts,
        {},
        {}};
    situation.observation.listed = true;
    situation.observation.listed_measures = measures_of(listing);
    // OFAC's list prints no measure: an SDN entry is property blocked (31 CFR 501 and the programme's part).
    if (listing.authority == "OFAC") situation.observation.listed_measures = {"asset freeze"};
    // A UN designation binds every State; a national or EU one triggers no law but its own.
    if (listing.authority == "UN") situation.jurisdictions = asked;
    for (const auto& authority : kAuthorities)
      if (authority.list == listing.authority && listing.authority != "UN")
        situation.jurisdictions.emplace_back(authority.jurisdiction);
    if (!situation.jurisdictions.empty()) found.push_back(std::move(situation));
  }
  for (const auto& chain : dossier.chains)
    if (chain.dprk && !chain.verdicts.empty()) {
      ownership_situations(chain, as_of, base_facts, found);
      break;
    }
  if (dossier.identity.flag == "kp") {
    Situation situation{"The vessel flies the flag of the DPRK", as_of, base_facts, asked, {}};
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
        base::date_of(event->start),
        base_facts,
        asked,
        {}};
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
        base::date_of(event->start),
        base_facts,
        asked,
        {}};
    situation.observation.dprk_port_call = true;
    found.push_back(std::move(situation));
  }
  const bool concern =
      owned || dossier.identity.flag == "kp" || !dossier.listings.empty() || !dossier.chains.empty();
  if (const auto* event = surest(dossier, model::EventType::gap); event && event->score >= kSure && concern) {
    Situation situation{fmt::format("AIS silent on {}", base::to_string(base::date_of(event->start))),
                        base::date_of(event->start),
                        base_facts,
                        asked,
                        {}};
    situation.observation.ais_disabled = true;
    found.push_back(std::move(situation));
  }
  for (const auto type : {model::EventType::identity_mismatch, model::EventType::identity_change,
                          model::EventType::position_spoofing}) {
    const auto* event = surest(dossier, type);
    if (!event || event->score < kSure || !concern) continue;
    Situation situation{fmt::format("Identity or position not as broadcast on {}",
                                    base::to_string(base::date_of(event->start))),
                        base::date_of(event->start),
                        base_facts,
                        asked,
                        {}};
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
  for (const auto& situation : situations(dossier, as_of, {jurisdictions.begin(), jurisdictions.end()})) {
    for (auto& verdict :
         law::check(book, situation.date, law::facts_for(situation.observation), situation.jurisdictions)) {
      if (verdict.verdict == "not_covered" && verdict.basis.empty())
        continue;  // nothing to say, and no clearance
      LegalPoint point{situation.words,           verdict.jurisdiction, verdict.verdict, verdict.because, {},
                       std::move(verdict.missing)};
      if (!situation.open_question.empty()) {
        point.verdict = "needs_more_information";
        point.missing.insert(point.missing.begin(), situation.open_question);
      }
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
