#include "cordon/ais/line_source.hpp"

#include <poll.h>
#include <unistd.h>

#include <fstream>
#include <string>
#include <utility>

#include "cordon/ais/line_blocks.hpp"
#include "cordon/ais/live.hpp"
#include "cordon/base/bytes.hpp"

namespace cordon::ais {

bool is_live(const std::filesystem::path& name) {
  return is_live_address(name.native());
}

namespace {

// It is opened once: a file that is replaced by another under its name is not noticed.
base::Result<base::Tally> follow_file(const std::filesystem::path& path, LineSink& sink,
                                      const std::function<bool()>& follow) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return base::fail("{}: cannot be opened", path.string());
  LineBlocks lines;
  std::string chunk(std::size_t{1} << 18, '\0');
  do {
    file.clear();
    while (sink.more() &&
           (file.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) || file.gcount() > 0))
      lines.push({chunk.data(), static_cast<std::size_t>(file.gcount())}, sink);
    sink.idle();
  } while (sink.more() && follow());
  if (sink.more()) lines.finish(sink);
  return base::Tally{};
}

}  // namespace

base::Result<base::Tally> read_lines(const std::filesystem::path& name, const LiveOptions& live,
                                     LineSink& sink, const std::function<bool()>& follow) {
  if (is_live(name)) {
    const auto address = parse_live_address(name.native());
    if (!address) return tl::unexpected(address.error());
    return read_live(*address, live, sink);
  }
  if (follow) return follow_file(name, sink, follow);
  // A pipe that is written to slowly is somebody's live feed: who reads the output need not wait for more.
  const bool piped = name == "-";
  LineBlocks lines;
  base::MappedFile mapped;
  bool first = true;
  const auto read = base::read_chunks(
      name,
      [&](std::string_view chunk) {
        if (std::exchange(first, false)) sink.lasting(mapped.view());
        lines.push(chunk, sink);
        struct pollfd waiting = {STDIN_FILENO, POLLIN, 0};
        if (piped && ::poll(&waiting, 1, 0) == 0) sink.idle();
        return sink.more();
      },
      &mapped);
  if (read && sink.more()) lines.finish(sink);
  sink.end();
  if (!read) return tl::unexpected(read.error());
  return base::Tally{};
}

}  // namespace cordon::ais
