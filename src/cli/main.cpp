// The program: reads the command line, runs one verb, returns its exit status.
#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <new>
#include <string>
#include <system_error>

#include "common.hpp"
#include "cordon/base/signals.hpp"
#include "verbs.hpp"
#include "versions.hpp"

namespace {

// One value after an option: "--lists DIR QUERIES.csv" must not take the queries for a second list. An option
// that may hold several is given several times.
void take_one_value_each(CLI::App& app) {
  for (CLI::Option* option : app.get_options()) {
    if (option->nonpositional() && option->get_items_expected_max() > 1) option->allow_extra_args(false);
  }
  for (CLI::App* command : app.get_subcommands({})) take_one_value_each(*command);
}

}  // namespace

int main(int argc, char** argv) {
#if defined(__x86_64__)
  if (!__builtin_cpu_supports("popcnt")) {
    std::fputs("cordon: this processor has no POPCNT instruction, which those made since 2008 have\n",
               stderr);
    return 1;
  }
#endif
  cordon::base::handle_signals();

  CLI::App app{"cordon: implement UN sanctions on the DPRK and counter its networks, offline."};
  app.require_subcommand(0, 1);
  bool version = false, as_json = false;
  app.add_flag("--version", version, "print the version");
  app.add_flag("--json", as_json, "with --version: as JSON, with the versions of lists and data");

  cordon::cli::Exit exit;
#define VERB(name) cordon::cli::add_##name(app, exit);
#include "verbs.def"
#undef VERB
  take_one_value_each(app);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? 0 : cordon::cli::kUsage;
  } catch (const std::bad_alloc&) {
    cordon::cli::note("not enough memory");
    return cordon::cli::kBadInput;
  } catch (const std::system_error& error) {  // fmt::print's way of telling that stdout takes no more
    cordon::cli::note(error.what());
    return cordon::cli::kBadInput;
  } catch (const std::exception& error) {  // expected failures are values: what is thrown is a bug
    cordon::cli::note(std::string("internal error, please report it: ") + error.what());
    return cordon::cli::kInternal;
  }
  if (version) {
    std::puts(as_json ? cordon::cli::program_json().c_str() : "cordon " CORDON_VERSION);
  } else if (app.get_subcommands().empty()) {
    std::fputs(app.help().c_str(), stderr);
    return 2;
  }
  // What was printed may still wait in the buffer: a full disk is known only now.
  if (std::fflush(stdout) != 0) {
    cordon::cli::note(std::string("standard output: cannot be written: ") + std::strerror(errno));
    return cordon::cli::kBadInput;
  }
  return exit.code;
}
