#include "serve/asked.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cordon/base/text.hpp"

namespace cordon::serve {
namespace {

constexpr std::size_t kLongestText = 200;

std::string_view shown(std::string_view text) {
  return text.substr(0, 40);
}

}  // namespace

bool Box::contains(const base::LatLon& at) const {
  if (!at.valid()) return false;
  const double lat = at.lat(), lon = at.lon();
  if (lat < south || lat > north) return false;
  return west <= east ? lon >= west && lon <= east : lon >= west || lon <= east;
}

base::Result<Box> parse_box(std::string_view text) {
  const auto sides = base::split(text, ',');
  double at[4]{};
  bool good = sides.size() == 4;
  for (std::size_t i = 0; good && i < 4; ++i) {
    const auto number = base::parse_number<double>(base::trim(sides[i]));
    good = number && std::isfinite(*number);
    if (good) at[i] = *number;
  }
  if (!good) return base::fail("expected west,south,east,north in degrees, found '{}'", shown(text));
  Box box{at[0], at[1], at[2], at[3]};
  if (box.south < -90 || box.north > 90 || box.south > box.north)
    return base::fail("expected -90 <= south <= north <= 90, found {} and {}", box.south, box.north);
  if (std::abs(box.west) > 540 || std::abs(box.east) > 540)
    return base::fail("expected longitudes from -540 to 540, found {} and {}", box.west, box.east);
  if (box.east - box.west >= 360) {
    box.west = -180;
    box.east = 180;
    return box;
  }
  const auto wrapped = [](double lon) { return lon < -180 ? lon + 360 : lon > 180 ? lon - 360 : lon; };
  box.west = wrapped(box.west);
  box.east = wrapped(box.east);
  return box;
}

void Asked::refuse(std::string_view message, std::string_view where) {
  if (!refusal_) refusal_ = error(400, message, where);
}

std::uint64_t Asked::number(std::string_view name, std::uint64_t otherwise, std::uint64_t least,
                            std::uint64_t most) {
  const auto found = number_param(request_, name, otherwise, least, most);
  if (!found) refuse(found.error().message, name);
  return found.value_or(otherwise);
}

double Asked::decimal(std::string_view name, double otherwise, double least, double most) {
  const auto found = decimal_param(request_, name);
  if (!found) {
    refuse(found.error().message, name);
  } else if (*found && (**found < least || **found > most)) {
    refuse(fmt::format("{}: expected a number from {} to {}, found {}", name, least, most, **found), name);
  } else {
    return found->value_or(otherwise);
  }
  return otherwise;
}

std::string_view Asked::one_of(std::string_view name, std::initializer_list<std::string_view> words) {
  if (!request_.has(name)) return *words.begin();
  const auto found = request_.param(name);
  for (const auto word : words)
    if (word == found) return word;
  refuse(fmt::format("{}: expected one of {}, found '{}'", name, fmt::join(words, ", "), shown(found)), name);
  return *words.begin();
}

std::optional<base::TimeMs> Asked::time(std::string_view name, bool end) {
  const auto text = base::trim(request_.param(name));
  if (text.empty()) return std::nullopt;
  if (const auto time = base::parse_time(text)) return time;
  if (const auto date = base::parse_date(text); date && date->complete())
    return base::start_of(*date) + (end ? base::kDay - 1 : 0);
  refuse(
      fmt::format("{}: expected a time such as 2024-02-07T11:22:33Z or a day, found '{}'", name, shown(text)),
      name);
  return std::nullopt;
}

std::optional<base::Date> Asked::day(std::string_view name) {
  const auto text = base::trim(request_.param(name));
  if (text.empty()) return std::nullopt;
  if (const auto date = base::parse_date(text); date && date->complete()) return date;
  refuse(fmt::format("{}: expected a day such as 2024-02-07, found '{}'", name, shown(text)), name);
  return std::nullopt;
}

std::optional<Box> Asked::box(std::string_view name) {
  if (request_.param(name).empty()) return std::nullopt;
  auto box = parse_box(request_.param(name));
  if (box) return *box;
  refuse(fmt::format("{}: {}", name, box.error().message), name);
  return std::nullopt;
}

std::vector<std::string_view> Asked::words(std::string_view name, std::size_t most) {
  std::vector<std::string_view> out;
  for (const auto value : request_.all(name))
    for (const auto word : base::split(value, ',')) {
      if (base::trim(word).empty()) continue;
      if (out.size() == most) {
        refuse(fmt::format("{}: expected at most {} values", name, most), name);
        return out;
      }
      out.push_back(base::trim(word));
    }
  return out;
}

std::vector<std::uint32_t> Asked::numbers(std::string_view name, std::size_t most) {
  std::vector<std::uint32_t> out;
  for (const auto word : words(name, most)) {
    const auto number = base::parse_number<std::uint32_t>(word);
    if (!number)
      refuse(fmt::format("{}: expected whole numbers, found '{}'", name, shown(word)), name);
    else
      out.push_back(*number);
  }
  return out;
}

std::string_view Asked::text(std::string_view name) {
  const auto text = base::trim(request_.param(name));
  if (text.size() > kLongestText)
    refuse(fmt::format("{}: expected at most {} bytes, found {}", name, kLongestText, text.size()), name);
  return text;
}

std::string_view Asked::required(std::string_view name) {
  const auto found = text(name);
  if (found.empty()) refuse(fmt::format("{}: is missing", name), name);
  return found;
}

}  // namespace cordon::serve
