#include "cordon/watch/watch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

#include "cordon/base/ids.hpp"
#include "cordon/base/text.hpp"
#include "cordon/detect/detector.hpp"
#include "cordon/detect/read_feeds.hpp"
#include "cordon/detect/registry.hpp"
#include "cordon/lists/lists.hpp"
#include "cordon/screen/snapshot.hpp"
#include "cordon/watch/behind.hpp"
#include "cordon/watch/identify.hpp"
#include "cordon/watch/legal.hpp"
#include "cordon/watch/vessel_book.hpp"

namespace cordon::watch {
namespace {

void warn(RunInfo& run, std::string_view what, const base::Tally& tally) {
  if (!tally.empty()) run.warnings.push_back(fmt::format("{}: {}", what, tally.summary()));
}

base::Result<Lists> load_lists(const Inputs& inputs, RunInfo& run) {
  std::vector<lists::ListFile> files;
  if (inputs.lists.empty()) {
    auto embedded = lists::read_embedded();
    if (!embedded) return tl::unexpected(embedded.error());
    files.push_back(std::move(*embedded));
  } else {
    auto set = lists::read_lists(inputs.lists);
    if (!set) return tl::unexpected(set.error());
    warn(run, "files in list folders that are no lists", set->skipped);
    files = std::move(set->files);
  }
  Lists loaded;
  std::vector<screen::ListNote> notes;
  for (auto& file : files) {
    if (!inputs.snapshot.empty()) {
      auto note = screen::note_of(file);
      if (!note) return tl::unexpected(note.error());
      notes.push_back(std::move(*note));
    }
    run.lists.push_back(
        {file.source->dataset, file.source->file, file.source->version, file.entities.size()});
    warn(run, file.source->file, file.rejects);
    std::move(file.entities.begin(), file.entities.end(), std::back_inserter(loaded.entities));
  }
  if (inputs.snapshot.empty()) {
    loaded.index = screen::Index::build(loaded.entities);
    return loaded;
  }
  auto kept = screen::keep_snapshot(inputs.snapshot, loaded.entities, notes);
  if (!kept) return tl::unexpected(kept.error());
  loaded.index = std::move(*kept);
  return loaded;
}

std::vector<detect::ListedVessel> listed_vessels(const Lists& lists) {
  std::vector<detect::ListedVessel> vessels;
  for (const auto& entity : lists.entities) {
    if (entity.schema != model::Schema::Vessel) continue;
    detect::ListedVessel vessel;
    vessel.imo = base::parse_number<std::uint32_t>(entity.first("imoNumber")).value_or(0);
    vessel.mmsi = base::parse_number<std::uint32_t>(entity.first("mmsi")).value_or(0);
    vessel.name = entity.caption;
    vessel.callsign = entity.first("callSign");
    vessel.entity_id = entity.id;
    vessel.measure = entity.first("measure");
    vessels.push_back(std::move(vessel));
  }
  return vessels;
}

// Why the vessel matters for one that met it; empty where it does not.
std::string concern(const Dossier& dossier) {
  for (const auto& listing : dossier.listings)
    if (listing.score >= 1.0) return "is listed as " + listing.caption;
  for (const auto& chain : dossier.chains)
    if (!chain.verdicts.empty())
      return fmt::format("has an owner chain to {}, a listed party", chain.listed_caption);
  if (dossier.identity.flag == "kp") return "flies the flag of the DPRK";
  return {};
}

std::vector<std::string> unknowns(const Dossier& dossier, const Behind& behind, const RunInfo& run) {
  std::vector<std::string> missing;
  const auto& identity = dossier.identity;
  if (!identity.imo)
    missing.push_back("IMO number: none was broadcast, so register and lists could be asked by name only.");
  else if (!identity.imo_check)
    missing.push_back(
        fmt::format("IMO {} fails its check digit: a typing error or a false number.", identity.imo));
  if (dossier.registry_note.empty())
    missing.push_back(
        "Register: no row for this vessel; its build, size, owner and flag are as it broadcasts them.");
  if (identity.imo) {
    auto more = behind.unknowns(identity.imo);
    missing.insert(missing.end(), more.begin(), more.end());
  }
  for (const auto& chain : dossier.chains)
    if (!chain.match_reasons.empty() && chain.steps.size() && chain.listed_name != chain.listed_caption)
      missing.push_back(fmt::format("That {} is the listed {} rests on the name; no number confirms it.",
                                    chain.listed_name, chain.listed_caption));
  if (std::any_of(dossier.events.begin(), dossier.events.end(), is_meeting))
    missing.push_back("Cargo: whether anything was handed over, and what, AIS cannot tell.");
  for (const auto& list : run.lists)
    missing.push_back(fmt::format("List {} is as of {}; later changes are not seen.", list.dataset,
                                  list.version.empty() ? "an unknown date" : list.version));
  return missing;
}

}  // namespace

base::Result<std::unique_ptr<Survey>> survey(const Inputs& inputs, const Weights& weights,
                                             const Listener& listener) {
  auto made = std::make_unique<Survey>();
  RunInfo& run = made->run;
  run.program_version = inputs.program_version;

  const auto book = law::LawBook::embedded();
  if (!book) return tl::unexpected(book.error());
  run.law_version = (*book)->version();
  for (const auto& code : inputs.jurisdictions) {
    const auto known = (*book)->jurisdictions();
    if (std::any_of(known.begin(), known.end(), [&](const auto& each) { return each.code == code; }))
      continue;
    std::string codes;
    for (const auto& each : known) codes += (codes.empty() ? "" : " ") + each.code;
    return base::fail("jurisdiction '{}': the book of law holds {}", code, codes);
  }
  auto loaded = load_lists(inputs, run);
  if (!loaded) return tl::unexpected(loaded.error());
  made->lists = std::move(*loaded);
  const Lists& lists = made->lists;

  auto& registry = made->registry;
  std::shared_ptr<const model::SourceFile> registry_source;
  if (!inputs.registry.empty()) {
    base::Tally rejected;
    auto rows = detect::read_registry(inputs.registry, &rejected);
    if (!rows) return tl::unexpected(rows.error());
    registry = std::move(*rows);
    registry_source = std::make_shared<model::SourceFile>(
        model::SourceFile{"registry", inputs.registry.string(), "", "csv"});
    warn(run, inputs.registry.string(), rejected);
  }

  // The book of who was heard, and the events, from the traffic in one go.
  VesselBook& heard = made->heard;
  auto& events = made->events;
  std::optional<detect::Detector> detector;
  detect::FeedUser user;
  user.start = [&](detect::Order order) {
    if (detector) {
      heard = {};
      events.clear();
      if (listener.again) listener.again();
    }
    auto parameters = inputs.parameters;
    parameters.order = order;
    detector.emplace(parameters, registry, listed_vessels(lists),
                     [&](const model::Event& event) { events.push_back(event); });
  };
  user.push = [&](const model::FeedBatch& batch) {
    heard.push(batch);
    detector->push(batch);
    if (listener.batch) listener.batch(batch);
  };
  user.late = [&] { return detector->late(); };
  if (!inputs.feeds.empty()) {  // harbours and coasts are not made ready for nothing
    const auto read = detect::read_feeds(inputs.feeds, inputs.parameters.order, user);
    if (!read) return tl::unexpected(read.error());
    for (std::size_t i = 0; i < inputs.feeds.size(); ++i) {
      run.feeds.push_back(inputs.feeds[i].string());
      run.positions += read->reports[i].positions;
      run.statics += read->reports[i].statics;
      warn(run, run.feeds.back(), read->reports[i].rejects);
    }
    detector->finish();
    auto unused = detector->stats().unused;
    unused.merge(read->stray);
    warn(run, "rows no rule could use", unused);
    if (read->sorted) run.warnings.emplace_back(detect::kSortedNote);
  }
  heard.finish();
  std::stable_sort(events.begin(), events.end(), detect::event_before);
  run.events = events.size();
  run.vessels = heard.vessels().size();
  for (const auto& who : heard.heard()) {
    if (who.first == base::kNoTime) continue;
    if (run.first == base::kNoTime || who.first < run.first) run.first = who.first;
    if (run.last == base::kNoTime || who.last > run.last) run.last = who.last;
  }
  if (inputs.as_of.empty() && run.last == base::kNoTime)
    return base::fail("no report carries a time, so there is no day to judge at: give --as-of DATE");
  const base::Date as_of = inputs.as_of.empty() ? base::date_of(run.last) : inputs.as_of;
  run.as_of = base::to_string(as_of);

  auto joined = Behind::build(lists, registry, registry_source, inputs.ownership, as_of);
  if (!joined) return tl::unexpected(joined.error());
  const Behind& behind = made->behind.emplace(std::move(*joined));
  warn(run, "ownership records", behind.warnings());

  // A dossier for every vessel heard; events go to each vessel that used their MMSI.
  std::vector<Dossier> all(heard.vessels().size());
  std::vector<std::set<std::uint32_t>> vessels_of(events.size());
  for (std::size_t number = 0; number < events.size(); ++number) {
    const auto& event = events[number];
    auto& of = vessels_of[number];
    for (std::size_t i = 0; i < event.mmsi.size(); ++i)
      for (const auto vessel : heard.vessels_of(event.mmsi[i])) {
        // An event that names an IMO number is that vessel's, not its namesakes' under the same MMSI.
        const auto imo = i < event.imo.size() ? event.imo[i] : 0;
        if (imo && heard.vessels_of(event.mmsi[i]).size() > 1 && heard.vessels()[vessel].imo != imo) continue;
        of.insert(vessel);
      }
    for (const auto vessel : of) all[vessel].events.push_back(event);
  }
  const Identifier identifier(heard, registry, lists);
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    auto& dossier = all[i];
    identifier.identify(dossier, i, registry_source);
    if (dossier.identity.imo) dossier.chains = behind.chains(dossier.identity.imo);
  }
  const auto add_other = [&](Dossier& dossier, std::uint32_t self, std::uint32_t mmsi) {
    const auto& known = dossier.others;
    if (std::any_of(known.begin(), known.end(), [&](const auto& other) { return other.mmsi == mmsi; }))
      return;
    for (const auto index : heard.vessels_of(mmsi)) {
      if (index == self) return;
      const auto& other = all[index];
      dossier.others.push_back({mmsi, other.identity.imo, other.identity.name, concern(other)});
      if (!dossier.others.back().concern.empty()) return;
    }
  };
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    auto& dossier = all[i];
    for (const auto& event : dossier.events)
      for (const auto mmsi : event.mmsi) add_other(dossier, i, mmsi);
    weigh(dossier, weights, run);
  }

  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < all.size(); ++i)
    if (all[i].score >= inputs.least_score) order.push_back(i);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return all[a].score > all[b].score; });
  if (order.size() > inputs.limit) order.resize(inputs.limit);
  std::vector<std::uint32_t> place(all.size(), Survey::kNoDossier);
  for (const auto i : order) {
    auto& dossier = all[i];
    place[i] = static_cast<std::uint32_t>(made->dossiers.size());
    dossier.rank = place[i] + 1;
    identifier.add_track(dossier, i);
    apply_law(dossier, **book, as_of, inputs.jurisdictions);
    dossier.unknown = unknowns(dossier, behind, run);
    made->dossiers.push_back(std::move(dossier));
  }
  for (const auto& of : vessels_of) {
    auto& best = made->dossier_of_event.emplace_back(Survey::kNoDossier);
    for (const auto vessel : of) best = std::min(best, place[vessel]);
  }
  return made;
}

base::Result<Targets> watch(const Inputs& inputs, const Weights& weights, const Listener& listener) {
  auto made = survey(inputs, weights, listener);
  if (!made) return tl::unexpected(made.error());
  return Targets{std::move((*made)->run), std::move((*made)->dossiers)};
}

}  // namespace cordon::watch
