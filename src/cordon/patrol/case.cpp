#include "cordon/patrol/case.hpp"

#include <simdjson.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "cordon/base/json.hpp"

namespace cordon::patrol {
namespace {

using Element = simdjson::dom::element;
using Numbers = std::vector<double>;

// Appends the numbers of an array; tells where something else is.
base::Result<void> read_numbers(const Element& element, std::string_view key, Numbers& to) {
  simdjson::dom::array array;
  if (element.get(array)) return base::fail("{}: expected an array of numbers", key);
  std::size_t index = 0;
  for (const Element item : array) {
    double number = 0;
    if (item.get(number)) return base::fail("{}[{}]: expected a number", key, index);
    to.push_back(number);
    ++index;
  }
  return {};
}

base::Result<Numbers> numbers_at(const Element& object, const char* key) {
  Element found;
  if (object[key].get(found)) return base::fail("expected \"{}\"", key);
  Numbers numbers;
  if (auto done = read_numbers(found, key, numbers); !done) return tl::unexpected(done.error());
  return numbers;
}

// Rows of equal length, one after the other.
base::Result<Numbers> table_at(const Element& object, const char* key, std::size_t columns) {
  simdjson::dom::array rows;
  if (object[key].get(rows)) return base::fail("expected \"{}\", an array of rows", key);
  Numbers numbers;
  std::size_t row = 0;
  for (const Element one : rows) {
    const std::string place = fmt::format("{}[{}]", key, row++);
    if (auto done = read_numbers(one, place, numbers); !done) return tl::unexpected(done.error());
    if (numbers.size() != row * columns)
      return base::fail("{}: expected {} numbers, found {}", place, columns,
                        numbers.size() - (row - 1) * columns);
  }
  return numbers;
}

base::Result<Stationary> read_stationary(const Element& object) {
  Stationary problem;
  auto p = numbers_at(object, "p"), effort = numbers_at(object, "T");
  if (!p) return tl::unexpected(p.error());
  if (!effort) return tl::unexpected(effort.error());
  auto w = table_at(object, "w", effort->size());
  if (!w) return tl::unexpected(w.error());
  problem = {std::move(*p), std::move(*effort), std::move(*w)};
  if (auto done = problem.check(); !done) return tl::unexpected(done.error());
  return problem;
}

base::Result<Kernel> read_kernel(const Element& matrix, std::size_t areas, std::size_t number) {
  simdjson::dom::array rows;
  if (matrix.get(rows)) return base::fail("K[{}]: expected {} rows", number, areas);
  std::vector<Kernel::Move> moves;
  std::uint32_t from = 0;
  for (const Element row : rows) {
    Numbers chances;
    const std::string place = fmt::format("K[{}][{}]", number, from);
    if (auto done = read_numbers(row, place, chances); !done) return tl::unexpected(done.error());
    if (from >= areas || chances.size() != areas)
      return base::fail("{}: expected {} rows of {} numbers", place, areas, areas);
    double total = 0;
    for (std::uint32_t to = 0; to < areas; ++to) {
      if (!(chances[to] >= 0)) return base::fail("{}: a chance is negative", place);
      total += chances[to];
      moves.push_back({from, to, chances[to]});
    }
    if (total > 1 + 1e-6) return base::fail("{}: the chances add up to {}, more than 1", place, total);
    ++from;
  }
  if (from != areas) return base::fail("K[{}]: expected {} rows, found {}", number, areas, from);
  return Kernel(areas, moves);
}

base::Result<Moving> read_moving(const Element& object) {
  Moving problem;
  auto p0 = numbers_at(object, "p0"), effort = numbers_at(object, "effort");
  if (!p0) return tl::unexpected(p0.error());
  if (!effort) return tl::unexpected(effort.error());
  problem.areas = p0->size();
  problem.steps = effort->size();
  auto w = table_at(object, "w", problem.areas);
  if (!w) return tl::unexpected(w.error());
  simdjson::dom::array kernels;
  if (object["K"].get(kernels)) return base::fail("expected \"K\", an array of matrices");
  for (const Element matrix : kernels) {
    auto kernel = read_kernel(matrix, problem.areas, problem.kernels.size());
    if (!kernel) return tl::unexpected(kernel.error());
    problem.kernel_of.push_back(static_cast<std::uint32_t>(problem.kernels.size()));
    problem.kernels.push_back(std::move(*kernel));
  }
  problem.p0 = std::move(*p0);
  problem.effort = std::move(*effort);
  problem.w = std::move(*w);
  if (auto done = problem.check(); !done) return tl::unexpected(done.error());
  return problem;
}

base::Result<Case> read_case(const Element& element) {
  simdjson::dom::object object;
  if (element.get(object)) return base::fail("expected an object");
  Case one;
  std::string_view name;
  if (!element["name"].get(name)) one.name = name;
  const bool moves = element["p0"].error() == simdjson::SUCCESS || element["K"].error() == simdjson::SUCCESS;
  if (moves) {
    auto problem = read_moving(element);
    if (!problem) return tl::unexpected(problem.error());
    one.problem = std::move(*problem);
  } else {
    auto problem = read_stationary(element);
    if (!problem) return tl::unexpected(problem.error());
    one.problem = std::move(*problem);
  }
  return one;
}

}  // namespace

base::Result<std::vector<Case>> read_cases(std::string_view json, std::string_view source) {
  simdjson::dom::parser parser;
  const simdjson::padded_string padded(json);
  Element root;
  if (const auto error = parser.parse(padded).get(root))
    return base::fail("{}: expected JSON: {}", source, simdjson::error_message(error));
  std::vector<Case> cases;
  simdjson::dom::array array;
  if (root.get(array)) {
    auto one = read_case(root);
    if (!one) return base::fail("{}: {}", source, one.error().message);
    cases.push_back(std::move(*one));
    return cases;
  }
  for (const Element item : array) {
    auto one = read_case(item);
    if (!one) return base::fail("{}: case {}: {}", source, cases.size() + 1, one.error().message);
    cases.push_back(std::move(*one));
  }
  if (cases.empty()) return base::fail("{}: expected at least one case", source);
  return cases;
}

Answer solve(const Case& one, double gap) {
  if (const auto* still = std::get_if<Stationary>(&one.problem)) {
    auto best = allocate(*still);
    return {still->areas(), still->resources(), std::move(best.z), best.pos, best.bound};
  }
  const auto& moving = std::get<Moving>(one.problem);
  auto best = plan_moving(moving, gap);
  return {moving.steps, moving.areas, std::move(best.z), best.pos, best.bound};
}

void append_answer(std::string& out, const Case& one, const Answer& answer) {
  base::JsonWriter json(out);
  json.begin_object();
  if (!one.name.empty()) json.field("name", one.name);
  json.key("allocation");
  json.begin_array();
  for (std::size_t row = 0; row < answer.rows; ++row) {
    json.begin_array();
    for (std::size_t column = 0; column < answer.columns; ++column)
      json.value(answer.z[row * answer.columns + column]);
    json.end_array();
  }
  json.end_array();
  json.field("pos", answer.pos);
  json.field("bound", std::max(answer.bound, answer.pos));  // the two are equal but for rounding at best
  json.field("gap", std::max(0.0, answer.bound - answer.pos));
  json.end_object();
  out += '\n';
}

}  // namespace cordon::patrol
