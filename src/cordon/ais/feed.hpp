// A file of AIS traffic, whatever its form, as batches of positions and static data.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string_view>

#include "cordon/ais/line_source.hpp"
#include "cordon/base/result.hpp"
#include "cordon/base/tally.hpp"
#include "cordon/base/time.hpp"
#include "cordon/model/position.hpp"

namespace cordon::ais {

enum class FeedFormat : std::uint8_t {
  nmea,             // AIVDM sentences with or without tag blocks and time stamps
  marine_cadastre,  // NOAA: MMSI,BaseDateTime,LAT,LON,SOG,...
  danish,           // Danish Maritime Authority: # Timestamp,Type of mobile,MMSI,...
};
std::string_view to_string(FeedFormat format);

struct FeedOptions {
  std::size_t batch_rows = 4096;  // a batch is pushed when it has this many positions and statics
  // Given to reports whose line carries no time of its own; kNoTime leaves them without.
  // (A live feed gives them the time of their arrival.)
  base::TimeMs start_time = base::kNoTime;
  // A file that still grows: called at the end of what is there, after all whole lines were pushed; true to
  // look again (it is up to the caller to wait), false to end. Plain files only, and none that is a pipe:
  // those grow by themselves.
  std::function<bool()> follow = {};
  std::function<bool()> more = {};  // asked now and then; false: read no further
  LiveOptions live = {};
};

struct FeedReport {
  FeedFormat format = FeedFormat::nmea;
  std::uint64_t lines = 0;
  std::uint64_t messages = 0;   // assembled AIS messages of any type; CSV rows
  std::uint64_t positions = 0;  // rows pushed (types 1-4, 9, 11, 18, 19, 21, 27 ; CSV rows)
  std::uint64_t statics = 0;    // types 5, 19, 24; changes of a CSV row's static columns
  base::Tally rejects;          // by reason (outcome.hpp), with the first line of each
};

// Sniffs the content (gz, zst, xz undone; "-" = stdin) and pushes batches in feed order: base stations (4,
// 11) and marks (21) are positions too, told by their type. Position.where = Where::of(feed_number, line).
// Memory does not grow with the file. A live feed (line_source.hpp) is taken for sentences whatever comes
// first, is pushed whenever nothing more waits, and may end without a message. Fails where the file cannot be
// read or holds no AIS at all (not one message and not one known header); single bad lines are counted in
// rejects.
base::Result<FeedReport> read_feed(const std::filesystem::path& path, std::uint16_t feed_number,
                                   const model::FeedSink& sink, const FeedOptions& options = {});

}  // namespace cordon::ais
