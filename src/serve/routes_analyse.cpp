// A file somebody drops on the page: what it is, found in its content, and what follows from it. Nothing of
// it is kept.
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "cordon/ais/feed.hpp"
#include "cordon/ais/feed_reader.hpp"
#include "cordon/base/csv.hpp"
#include "cordon/base/decompress.hpp"
#include "cordon/base/json.hpp"
#include "cordon/base/text.hpp"
#include "cordon/detect/detector.hpp"
#include "cordon/detect/listing.hpp"
#include "cordon/detect/read_feeds.hpp"
#include "cordon/lists/format.hpp"
#include "cordon/network/control.hpp"
#include "cordon/network/listed.hpp"
#include "cordon/network/read.hpp"
#include "serve/asked.hpp"
#include "serve/router.hpp"
#include "serve/state.hpp"

namespace cordon::serve::routes {
namespace {

constexpr std::size_t kMostRows = 1000;                       // of each table in the answer
constexpr std::uint64_t kMostPositions = 2'000'000;           // read of a feed
constexpr std::size_t kMostUnpacked = std::size_t{64} << 20;  // of a packed list or table

// The body as a file that readers can open; it lies in memory and goes with this.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view bytes) : descriptor_(::memfd_create("analyse", MFD_CLOEXEC)) {
    while (descriptor_ >= 0 && !bytes.empty()) {
      const auto written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written <= 0) break;
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    good_ = descriptor_ >= 0 && bytes.empty();
  }
  ~MemoryFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  bool good() const { return good_; }
  std::string path() const { return fmt::format("/proc/self/fd/{}", descriptor_); }

 private:
  int descriptor_;
  bool good_ = false;
};

void append_rejects(base::JsonWriter& json, const base::Tally& rejects) {
  json.key("rejects");
  json.begin_object();
  for (const auto& [reason, row] : rejects.rows()) json.field(reason, row.count);
  json.end_object();
}

// {"kind","name","summary","result":..}; body writes the result.
template <class Body>
Response answer(const Call& call, std::string_view kind, std::string_view summary, const Body& body) {
  Response response;
  base::JsonWriter json(response.body);
  json.begin_object();
  json.field("kind", kind);
  json.field("name", call.request.param("name"));
  json.field("summary", summary);
  json.key("result");
  body(json);
  json.end_object();
  return response;
}

Response not_read(const base::Error& why) {
  return error(422, why.message, "body");
}

Response analyse_ais(const Call& call) {
  const MemoryFile file(call.request.body);
  if (!file.good()) return error(503, "there is no room for this file now");
  const auto& survey = *call.state->survey;
  std::vector<detect::ListedVessel> listed;
  for (const auto& entity : survey.lists.entities) detect::append_listed(listed, entity);
  std::vector<model::Event> events;
  std::uint64_t positions = 0;
  base::TimeMs first = base::kNoTime, last = base::kNoTime;
  watch::VesselBook heard;
  std::optional<detect::Detector> detector;
  detect::FeedUser user;
  user.start = [&](detect::Order order) {
    auto parameters = detect::default_parameters();
    parameters.order = order;
    events.clear();
    heard = {};
    positions = 0;
    detector.emplace(parameters, survey.registry, listed,
                     [&](const model::Event& event) { events.push_back(event); });
  };
  user.push = [&](const model::FeedBatch& batch) {
    positions += batch.positions.size();
    for (const auto time : batch.positions.time) {
      if (time == base::kNoTime) continue;
      if (first == base::kNoTime || time < first) first = time;
      if (last == base::kNoTime || time > last) last = time;
    }
    heard.push(batch);
    detector->push(batch);
  };
  user.late = [&] { return detector->late(); };
  user.more = [&] { return positions < kMostPositions && !call.request.is_cancelled(); };
  const std::filesystem::path feed = file.path();
  const auto read = detect::read_feeds({&feed, 1}, detect::Order::automatic, user);
  if (!read) return error(422, "the file holds no AIS that can be read", "body");
  if (call.request.is_cancelled()) return error(503, "the time for this request is over");
  const ais::FeedReport* report = &read->reports.front();
  detector->finish();
  heard.finish();
  std::stable_sort(events.begin(), events.end(), detect::event_before);
  const auto summary =
      fmt::format("{} positions of {} vessels, {} events", positions, heard.heard().size(), events.size());
  return answer(call, "ais", summary, [&](base::JsonWriter& json) {
    json.begin_object();
    json.field("format", ais::to_string(report->format));
    json.field("positions", positions);
    json.field("cut", positions >= kMostPositions);
    json.field("vessels_heard", static_cast<std::uint64_t>(heard.heard().size()));
    json.field("events_found", static_cast<std::uint64_t>(events.size()));
    for (const auto& [name, time] : {std::pair{"first", first}, {"last", last}}) {
      json.key(name);
      if (time == base::kNoTime)
        json.null();
      else
        json.value(base::to_iso(time));
    }
    append_rejects(json, report->rejects);
    json.key("events");
    json.begin_array();
    const std::vector<std::string> feeds{std::string(call.request.param("name"))};
    for (std::size_t i = 0; i < std::min(events.size(), kMostRows); ++i) {
      std::string line;
      model::append_json(line, events[i], feeds);
      json.raw(line);
    }
    json.end_array();
    json.key("vessels");
    json.begin_array();
    for (std::size_t i = 0; i < std::min(heard.heard().size(), kMostRows); ++i) {
      const auto& one = heard.heard()[i];
      json.begin_object();
      json.field("mmsi", one.mmsi);
      json.field("name", one.identities.empty() ? std::string_view{} : one.identities.back().name);
      json.field("reports", one.positions);
      json.key("track");
      json.begin_array();
      for (const auto& point : one.track) {
        json.begin_array();
        json.value(point.time / base::kSecond);
        json.fixed(point.at.lat(), 5);
        json.fixed(point.at.lon(), 5);
        json.end_array();
      }
      json.end_array();
      json.end_object();
    }
    json.end_array();
    json.end_object();
  });
}

Response analyse_list(const Call& call, const lists::Format& format) {
  if (!format.read)
    return error(422, "this is a companion of a list; the list's main file is needed", "body");
  const auto list = format.read(lists::Input::memory(std::string(call.request.body), "dropped file"));
  if (!list) return not_read(list.error());
  std::map<std::string_view, std::uint64_t> schemas;
  std::uint64_t dprk = 0, loaded = 0;
  for (const auto& entity : list->entities) {
    ++schemas[model::to_string(entity.schema)];
    dprk += entity.has("regime", "dprk") ? 1 : 0;
    loaded += call.state->entity(entity.id) ? 1 : 0;
  }
  const auto summary = fmt::format("sanctions list {}: {} entities, {} of them under a DPRK regime",
                                   format.name, list->entities.size(), dprk);
  return answer(call, "list", summary, [&](base::JsonWriter& json) {
    json.begin_object();
    json.field("format", format.name);
    if (list->source) {
      json.field("dataset", list->source->dataset);
      json.field("version", list->source->version);
    }
    json.field("entities_found", static_cast<std::uint64_t>(list->entities.size()));
    json.field("dprk", dprk);
    json.field("loaded_already", loaded);
    append_rejects(json, list->rejects);
    json.key("schemas");
    json.begin_object();
    for (const auto& [name, count] : schemas) json.field(name, count);
    json.end_object();
    json.key("entities");
    json.begin_array();
    for (std::size_t i = 0; i < std::min(list->entities.size(), kMostRows); ++i) {
      std::string line;
      model::append_ftm(line, list->entities[i]);
      json.raw(line);
    }
    json.end_array();
    json.end_object();
  });
}

Response analyse_ownership(const Call& call) {
  network::Graph::Builder builder;
  if (auto done = network::read_text(builder, call.request.body, "dropped file"); !done)
    return not_read(done.error());
  lists::ListFile all;
  all.entities = call.state->survey->lists.entities;
  network::mark_listed(builder, {&all, 1});
  const network::Graph graph = std::move(builder).build();
  const auto day = base::parse_date(call.state->survey->run.as_of).value_or(base::Date{});
  std::vector<std::pair<network::Rule, network::ControlVerdict>> found;
  for (const auto rule : network::kRules) {
    if (call.request.is_cancelled()) return error(503, "the time for this request is over");
    const auto verdicts = network::control(graph, rule, day);
    if (!verdicts) return not_read(verdicts.error());
    for (const auto& verdict : *verdicts) found.emplace_back(rule, verdict);
  }
  const auto summary =
      fmt::format("{} parties, {} ties, {} listed; {} verdicts of ownership or control", graph.node_count(),
                  graph.edge_count(), graph.listed().size(), found.size());
  return answer(call, "ownership", summary, [&](base::JsonWriter& json) {
    json.begin_object();
    json.field("nodes", static_cast<std::uint64_t>(graph.node_count()));
    json.field("edges", static_cast<std::uint64_t>(graph.edge_count()));
    json.field("listed", static_cast<std::uint64_t>(graph.listed().size()));
    json.field("as_of", base::to_string(day));
    append_rejects(json, graph.warnings());
    json.key("verdicts");
    json.begin_array();
    for (std::size_t i = 0; i < std::min(found.size(), kMostRows); ++i) {
      const auto& [rule, verdict] = found[i];
      json.begin_object();
      json.field("id", graph.id(verdict.node));
      json.field("name", graph.caption(verdict.node));
      json.field("rule", network::to_string(rule));
      json.field("verdict", network::to_string(verdict.verdict));
      json.field("basis", network::to_string(verdict.basis));
      json.fixed_field("share_min", verdict.share_min, 4);
      json.fixed_field("share_max", verdict.share_max, 4);
      json.end_object();
    }
    json.end_array();
    json.end_object();
  });
}

// What the screening route answers to the same table.
Response analyse_names(const Call& call, std::string_view table) {
  Request request = call.request;
  request.params.clear();
  request.content_type = "text/csv";
  request.body = table;
  const Response found = routes::screen({request, call.state, call.services});
  if (found.status != 200) return found;
  const auto lines = static_cast<std::size_t>(std::count(table.begin(), table.end(), '\n'));
  return answer(call, "names", fmt::format("a table of names, about {} rows, screened", lines),
                [&](base::JsonWriter& json) { json.raw(found.body); });
}

bool has_column(const base::CsvRow& header, std::initializer_list<std::string_view> names) {
  return std::any_of(header.begin(), header.end(), [&](const std::string& cell) {
    return std::any_of(names.begin(), names.end(),
                       [&](std::string_view name) { return base::iequals(base::trim(cell), name); });
  });
}

base::CsvRow header_of(std::string_view text) {
  const auto line = text.substr(0, text.find('\n'));
  base::CsvRow header;
  (void)base::read_csv(line, base::csv_separator(line),
                       [&](base::CsvRow&& row, std::uint64_t) { header = std::move(row); });
  return header;
}

// A name a line, without a header: short lines, and nothing of a table or of markup.
bool is_plain_names(std::string_view text) {
  std::size_t lines = 0;
  for (const auto line : base::split(text, '\n')) {
    if (++lines > 1001 || line.size() > 200 || line.find_first_of("{}<>;\t,\"") != line.npos) return false;
  }
  return base::is_utf8(text) && text.find('\0') == text.npos;
}

// A list or table that came packed. Fails where it is broken, or larger than a list may be here.
base::Result<std::string> unpacked(std::string_view body) {
  std::string text;
  const auto decoder = base::make_decoder(base::packing_of(body));
  const base::ByteSink keep = [&](std::string_view piece) {
    text += piece;
    return text.size() <= kMostUnpacked;
  };
  const auto more = decoder->push(body, keep);
  if (!more) return tl::unexpected(more.error());
  if (*more)
    if (const auto done = decoder->finish(keep); !done) return tl::unexpected(done.error());
  if (text.size() > kMostUnpacked)
    return base::fail("the file unpacks to more than {} MiB; only AIS may be larger", kMostUnpacked >> 20);
  return text;
}

bool is_ais(std::string_view start) {
  for (const std::string_view mark : {"!AIVDM", "!AIVDO", "!BSVDM", "!ABVDM", "!ANVDM", "!SAVDM"})
    if (start.find(mark) != start.npos) return true;
  return ais::csv_format(start.substr(0, start.find_first_of("\r\n"))).has_value();
}

Response analyse_plain(const Call& call) {
  const std::string_view body = call.request.body;
  const auto head = lists::Input::memory(std::string(body.substr(0, lists::kHeadBytes))).head();
  if (!head) return not_read(head.error());
  const std::string_view start = *head;
  if (is_ais(start)) return analyse_ais(call);
  for (const std::string_view mark :
       {"\"Ownership\"", "\"Directorship\"", "\"ownershipOrControlStatement\"", "\"relationship\""})
    if (start.find(mark) != start.npos) return analyse_ownership(call);
  if (const auto* format = lists::sniff(start)) return analyse_list(call, *format);
  const auto header = header_of(start);
  if ((has_column(header, {"owner"}) && has_column(header, {"owned"})) ||
      has_column(header, {"Relationship.StartNode.NodeID"}))
    return analyse_ownership(call);
  if (has_column(header, {"name"})) return analyse_names(call, body);
  if (is_plain_names(body)) return analyse_names(call, "name\n" + std::string(body));
  return error(422,
               "not recognised: expected AIS (NMEA or CSV), a sanctions list, ownership records, or a table "
               "with a column 'name'",
               "body");
}

}  // namespace

Response analyse(const Call& call) {
  const std::string_view body = call.request.body;
  if (body.empty()) return error(400, "the body is the file to look at; it is empty", "body");
  if (call.request.param("name").size() > 300) return error(400, "name: expected at most 300 bytes", "name");
  const auto packing = base::packing_of(body);
  if (packing == base::Packing::plain || packing == base::Packing::unknown) return analyse_plain(call);
  // A packed feed is read while it unpacks, whatever its size; anything else is unpacked into memory.
  std::string start;
  const auto looked = base::make_decoder(packing)->push(body, [&](std::string_view piece) {
    start += piece.substr(0, lists::kHeadBytes - start.size());
    return start.size() < lists::kHeadBytes;
  });
  if (!looked) return not_read(looked.error());
  if (is_ais(start)) return analyse_ais(call);
  const auto text = unpacked(body);
  if (!text) return not_read(text.error());
  Request request = call.request;
  request.body = *text;
  return analyse_plain({request, call.state, call.services});
}

}  // namespace cordon::serve::routes
