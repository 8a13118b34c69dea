// The verbs and their options as plain data, so that what is generated from them (completion, man pages) can
// never say something else than the program does.
#pragma once
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace cordon::cli {

struct OptionFacts {
  std::vector<std::string> names;  // "-o", "--output"; empty for a positional argument
  std::string placeholder;         // "FILE", "TEXT"; empty for a flag
  std::string description, default_value;
  std::vector<std::string> choices;  // where only these are accepted
  bool positional = false, required = false, repeated = false;
};

struct CommandFacts {
  std::string name, description, footer;
  std::vector<OptionFacts> options;  // positional ones too, in the order of --help
  std::vector<CommandFacts> commands;
  // nullptr where there is none of this name.
  const CommandFacts* find(const std::string& wanted) const;
};

CommandFacts facts_of(const CLI::App& app);

}  // namespace cordon::cli
