// Events as text: NDJSON (the contract), CSV, GeoJSON and KML for maps.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/model/event.hpp"

namespace cordon::detect {

class EventWriter {
 public:
  virtual ~EventWriter() = default;
  virtual std::string header() { return {}; }
  virtual void append(std::string& out, const model::Event& event) = 0;
  virtual std::string footer() { return {}; }
};

// format: ndjson, csv, geojson or kml. feeds: file name by feed number, for the supporting reports.
std::unique_ptr<EventWriter> make_writer(std::string_view format, std::vector<std::string> feeds);

}  // namespace cordon::detect
