// Counts by reason. One bad record never stops a stream: it is counted here and told at the end.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace cordon::base {

class Tally {
 public:
  // The first example of each reason is kept, e.g. "line 17: checksum 2A, found 2B".
  void add(std::string_view reason, std::string_view example = {}, std::uint64_t count = 1);
  void merge(const Tally& other);
  std::uint64_t total() const;
  bool empty() const { return rows_.empty(); }
  // "3 checksum (line 17: ...), 1 truncated"
  std::string summary() const;
  struct Row {
    std::uint64_t count = 0;
    std::string example;
  };
  const std::map<std::string, Row, std::less<>>& rows() const { return rows_; }

 private:
  std::map<std::string, Row, std::less<>> rows_;
};

}  // namespace cordon::base
