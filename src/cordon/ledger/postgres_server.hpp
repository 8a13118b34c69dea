// For tests: a PostgreSQL server of their own, from Debian's package, as an unprivileged user on a private
// socket.
#pragma once
#include <pwd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>

namespace cordon::ledger {

class PostgresServer {
 public:
  // One for all tests of the program; stopped at its end.
  static PostgresServer& shared() {
    static PostgresServer server;
    return server;
  }
  // Why there is none; empty where it runs.
  const std::string& absent() const { return absent_; }
  // A new, empty database.
  std::string new_database() {
    const std::string name = "test" + std::to_string(++databases_);
    shell(binary("createdb") + " -E UTF8 -T template0 " + where() + " " + name);
    return "postgresql://tester@/" + name + "?host=" + folder_.string();
  }
  void sql(const std::string& url, const std::string& statements) {
    std::ofstream(folder_ / "statements.sql") << statements;
    shell(binary("psql") + " -q -v ON_ERROR_STOP=1 -f " + (folder_ / "statements.sql").string() + " '" + url +
          "'");
  }
  // Ends every process of the server at once, as a loss of power would, and starts it anew.
  void crash() {
    shell(binary("pg_ctl") + " -D " + data() + " -m immediate -w stop");
    start();
  }

 private:
  PostgresServer() {
    std::error_code error;
    for (const auto& version : std::filesystem::directory_iterator("/usr/lib/postgresql", error))
      if (std::filesystem::exists(version.path() / "bin/initdb", error)) binaries_ = version.path() / "bin";
    if (binaries_.empty()) {
      absent_ = "PostgreSQL is not installed (Debian: postgresql)";
      return;
    }
    std::string name = (std::filesystem::temp_directory_path() / "cordon-pg-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) return;
    folder_ = name;
    if (::getuid() == 0) {  // the server refuses to run as root
      const passwd* nobody = ::getpwnam("nobody");
      if (nobody != nullptr) as_uid_ = nobody->pw_uid;
      if (nobody == nullptr || ::chown(folder_.c_str(), as_uid_, nobody->pw_gid) != 0) {
        absent_ = "no unprivileged user to run PostgreSQL as";
        return;
      }
    }
    if (!shell(binary("initdb") + " -A trust -E UTF8 --locale=C -U tester -D " + data()) || !start())
      absent_ = "PostgreSQL did not start";
  }
  ~PostgresServer() {
    if (folder_.empty()) return;
    shell(binary("pg_ctl") + " -D " + data() + " -m immediate stop");
    std::error_code error;
    std::filesystem::remove_all(folder_, error);
  }
  bool start() {
    return shell(binary("pg_ctl") + " -D " + data() + " -w -o \"-c listen_addresses='' -k " +
                 folder_.string() + "\" -l " + (folder_ / "log").string() + " start");
  }
  std::string binary(const char* name) const { return (binaries_ / name).string(); }
  std::string data() const { return (folder_ / "data").string(); }
  std::string where() const { return "-U tester -h " + folder_.string(); }
  bool shell(const std::string& command) const {
    const pid_t child = ::fork();
    if (child == 0) {
      if (as_uid_ != 0 && ::setuid(as_uid_) != 0) ::_exit(1);
      if (::chdir("/") != 0) ::_exit(1);
      const std::string quiet = command + " >/dev/null 2>&1 </dev/null";
      ::execl("/bin/sh", "sh", "-c", quiet.c_str(), static_cast<char*>(nullptr));
      ::_exit(127);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }

  std::filesystem::path binaries_, folder_;
  std::string absent_;
  uid_t as_uid_ = 0;
  int databases_ = 0;
};

}  // namespace cordon::ledger
