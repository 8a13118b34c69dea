// Sockets and serial-like streams as lines with their time of arrival. One thread, one poll loop, bounded
// memory.
#pragma once
#include <string>
#include <string_view>

#include "cordon/ais/line_source.hpp"

namespace cordon::ais {

enum class LiveKind { udp, tcp, tcp_listen, stream };

struct LiveAddress {
  LiveKind kind = LiveKind::udp;
  std::string host, port;  // udp and tcp_listen without a host: 127.0.0.1
  std::string path;        // stream: a device, a named pipe, or "-"
  std::string text;        // as given
};
bool is_live_address(std::string_view text);
base::Result<LiveAddress> parse_live_address(std::string_view text);

// Reads until the time is over, a stop is requested (base/signals.hpp), or stdin ends. Everything that had
// arrived by then is pushed. A connection that ends in the middle of a line ends that line.
// The tally counts connections turned away (sender_turned_away) and datagrams the system had no room for
// (datagram_lost).
base::Result<base::Tally> read_live(const LiveAddress& address, const LiveOptions& options, LineSink& sink);

}  // namespace cordon::ais
