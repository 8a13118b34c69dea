// The whole detector on a scenario with known truth, made by an independent generator. Matching follows the
// rules that come with it: same type, enough of the vessels named, times overlap after padding, near enough.
// The floors only rise.
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "cordon/ais/feed.hpp"
#include "cordon/base/bytes.hpp"
#include "cordon/detect/listing.hpp"
#include "cordon/detect/registry.hpp"
#include "cordon/detect/testkit.hpp"
#include "cordon/lists/lists.hpp"

namespace cordon::detect {
namespace {

const std::filesystem::path kShared = std::filesystem::path(CORDON_SOURCE_DIR) / ".." / "shared" / "data";

struct Truth {
  std::string type;
  base::TimeMs begin = 0, end = 0;
  std::set<std::uint32_t> mmsi;
  std::size_t need = 1;
  std::vector<base::LatLon> places;  // empty: no test of place
  bool optional = false, hit = false;
};

std::vector<Truth> read_truth(const std::string& text) {
  std::vector<Truth> out;
  const auto json = nlohmann::json::parse(text);
  for (const auto& row : json["events"]) {
    Truth one;
    one.type = row["type"];
    one.begin = *base::parse_time(row["start"].get<std::string>());
    one.end = *base::parse_time(row["end"].get<std::string>());
    for (const auto& mmsi : row["mmsi"]) one.mmsi.insert(mmsi.get<std::uint32_t>());
    one.need = row["need"];
    one.optional = row["optional"];
    const auto& params = row["params"];
    const bool placeless =
        one.type == "shared_mmsi" || one.type == "identity_mismatch" || one.type == "listed_vessel";
    if (!placeless && !params.value("anyplace", false)) {
      one.places.push_back(base::from_degrees(row["lat"], row["lon"]));
      if (params.contains("end_lat"))
        one.places.push_back(base::from_degrees(params["end_lat"], params["end_lon"]));
    }
    out.push_back(std::move(one));
  }
  return out;
}

bool fits(const model::Event& event, const Truth& truth) {
  if (truth.type != model::to_string(event.type)) return false;
  std::size_t named = 0;
  for (const std::uint32_t mmsi : event.mmsi) named += truth.mmsi.contains(mmsi);
  const base::TimeMs pad = event.type == model::EventType::identity_change ? 6 * base::kHour : base::kHour;
  if (named < truth.need || event.start > truth.end + pad || event.end < truth.begin - pad) return false;
  using enum model::EventType;
  const bool wide = event.type == gap || event.type == dark_rendezvous || event.type == position_spoofing;
  const double limit = event.type == identity_change ? 60e3 : wide ? 50e3 : 30e3;
  return truth.places.empty() ||
         std::any_of(truth.places.begin(), truth.places.end(),
                     [&](const base::LatLon& place) { return base::distance_m(place, event.at) <= limit; });
}

struct Outcome {
  int truth = 0, hits = 0, wrong = 0;
};

std::map<std::string, Outcome> score(const std::vector<model::Event>& events, std::vector<Truth> truths) {
  std::map<std::string, Outcome> out;
  for (const auto& event : events) {
    Truth* first = nullptr;
    bool explained = false;
    for (Truth& truth : truths)
      if (fits(event, truth)) {
        explained = true;
        if (!truth.optional && !truth.hit && !first) first = &truth;
      }
    if (first) first->hit = true;
    if (!explained) ++out[std::string(model::to_string(event.type))].wrong;
  }
  for (const Truth& truth : truths) {
    if (truth.optional) continue;
    ++out[truth.type].truth;
    out[truth.type].hits += truth.hit;
  }
  return out;
}

class Scenario : public testing::TestWithParam<const char*> {};

TEST_P(Scenario, RecallAndPrecisionDoNotFall) {
  const auto folder = kShared / "scenario";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no shared data";
  const auto registry = read_registry(folder / "registry.csv.gz");
  ASSERT_TRUE(registry);
  const std::filesystem::path lists[] = {kShared / "lists"};
  const auto set = lists::read_lists(lists);
  ASSERT_TRUE(set);
  std::vector<ListedVessel> listed;
  for (const auto& file : set->files)
    for (const auto& entity : file.entities) append_listed(listed, entity);
  std::vector<model::Event> events;
  Detector detector(default_parameters(), *registry, listed,
                    [&](const model::Event& event) { events.push_back(event); });
  const auto feed =
      ais::read_feed(folder / GetParam(), 0, [&](const model::FeedBatch& batch) { detector.push(batch); });
  ASSERT_TRUE(feed) << feed.error().message;
  detector.finish();
  const auto truth = base::read_file(folder / "truth.json.gz");
  ASSERT_TRUE(truth);
  for (const auto& [type, outcome] : score(events, read_truth(*truth))) {
    const double precision =
        outcome.hits + outcome.wrong ? 1.0 * outcome.hits / (outcome.hits + outcome.wrong) : 1;
    const double recall = outcome.truth ? 1.0 * outcome.hits / outcome.truth : 1;
    std::printf("%-16s %-18s truth %3d  precision %.3f  recall %.3f\n", GetParam(), type.c_str(),
                outcome.truth, precision, recall);
    EXPECT_GE(recall, 1.0) << type;
    EXPECT_GE(precision, 1.0) << type;
  }
}

INSTANTIATE_TEST_SUITE_P(Both, Scenario, testing::Values("positions.csv.gz", "feed.nmea.gz"));

}  // namespace
}  // namespace cordon::detect
