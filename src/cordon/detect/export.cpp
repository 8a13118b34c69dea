#include "cordon/detect/export.hpp"

#include <fmt/format.h>

#include <utility>

#include "cordon/base/csv.hpp"
#include "cordon/base/json.hpp"
#include "cordon/base/text.hpp"

namespace cordon::detect {
namespace {

std::string joined(const std::vector<std::uint32_t>& numbers) {
  return fmt::format("{}", fmt::join(numbers, ";"));
}

class Ndjson final : public EventWriter {
 public:
  explicit Ndjson(std::vector<std::string> feeds) : feeds_(std::move(feeds)) {}
  void append(std::string& out, const model::Event& event) override {
    model::append_json(out, event, feeds_);
    out += '\n';
  }

 private:
  std::vector<std::string> feeds_;
};

class Csv final : public EventWriter {
 public:
  std::string header() override { return "type,start,end,mmsi,imo,lat,lon,score,rule,reasons\n"; }
  void append(std::string& out, const model::Event& event) override {
    out += fmt::format("{},{},{},{},{},", model::to_string(event.type), base::to_iso(event.start),
                       base::to_iso(event.end), joined(event.mmsi), joined(event.imo));
    out +=
        event.at.valid() ? fmt::format("{:.5f},{:.5f},", event.at.lat(), event.at.lon()) : std::string(",,");
    out += fmt::format("{:.4f},{},", event.score, event.rule);
    base::append_csv(out, fmt::format("{}", fmt::join(event.reasons, "; ")));
    out += '\n';
  }
};

class GeoJson final : public EventWriter {
 public:
  explicit GeoJson(std::vector<std::string> feeds) : feeds_(std::move(feeds)) {}
  std::string header() override { return "{\"type\":\"FeatureCollection\",\"features\":[\n"; }
  void append(std::string& out, const model::Event& event) override {
    if (std::exchange(any_, true)) out += ",\n";
    out += "{\"type\":\"Feature\",\"geometry\":";
    out += event.at.valid() ? fmt::format("{{\"type\":\"Point\",\"coordinates\":[{:.5f},{:.5f}]}}",
                                          event.at.lon(), event.at.lat())
                            : std::string("null");
    out += ",\"properties\":";
    model::append_json(out, event, feeds_);
    out += '}';
  }
  std::string footer() override { return "\n]}\n"; }

 private:
  std::vector<std::string> feeds_;
  bool any_ = false;
};

class Kml final : public EventWriter {
 public:
  std::string header() override {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml "
           "xmlns=\"http://www.opengis.net/kml/2.2\"><Document>\n";
  }
  void append(std::string& out, const model::Event& event) override {
    out += fmt::format(
        "<Placemark><name>{} {}</name><description>{}</description>", model::to_string(event.type),
        joined(event.mmsi),
        base::escape_markup(fmt::format("score {:.2f}. {}", event.score, fmt::join(event.reasons, "; "))));
    out += fmt::format("<TimeSpan><begin>{}</begin><end>{}</end></TimeSpan>", base::to_iso(event.start),
                       base::to_iso(event.end));
    if (event.at.valid())
      out += fmt::format("<Point><coordinates>{:.5f},{:.5f}</coordinates></Point>", event.at.lon(),
                         event.at.lat());
    out += "</Placemark>\n";
  }
  std::string footer() override { return "</Document></kml>\n"; }
};

}  // namespace

base::ParquetForm parquet_form() {
  return {
      "read_json($source, format = 'newline_delimited', columns = {type: 'VARCHAR', start: 'TIMESTAMPTZ', "
      "\"end\": 'TIMESTAMPTZ', mmsi: 'BIGINT[]', imo: 'BIGINT[]', lat: 'DOUBLE', lon: 'DOUBLE', "
      "score: 'DOUBLE', rule: 'VARCHAR', evidence: 'JSON', reasons: 'VARCHAR[]', "
      "support: 'STRUCT(file VARCHAR, feed BIGINT, line BIGINT)[]'})",
      "type, start, \"end\", mmsi, imo, lat, lon, score, rule, CAST(evidence AS VARCHAR) AS evidence, "
      "reasons, "
      "list_transform(support, lambda one: coalesce(one.file, 'feed ' || one.feed) || ':' || one.line) AS "
      "support"};
}

std::unique_ptr<EventWriter> make_writer(std::string_view format, std::vector<std::string> feeds) {
  if (format == "csv") return std::make_unique<Csv>();
  if (format == "geojson") return std::make_unique<GeoJson>(std::move(feeds));
  if (format == "kml") return std::make_unique<Kml>();
  return std::make_unique<Ndjson>(std::move(feeds));
}

}  // namespace cordon::detect
