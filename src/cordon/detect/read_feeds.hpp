// Reads whole files of AIS for a Detector, which wants rows in order of time, give or take half an hour or a
// day. Some files are in no such order: an archive sorted by vessel over many days, days that are not those
// of UTC, two providers over the same days. Where rows come too late for the detector to use, the files are
// read once more: their days are counted, and then as many days at a time as memory takes are sorted and
// given.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "cordon/ais/feed.hpp"
#include "cordon/base/result.hpp"
#include "cordon/base/tally.hpp"
#include "cordon/detect/parameters.hpp"

namespace cordon::detect {

// Who takes the rows.
struct FeedUser {
  // Called before the first row, and again when the reading begins anew: what was pushed until then is void.
  // The order is the one for the detector to be made with.
  std::function<void(Order)> start;
  model::FeedSink push;
  std::function<std::uint64_t()> late;   // rows pushed that came too late to be used
  std::function<bool()> more = nullptr;  // asked now and then; false: read no further
};

struct FeedsRead {
  std::vector<ais::FeedReport> reports;  // by feed, of one reading
  base::Tally stray;                     // rows of days far from all others that only a broken clock explains
  bool sorted = false;                   // the files were read again and sorted
};

inline constexpr std::string_view kSortedNote = "the feeds are in no order of time: read again and sorted";

struct SortLimits {
  std::uint64_t late_per_thousand = 1;  // more rows than these came too late: sort
  std::uint64_t rows = 4'000'000;  // sorted at a time (60 bytes each); never less than a day or a 32nd of all
};

// `wanted` other than Order::automatic, or a feed that is no plain file (stdin, a socket): read once, as is.
// Fails where ais::read_feed does. Positions and static reports of one 10 minutes come in one batch when
// sorted, in the order of the files.
base::Result<FeedsRead> read_feeds(std::span<const std::filesystem::path> feeds, Order wanted,
                                   const FeedUser& user, const SortLimits& limits = {});

}  // namespace cordon::detect
