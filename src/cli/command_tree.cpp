#include "command_tree.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

namespace cordon::cli {
namespace {

// CLI11 tells the accepted values only inside the name of the type: "TEXT:{ndjson,table}".
std::vector<std::string> choices_of(std::string_view type) {
  const std::size_t open = type.find('{'), close = type.rfind('}');
  std::vector<std::string> choices;
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) return choices;
  std::string_view list = type.substr(open + 1, close - open - 1);
  for (;;) {
    const std::size_t comma = list.find(',');
    choices.emplace_back(list.substr(0, comma));
    if (comma == std::string_view::npos) return choices;
    list.remove_prefix(comma + 1);
  }
}

OptionFacts facts_of(const CLI::Option& option) {
  OptionFacts facts;
  for (const std::string& name : option.get_snames()) facts.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) facts.names.push_back("--" + name);
  const std::string type = option.get_type_name();
  facts.positional = option.get_positional();
  facts.required = option.get_required();
  facts.description = option.get_description();
  facts.default_value = option.get_default_str();
  facts.choices = choices_of(type);
  if (facts.positional) {
    facts.placeholder = option.get_name(true);
  } else if (option.get_items_expected_max() > 0) {
    facts.placeholder = type.substr(0, type.find_first_of(":{ "));
    if (facts.placeholder.empty()) facts.placeholder = "VALUE";
  }
  facts.repeated = option.get_items_expected_max() > 1;
  return facts;
}

}  // namespace

const CommandFacts* CommandFacts::find(const std::string& wanted) const {
  const auto found = std::find_if(commands.begin(), commands.end(),
                                  [&](const CommandFacts& command) { return command.name == wanted; });
  return found == commands.end() ? nullptr : &*found;
}

CommandFacts facts_of(const CLI::App& app) {
  CommandFacts facts{app.get_name(), app.get_description(), app.get_footer(), {}, {}};
  for (const CLI::Option* option : app.get_options()) facts.options.push_back(facts_of(*option));
  for (const CLI::App* command :
       app.get_subcommands([](const CLI::App* one) { return !one->get_name().empty(); })) {
    facts.commands.push_back(facts_of(*command));
  }
  return facts;
}

}  // namespace cordon::cli
