#include "serve/event_text.hpp"

#include <fmt/format.h>

#include <utility>

#include "cordon/base/json.hpp"
#include "cordon/detect/export.hpp"

namespace cordon::serve {
namespace {

constexpr std::size_t kPiece = 64 * 1024;

// {"total":N,"events":[..]}, or one event a line.
class Json final : public detect::EventWriter {
 public:
  Json(const Snapshot& state, bool lines, std::size_t total) : state_(state), lines_(lines), total_(total) {}
  std::string header() override {
    return lines_ ? std::string{} : fmt::format("{{\"total\":{},\"events\":[", total_);
  }
  void append(std::string& out, const model::Event& event) override {
    if (!lines_ && std::exchange(any_, true)) out += ',';
    append_event(out, state_, static_cast<std::uint32_t>(&event - state_.survey->events.data()));
    if (lines_) out += '\n';
  }
  std::string footer() override { return lines_ ? "" : "]}"; }

 private:
  const Snapshot& state_;
  const bool lines_;
  const std::size_t total_;
  bool any_ = false;
};

}  // namespace

void append_event(std::string& out, const Snapshot& state, std::uint32_t event) {
  base::JsonWriter json(out);
  json.begin_object();
  json.field("id", state.event_ids[event]);
  json.key("target");
  const auto dossier = state.survey->dossier_of_event[event];
  if (dossier == watch::Survey::kNoDossier)
    json.null();
  else
    json.value(state.survey->dossiers[dossier].id);
  std::string line;
  model::append_json(line, state.survey->events[event], state.survey->run.feeds);
  out += ',';
  out.append(line, 1);  // without its own opening brace
}

std::function<std::optional<std::string>()> event_pieces(std::shared_ptr<const Snapshot> state,
                                                         std::vector<std::uint32_t> events,
                                                         std::string_view format, std::size_t total) {
  struct Stage {
    std::shared_ptr<const Snapshot> state;
    std::vector<std::uint32_t> events;
    std::unique_ptr<detect::EventWriter> writer;
    std::size_t next = 0;
    bool begun = false, ended = false;
  };
  auto stage = std::make_shared<Stage>();
  if (format == "json" || format == "ndjson")
    stage->writer = std::make_unique<Json>(*state, format == "ndjson", total);
  else
    stage->writer = detect::make_writer(format, state->survey->run.feeds);
  stage->state = std::move(state);
  stage->events = std::move(events);
  return [stage]() -> std::optional<std::string> {
    auto& s = *stage;
    std::string out;
    if (!std::exchange(s.begun, true)) out += s.writer->header();
    for (; s.next < s.events.size() && out.size() < kPiece; ++s.next)
      s.writer->append(out, s.state->survey->events[s.events[s.next]]);
    if (s.next == s.events.size() && !std::exchange(s.ended, true)) out += s.writer->footer();
    if (out.empty()) return std::nullopt;
    return out;
  };
}

}  // namespace cordon::serve
