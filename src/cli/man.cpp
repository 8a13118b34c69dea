// cordon man [VERB...]
#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "command_tree.hpp"
#include "common.hpp"
#include "cordon/base/text.hpp"

namespace cordon::cli {
namespace {

// Text for roff: no character of it is a command.
std::string roff(std::string_view text) {
  std::string out;
  bool at_start = true;
  for (const char c : text) {
    if (at_start && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
    at_start = c == '\n';
  }
  return out;
}

std::string names_of(const OptionFacts& option) {
  if (option.positional) return "\\fI" + roff(option.placeholder) + "\\fR";
  std::string out;
  for (const std::string& name : option.names)
    out += (out.empty() ? "" : ", ") + ("\\fB" + roff(name) + "\\fR");
  if (!option.placeholder.empty()) out += " \\fI" + roff(option.placeholder) + "\\fR";
  return out;
}

void append_option(std::string& out, const OptionFacts& option) {
  out += ".TP\n" + names_of(option) + "\n" + roff(option.description);
  std::string more;
  for (const std::string& choice : option.choices) more += (more.empty() ? "one of " : ", ") + choice;
  if (!option.default_value.empty())
    more += (more.empty() ? "default " : "; default ") + option.default_value;
  if (!more.empty()) out += " (" + roff(more) + ")";
  out += '\n';
}

std::string synopsis(const std::string& name, const CommandFacts& command) {
  std::string out = ".B " + roff(name) + "\n";
  bool any_option = false;
  for (const OptionFacts& option : command.options) any_option = any_option || !option.positional;
  if (any_option) out += "[\\fIOPTIONS\\fR]\n";
  for (const OptionFacts& option : command.options) {
    if (!option.positional) continue;
    const std::string shown = names_of(option) + (option.repeated ? "..." : "");
    out += (option.required ? shown : "[" + shown + "]") + "\n";
  }
  if (!command.commands.empty()) out += "\\fICOMMAND\\fR\n";
  return out;
}

std::string page(const std::string& name, const CommandFacts& command) {
  std::string title = base::ascii_upper(name);
  for (char& c : title) c = c == ' ' ? '-' : c;
  std::string out = ".TH " + roff(title) + " 1 \"\" \"cordon " CORDON_VERSION "\" \"User commands\"\n";
  std::string dashed = base::ascii_lower(title);
  out += ".SH NAME\n" + roff(dashed) + " \\- " + roff(command.description) + "\n";
  out += ".SH SYNOPSIS\n" + synopsis(name, command);
  if (!command.commands.empty()) {
    out += ".SH COMMANDS\n";
    for (const CommandFacts& sub : command.commands) {
      out += ".TP\n\\fB" + roff(name + " " + sub.name) + "\\fR\n" + roff(sub.description) + "\n";
    }
  }
  if (!command.options.empty()) out += ".SH OPTIONS\n";
  for (const OptionFacts& option : command.options) append_option(out, option);
  if (!command.footer.empty()) out += ".SH EXAMPLES\n.nf\n" + roff(command.footer) + "\n.fi\n";
  out +=
      ".SH EXIT STATUS\n"
      "0 done; 2 the command line is wrong; 3 the input is bad beyond tolerance, or the output cannot be "
      "written.\n"
      ".SH ENVIRONMENT\n"
      ".TP\n\\fBCORDON_DATA\\fR\nfolder whose files stand in for the data files inside the program\n"
      ".TP\n\\fBCORDON_THREADS\\fR\nnumber of threads; the result is the same for any\n";
  return out;
}

}  // namespace

void add_man(CLI::App& app, Exit& exit) {
  struct Arguments {
    std::vector<std::string> verbs;
    Output output;
  };
  auto* command = app.add_subcommand("man", "print the manual page of the program or of a verb");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("VERB", arguments->verbs, "the verb, and its command where it has any");
  add_output(*command, arguments->output, {});
  command->footer("Example: cordon man lists show | man -l -");
  command->callback([arguments, &app, &exit] {
    const CommandFacts program = facts_of(app);
    const CommandFacts* found = &program;
    std::string name = "cordon";
    for (const std::string& verb : arguments->verbs) {
      name += " " + verb;
      found = found->find(verb);
      if (found == nullptr) return report(exit, base::Error{name + ": there is no such command"}, kUsage);
    }
    with_output(exit, arguments->output,
                [&](base::OutputFile& file) { return file.write(page(name, *found)); });
  });
}

}  // namespace cordon::cli
