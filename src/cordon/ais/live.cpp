#include "cordon/ais/live.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <vector>

#include "cordon/ais/line_blocks.hpp"
#include "cordon/ais/live_socket.hpp"
#include "cordon/base/signals.hpp"

namespace cordon::ais {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t kRead = std::size_t{1} << 16;  // at a time and sender, so that none starves the others
constexpr int kDatagramsAtATime = 256;
constexpr int kPatience = 200;     // ms between looks at the clock and at stop_requested()
constexpr int kLastRounds = 1024;  // of reading what had arrived when the end came
constexpr milliseconds kConnectTime{10000};

struct Sender {
  Descriptor socket;
  LineBlocks lines;
  std::string name;
  std::uint32_t id;
  Clock::time_point heard;
};

class LiveReader {
 public:
  LiveReader(const LiveAddress& address, const LiveOptions& options, LineSink& sink)
      : address_(address),
        options_(options),
        sink_(sink),
        buffer_(kRead, '\0'),
        retry_(options.first_retry) {}

  base::Result<base::Tally> run() {
    const base::StopScope scope;
    if (address_.kind == LiveKind::udp || address_.kind == LiveKind::tcp_listen) {
      auto opened = open_listener(address_, &bound_);
      if (!opened) return tl::unexpected(opened.error());
      listener_ = std::move(*opened);
      notice(fmt::format("{}: listening on {}", address_.text, bound_));
    } else if (address_.kind == LiveKind::stream) {
      // A device that is not there at the start is a mistake; one that goes away may come back.
      auto opened = open_stream(address_, &returns_);
      if (!opened) return tl::unexpected(opened.error());
      add_sender(std::move(*opened), address_.text);
    }
    const auto start = Clock::now();
    const auto over = [&] {
      return options_.seconds > 0 &&
             std::chrono::duration<double>(Clock::now() - start).count() >= options_.seconds;
    };
    while (!ended_ && sink_.more() && !base::stop_requested() && !over())
      if (!round(0)) {
        sink_.idle();
        round(kPatience);
      }
    for (int i = 0; i < kLastRounds && sink_.more() && (listener_ || !senders_.empty()) && round(0); ++i)
      continue;
    for (Sender& sender : senders_) end_lines(sender);
    sink_.idle();
    return lost_;
  }

 private:
  // One look at everything that may have something; false where nothing had.
  bool round(int patience) {
    if (wants_connection() && Clock::now() >= next_try_) connect();
    polled_.clear();
    if (listener_) polled_.push_back({listener_.get(), POLLIN, 0});
    if (dialled_) polled_.push_back({dialled_.get(), POLLOUT, 0});
    const std::size_t first = polled_.size();
    for (const Sender& sender : senders_) polled_.push_back({sender.socket.get(), POLLIN, 0});
    if (::poll(polled_.data(), polled_.size(), patience) <= 0) {
      if (dialled_ && Clock::now() >= dial_until_) failed("no answer");
      return false;
    }
    bool any = false;
    // Senders first: accepting may drop one of them.
    const std::size_t count = senders_.size();
    for (std::size_t i = 0; i < count; ++i)
      if (polled_[first + i].revents != 0) any |= read(senders_[i]);
    std::erase_if(senders_, [](const Sender& sender) { return !sender.socket; });
    if (listener_ && polled_[0].revents != 0) any |= address_.kind == LiveKind::udp ? datagrams() : accept();
    if (dialled_ && first > 0 && polled_[first - 1].revents != 0) {
      if (const int code = socket_error(dialled_); code != 0)
        failed(std::strerror(code));
      else
        add_sender(std::move(dialled_), address_.text);
      dialled_.close();
      any = true;
    }
    return any;
  }

  bool wants_connection() const {
    return !ended_ && !dialled_ && senders_.empty() &&
           (address_.kind == LiveKind::tcp || address_.kind == LiveKind::stream);
  }

  void connect() {
    const bool stream = address_.kind == LiveKind::stream;
    auto opened = stream ? open_stream(address_, &returns_) : start_connect(address_, attempt_++);
    if (!opened) return failed(opened.error().message);
    if (stream) return add_sender(std::move(*opened), address_.text);
    dialled_ = std::move(*opened);
    dial_until_ = Clock::now() + kConnectTime;
  }

  void failed(std::string_view why) {
    dialled_.close();
    next_try_ = Clock::now() + retry_;
    notice(fmt::format("{}: {}; trying again in {:.1f} s", address_.text, why,
                       std::chrono::duration<double>(retry_).count()));
    retry_ = std::min(retry_ * 2, options_.last_retry);
  }

  void add_sender(Descriptor socket, std::string name) {
    notice(fmt::format("{}: connected", name));
    senders_.push_back(
        {std::move(socket), LineBlocks(options_.max_line), std::move(name), ++last_id_, Clock::now()});
  }

  Arrival arrival(std::uint32_t sender) const {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return {sender, std::chrono::duration_cast<milliseconds>(now).count()};
  }

  // False where there was nothing after all.
  bool read(Sender& sender) {
    const bool socket = address_.kind != LiveKind::stream;
    const ssize_t got = socket ? ::recv(sender.socket.get(), buffer_.data(), buffer_.size(), MSG_DONTWAIT)
                               : ::read(sender.socket.get(), buffer_.data(), buffer_.size());
    if (got > 0) {
      sender.heard = Clock::now();
      retry_ = options_.first_retry;
      sink_.arrival(arrival(sender.id));
      sender.lines.push({buffer_.data(), static_cast<std::size_t>(got)}, sink_);
      return true;
    }
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) return false;
    const std::string why = got == 0 ? "ended" : std::strerror(errno);
    end_lines(sender);
    sender.socket.close();
    // stdin and files do not come back; a device or a server may.
    if (address_.kind == LiveKind::stream && !returns_) {
      ended_ = true;
    } else if (address_.kind == LiveKind::tcp_listen) {
      notice(fmt::format("{}: {}", sender.name, why));
    } else {
      failed(why);
    }
    return true;
  }

  void end_lines(Sender& sender) {
    sink_.arrival(arrival(sender.id));
    sender.lines.finish(sink_);
  }

  bool accept() {
    bool any = false;
    std::string from;
    while (Descriptor socket = accept_sender(listener_, &from)) {
      any = true;
      if (senders_.size() >= options_.max_senders && !make_room()) {
        lost_.add("sender_turned_away", from);
        break;  // one a round: a flood of connections costs the others no time
      }
      add_sender(std::move(socket), from);
    }
    return any;
  }

  bool make_room() {
    const auto silent = std::min_element(senders_.begin(), senders_.end(),
                                         [](const Sender& a, const Sender& b) { return a.heard < b.heard; });
    if (silent == senders_.end() || Clock::now() - silent->heard < options_.idle_after) return false;
    notice(fmt::format("{}: silent, gives way to another", silent->name));
    end_lines(*silent);
    senders_.erase(silent);
    return true;
  }

  // A datagram holds whole lines, the last with or without its ending.
  bool datagrams() {
    Datagram got;
    int count = 0;
    for (; count < kDatagramsAtATime && receive_datagram(listener_, buffer_.data(), buffer_.size(), got);
         ++count) {
      sink_.arrival(arrival(got.sender));
      LineBlocks lines(options_.max_line);
      lines.push({buffer_.data(), got.size}, sink_);
      lines.finish(sink_);
    }
    if (count > 0 && got.lost != datagrams_lost_) {
      lost_.add("datagram_lost", {}, got.lost - datagrams_lost_);
      datagrams_lost_ = got.lost;
    }
    return count > 0;
  }

  void notice(std::string_view text) const {
    if (options_.notice) options_.notice(text);
  }

  const LiveAddress& address_;
  const LiveOptions& options_;
  LineSink& sink_;
  std::string buffer_, bound_;
  Descriptor listener_, dialled_;
  std::vector<Sender> senders_;
  std::vector<pollfd> polled_;
  Clock::time_point next_try_, dial_until_;
  milliseconds retry_;
  std::size_t attempt_ = 0;
  std::uint32_t last_id_ = 0, datagrams_lost_ = 0;
  bool ended_ = false, returns_ = false;
  base::Tally lost_;
};

}  // namespace

base::Result<base::Tally> read_live(const LiveAddress& address, const LiveOptions& options, LineSink& sink) {
  return LiveReader(address, options, sink).run();
}

}  // namespace cordon::ais
