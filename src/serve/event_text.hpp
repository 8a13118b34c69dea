// Events of the snapshot as the interface sends them: the line of `cordon detect`, with the event's id and
// the dossier that holds it.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "serve/state.hpp"

namespace cordon::serve {

void append_event(std::string& out, const Snapshot& state, std::uint32_t event);

// The document in pieces, made while it is sent. format: json ({"total","events"}), ndjson, csv, geojson,
// kml. total: how many there are, those not sent included.
std::function<std::optional<std::string>()> event_pieces(std::shared_ptr<const Snapshot> state,
                                                         std::vector<std::uint32_t> events,
                                                         std::string_view format, std::size_t total);

}  // namespace cordon::serve
