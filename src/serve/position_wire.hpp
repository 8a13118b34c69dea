// Positions as typed arrays (docs/api.md, "Positions"): little endian, each column begins at a multiple of
// 8 bytes.
//
//   "CRDN", version u32 = 1, N u32, V u32, base f64 (seconds since 1970 of the earliest row)
//   time f64[N] (seconds since base), lat f32[N], lon f32[N], sog f32[N] (knots, NaN unknown),
//   cog f32[N] (degrees, NaN unknown), vessel u32[N] (index into the table)
//   mmsi u32[V], first_row u32[V], length u32, JSON: [{"mmsi","imo","name","flag","type","target"}]
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "serve/asked.hpp"
#include "serve/state.hpp"

namespace cordon::serve {

struct PositionQuery {
  std::optional<base::TimeMs> from, to;
  std::optional<Box> box;
  std::vector<std::uint32_t> mmsi;  // empty = all
  std::size_t limit = 2'000'000;
};

// Rows of the snapshot's table, as runs, in the order of the table: what a query asks for.
struct PositionRows {
  struct Run {
    std::uint32_t begin = 0, end = 0;
  };
  std::vector<Run> runs;  // never empty ones; neighbours joined
  std::size_t rows = 0;   // in all runs
  std::size_t every = 1;  // more were found than the limit: of each vessel every so-many-th row is sent
};
PositionRows find_positions(const Snapshot& state, const PositionQuery& query);

// The answer in pieces of up to 64 KiB, made while it is sent: whatever its length, it holds little memory.
// state: the snapshot the rows belong to.
std::function<std::optional<std::string>()> position_pieces(std::shared_ptr<const Snapshot> state,
                                                            PositionRows rows);
// The same rows as an Arrow IPC stream: mmsi, time, lat, lon, sog, cog.
std::function<std::optional<std::string>()> position_arrow(std::shared_ptr<const Snapshot> state,
                                                           PositionRows rows);

}  // namespace cordon::serve
