#include "serve/news.hpp"

#include <string>

#include "cordon/base/json.hpp"

namespace cordon::serve {
namespace {

constexpr std::size_t kMost = 200;

}  // namespace

void publish_news(Hub& hub, const Snapshot& before, const Snapshot& now) {
  std::size_t told = 0;
  for (const auto& dossier : now.survey->dossiers) {
    const auto* old = before.dossier(dossier.id);
    if (old && old->score >= dossier.score) continue;
    if (told++ == kMost) break;
    std::string said;
    base::JsonWriter json(said);
    json.begin_object();
    json.field("id", dossier.id);
    json.field("rank", dossier.rank);
    json.fixed_field("score", dossier.score, 1);
    json.field("name", dossier.identity.name);
    json.field("headline", dossier.headline);
    json.field("new", old == nullptr);
    json.end_object();
    hub.publish("target", said);
  }
  told = 0;
  for (std::size_t i = now.event_ids.size(); i-- > 0 && told < kMost;) {
    if (before.event_by_id.contains(now.event_ids[i])) continue;
    ++told;
    const auto& event = now.survey->events[i];
    std::string said;
    base::JsonWriter json(said);
    json.begin_object();
    json.field("id", now.event_ids[i]);
    json.field("type", model::to_string(event.type));
    json.key("mmsi");
    json.begin_array();
    for (const auto mmsi : event.mmsi) json.value(mmsi);
    json.end_array();
    json.fixed_field("score", event.score, 3);
    json.end_object();
    hub.publish("alert", said);
  }
}

}  // namespace cordon::serve
