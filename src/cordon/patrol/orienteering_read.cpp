#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

#include "cordon/base/text.hpp"
#include "cordon/patrol/orienteering.hpp"

namespace cordon::patrol {
namespace {

// Distances are kept as a table.
constexpr std::size_t kMostPlaces = 5000;

struct Point {
  double x = 0, y = 0;
};

std::vector<std::string_view> words(std::string_view line) {
  std::vector<std::string_view> found;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t begin = line.find_first_not_of(" \t\r,;", at);
    if (begin == std::string_view::npos) break;
    const std::size_t end = std::min(line.find_first_of(" \t\r,;", begin), line.size());
    found.push_back(line.substr(begin, end - begin));
    at = end;
  }
  return found;
}

std::optional<double> number(std::string_view text) {
  const auto value = base::parse_number<double>(text);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

double plane(const Point& a, const Point& b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}

// TSPLIB 95: degrees and minutes as DDD.MM on a sphere of 6378.388 km.
double geographic(const Point& a, const Point& b) {
  const auto radians = [](double value) {
    const double degrees = std::trunc(value);
    return std::numbers::pi * (degrees + 5 * (value - degrees) / 3) / 180;
  };
  const double q1 = std::cos(radians(a.y) - radians(b.y)), q2 = std::cos(radians(a.x) - radians(b.x)),
               q3 = std::cos(radians(a.x) + radians(b.x));
  return std::trunc(6378.388 * std::acos(std::clamp(0.5 * ((1 + q1) * q2 - (1 - q1) * q3), -1.0, 1.0)) + 1);
}

double pseudo_euclidean(const Point& a, const Point& b) {
  const double exact = std::sqrt(((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)) / 10);
  const double rounded = std::round(exact);
  return rounded < exact ? rounded + 1 : rounded;
}

using Distance = double (*)(const Point&, const Point&);
std::optional<Distance> distance_named(std::string_view type) {
  if (type == "EUC_2D") return [](const Point& a, const Point& b) { return std::round(plane(a, b)); };
  if (type == "CEIL_2D") return [](const Point& a, const Point& b) { return std::ceil(plane(a, b)); };
  if (type == "GEO") return geographic;
  if (type == "ATT") return pseudo_euclidean;
  return std::nullopt;
}

void measure(Orienteering& problem, const std::vector<Point>& points, Distance distance) {
  const std::size_t n = points.size();
  problem.distance.assign(n * n, 0);
  for (std::size_t a = 0; a < n; ++a)
    for (std::size_t b = 0; b < a; ++b)
      problem.distance[a * n + b] = problem.distance[b * n + a] = distance(points[a], points[b]);
}

// Lines with their numbers; blank ones are left out.
struct Lines {
  explicit Lines(std::string_view text, std::string_view called) : rest(text), name(called) {}
  bool next() {
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      line = base::trim(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      ++number;
      if (!line.empty()) return true;
    }
    return false;
  }
  template <class... Parts>
  tl::unexpected<base::Error> wrong(fmt::format_string<Parts...> expected, Parts&&... parts) const {
    return base::fail("{}: line {}: expected {}, found '{}'", name, number,
                      fmt::format(expected, std::forward<Parts>(parts)...), line.substr(0, 60));
  }
  std::string_view rest, name, line;
  std::size_t number = 0;
};

base::Result<Orienteering> read_plain(std::string_view text, std::string_view name) {
  Orienteering problem;
  problem.name = name;
  Lines lines(text, name);
  if (!lines.next()) return base::fail("{}: is empty, expected \"budget paths\" in the first line", name);
  const auto head = words(lines.line);
  const auto budget = head.empty() ? std::nullopt : number(head[0]);
  if (!budget || *budget < 0 || head.size() > 2) return lines.wrong("\"budget paths\"");
  if (head.size() == 2 && number(head[1]) != 1.0) return lines.wrong("one path");
  problem.budget = *budget;
  std::vector<Point> points;
  while (lines.next()) {
    const auto row = words(lines.line);
    if (row.size() != 3) return lines.wrong("\"x y score\"");
    const auto x = number(row[0]), y = number(row[1]), score = number(row[2]);
    if (!x || !y || !score || *score < 0) return lines.wrong("\"x y score\"");
    points.push_back({*x, *y});
    problem.score.push_back(*score);
    if (points.size() > kMostPlaces) return lines.wrong("at most {} places", kMostPlaces);
  }
  if (points.size() < 2)
    return base::fail("{}: expected a start and an end, found {} places", name, points.size());
  problem.end = 1;
  measure(problem, points, plane);
  return problem;
}

base::Result<Orienteering> read_oplib(std::string_view text, std::string_view name) {
  Orienteering problem;
  problem.name = name;
  Lines lines(text, name);
  std::optional<std::size_t> places;
  std::optional<double> budget;
  std::optional<Distance> distance;
  std::vector<std::optional<Point>> points;
  std::vector<std::optional<double>> scores;
  std::optional<std::uint32_t> depot;
  enum class Part { head, coordinates, worth, depots } part = Part::head;
  while (lines.next() && lines.line != "EOF") {
    const std::size_t colon = lines.line.find(':');
    const std::string_view key = base::trim(lines.line.substr(0, colon));
    const std::string_view value =
        colon == std::string_view::npos ? std::string_view{} : base::trim(lines.line.substr(colon + 1));
    if (key == "NODE_COORD_SECTION" || key == "NODE_SCORE_SECTION" || key == "DEPOT_SECTION") {
      if (!places) return lines.wrong("DIMENSION before the sections");
      part = key == "NODE_COORD_SECTION"   ? Part::coordinates
             : key == "NODE_SCORE_SECTION" ? Part::worth
                                           : Part::depots;
    } else if (colon != std::string_view::npos) {
      if (key == "NAME") problem.name = value;
      if (key == "DIMENSION") {
        places = base::parse_number<std::size_t>(value);
        if (!places || *places == 0 || *places > kMostPlaces)
          return lines.wrong("DIMENSION of 1 to {}", kMostPlaces);
        points.resize(*places);
        scores.resize(*places);
      }
      if (key == "COST_LIMIT") {
        budget = number(value);
        if (!budget || *budget < 0) return lines.wrong("COST_LIMIT, a length");
      }
      if (key == "EDGE_WEIGHT_TYPE") {
        distance = distance_named(value);
        if (!distance) return lines.wrong("EDGE_WEIGHT_TYPE EUC_2D, CEIL_2D, ATT or GEO");
      }
    } else if (part == Part::depots) {
      if (lines.line == "-1") continue;
      const auto node = base::parse_number<std::uint32_t>(lines.line);
      if (!node || *node == 0 || *node > *places) return lines.wrong("a place of 1 to {}", *places);
      if (!depot) depot = *node - 1;
    } else if (part == Part::coordinates || part == Part::worth) {
      const auto row = words(lines.line);
      const auto node = row.empty() ? std::nullopt : base::parse_number<std::size_t>(row[0]);
      if (!node || *node == 0 || *node > *places || row.size() != (part == Part::coordinates ? 3u : 2u))
        return lines.wrong("a place of 1 to {} with {}", *places,
                           part == Part::coordinates ? "x and y" : "a score");
      const auto first = number(row[1]), second = row.size() > 2 ? number(row[2]) : 0;
      if (!first || !second || (part == Part::worth && *first < 0)) return lines.wrong("numbers");
      if (part == Part::coordinates)
        points[*node - 1] = Point{*first, *second};
      else
        scores[*node - 1] = *first;
    } else {
      return lines.wrong("KEY : VALUE or a section");
    }
  }
  if (!places) return base::fail("{}: expected DIMENSION", name);
  if (!budget) return base::fail("{}: expected COST_LIMIT", name);
  if (!distance) return base::fail("{}: expected EDGE_WEIGHT_TYPE", name);
  std::vector<Point> known;
  for (std::size_t i = 0; i < *places; ++i) {
    if (!points[i]) return base::fail("{}: place {} has no coordinates", name, i + 1);
    if (!scores[i]) return base::fail("{}: place {} has no score", name, i + 1);
    known.push_back(*points[i]);
    problem.score.push_back(*scores[i]);
  }
  problem.budget = *budget;
  problem.start = problem.end = depot.value_or(0);
  measure(problem, known, *distance);
  return problem;
}

}  // namespace

base::Result<Orienteering> read_orienteering(std::string_view text, std::string_view name) {
  const bool oplib = text.find("NODE_COORD_SECTION") != std::string_view::npos ||
                     text.substr(0, 200).find("DIMENSION") != std::string_view::npos;
  return oplib ? read_oplib(text, name) : read_plain(text, name);
}

}  // namespace cordon::patrol
