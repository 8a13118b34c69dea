// cordon serve: the page and the interface for programs, on this machine unless users are named.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <ctime>
#include <memory>

#include "common.hpp"
#include "cordon/base/text.hpp"
#include "serve/file_watch.hpp"
#include "serve/server.hpp"
#include "serve_users.hpp"
#include "watch_inputs.hpp"

namespace cordon::cli {
namespace {

struct Options {
  serve::ServerOptions server;
  WatchTexts texts;
  std::string listen = "127.0.0.1:8080";
  bool follow = false;
};

// Blocked in every thread that is started from here on, and taken one by one where the program waits.
sigset_t block_signals() {
  sigset_t signals;
  ::sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::sigaddset(&signals, signal);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

base::Result<void> read_options(Options& options) {
  auto& server = options.server;
  const auto colon = options.listen.rfind(':');
  const auto port =
      colon == std::string::npos
          ? std::nullopt
          : base::parse_number<std::uint16_t>(std::string_view(options.listen).substr(colon + 1));
  if (!port)
    return base::fail("--listen: expected ADDRESS:PORT such as 127.0.0.1:8080, found '{}'", options.listen);
  server.port = *port;
  server.address = options.listen.substr(0, colon);
  if (server.address.starts_with('[') && server.address.ends_with(']'))
    server.address = server.address.substr(1, server.address.size() - 2);
  auto weights = read_watch_inputs(server.loading.inputs, options.texts);
  if (!weights) return tl::unexpected(weights.error());
  server.loading.weights = std::move(*weights);
  return {};
}

// What is read again when it changes. A feed only where it is followed: it may grow all day.
std::vector<std::filesystem::path> watched(const Options& options) {
  const auto& inputs = options.server.loading.inputs;
  auto paths = inputs.lists;
  paths.insert(paths.end(), inputs.ownership.begin(), inputs.ownership.end());
  for (const std::filesystem::path& one :
       {inputs.registry, std::filesystem::path(options.server.guard.users)})
    if (!one.empty()) paths.push_back(one);
  if (options.follow) paths.insert(paths.end(), inputs.feeds.begin(), inputs.feeds.end());
  return paths;
}

base::Result<void> run(Options& options) {
  if (auto done = read_options(options); !done) return done;
  const auto signals = block_signals();
  auto server = serve::Server::start(options.server);
  if (!server) return tl::unexpected(server.error());
  (*server)->services().live = options.follow;
  if (auto done = (*server)->load(); !done) return done;
  const auto state = (*server)->services().current.take();
  for (const auto& warning : state->survey->run.warnings) note(warning);
  note(fmt::format("{} listed parties, {} positions, {} vessels, {} targets",
                   state->survey->lists.entities.size(), state->survey->run.positions,
                   state->survey->run.vessels, state->survey->dossiers.size()));
  const auto& address = options.server.address;
  note(fmt::format("listening on {}://{}:{}/", options.server.certificate.empty() ? "http" : "https",
                   address.find(':') == address.npos ? address : '[' + address + ']', (*server)->port()));
  serve::FileWatch files(watched(options));
  while (true) {
    constexpr timespec kPause{2, 0};
    const int signal = ::sigtimedwait(&signals, nullptr, &kPause);
    if (signal == SIGINT || signal == SIGTERM) break;
    if (signal != SIGHUP && !files.changed()) continue;
    note("reading lists and feeds again");
    (*server)->services().reload();
  }
  note("stopping");
  (*server)->stop();
  return {};
}

}  // namespace

void add_serve(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand("serve", "the page and the interface for programs, on this machine");
  auto options = std::make_shared<Options>();
  auto& inputs = options->server.loading.inputs;
  command->add_option("feeds", inputs.feeds, "AIS traffic: NMEA or CSV, plain or .gz .zst .xz");
  add_watch_inputs(*command, inputs, options->texts,
                   "day to judge shares and law at; without it the day of the last report, or today");
  command
      ->add_option("--most-positions", options->server.loading.most_positions, "positions kept for the map")
      ->capture_default_str();
  command->add_option("--ledger", options->server.ledger,
                      "ledger of cases and decisions: a file, or postgresql://...");
  command->add_option("--ledger-key", options->server.ledger_key,
                      "key that signs exports of the ledger (cordon ledger key)");
  command->add_option("--listen", options->listen, "address and port")->capture_default_str();
  command->add_option(
      "--users", options->server.guard.users,
      "file of users (`cordon serve user`); without it one local analyst, and only this machine");
  command->add_option("--public-url", options->server.guard.public_url,
                      "how others reach the server through a proxy: https://cordon.example");
  command->add_option("--allow-origin", options->server.guard.origins,
                      "another page that may ask, such as OpenRefine's http://127.0.0.1:3333");
  command->add_option("--tls-cert", options->server.certificate, "certificate of the server, PEM");
  command->add_option("--tls-key", options->server.key, "its private key, PEM");
  command->add_option("--threads", options->server.threads, "threads for connections; 0 = one a core")
      ->capture_default_str();
  command->footer(
      "Example:\n  cordon serve feed.nmea.gz --lists lists/ --registry registry.csv\n"
      "  then open http://127.0.0.1:8080/");
  command->add_flag("--follow", options->follow, "read feeds again when they have grown");
  add_serve_users(*command, exit);
  command->callback([options, command, &exit] {
    if (!command->get_subcommands().empty()) return;
    if (auto done = run(*options); !done) report(exit, done.error());
  });
}

}  // namespace cordon::cli
