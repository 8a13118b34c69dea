// What there is to search with. Every figure carries its source; `assumed` ones are shown as such wherever a
// plan shows them.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/geo.hpp"
#include "cordon/base/result.hpp"
#include "cordon/base/time.hpp"

namespace cordon::patrol {

struct Figure {
  double value = 0;
  std::string source;
  bool assumed = false;
};

enum class AssetKind : std::uint8_t { ship, air, satellite };
std::string_view to_string(AssetKind kind);

// One look from orbit: what is within half the swath of the line from-to at the time is detected with the
// chance of the asset's `look`.
struct Pass {
  base::TimeMs time = base::kNoTime;
  base::LatLon from, to;
};

struct Asset {
  std::string name, type, title, mode;
  AssetKind kind = AssetKind::ship;
  base::LatLon base;
  std::string base_name;
  unsigned sorties = 0;  // in the period; 0: by sorties_per_day
  Figure speed_kn, transit_kn, endurance_h, reserve_h, sorties_per_day, cost_per_hour, recognise, corridor_nm;
  Figure sweep_nm;  // in a calm sea, of the file's target and the asset's mode
  Figure sea_factor;
  Figure swath_km, look, cost_per_pass;  // satellites
  std::vector<Pass> passes;

  // The sweep width that counts: detected, in this sea, and told for what it is.
  double effective_sweep_nm() const { return sweep_nm.value * sea_factor.value * recognise.value; }
  double usable_h() const { return endurance_h.value - reserve_h.value; }
  double glimpse() const { return look.value * recognise.value; }
  double swath_nm() const { return swath_km.value * 1000 / base::kNauticalMileM; }
};

struct AssetFile {
  std::string target = "tanker";
  int sea_state = 2;
  std::vector<Asset> assets;
};

// TOML:
//   [conditions]  target = "tanker" | "coaster" | "barge", sea_state = 0..6
//   [[asset]]     name, type (of data/patrol/assets.toml), mode = "radar", base = {name, lat, lon}, sorties =
//   3;
//                 any figure of the type again, as a number or {value, source, assumed}; sweep_nm likewise;
//                 of a satellite: pass = [{time, from = [lat, lon], to = [lat, lon]}]
// source: how the text is called in errors.
base::Result<AssetFile> read_assets(std::string_view toml, std::string_view source);

// The types that an asset may be of, by name, for a form to offer.
struct AssetType {
  std::string name, title;
  AssetKind kind = AssetKind::ship;
  std::vector<std::string> modes;  // empty for satellites
};
std::vector<AssetType> asset_types();

// Named figures of an asset in the order they are shown, those of its kind only.
std::vector<std::pair<std::string_view, const Figure*>> figures(const Asset& asset);

}  // namespace cordon::patrol
