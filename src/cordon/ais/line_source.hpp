// Where lines come from: a file, stdin, or a live feed. All are pushed as blocks of whole lines.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string_view>

#include "cordon/base/result.hpp"
#include "cordon/base/tally.hpp"
#include "cordon/base/time.hpp"

namespace cordon::ais {

// Of live lines: who sent them (0 = not told apart) and when they came. Files have neither.
struct Arrival {
  std::uint32_t sender = 0;
  base::TimeMs time = base::kNoTime;
};

class LineSink {
 public:
  virtual ~LineSink() = default;
  virtual void block(std::string_view whole_lines) = 0;  // each line ends with \n
  virtual void overlong() = 0;                           // a line too long to be kept
  // Of the blocks that follow, until told otherwise.
  virtual void arrival(const Arrival&) {}
  // Blocks that lie within these bytes stay readable until end() has returned.
  virtual void lasting(std::string_view) {}
  virtual void end() {}  // no more blocks come
  // Nothing waits to be read: what was gathered can go on now.
  virtual void idle() {}
  virtual bool more() const { return true; }  // false: read no further
};

// What a live feed may cost, whatever is sent.
struct LiveOptions {
  double seconds = 0;  // the feed ends after this time; 0: it ends by SIGINT, SIGTERM (base/signals.hpp)
  std::size_t max_line = 4096;   // bytes of an unfinished line kept for each sender
  std::size_t max_senders = 64;  // connections at a time
  // With all places taken, the sender that was silent longest, and at least this long, gives way to a new
  // one.
  std::chrono::milliseconds idle_after{60000};
  // Between attempts to connect: doubled each time, and back to the first when data has come.
  std::chrono::milliseconds first_retry{500}, last_retry{30000};
  std::function<void(std::string_view)> notice;  // for people: connected, lost, trying again
};

// udp://[ADDRESS]:PORT, tcp://HOST:PORT, tcp-listen://[ADDRESS]:PORT, stream:PATH.
bool is_live(const std::filesystem::path& name);

// A path ("-" = stdin; gz, zst, xz undone) or a live feed (docs/ais.md). Returns, of a live feed, what could
// not be read, by reason. With follow, a plain file is read on as it grows (FeedOptions). Fails where the
// file cannot be read or the address cannot be used.
base::Result<base::Tally> read_lines(const std::filesystem::path& name, const LiveOptions& live,
                                     LineSink& sink, const std::function<bool()>& follow = {});

}  // namespace cordon::ais
