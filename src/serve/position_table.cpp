#include "serve/position_table.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace cordon::serve {
namespace {

template <class T>
void arrange(std::vector<T>& column, const std::vector<std::uint32_t>& order) {
  std::vector<T> sorted;
  sorted.reserve(order.size());
  for (const auto row : order) sorted.push_back(column[row]);
  column.swap(sorted);
}

}  // namespace

PositionTable::Rows PositionTable::rows_of(std::uint32_t index) const {
  return {first_row[index], index + 1 < first_row.size() ? first_row[index + 1] : time.size()};
}

PositionTable::Rows PositionTable::rows_of_mmsi(std::uint32_t number) const {
  const auto found = std::lower_bound(mmsi.begin(), mmsi.end(), number);
  if (found == mmsi.end() || *found != number) return {};
  return rows_of(static_cast<std::uint32_t>(found - mmsi.begin()));
}

void PositionCollector::push(const model::FeedBatch& batch) {
  const auto& from = batch.positions;
  for (std::size_t i = 0; i < from.size(); ++i) {
    const base::LatLon at{from.lat_e7[i], from.lon_e7[i]};
    if (from.time[i] == base::kNoTime || !at.valid()) continue;
    if (rows_.size() == most_) {
      ++rows_.dropped;
      continue;
    }
    rows_.time.push_back(from.time[i]);
    rows_.lat_e7.push_back(at.lat_e7);
    rows_.lon_e7.push_back(at.lon_e7);
    rows_.sog_dkn.push_back(from.sog_dkn[i]);
    rows_.cog_ddeg.push_back(from.cog_ddeg[i]);
    rows_.vessel.push_back(from.mmsi[i]);
  }
}

PositionTable PositionCollector::finish() {
  PositionTable& all = rows_;
  all.mmsi = all.vessel;
  std::sort(all.mmsi.begin(), all.mmsi.end());
  all.mmsi.erase(std::unique(all.mmsi.begin(), all.mmsi.end()), all.mmsi.end());
  std::unordered_map<std::uint32_t, std::uint32_t> index;
  index.reserve(all.mmsi.size());
  for (std::uint32_t i = 0; i < all.mmsi.size(); ++i) index.emplace(all.mmsi[i], i);
  for (auto& vessel : all.vessel) vessel = index.at(vessel);

  // Rows are dealt out by vessel, then each vessel's few are put in order of time; feeds are nearly in order.
  all.first_row.assign(all.mmsi.size() + 1, 0);
  for (const auto vessel : all.vessel) ++all.first_row[vessel + 1];
  std::partial_sum(all.first_row.begin(), all.first_row.end(), all.first_row.begin());
  all.first_row.pop_back();
  std::vector<std::uint32_t> next = all.first_row, order(all.size());
  for (std::uint32_t row = 0; row < all.size(); ++row) order[next[all.vessel[row]]++] = row;
  for (std::uint32_t vessel = 0; vessel < all.mmsi.size(); ++vessel) {
    const auto rows = all.rows_of(vessel);
    const auto begin = order.begin() + static_cast<std::ptrdiff_t>(rows.begin),
               end = order.begin() + static_cast<std::ptrdiff_t>(rows.end);
    const auto earlier = [&](std::uint32_t a, std::uint32_t b) { return all.time[a] < all.time[b]; };
    if (!std::is_sorted(begin, end, earlier)) std::stable_sort(begin, end, earlier);
  }
  arrange(all.time, order);
  arrange(all.lat_e7, order);
  arrange(all.lon_e7, order);
  arrange(all.sog_dkn, order);
  arrange(all.cog_ddeg, order);
  arrange(all.vessel, order);
  return std::move(rows_);
}

}  // namespace cordon::serve
