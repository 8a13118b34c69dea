// cordon serve user add|token|remove|list: who may log in.
#pragma once
#include "verbs.hpp"

namespace CLI {
class App;
}

namespace cordon::cli {

void add_serve_users(CLI::App& serve, Exit& exit);

}  // namespace cordon::cli
