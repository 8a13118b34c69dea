// The program: reads the command line, runs one verb, returns its exit status.
#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <string>

#include "cordon/base/json.hpp"
#include "verbs.hpp"

namespace {

std::string version_json() {
  std::string out;
  cordon::base::JsonWriter json(out);
  json.begin_object();
  json.field("version", CORDON_VERSION);
  json.end_object();
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  // A closed pipe (cordon ... | head) is the reader's choice: writing fails with EPIPE and the verb ends.
  std::signal(SIGPIPE, SIG_IGN);

  CLI::App app{"cordon: implement UN sanctions on the DPRK and counter its networks, offline."};
  app.require_subcommand(0, 1);
  bool version = false, as_json = false;
  app.add_flag("--version", version, "print the version");
  app.add_flag("--json", as_json, "with --version: as JSON, with the versions of lists and data");

  cordon::cli::Exit exit;
#define VERB(name) cordon::cli::add_##name(app, exit);
#include "verbs.def"
#undef VERB

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? 0 : 2;
  }
  if (version) {
    std::puts(as_json ? version_json().c_str() : "cordon " CORDON_VERSION);
  } else if (app.get_subcommands().empty()) {
    std::fputs(app.help().c_str(), stderr);
    return 2;
  }
  return exit.code;
}
