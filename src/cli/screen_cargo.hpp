// cordon screen --cargo ROWS.csv: goods against the law, row by row. A part of the verb `screen`.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "common.hpp"

namespace cordon::cli {

struct CargoOptions {
  std::string path;  // empty: not asked for
  std::string date;  // of rows that state none
  std::vector<std::string> jurisdictions;
};

std::shared_ptr<CargoOptions> add_cargo(CLI::App& screen);
// exit_code: exit 1 where a verdict restricts or cannot be given yet.
void screen_cargo(const CargoOptions& options, const Output& output, bool exit_code, Exit& exit);

}  // namespace cordon::cli
