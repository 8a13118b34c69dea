// The subcommands of `cordon patrol` that plan: plan, update, evaluate.
#pragma once
#include "common.hpp"

namespace cordon::cli {

void add_patrol_plan(CLI::App& verb, Exit& exit);
void add_patrol_update(CLI::App& verb, Exit& exit);
void add_patrol_evaluate(CLI::App& verb, Exit& exit);

}  // namespace cordon::cli
