#include "serve_users.hpp"

#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>

#include "common.hpp"
#include "serve/users.hpp"

namespace cordon::cli {
namespace {

struct Options {
  std::string file, name, role;
};

std::string read_hidden(const char* question) {
  fmt::print(stderr, "{}: ", question);
  termios before{};
  ::tcgetattr(STDIN_FILENO, &before);
  termios quiet = before;
  quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
  ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
  std::string line;
  std::getline(std::cin, line);
  ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
  fmt::print(stderr, "\n");
  return line;
}

base::Result<std::string> read_password() {
  if (!::isatty(STDIN_FILENO)) {
    std::string line;
    std::getline(std::cin, line);
    return line;
  }
  auto first = read_hidden("Password");
  if (first != read_hidden("The same again")) return base::fail("the two passwords differ");
  return first;
}

// Reads the file, changes it, writes it.
template <class Change>
base::Result<void> change(const Options& options, Change&& body) {
  auto users = serve::Users::read(options.file);
  if (!users) return tl::unexpected(users.error());
  if (auto done = body(*users); !done) return done;
  return users->write(options.file);
}

base::Result<void> add(const Options& options) {
  return change(options, [&](serve::Users& users) -> base::Result<void> {
    const auto password = read_password();
    if (!password) return tl::unexpected(password.error());
    return users.set(options.name, *serve::parse_role(options.role), *password);
  });
}

base::Result<void> token(const Options& options) {
  return change(options, [&](serve::Users& users) -> base::Result<void> {
    const auto made = users.add_token(options.name, *serve::parse_role(options.role));
    if (!made) return tl::unexpected(made.error());
    fmt::print("{}\n", *made);
    return {};
  });
}

base::Result<void> remove(const Options& options) {
  return change(options, [&](serve::Users& users) -> base::Result<void> {
    if (!users.remove(options.name)) return base::fail("{}: no user '{}'", options.file, options.name);
    return {};
  });
}

base::Result<void> list(const Options& options) {
  const auto users = serve::Users::read(options.file);
  if (!users) return tl::unexpected(users.error());
  fmt::print("name,role,password,tokens\n");
  for (const auto& [name, user] : users->all())
    fmt::print("{},{},{},{}\n", name, serve::to_string(user.role), user.password.empty() ? "no" : "yes",
               user.tokens.size());
  return {};
}

}  // namespace

void add_serve_users(CLI::App& serve, Exit& exit) {
  auto* user = serve.add_subcommand("user", "who may log in");
  user->require_subcommand(1);
  auto options = std::make_shared<Options>();
  const auto verb = [&](const char* name, const char* what, base::Result<void> (*body)(const Options&),
                        bool named, bool with_role) {
    auto* command = user->add_subcommand(name, what);
    if (named) command->add_option("name", options->name, "user")->required();
    if (with_role)
      command->add_option("--role", options->role, "viewer, analyst, approver or admin")
          ->required()
          ->check(CLI::IsMember({"viewer", "analyst", "approver", "admin"}));
    command->add_option("--users", options->file, "file of users")->required();
    command->callback([options, body, &exit] {
      if (auto done = body(*options); !done) report(exit, done.error());
    });
  };
  verb("add", "add a user, or change role and password; the password is asked for, or read from stdin", add,
       true, true);
  verb("token", "a new token for a program; it is printed once", token, true, true);
  verb("remove", "remove a user with his tokens", remove, true, false);
  verb("list", "all users", list, false, false);
}

}  // namespace cordon::cli
