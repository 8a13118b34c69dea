// Every verb of the program: cordon VERB is src/cli/VERB.cpp. verbs.def names them all.
#pragma once

namespace CLI {
class App;
}

namespace cordon::cli {

// What the program will exit with: 0 done, 1 `screen` found a hit (with --exit-code), 2 usage, 3 bad input.
struct Exit {
  int code = 0;
};

// Adds the verb's sub-command; its callback does the work and sets exit.code.
#define VERB(name) void add_##name(CLI::App& app, Exit& exit);
#include "verbs.def"
#undef VERB

}  // namespace cordon::cli
