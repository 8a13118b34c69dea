// Who is logged in. Kept in memory only: after a restart everybody logs in anew.
#pragma once
#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace cordon::serve {

class Sessions {
 public:
  using Clock = std::chrono::steady_clock;
  struct Options {
    std::chrono::seconds idle{60 * 60}, longest{12 * 60 * 60};
    std::size_t most = 10'000;
    std::function<Clock::time_point()> clock = [] { return Clock::now(); };
  };
  explicit Sessions(Options options) : options_(std::move(options)) {}
  Sessions() : Sessions(Options{}) {}

  struct Session {
    std::string user, csrf;
  };
  struct Opened {
    std::string cookie, csrf;
  };
  Opened open(std::string_view user);
  // Nothing for a value that was never given out, was closed, or is too old; else it counts as used now.
  std::optional<Session> find(std::string_view cookie);
  void close(std::string_view cookie);
  void close_all_of(std::string_view user);

 private:
  struct Kept {
    Session session;
    Clock::time_point opened, used;
  };
  bool over(const Kept& kept, Clock::time_point now) const;
  Options options_;
  std::mutex mutex_;
  std::map<std::string, Kept, std::less<>> kept_;  // by the cookie's digest: memory that leaks opens no door
};

// How often somebody may try a password.
class Attempts {
 public:
  explicit Attempts(
      std::size_t allowed, std::chrono::seconds window = std::chrono::minutes(5),
      std::function<Sessions::Clock::time_point()> clock = [] { return Sessions::Clock::now(); })
      : allowed_(allowed), window_(window), clock_(std::move(clock)) {}
  bool allowed(const std::string& who);
  void failed(const std::string& who);
  void succeeded(const std::string& who);

 private:
  struct Count {
    std::size_t failures = 0;
    Sessions::Clock::time_point since;
  };
  void forget_old(Sessions::Clock::time_point now);
  const std::size_t allowed_;
  const std::chrono::seconds window_;
  std::function<Sessions::Clock::time_point()> clock_;
  std::mutex mutex_;
  std::map<std::string, Count> counts_;
};

}  // namespace cordon::serve
