// Every MMSI heard, with what it is called now: the vessel table of the map, the search by name or number.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/json.hpp"
#include "cordon/base/time.hpp"
#include "cordon/watch/watch.hpp"

namespace cordon::serve {

struct Snapshot;

struct VesselRow {
  std::uint32_t mmsi = 0, imo = 0;
  std::string name, flag, type;  // as broadcast most; the register fills what is missing
  base::TimeMs first = base::kNoTime, last = base::kNoTime;
  std::uint64_t reports = 0;
  std::string folded;  // name in capitals, for the search
};

class VesselTable {
 public:
  VesselTable() = default;
  explicit VesselTable(const watch::Survey& survey);

  const std::vector<VesselRow>& rows() const { return rows_; }  // in rising MMSI
  const VesselRow* find(std::uint32_t mmsi) const;              // null for one never heard
  // Rows whose name holds the text (case does not matter) or whose MMSI or IMO number begins with it, those
  // that begin with it first. Empty text: all. found: how many there are; at most `limit` are returned.
  std::vector<const VesselRow*> search(std::string_view text, std::size_t limit, std::size_t& found) const;

 private:
  std::vector<VesselRow> rows_;
};

// The fields of an object that is open: mmsi imo name flag type first last reports target.
void append_fields(base::JsonWriter& json, const VesselRow& row, const Snapshot& state);

}  // namespace cordon::serve
