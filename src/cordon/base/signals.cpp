#include "cordon/base/signals.hpp"

#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <cstdint>
#include <cstring>

namespace cordon::base {
namespace {

// A place goes free -> taken -> ready -> free; handlers look at ready ones only.
enum State : int { kFree, kTaken, kReady };

struct Place {
  std::atomic<int> state{kFree};
  std::atomic<std::uintptr_t> begin{0}, end{0};
  std::array<char, 1024> path{};
};

using Places = std::array<Place, 64>;
Places temporaries, mappings;

std::size_t take(Places& places, const std::filesystem::path& path, std::uintptr_t begin,
                 std::uintptr_t end) {
  const std::string& name = path.native();
  if (name.size() >= Place{}.path.size()) return kNoKey;
  for (std::size_t i = 0; i < places.size(); ++i) {
    int expected = kFree;
    if (!places[i].state.compare_exchange_strong(expected, kTaken)) continue;
    std::memcpy(places[i].path.data(), name.c_str(), name.size() + 1);
    places[i].begin = begin;
    places[i].end = end;
    places[i].state = kReady;
    return i;
  }
  return kNoKey;
}

void give_back(Places& places, std::size_t key) {
  if (key != kNoKey) places.at(key).state = kFree;
}

void remove_temporaries() {
  for (const Place& place : temporaries) {
    if (place.state == kReady) ::unlink(place.path.data());
  }
}

void say(const char* text) {
  [[maybe_unused]] const ssize_t ignored = ::write(STDERR_FILENO, text, std::strlen(text));
}

std::atomic<int> stop_scopes{0};
std::atomic<bool> stop{false};

void end_by_request(int signal) {
  if (signal != SIGHUP && stop_scopes > 0 && !stop.exchange(true)) return;
  remove_temporaries();
  std::signal(signal, SIG_DFL);
  std::raise(signal);  // delivered when this handler returns: the parent sees the true reason
}

void on_bus_error(int signal, siginfo_t* info, void*) {
  const auto at = reinterpret_cast<std::uintptr_t>(info->si_addr);
  for (const Place& place : mappings) {
    if (place.state != kReady || at < place.begin || at >= place.end) continue;
    remove_temporaries();
    say("cordon: ");
    say(place.path.data());
    say(": the file became shorter, or its disk failed, while it was read\n");
    ::_exit(3);
  }
  std::signal(signal, SIG_DFL);  // happens again on return, and ends the program
}

}  // namespace

std::size_t remember_temporary(const std::filesystem::path& path) {
  return take(temporaries, path, 0, 0);
}
void forget_temporary(std::size_t key) {
  give_back(temporaries, key);
}
std::size_t remember_mapping(std::string_view bytes, const std::filesystem::path& path) {
  const auto begin = reinterpret_cast<std::uintptr_t>(bytes.data());
  return take(mappings, path, begin, begin + bytes.size());
}
void forget_mapping(std::size_t key) {
  give_back(mappings, key);
}

StopScope::StopScope() {
  ++stop_scopes;
}
StopScope::~StopScope() {
  --stop_scopes;
}
bool stop_requested() {
  return stop;
}

void handle_signals() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction before {};
    // A parent that ignores a signal for us (nohup) is obeyed.
    if (::sigaction(signal, nullptr, &before) == 0 && before.sa_handler == SIG_IGN) continue;
    std::signal(signal, end_by_request);
  }
  struct sigaction action {};
  action.sa_sigaction = on_bus_error;
  action.sa_flags = SA_SIGINFO;
  ::sigaction(SIGBUS, &action, nullptr);
}

}  // namespace cordon::base
