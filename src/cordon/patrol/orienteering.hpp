// The orienteering problem: from a start to an end, visit places worth the most in all within a length. It is
// what one sortie is: areas worth searching, the sea miles that fuel and crew allow.
//
// Method: ruin and recreate under simulated annealing. Strings of a tour are taken out around a place and
// what is near is put back where it lengthens the tour least, best worth for its length first; now and then
// the tour is shortened by 2-opt and by moving short strings, which makes room. (Schrimpf and others 2000;
// Christiaens and Vanden Berghe 2020 for the strings.)
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/result.hpp"

namespace cordon::patrol {

struct Orienteering {
  std::string name;
  std::vector<double> score;     // by place, >= 0
  std::vector<double> distance;  // by place, then place; symmetric
  double budget = 0;
  std::uint32_t start = 0, end = 0;  // the same place: a round trip
  std::size_t places() const { return score.size(); }
  double between(std::uint32_t a, std::uint32_t b) const { return distance[a * places() + b]; }
};

// OPLIB (TSPLIB with COST_LIMIT and NODE_SCORE_SECTION; EDGE_WEIGHT_TYPE EUC_2D, CEIL_2D, ATT or GEO; a round
// trip from the first depot), or Tsiligirides' and Chao's text: "budget paths", then "x y score" a line, the
// first place the start, the second the end. name: how the text is called in errors.
base::Result<Orienteering> read_orienteering(std::string_view text, std::string_view name);

struct Tour {
  std::vector<std::uint32_t> places;  // from start to end; of a round trip without the return
  double score = 0, length = 0;       // length includes the return
};

// The same seed and number of rounds give the same tour. Fails where the end is out of reach.
base::Result<Tour> route(const Orienteering& problem, std::uint64_t seed, std::uint64_t rounds);
// How many rounds take about so long on one core of a common machine.
std::uint64_t rounds_for(const Orienteering& problem, double seconds);

// What a tour is worth and how long it is, reckoned anew. Fails where it is no tour of the problem: wrong
// ends, a place twice or unknown, too long.
base::Result<Tour> check_tour(const Orienteering& problem, std::vector<std::uint32_t> places);

}  // namespace cordon::patrol
