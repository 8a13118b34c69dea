#include "cordon/watch/evidence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "cordon/base/ids.hpp"
#include "cordon/base/resource.hpp"

namespace cordon::watch {
namespace {

constexpr std::string_view kKinds[] = {
    "listed_dprk",
    "listed_other",
    "listed_probable",
    "listed_by_name",
    "named_as_listed_other",
    "owner_blocked",
    "owner_possible",
    "linked",
    "dprk_flag",
    "met_listed",
    "encounter",
    "dark_rendezvous",
    "gap",
    "loitering",
    "port_call_dprk",
    "identity_change",
    "shared_mmsi",
    "identity_mismatch",
    "position_spoofing",
};

// Below this an event's reason is kept in the dossier but adds nothing: "1.2 points" for a doubtful drift
// helps nobody.
constexpr double kLeastPoints = 0.5;

std::string value_of(const model::Event& event, std::string_view name) {
  for (const auto& evidence : event.evidence)
    if (evidence.name == name) return evidence.value;
  return {};
}

std::string place(const model::Event& event) {
  if (!event.at.valid()) return {};
  const double lat = event.at.lat(), lon = event.at.lon();
  return fmt::format(" at {:.2f}°{} {:.2f}°{}", std::abs(lat), lat < 0 ? 'S' : 'N', std::abs(lon),
                     lon < 0 ? 'W' : 'E');
}

std::string minute(base::TimeMs time) {
  const std::string iso = base::to_iso(time);  // 2024-02-05T03:33:48Z
  return iso.size() < 16 ? iso : iso.substr(0, 10) + " " + iso.substr(11, 5) + " UTC";
}

std::string duration(const model::Event& event) {
  if (event.start == base::kNoTime || event.end == base::kNoTime) return "an unknown time";
  const auto minutes = (event.end - event.start) / base::kMinute;
  return minutes < 60 ? fmt::format("{} min", minutes)
                      : fmt::format("{} h {:02} min", minutes / 60, minutes % 60);
}

std::string name_of(const OtherVessel& other) {
  return other.name.empty() ? fmt::format("MMSI {}", other.mmsi)
                            : fmt::format("{} (MMSI {})", other.name, other.mmsi);
}

// With a full stop, whatever "CO. LTD." the text ends in.
std::string closed(const std::string& text) {
  return text.ends_with('.') ? text : text + '.';
}

// "it gives IMO 8730933, ..." and "IMO number ... is identical." alike become sentences.
std::string sentences(const std::vector<std::string>& reasons) {
  std::string all;
  for (const auto& reason : reasons) {
    if (reason.empty()) continue;
    if (!all.empty()) all += ' ';
    const auto start = all.size();
    all += reason;
    if (all[start] >= 'a' && all[start] <= 'z') all[start] = static_cast<char>(all[start] - 'a' + 'A');
    if (all.back() != '.') all += '.';
  }
  return all;
}

// The event in one sentence, from the view of the dossier's vessel.
std::string sentence(const model::Event& event, const Dossier& dossier) {
  std::string others;
  for (const auto& other : dossier.others)
    if (std::find(event.mmsi.begin(), event.mmsi.end(), other.mmsi) != event.mmsi.end())
      others += (others.empty() ? "" : ", ") + name_of(other);
  const std::string when = minute(event.start), where = place(event), length = duration(event);
  switch (event.type) {
    case model::EventType::encounter:
      return fmt::format("Met {} for {} from {}{}.", others.empty() ? "another vessel" : others, length, when,
                         where);
    case model::EventType::dark_rendezvous:
      return fmt::format("Could meet {} while one of them was silent, {} from {}{}.",
                         others.empty() ? "a silent vessel" : others, length, when, where);
    case model::EventType::gap:
      return fmt::format("Silent for {} from {}{}.", length, when, where);
    case model::EventType::loitering:
      return fmt::format("Loitered for {} from {}{}.", length, when, where);
    case model::EventType::port_call: {
      const auto port = value_of(event, "port");
      return fmt::format("Port call{} from {}{}.", port.empty() ? "" : " at " + port, when, where);
    }
    case model::EventType::identity_change:
      return fmt::format("Changed its broadcast identity on {}.", when);
    case model::EventType::shared_mmsi:
      return fmt::format("Two hulls used its MMSI at once, {} from {}.", length, when);
    case model::EventType::identity_mismatch:
      return fmt::format("What it broadcasts does not fit the register ({}).", when);
    case model::EventType::position_spoofing:
      return fmt::format("Reported positions it cannot have been at, {} from {}{}.", length, when, where);
    case model::EventType::listed_vessel:
      return fmt::format("Broadcast the identity of a listed vessel from {}.", when);
  }
  return {};
}

std::string_view kind_of(const model::Event& event) {
  if (event.type == model::EventType::port_call) return is_dprk_call(event) ? "port_call_dprk" : "";
  if (event.type == model::EventType::listed_vessel) return "";  // counted as a listing
  return model::to_string(event.type);
}

}  // namespace

base::Result<Weights> Weights::embedded() {
  const auto text = base::resource("watch/weights.json");
  if (!text) return tl::unexpected(text.error());
  return parse(*text, "weights.json");
}

base::Result<Weights> Weights::parse(std::string_view text, std::string_view name) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (json.is_discarded()) return base::fail("{}: expected JSON", name);
  const auto rows = json.is_object() ? json.find("weights") : json.end();
  if (!json.is_object() || rows == json.end() || !rows->is_object())
    return base::fail("{}: expected an object \"weights\"", name);
  Weights weights;
  for (const auto& [kind, row] : rows->items()) {
    if (std::find(std::begin(kKinds), std::end(kKinds), kind) == std::end(kKinds))
      return base::fail("{}: unknown kind of evidence '{}'", name, kind);
    const auto points = row.is_object() ? row.find("points") : row.end();
    if (!row.is_object() || points == row.end() || !points->is_number())
      return base::fail("{}: {}: expected a number \"points\"", name, kind);
    weights.points_[kind] = points->get<double>();
  }
  return weights;
}

double Weights::points(std::string_view kind) const {
  const auto found = points_.find(kind);
  return found == points_.end() ? 0 : found->second;
}

bool is_dprk_call(const model::Event& event) {
  return event.type == model::EventType::port_call && value_of(event, "country") == "kp";
}

bool is_meeting(const model::Event& event) {
  return event.type == model::EventType::encounter || event.type == model::EventType::dark_rendezvous;
}

void weigh(Dossier& dossier, const Weights& weights, const RunInfo& run) {
  auto& evidence = dossier.evidence;
  evidence.clear();
  std::map<std::string, unsigned, std::less<>> seen;
  // The second piece of a kind counts half, the third a quarter: ten gaps are not ten times as telling as
  // one.
  const auto add = [&](std::string_view kind, std::string_view points_of, double share, std::string statement,
                       std::vector<model::Source> sources) {
    const unsigned before = seen[std::string(points_of)]++;
    const double points =
        weights.points(points_of) * share / static_cast<double>(1u << std::min(before, 20u));
    if (points < kLeastPoints) return;
    evidence.push_back({std::string(kind), std::move(statement), points, std::move(sources), {}});
  };
  const auto feed_sources = [&](const std::vector<model::Where>& support) {
    std::vector<model::Source> sources;
    constexpr std::size_t kShown = 4;
    for (const auto& where : support) {
      if (sources.size() == kShown) break;
      auto file = std::make_shared<model::SourceFile>();
      file->dataset = "ais";
      file->file = where.feed() < run.feeds.size() ? run.feeds[where.feed()] : "";
      sources.push_back({std::move(file), {}, where.line()});
    }
    return sources;
  };

  for (const auto& listing : dossier.listings) {
    const bool by_number = listing.score >= 1.0;
    const auto kind = by_number              ? (listing.dprk ? "listed_dprk" : "listed_other")
                      : !listing.dprk        ? "named_as_listed_other"
                      : listing.corroborated ? "listed_probable"
                                             : "listed_by_name";
    const std::string date = listing.listing_date.empty() ? "" : " since " + listing.listing_date;
    std::string programs;
    for (const auto& program : listing.programs) programs += (programs.empty() ? ", " : "; ") + program;
    add("listing", kind, by_number ? 1.0 : listing.score,
        fmt::format("{} as {} ({}{}){}. {}",
                    by_number              ? "Listed"
                    : listing.corroborated ? "Probably listed"
                                           : "May be listed",
                    listing.caption, listing.source.dataset(), programs, date, sentences(listing.reasons)),
        {listing.source});
  }
  for (const auto& chain : dossier.chains) {
    const bool held = std::any_of(chain.verdicts.begin(), chain.verdicts.end(),
                                  [](const auto& v) { return v.verdict == "blocked"; });
    const bool maybe = !held && !chain.verdicts.empty();
    std::vector<model::Source> sources;
    for (const auto& step : chain.steps) sources.push_back(step.source);
    sources.push_back(chain.source);
    std::string rules;
    for (const auto& verdict : chain.verdicts)
      if (verdict.verdict == "blocked") rules += (rules.empty() ? "" : ", ") + verdict.rule;
    add("ownership",
        held    ? "owner_blocked"
        : maybe ? "owner_possible"
                : "linked",
        1.0, closed(chain.summary) + (held ? fmt::format(" Owned or controlled under: {}.", rules) : ""),
        std::move(sources));
  }
  if (dossier.identity.flag == "kp")
    add("identity", "dprk_flag", 1.0,
        fmt::format("Flies the flag of the DPRK, by {}.", dossier.identity.flag_basis), {});
  for (const auto& other : dossier.others) {
    if (other.concern.empty()) continue;
    const model::Event* surest = nullptr;
    for (const auto& event : dossier.events)
      if (is_meeting(event) &&
          std::find(event.mmsi.begin(), event.mmsi.end(), other.mmsi) != event.mmsi.end() &&
          (!surest || event.score > surest->score))
        surest = &event;
    if (!surest) continue;
    const auto words =
        surest->type == model::EventType::encounter ? "Met" : "Could meet, while one of them was silent,";
    add("behaviour", "met_listed", surest->score,
        fmt::format("{} {}, which {}, for {} from {}{}.", words, name_of(other), other.concern,
                    duration(*surest), minute(surest->start), place(*surest)),
        feed_sources(surest->support));
  }
  // The surest event of a kind first, so that it counts whole.
  std::vector<const model::Event*> events;
  for (const auto& event : dossier.events) events.push_back(&event);
  std::stable_sort(events.begin(), events.end(),
                   [](const auto* a, const auto* b) { return a->score > b->score; });
  for (const auto* event : events) {
    const auto kind = kind_of(*event);
    if (kind.empty()) continue;
    add(event->type == model::EventType::identity_change || event->type == model::EventType::identity_mismatch
            ? "identity"
            : "behaviour",
        kind, event->score, sentence(*event, dossier), feed_sources(event->support));
  }

  std::stable_sort(evidence.begin(), evidence.end(),
                   [](const auto& a, const auto& b) { return a.weight > b.weight; });
  dossier.score = 0;
  for (const auto& finding : evidence) dossier.score += finding.weight;
  dossier.headline = evidence.empty() ? "No evidence." : evidence.front().statement;
}

}  // namespace cordon::watch
