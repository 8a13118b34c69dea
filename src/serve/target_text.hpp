// Targets as rows of a list, and dossiers as files to keep.
#pragma once
#include <span>
#include <string>

#include "cordon/base/json.hpp"
#include "serve/state.hpp"

namespace cordon::serve {

// One object: rank id score headline name imo mmsi flag lat lon last listed dprk types.
void append_target(base::JsonWriter& json, const watch::Dossier& dossier);
bool matches(const watch::Dossier& dossier, std::string_view text);  // name, number, id or headline

std::string targets_csv(std::span<const watch::Dossier* const> dossiers);
// The way and the events of each.
std::string targets_geojson(std::span<const watch::Dossier* const> dossiers, const watch::RunInfo& run);
std::string targets_kml(std::span<const watch::Dossier* const> dossiers);
// What speaks for and against, a line a finding.
std::string dossier_csv(const watch::Dossier& dossier);

}  // namespace cordon::serve
