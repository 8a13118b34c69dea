// What `cordon watch` and `cordon serve` are given alike: traffic, lists, register, ownership, and how to
// judge.
#pragma once
#include <string>

#include "cordon/watch/watch.hpp"

namespace CLI {
class App;
}

namespace cordon::cli {

// Options as text, until read_watch_inputs() has understood them.
struct WatchTexts {
  std::string as_of, parameters, weights;
};

// Adds --lists to --least-score. as_of: what the help says of --as-of. inputs and texts must outlive the
// command.
void add_watch_inputs(CLI::App& command, watch::Inputs& inputs, WatchTexts& texts, const std::string& as_of);

// Completes the inputs by the texts and the program's version; returns the weights of evidence. Fails on a
// date that is none, and on files that cannot be read.
base::Result<watch::Weights> read_watch_inputs(watch::Inputs& inputs, const WatchTexts& texts);

}  // namespace cordon::cli
