#include "serve/state.hpp"

#include <fmt/format.h>

#include <chrono>
#include <map>
#include <set>

#include "cordon/base/json.hpp"

namespace cordon::serve {
namespace {

using base::Result;

// "20240207T112233"
std::string compact_time(base::TimeMs time) {
  std::string out;
  for (const char c : base::to_iso(time).substr(0, 19))
    if (c != '-' && c != ':') out += c;
  return out;
}

void name_events(Snapshot& made) {
  const auto& events = made.survey->events;
  std::map<std::string, unsigned> used;
  made.event_ids.reserve(events.size());
  for (const auto& event : events) {
    std::string id =
        fmt::format("{}-{}-{}", model::to_string(event.type), event.mmsi.empty() ? 0 : event.mmsi.front(),
                    event.start == base::kNoTime ? "0" : compact_time(event.start));
    const unsigned before = used[id]++;
    if (before > 0) id += fmt::format("-{}", before + 1);
    made.event_ids.push_back(std::move(id));
  }
  for (std::uint32_t i = 0; i < events.size(); ++i) made.event_by_id.emplace(made.event_ids[i], i);
}

std::string versions_of(const watch::RunInfo& run) {
  std::string out;
  base::JsonWriter json(out);
  json.begin_object();
  json.field("cordon", run.program_version);
  json.field("law", run.law_version);
  json.key("lists");
  json.begin_object();
  std::map<std::string_view, std::string_view> by_name;
  for (const auto& list : run.lists) by_name.emplace(list.dataset, list.version);
  for (const auto& [dataset, version] : by_name) json.field(dataset, version);
  json.end_object();
  json.end_object();
  return out;
}

template <class Map, class Rows>
auto look_up(const Map& map, const Rows& rows, std::string_view id) -> decltype(&rows[0]) {
  const auto found = map.find(id);
  return found == map.end() ? nullptr : &rows[found->second];
}

}  // namespace

const watch::Dossier* Snapshot::dossier(std::string_view id) const {
  return look_up(dossier_by_id, survey->dossiers, id);
}

const model::Event* Snapshot::event(std::string_view id) const {
  return look_up(event_by_id, survey->events, id);
}

const model::Entity* Snapshot::entity(std::string_view id) const {
  return look_up(entity_by_id, survey->lists.entities, id);
}

const watch::Dossier* Snapshot::dossier_of(std::uint32_t mmsi) const {
  const auto found = dossier_by_mmsi.find(mmsi);
  return found == dossier_by_mmsi.end() ? nullptr : &survey->dossiers[found->second];
}

Result<std::shared_ptr<const Snapshot>> load(const Loading& loading, std::uint64_t number) {
  auto made = std::make_shared<Snapshot>();
  made->number = number;
  const auto law = law::LawBook::embedded();
  if (!law) return tl::unexpected(law.error());
  made->law = *law;

  watch::Inputs inputs = loading.inputs;
  const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(
                       std::chrono::system_clock::now().time_since_epoch())
                       .count();
  made->loaded = now;
  // Without traffic there is no last day of it: law and shares are judged as of today.
  if (inputs.as_of.empty() && inputs.feeds.empty()) inputs.as_of = base::date_of(now);
  PositionCollector positions(loading.most_positions);
  auto survey = watch::survey(inputs, loading.weights,
                              {.batch = [&](const model::FeedBatch& batch) { positions.push(batch); },
                               .again = [&] { positions = PositionCollector(loading.most_positions); }});
  if (!survey) return tl::unexpected(survey.error());
  made->positions = positions.finish();
  if (made->positions.dropped > 0)
    (*survey)->run.warnings.push_back(
        fmt::format("{} positions are kept for the map; {} more are not (--most-positions)",
                    made->positions.size(), made->positions.dropped));
  made->survey = std::move(*survey);
  made->versions = versions_of(made->survey->run);
  made->vessels = VesselTable(*made->survey);
  name_events(*made);
  const auto& dossiers = made->survey->dossiers;
  for (std::uint32_t i = 0; i < dossiers.size(); ++i) {
    made->dossier_by_id.emplace(dossiers[i].id, i);
    for (const auto mmsi : dossiers[i].identity.mmsi) made->dossier_by_mmsi.emplace(mmsi, i);
  }
  const auto& entities = made->survey->lists.entities;
  made->entity_by_id.reserve(entities.size());
  std::set<std::string, std::less<>> names;
  for (std::uint32_t i = 0; i < entities.size(); ++i) {
    made->entity_by_id.emplace(entities[i].id, i);
    if (!names.contains(entities[i].source.dataset())) names.emplace(entities[i].source.dataset());
  }
  made->datasets.assign(names.begin(), names.end());
  return made;
}

}  // namespace cordon::serve
