#include "cordon/watch/dossier.hpp"

#include "cordon/base/ids.hpp"
#include "cordon/base/json.hpp"

namespace cordon::watch {
namespace {

using base::JsonWriter;

void text_field(JsonWriter& json, std::string_view name, std::string_view value) {
  if (!value.empty()) json.field(name, value);
}

void texts(JsonWriter& json, std::string_view name, const std::vector<std::string>& values) {
  json.key(name);
  json.begin_array();
  for (const auto& value : values) json.value(value);
  json.end_array();
}

void time_field(JsonWriter& json, std::string_view name, base::TimeMs time) {
  if (time != base::kNoTime) json.field(name, base::to_iso(time));
}

void source(JsonWriter& json, const model::Source& source) {
  json.begin_object();
  if (source.file) {
    json.field("dataset", source.file->dataset);
    json.field("file", source.file->file);
    text_field(json, "version", source.file->version);
  }
  text_field(json, "record", source.record);
  if (source.line) json.field("line", source.line);
  json.end_object();
}

void citation_fields(JsonWriter& json, const model::Citation& citation) {
  json.field("citation", citation.text);
  if (!citation.date.empty()) json.field("date", base::to_string(citation.date));
  json.field("paragraph_verified", citation.paragraph_verified);
  json.field("content_verified", citation.content_verified);
}

void identity(JsonWriter& json, const Identity& identity) {
  json.begin_object();
  if (identity.imo) {
    json.field("imo", identity.imo);
    json.field("imo_check", identity.imo_check);
  }
  json.key("mmsi");
  json.begin_array();
  for (const auto mmsi : identity.mmsi) json.value(mmsi);
  json.end_array();
  text_field(json, "name", identity.name);
  text_field(json, "callsign", identity.callsign);
  if (!identity.flag.empty()) {
    json.field("flag", identity.flag);
    json.field("flag_name", base::country_name(identity.flag));
    json.field("flag_basis", identity.flag_basis);
  }
  text_field(json, "type", identity.type);
  if (identity.length_m) json.field("length_m", identity.length_m);
  if (identity.beam_m) json.field("beam_m", identity.beam_m);
  if (identity.built) json.field("built", identity.built);
  json.key("history");
  json.begin_array();
  for (const auto& heard : identity.history) {
    json.begin_object();
    json.field("mmsi", heard.mmsi);
    if (heard.imo) json.field("imo", heard.imo);
    text_field(json, "name", heard.name);
    text_field(json, "callsign", heard.callsign);
    if (heard.ship_type) json.field("ship_type", static_cast<unsigned>(heard.ship_type));
    if (heard.length_m) json.field("length_m", heard.length_m);
    if (heard.beam_m) json.field("beam_m", heard.beam_m);
    time_field(json, "first", heard.first);
    time_field(json, "last", heard.last);
    json.field("reports", heard.reports);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void finding(JsonWriter& json, const model::Finding& finding) {
  json.begin_object();
  json.field("kind", finding.kind);
  json.fixed_field("points", finding.weight, 1);
  json.field("statement", finding.statement);
  json.key("sources");
  json.begin_array();
  for (const auto& from : finding.sources) source(json, from);
  json.end_array();
  json.end_object();
}

void listing(JsonWriter& json, const Listing& listing) {
  json.begin_object();
  json.field("entity_id", listing.entity_id);
  json.field("caption", listing.caption);
  json.fixed_field("score", listing.score, 3);
  texts(json, "reasons", listing.reasons);
  texts(json, "measures", listing.measures);
  texts(json, "programs", listing.programs);
  text_field(json, "listing_date", listing.listing_date);
  text_field(json, "authority", listing.authority);
  json.field("dprk", listing.dprk);
  json.field("corroborated", listing.corroborated);
  json.key("source");
  source(json, listing.source);
  json.end_object();
}

void step(JsonWriter& json, const ChainStep& step) {
  json.begin_object();
  json.key("from");
  json.begin_object();
  json.field("id", step.from_id);
  json.field("name", step.from_name);
  text_field(json, "schema", step.from_schema);
  text_field(json, "country", step.from_country);
  json.end_object();
  json.field("kind", model::to_string(step.kind));
  json.key("to");
  json.begin_object();
  json.field("id", step.to_id);
  json.field("name", step.to_name);
  text_field(json, "schema", step.to_schema);
  json.end_object();
  text_field(json, "share", step.share);
  text_field(json, "start", step.start);
  text_field(json, "end", step.end);
  json.field("status", model::to_string(step.status));
  text_field(json, "note", step.note);
  json.key("source");
  source(json, step.source);
  json.end_object();
}

void chain(JsonWriter& json, const Chain& chain) {
  json.begin_object();
  json.field("summary", chain.summary);
  json.key("listed");
  json.begin_object();
  json.field("entity_id", chain.listed_id);
  texts(json, "entity_ids", chain.listed_ids);
  json.field("name", chain.listed_name);
  json.field("caption", chain.listed_caption);
  texts(json, "datasets", chain.datasets);
  texts(json, "programs", chain.programs);
  text_field(json, "listing_date", chain.listing_date);
  json.field("dprk", chain.dprk);
  texts(json, "match_reasons", chain.match_reasons);
  json.key("source");
  source(json, chain.source);
  json.end_object();
  json.key("steps");
  json.begin_array();
  for (const auto& each : chain.steps) step(json, each);
  json.end_array();
  json.key("verdicts");
  json.begin_array();
  for (const auto& verdict : chain.verdicts) {
    json.begin_object();
    json.field("rule", verdict.rule);
    json.field("verdict", verdict.verdict);
    text_field(json, "share", verdict.share);
    texts(json, "proof", verdict.proof);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void legal_point(JsonWriter& json, const LegalPoint& point) {
  json.begin_object();
  json.field("situation", point.situation);
  json.field("jurisdiction", point.jurisdiction);
  json.field("verdict", point.verdict);
  json.field("because", point.because);
  json.key("basis");
  json.begin_array();
  for (const auto& basis : point.basis) {
    json.begin_object();
    text_field(json, "id", basis.id);
    citation_fields(json, basis.citation);
    text_field(json, "summary", basis.summary);
    text_field(json, "may_or_must", basis.may_or_must);
    text_field(json, "force", basis.force);
    json.end_object();
  }
  json.end_array();
  texts(json, "missing", point.missing);
  json.end_object();
}

void other(JsonWriter& json, const OtherVessel& other) {
  json.begin_object();
  json.field("mmsi", other.mmsi);
  if (other.imo) json.field("imo", other.imo);
  text_field(json, "name", other.name);
  text_field(json, "concern", other.concern);
  json.end_object();
}

template <class Items, class Write>
void array(JsonWriter& json, std::string_view name, const Items& items, Write write) {
  json.key(name);
  json.begin_array();
  for (const auto& item : items) write(json, item);
  json.end_array();
}

}  // namespace

void append_json(std::string& out, const Dossier& dossier, const RunInfo& run) {
  JsonWriter json(out);
  json.begin_object();
  json.field("rank", dossier.rank);
  json.field("id", dossier.id);
  json.fixed_field("score", dossier.score, 1);
  json.field("headline", dossier.headline);
  json.field("as_of", run.as_of);
  json.key("identity");
  identity(json, dossier.identity);
  text_field(json, "registry", dossier.registry_note);
  array(json, "evidence", dossier.evidence, finding);
  array(json, "listings", dossier.listings, listing);
  array(json, "chains", dossier.chains, chain);
  json.key("events");
  json.begin_array();
  for (const auto& event : dossier.events) {
    std::string text;
    model::append_json(text, event, run.feeds);
    json.raw(text);
  }
  json.end_array();
  array(json, "others", dossier.others, other);
  array(json, "law", dossier.law, legal_point);
  texts(json, "unknown", dossier.unknown);
  json.key("track");  // [seconds since 1970, lat, lon]
  json.begin_array();
  for (const auto& point : dossier.track) {
    json.begin_array();
    json.value(point.time / base::kSecond);
    json.fixed(point.at.lat(), 5);
    json.fixed(point.at.lon(), 5);
    json.end_array();
  }
  json.end_array();
  json.end_object();
}

void append_json(std::string& out, const RunInfo& run) {
  JsonWriter json(out);
  json.begin_object();
  json.field("program_version", run.program_version);
  json.field("law_version", run.law_version);
  json.field("as_of", run.as_of);
  time_field(json, "first", run.first);
  time_field(json, "last", run.last);
  json.field("positions", run.positions);
  json.field("statics", run.statics);
  json.field("vessels", run.vessels);
  json.field("events", run.events);
  array(json, "lists", run.lists, [](JsonWriter& to, const RunInfo::ListInfo& list) {
    to.begin_object();
    to.field("dataset", list.dataset);
    to.field("file", list.file);
    text_field(to, "version", list.version);
    to.field("entities", static_cast<std::uint64_t>(list.entities));
    to.end_object();
  });
  texts(json, "feeds", run.feeds);
  texts(json, "warnings", run.warnings);
  json.end_object();
}

void append_json(std::string& out, const Chain& one) {
  JsonWriter json(out);
  chain(json, one);
}

}  // namespace cordon::watch
