#include "cordon/base/tally.hpp"

namespace cordon::base {

void Tally::add(std::string_view reason, std::string_view example, std::uint64_t count) {
  auto row = rows_.find(reason);
  if (row == rows_.end()) row = rows_.emplace(std::string(reason), Row{}).first;
  row->second.count += count;
  if (row->second.example.empty()) row->second.example = example;
}

void Tally::merge(const Tally& other) {
  for (const auto& [reason, row] : other.rows_) add(reason, row.example, row.count);
}

std::uint64_t Tally::total() const {
  std::uint64_t sum = 0;
  for (const auto& [reason, row] : rows_) sum += row.count;
  return sum;
}

std::string Tally::summary() const {
  std::string out;
  for (const auto& [reason, row] : rows_) {
    if (!out.empty()) out += ", ";
    out += std::to_string(row.count) + ' ' + reason;
    if (!row.example.empty()) out += " (" + row.example + ')';
  }
  return out;
}

}  // namespace cordon::base
