// cordon completion bash|zsh
#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "command_tree.hpp"
#include "common.hpp"

namespace cordon::cli {
namespace {

std::string joined(const std::vector<std::string>& words, const char* between) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : between) + word;
  return out;
}

// What is known about the words typed so far, as branches of shell `case`s.
struct Branches {
  std::string steps;    // "lists show" is a command of "lists"
  std::string options;  // the options of each command
  std::string verbs;    // the commands of each command
  std::string values;   // the accepted values after an option or as an argument
};

void collect(const CommandFacts& command, const std::string& path, Branches& to) {
  std::vector<std::string> options, verbs;
  for (const OptionFacts& option : command.options) {
    if (option.positional) {
      if (!option.choices.empty()) verbs.push_back(joined(option.choices, " "));
      continue;
    }
    options.push_back(joined(option.names, " "));
    if (option.placeholder.empty()) continue;
    std::vector<std::string> patterns;
    for (const std::string& name : option.names) patterns.push_back("\"" + path + ":" + name + "\"");
    // A value that is no choice is completed as a file name.
    to.values += "    " + joined(patterns, "|") + ") values=\"" +
                 (option.choices.empty() ? "-" : joined(option.choices, " ")) + "\" ;;\n";
  }
  for (const CommandFacts& sub : command.commands) {
    verbs.push_back(sub.name);
    to.steps += "      \"" + path + ":" + sub.name + "\") path=\"" + path + " " + sub.name + "\" ;;\n";
  }
  to.options += "    \"" + path + "\") options=\"" + joined(options, " ") + "\"; verbs=\"" +
                joined(verbs, " ") + "\" ;;\n";
  for (const CommandFacts& sub : command.commands) collect(sub, path + " " + sub.name, to);
}

std::string bash_script(const CommandFacts& program) {
  Branches b;
  collect(program, "", b);
  return "# bash completion for cordon: cordon completion bash > /etc/bash_completion.d/cordon\n"
         "_cordon() {\n"
         "  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
         "  local path=\"\" word options=\"\" verbs=\"\" values=\"\"\n"
         "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
         "    case \"$path:$word\" in\n" +
         b.steps +
         "    esac\n"
         "  done\n"
         "  case \"$path\" in\n" +
         b.options +
         "  esac\n"
         "  case \"$path:$before\" in\n" +
         b.values +
         "  esac\n"
         "  if [[ $values == - ]]; then\n"
         "    COMPREPLY=($(compgen -f -- \"$current\"))\n"
         "  elif [[ $values ]]; then\n"
         "    COMPREPLY=($(compgen -W \"$values\" -- \"$current\"))\n"
         "  elif [[ $current == -* ]]; then\n"
         "    COMPREPLY=($(compgen -W \"$options\" -- \"$current\"))\n"
         "  elif [[ $verbs ]]; then\n"
         "    COMPREPLY=($(compgen -W \"$verbs\" -- \"$current\"))\n"
         "  else\n"
         "    COMPREPLY=($(compgen -f -- \"$current\"))\n"
         "  fi\n"
         "}\n"
         "complete -o filenames -F _cordon cordon\n";
}

}  // namespace

void add_completion(CLI::App& app, Exit& exit) {
  struct Arguments {
    std::string shell;
    Output output;
  };
  auto* command = app.add_subcommand("completion", "print the completion of verbs and options for a shell");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("SHELL", arguments->shell, "bash or zsh")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh"}));
  add_output(*command, arguments->output, {});
  command->footer("Example: source <(cordon completion bash)");
  command->callback([arguments, &app, &exit] {
    // zsh runs bash's completions.
    std::string text = arguments->shell == "zsh" ? "autoload -U +X bashcompinit && bashcompinit\n" : "";
    text += bash_script(facts_of(app));
    with_output(exit, arguments->output, [&](base::OutputFile& file) { return file.write(text); });
  });
}

}  // namespace cordon::cli
