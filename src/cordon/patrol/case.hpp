// Allocation problems as JSON, and their answers.
//   stationary  {"p":[n numbers], "T":[R], "w":[n rows of R]}                 name: optional
//   moving      {"n":.., "T":steps, "p0":[n], "K":[T-1 matrices of n x n, row = origin], "w":[T rows of n],
//                "effort":[T]}
#pragma once
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/patrol/allocation.hpp"
#include "cordon/patrol/moving.hpp"

namespace cordon::patrol {

struct Case {
  std::string name;  // may be empty
  std::variant<Stationary, Moving> problem;
};

// One case or an array of them. source: how the text is called in errors.
base::Result<std::vector<Case>> read_cases(std::string_view json, std::string_view source);

struct Answer {
  std::size_t rows = 0, columns = 0;  // areas x resources, or steps x areas
  std::vector<double> z;              // by row
  double pos = 0, bound = 0;
};
// gap: what is asked of moving targets, where getting closer takes time; stationary cases are solved to 1e-9.
Answer solve(const Case& one, double gap);

// {"name", "allocation":[[..]..], "pos", "bound", "gap"} and a line end.
void append_answer(std::string& out, const Case& one, const Answer& answer);

}  // namespace cordon::patrol
