// A target dossier: one vessel, and the walkable chain behaviour -> vessel -> owners -> listed party ->
// measure. Every part keeps the sources it rests on. append_json is the contract of targets.ndjson
// (docs/watch.md).
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "cordon/model/event.hpp"
#include "cordon/model/finding.hpp"
#include "cordon/model/law.hpp"
#include "cordon/model/relation.hpp"
#include "cordon/model/source.hpp"

namespace cordon::watch {

// One identity as broadcast, and when it was heard.
struct BroadcastIdentity {
  std::uint32_t mmsi = 0, imo = 0;
  std::string name, callsign;
  std::uint8_t ship_type = 0;
  unsigned length_m = 0, beam_m = 0;
  base::TimeMs first = base::kNoTime, last = base::kNoTime;
  std::uint64_t reports = 0;
  model::Where where;  // the first report of it
};

struct Identity {
  std::uint32_t imo = 0;  // 0 = none known
  bool imo_check = false;
  std::vector<std::uint32_t> mmsi;
  std::string name, callsign, flag;  // flag: lower ISO code
  std::string flag_basis;            // "registry" or "MMSI": what the flag rests on
  std::string type;
  unsigned length_m = 0, beam_m = 0;
  int built = 0;
  std::vector<BroadcastIdentity> history;  // by first time heard
};

// The vessel itself is on a list.
struct Listing {
  std::string entity_id, caption;
  double score = 0;                   // of the match; 1 = the IMO number is identical
  std::vector<std::string> reasons;   // why it matched
  std::vector<std::string> measures;  // as the list words them: "Asset freeze"
  std::vector<std::string> programs;
  std::string listing_date;
  bool dprk = false;          // listed under a DPRK regime
  std::string authority;      // whose listing it is: "UN", "EU", "OFAC", ...
  bool corroborated = false;  // more than the name speaks for it, though no number proves it
  model::Source source;
};

// One edge of a chain, from the vessel's side upwards: `from` owns, controls or manages `to`.
struct ChainStep {
  std::string from_id, from_name, from_schema, from_country;
  std::string to_id, to_name, to_schema;
  model::RelationKind kind{};
  std::string share;  // "50 %", "25-50 %", "" where none is stated
  std::string start, end;
  model::Status status{};
  std::string note;
  model::Source source;
};

// From the vessel to one listed party; steps[0] touches the vessel.
struct Chain {
  std::string listed_id, listed_name, listed_caption;
  std::vector<std::string> listed_ids;  // the party's entries in all lists, listed_id first
  std::vector<std::string> datasets, programs;
  std::string listing_date;
  bool dprk = false;
  std::vector<std::string> match_reasons;  // why the last node is the listed party
  std::vector<ChainStep> steps;
  // Verdict on the vessel's owner by rule: {"OFAC", "blocked"}.
  struct RuleVerdict {
    std::string rule, verdict, share;
    std::vector<std::string> proof;  // sentences
  };
  std::vector<RuleVerdict> verdicts;
  std::string summary;   // one sentence
  model::Source source;  // the listing
};

// A verdict of one jurisdiction on one observed situation.
struct LegalPoint {
  std::string situation;  // "Vessel owned or controlled by a designated party"
  std::string jurisdiction, verdict, because;
  struct Basis {
    std::string id, summary, may_or_must, force;
    model::Citation citation;
  };
  std::vector<Basis> basis;
  std::vector<std::string> missing;  // what must be known before the verdict is certain
};

// A vessel that shares an event with the target.
struct OtherVessel {
  std::uint32_t mmsi = 0, imo = 0;
  std::string name;
  std::string concern;  // why it matters: "is listed as YU SON"; empty where nothing is known against it
};

struct TrackPoint {
  base::TimeMs time = 0;
  base::LatLon at;
};

struct Dossier {
  unsigned rank = 0;
  std::string id;        // "imo-9161003", or "mmsi-445123000" where no IMO number is known
  double score = 0;      // sum of the evidence's points
  std::string headline;  // why, in one sentence
  Identity identity;
  std::vector<model::Finding> evidence;  // heaviest first; weight = points
  std::vector<Listing> listings;
  std::vector<Chain> chains;
  std::vector<model::Event> events;  // by start
  std::vector<OtherVessel> others;   // by first event
  std::vector<LegalPoint> law;
  std::vector<std::string> unknown;  // what is not known, and how it could be
  std::vector<TrackPoint> track;     // thinned
  std::string registry_note;         // "row 17 of registry.csv"; empty without a row
};

// What the whole run rests on.
struct RunInfo {
  struct ListInfo {
    std::string dataset, file, version;
    std::size_t entities = 0;
  };
  std::vector<ListInfo> lists;
  std::vector<std::string> feeds;  // by feed number
  std::string program_version, law_version;
  std::string as_of;  // date the law and the shares are judged at
  base::TimeMs first = base::kNoTime, last = base::kNoTime;
  std::uint64_t positions = 0, statics = 0, vessels = 0, events = 0;
  std::vector<std::string> warnings;  // rejects by reason, skipped files
};

// One line of targets.ndjson, without the newline.
void append_json(std::string& out, const Dossier& dossier, const RunInfo& run);
void append_json(std::string& out, const RunInfo& run);
// As it stands in a dossier.
void append_json(std::string& out, const Chain& chain);

}  // namespace cordon::watch
