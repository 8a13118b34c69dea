// Against gpsd and pyais, field by field, on every file of the shared AIS vectors (absent there: skipped).
// docs/ais.md lists where the two disagree with each other or with us, and who is right.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "cordon/ais/transcode.hpp"

namespace cordon::ais {
namespace {

using nlohmann::json;

const std::filesystem::path kData = std::filesystem::path(CORDON_SOURCE_DIR) / "../shared/data/ais";

std::vector<json> lines_of(const std::string& text) {
  std::vector<json> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    json object = json::parse(text.substr(at, end - at), nullptr, false);
    EXPECT_FALSE(object.is_discarded()) << text.substr(at, end - at);
    if (object.is_object()) out.push_back(std::move(object));
    at = end + 1;
  }
  return out;
}

std::vector<json> lines_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  return lines_of(std::string(std::istreambuf_iterator<char>(file), {}));
}

std::vector<json> decode(const std::filesystem::path& path, bool scaled) {
  std::string out;
  DecodeOptions options;
  options.json.scaled = scaled;
  const auto done = decode_feed(path, options, [&](std::string_view piece) -> base::Result<void> {
    out += piece;
    return {};
  });
  EXPECT_TRUE(done.has_value()) << path;
  return lines_of(out);
}

// Equal as values: 1 and true, "-73.500000" and -73.5, 6 digits against 7.
bool equal(const json& a, const json& b, double tolerance) {
  const auto number = [](const json& v, double& out) {
    if (v.is_number()) out = v.get<double>();
    if (v.is_boolean()) out = v.get<bool>() ? 1 : 0;
    if (v.is_string()) {
      const auto& text = v.get_ref<const std::string&>();
      char* end = nullptr;
      out = std::strtod(text.c_str(), &end);
      return !text.empty() && *end == '\0';
    }
    return v.is_number() || v.is_boolean();
  };
  double x = 0, y = 0;
  if (number(a, x) && number(b, y)) return std::abs(x - y) <= tolerance;
  return a == b;
}

// Both are in feed order: of ours, the next with the same type and sender.
std::vector<const json*> align(const std::vector<json>& ours, const std::vector<json>& theirs,
                               const char* type_name) {
  std::vector<const json*> of(ours.size(), nullptr);
  std::size_t next = 0;
  for (const json& t : theirs) {
    if (!t.contains(type_name)) continue;
    for (std::size_t i = next; i < ours.size() && i < next + 60; ++i)
      if (ours[i]["type"] == t[type_name] && ours[i]["mmsi"] == t["mmsi"]) {
        of[i] = &t;
        next = i + 1;
        break;
      }
  }
  return of;
}

TEST(Reference, EveryFieldOnWhichGpsdAndPyaisAgree) {
  if (!std::filesystem::exists(kData)) GTEST_SKIP() << "no shared data";
  std::size_t fields = 0, agreed = 0, messages = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kData)) {
    const std::string name = entry.path().filename().string();
    const std::string ending = ".gpsdecode.jsonl";
    if (!name.ends_with(ending)) continue;
    const auto base = entry.path().string().substr(0, entry.path().string().size() - ending.size());
    const auto ours = decode(base + ".lines.nmea", true);
    const auto gpsd = lines_of(entry.path()), pyais = lines_of(std::filesystem::path(base + ".pyais.jsonl"));
    const auto of_gpsd = align(ours, gpsd, "type"), of_pyais = align(ours, pyais, "msg_type");
    for (std::size_t i = 0; i < ours.size(); ++i) {
      if (of_gpsd[i] == nullptr) continue;
      ++messages;
      if (of_pyais[i] == nullptr) continue;
      for (const auto& [key, value] : of_gpsd[i]->items()) {
        const std::string other = key == "shiptype" && of_pyais[i]->contains("ship_type") ? "ship_type" : key;
        if (key == "class" || !of_pyais[i]->contains(other) || !equal(value, (*of_pyais[i])[other], 2e-6))
          continue;
        ++fields;
        const bool same = ours[i].contains(key) && equal(ours[i][key], value, 2e-6);
        agreed += same;
        EXPECT_TRUE(same) << name << ": " << key << ": gpsd and pyais " << value << ", ours "
                          << ours[i].dump();
      }
    }
  }
  std::printf("AIS reference: %zu of %zu fields agree on %zu messages\n", agreed, fields, messages);
  EXPECT_GT(fields, 16000U);
  EXPECT_EQ(agreed, fields);
}

void expect_check_file(const char* file, bool scaled, const std::set<std::string>& known) {
  auto ours = decode(kData / "gpsd_sample.aivdm", scaled);
  // gpsd joins both halves of type 24 in one object; ours are two.
  std::map<std::uint64_t, json> names;
  std::erase_if(ours, [&](json& m) {
    const bool first = m["type"] == 24 && m["part"] == "A";
    if (first) names[m["mmsi"].get<std::uint64_t>()] = m["shipname"];
    if (m["type"] == 24 && !first) m["shipname"] = names[m["mmsi"].get<std::uint64_t>()];
    return first;
  });
  const auto theirs = lines_of(kData / file);
  const auto of = align(ours, theirs, "type");
  std::size_t matched = 0, fields = 0;
  std::set<std::string> differing;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    if (of[i] == nullptr) continue;
    ++matched;
    for (const auto& [key, value] : of[i]->items()) {
      if (key == "device") continue;
      ++fields;
      if (!ours[i].contains(key) || !equal(ours[i][key], value, 5e-8))
        differing.insert((*of[i])["type"].dump() + "." + key);
    }
  }
  EXPECT_EQ(matched, theirs.size());
  EXPECT_GT(fields, 1500U);
  EXPECT_EQ(differing, known);
}

TEST(Reference, GpsdsOwnCheckFiles) {
  if (!std::filesystem::exists(kData)) GTEST_SKIP() << "no shared data";
  // The reasons are in docs/ais.md.
  expect_check_file("gpsd_sample.aivdm.js.chk", true,
                    {"17.lat", "17.lon", "26.data", "26.radio", "6.tidals"});
  expect_check_file("gpsd_sample.aivdm.ju.chk", false, {"26.data", "26.radio"});
}

}  // namespace
}  // namespace cordon::ais
