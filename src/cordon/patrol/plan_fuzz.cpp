// All that planning reads: the first byte chooses the reader.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "cordon/patrol/briefing.hpp"
#include "cordon/patrol/evaluate.hpp"
#include "cordon/patrol/plan_json.hpp"
#include "cordon/patrol/tracks.hpp"
#include "cordon/patrol/update.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cordon;
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  base::Tally tally;
  switch (data[0] % 7) {
    case 0:
      (void)patrol::read_assets(text, "assets");
      break;
    case 1:
      (void)patrol::read_regions(text, "regions");
      break;
    case 2:
      (void)patrol::read_sightings(text, tally);
      break;
    case 3:
      (void)patrol::read_ranks(text, tally);
      break;
    case 4:
      (void)patrol::read_sites(text, "sites");
      break;
    case 5:
      (void)patrol::read_prior_settings(text, "settings");
      break;
    default:
      if (const auto plan = patrol::read_plan(text, "plan")) {
        (void)patrol::evaluate(*plan, 10, 1);
        (void)patrol::plan_json(*plan);
        (void)patrol::briefing_html(*plan);
        (void)patrol::tracks_geojson(*plan);
        (void)patrol::tracks_gpx(*plan);
        (void)patrol::tracks_kml(*plan);
        patrol::Update what;
        if (auto settings = patrol::default_prior_settings()) what.evidence.settings = *settings;
        (void)patrol::update(*plan, what);
      }
  }
  return 0;
}
