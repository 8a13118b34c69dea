// What the tests of this room share: random values that are the same on every machine, and a feed from text.
#pragma once
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/ais/batcher.hpp"
#include "cordon/ais/feed_reader.hpp"
#include "cordon/ais/line_blocks.hpp"
#include "cordon/model/position.hpp"

namespace cordon::ais::test {

struct Random {  // splitmix64
  std::uint64_t state;
  std::uint64_t operator()() {
    std::uint64_t z = state += 0x9E3779B97F4A7C15ULL;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ z >> 27) * 0x94D049BB133111EBULL;
    return z ^ z >> 31;
  }
  std::uint64_t below(std::uint64_t n) { return (*this)() % n; }
  template <class T>
  T number(std::uint64_t n) {
    return static_cast<T>(below(n));
  }
};

struct Rows {
  std::vector<model::Position> positions;
  std::vector<model::VesselStatic> statics;
  FeedReport report;
  std::string error;
};

// Through read_feed, by way of a file.
inline Rows read_text(std::string_view text, const FeedOptions& options = {}) {
  static int number = 0;
  const auto path = std::filesystem::temp_directory_path() /
                    ("cordon_ais_test_" + std::to_string(getpid()) + "_" + std::to_string(++number));
  FILE* file = std::fopen(path.c_str(), "wb");
  std::fwrite(text.data(), 1, text.size(), file);
  std::fclose(file);
  Rows rows;
  const auto report = read_feed(
      path, 7,
      [&](const model::FeedBatch& batch) {
        for (std::size_t i = 0; i < batch.positions.size(); ++i)
          rows.positions.push_back(batch.positions.row(i));
        rows.statics.insert(rows.statics.end(), batch.statics.begin(), batch.statics.end());
      },
      options);
  std::filesystem::remove(path);
  if (report) {
    rows.report = *report;
  } else {
    rows.error = report.error().message;
  }
  return rows;
}

inline bool same(const model::Position& a, const model::Position& b) {
  return a.time == b.time && a.mmsi == b.mmsi && a.at == b.at && a.sog_dkn == b.sog_dkn &&
         a.cog_ddeg == b.cog_ddeg && a.heading_deg == b.heading_deg && a.nav_status == b.nav_status &&
         a.type == b.type && a.receiver == b.receiver && a.where == b.where;
}

}  // namespace cordon::ais::test
