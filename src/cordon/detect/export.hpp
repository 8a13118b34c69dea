// Events as text: NDJSON (the contract), CSV, GeoJSON and KML for maps.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/parquet.hpp"
#include "cordon/model/event.hpp"

namespace cordon::detect {

class EventWriter {
 public:
  virtual ~EventWriter() = default;
  virtual std::string header() { return {}; }
  virtual void append(std::string& out, const model::Event& event) = 0;
  virtual std::string footer() { return {}; }
};

// Events as NDJSON become the columns that cordon.detect has in Python.
base::ParquetForm parquet_form();

// format: ndjson, csv, geojson or kml; parquet and geoparquet are made of NDJSON. feeds: file name by feed
// number, for the supporting reports.
std::unique_ptr<EventWriter> make_writer(std::string_view format, std::vector<std::string> feeds);

}  // namespace cordon::detect
