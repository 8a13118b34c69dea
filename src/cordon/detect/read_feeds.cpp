#include "cordon/detect/read_feeds.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <system_error>
#include <utility>

#include "cordon/base/time.hpp"
#include "cordon/detect/sequencer.hpp"

namespace cordon::detect {
namespace {

// A few rows, two days or more away from all others, are a clock's fault, as in sequencer.hpp.
constexpr std::int64_t kApartDays = 2;
constexpr std::uint64_t kFewRows = 100;
constexpr std::uint64_t kMostParts = 32;

std::int64_t floor_div(base::TimeMs time, base::TimeMs unit) {
  return time / unit - (time % unit < 0 ? 1 : 0);
}
std::int64_t day_of(base::TimeMs time) {
  return floor_div(time, base::kDay);
}

using Days = std::map<std::int64_t, std::uint64_t>;  // rows by day
using Reports = std::vector<ais::FeedReport>;

base::Result<Reports> read_all(std::span<const std::filesystem::path> feeds, const model::FeedSink& push,
                               const std::function<bool()>& more) {
  Reports out;
  ais::FeedOptions options;
  options.more = more;
  for (std::size_t i = 0; i < feeds.size() && (!more || more()); ++i) {
    auto report = ais::read_feed(feeds[i], static_cast<std::uint16_t>(i), push, options);
    if (!report) return tl::unexpected(report.error());
    out.push_back(std::move(*report));
  }
  return out;
}

// Takes out the days of a broken clock; returns how many rows they hold.
base::Tally take_strays(Days& days) {
  base::Tally stray;
  auto begin = days.begin();
  std::vector<std::pair<Days::iterator, Days::iterator>> groups;
  std::uint64_t most = 0, rows = 0;
  std::vector<std::uint64_t> sizes;
  for (auto at = days.begin(); at != days.end();) {
    rows += at->second;
    const auto next = std::next(at);
    if (next == days.end() || next->first - at->first > kApartDays) {
      groups.emplace_back(begin, next);
      sizes.push_back(rows);
      most = std::max(most, rows);
      begin = next;
      rows = 0;
    }
    at = next;
  }
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (sizes[i] >= kFewRows || sizes[i] == most) continue;
    stray.add("clock", base::to_iso(groups[i].first->first * base::kDay), sizes[i]);
    days.erase(groups[i].first, groups[i].second);
  }
  return stray;
}

// The rows of some days, dealt out by the detector's slices of time. Rows without a time go with the first
// days, for the detector to count.
class Part {
 public:
  void add(const model::FeedBatch& batch, const Days& days, std::int64_t first, std::int64_t last,
           bool timeless) {
    const auto slice_for = [&](base::TimeMs time) -> model::FeedBatch* {
      if (time == base::kNoTime) return timeless ? &slices_[0] : nullptr;
      const std::int64_t day = day_of(time);
      if (day < first || day > last || !days.contains(day)) return nullptr;
      const std::int64_t number = floor_div(time, kSlice);
      if (!last_ || number != last_number_) {
        last_ = &slices_[number];
        last_number_ = number;
      }
      return last_;
    };
    const auto& rows = batch.positions;
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (auto* slice = slice_for(rows.time[i])) slice->positions.push_back(rows.row(i));
    for (const auto& row : batch.statics)
      if (auto* slice = slice_for(row.time)) slice->statics.push_back(row);
  }
  void give(const model::FeedSink& push) {
    for (const auto& [number, slice] : slices_) push(slice);
    slices_.clear();
    last_ = nullptr;
  }

 private:
  std::map<std::int64_t, model::FeedBatch> slices_;
  model::FeedBatch* last_ = nullptr;
  std::int64_t last_number_ = 0;
};

}  // namespace

base::Result<FeedsRead> read_feeds(std::span<const std::filesystem::path> feeds, Order wanted,
                                   const FeedUser& user, const SortLimits& limits) {
  std::error_code ignored;
  const bool again =
      wanted == Order::automatic && std::all_of(feeds.begin(), feeds.end(), [&](const auto& feed) {
        return std::filesystem::is_regular_file(feed, ignored);
      });
  FeedsRead out;
  user.start(wanted);
  std::uint64_t rows = 0;
  bool unordered = false;
  auto once = read_all(
      feeds,
      [&](const model::FeedBatch& batch) {
        if (unordered) return;  // read on for the report alone
        rows += batch.positions.size() + batch.statics.size();
        user.push(batch);
        unordered = again && rows > 50'000 && user.late() * 1000 > rows * limits.late_per_thousand;
      },
      user.more);
  if (!once) return tl::unexpected(once.error());
  out.reports = std::move(*once);
  if (!unordered || (user.more && !user.more())) return out;

  Days days;
  const auto count = [&](base::TimeMs time) {
    if (time != base::kNoTime) ++days[day_of(time)];
  };
  const auto counted = read_all(
      feeds,
      [&](const model::FeedBatch& batch) {
        for (const auto time : batch.positions.time) count(time);
        for (const auto& row : batch.statics) count(row.time);
      },
      user.more);
  if (!counted) return tl::unexpected(counted.error());
  out.stray = take_strays(days);
  // So many readings are borne, however long the files.
  std::uint64_t part_rows = 0;
  for (const auto& [day, number] : days) part_rows += number;
  part_rows = std::max(limits.rows, part_rows / kMostParts);
  out.sorted = true;
  user.start(Order::time);
  Part part;
  for (auto first = days.begin(); first != days.end();) {
    auto end = std::next(first);
    std::uint64_t sum = first->second;
    while (end != days.end() && sum + end->second <= part_rows) sum += (end++)->second;
    const auto read = read_all(
        feeds,
        [&](const model::FeedBatch& batch) {
          part.add(batch, days, first->first, std::prev(end)->first, first == days.begin());
        },
        user.more);
    if (!read) return tl::unexpected(read.error());
    part.give(user.push);
    first = end;
  }
  return out;
}

}  // namespace cordon::detect
