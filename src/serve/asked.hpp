// What a request asks for, read from its query: each value checked, the first fault kept as the answer to
// give.
//
//   Asked asked(call.request);
//   const auto limit = asked.number("limit", 100, 1, 10'000);
//   if (asked.refusal()) return *asked.refusal();
#pragma once
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

#include "cordon/base/geo.hpp"
#include "cordon/base/result.hpp"
#include "cordon/base/time.hpp"
#include "serve/http.hpp"

namespace cordon::serve {

// Degrees; west > east goes across the antimeridian.
struct Box {
  double west = -180, south = -90, east = 180, north = 90;
  bool contains(const base::LatLon& at) const;
};

// "west,south,east,north" as maps write it: longitudes may lie beyond 180 where the view goes across the
// antimeridian.
base::Result<Box> parse_box(std::string_view text);

class Asked {
 public:
  explicit Asked(const Request& request) : request_(request) {}

  std::uint64_t number(std::string_view name, std::uint64_t otherwise, std::uint64_t least,
                       std::uint64_t most);
  double decimal(std::string_view name, double otherwise, double least, double most);
  // One of the words; the first where the query names none.
  std::string_view one_of(std::string_view name, std::initializer_list<std::string_view> words);
  // "2024-02-07T11:22:33Z" or a whole day "2024-02-07": its start, or with `end` its last millisecond.
  std::optional<base::TimeMs> time(std::string_view name, bool end = false);
  std::optional<base::Date> day(std::string_view name);
  std::optional<Box> box(std::string_view name);
  std::vector<std::uint32_t> numbers(std::string_view name, std::size_t most);  // "1,2" or repeated
  std::vector<std::string_view> words(std::string_view name, std::size_t most);
  // Text a person types, trimmed; at most 200 bytes.
  std::string_view text(std::string_view name);
  std::string_view required(std::string_view name);

  void refuse(std::string_view message, std::string_view where);
  const std::optional<Response>& refusal() const { return refusal_; }

 private:
  const Request& request_;
  std::optional<Response> refusal_;
};

}  // namespace cordon::serve
