#include <nlohmann/json.hpp>

#include "cordon/base/resource.hpp"
#include "cordon/names/scoring.hpp"

namespace cordon::names {

const Weights& weights() {
  static const Weights loaded = [] {
    Weights w;
    const auto bytes = base::resource("names/weights.json");
    if (!bytes) return w;
    const auto json = nlohmann::json::parse(*bytes, nullptr, false);
    const auto read = [&](const char* name, float& value) {
      if (json.is_object() && json.contains(name) && json[name].is_object())
        value = json[name].value("value", value);
    };
    read("contradiction", w.contradiction);
    read("omission", w.omission);
    read("organisation_omission", w.organisation_omission);
    read("contradiction_cap", w.contradiction_cap);
    read("single_word_cap", w.single_word_cap);
    read("acronym", w.acronym);
    read("number_differs", w.number_differs);
    read("number_missing", w.number_missing);
    read("view_exact", w.view_exact);
    read("view_loose", w.view_loose);
    read("view_near", w.view_near);
    read("view_family", w.view_family);
    read("view_cross", w.view_cross);
    read("view_low", w.view_low);
    read("vessel_slope", w.vessel_slope);
    read("contradiction_low", w.contradiction_low);
    read("view_blurred", w.view_blurred);
    read("father", w.father);
    read("enough_bits", w.enough_bits);
    read("commonness", w.commonness);
    read("doubt_share", w.doubt_share);
    read("office", w.office);
    read("places_change", w.places_change);
    read("legal_differs", w.legal_differs);
    read("series_differs", w.series_differs);
    read("identical_common", w.identical_common);
    read("typing_slip", w.typing_slip);
    read("divided", w.divided);
    read("cut", w.cut);
    return w;
  }();
  return loaded;
}

}  // namespace cordon::names
