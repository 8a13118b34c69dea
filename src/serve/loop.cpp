#include "serve/loop.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>  // before Asio 1.74, which lacks it in C++20

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <ctime>
#include <list>

#include "serve/request_parser.hpp"

namespace cordon::serve {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;
using Error = boost::system::error_code;

class Connection;

struct Loop::State {
  explicit State(Common& all) : common(all), io(1), work(asio::make_work_guard(io)), sweep(io) {}

  void sweep_later();
  void end_all(bool idle_only);
  std::string_view date();  // the header's line

  Common& common;
  std::list<Connection*> connections;
  std::array<char, 64 * 1024> scratch;  // where every connection reads to
  bool stopping = false;
  Clock::time_point last_moment;
  std::time_t dated = 0;
  std::string date_line;
  asio::io_context io;  // below the list: what it still holds leaves the list when it goes
  asio::executor_work_guard<asio::io_context::executor_type> work;
  asio::steady_timer sweep;
};

// One peer. Everything happens on the loop's thread, but for the handler of a slow route.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Loop::State& loop, Transport transport, std::string remote, std::function<void()> gone)
      : loop_(loop),
        common_(loop.common),
        transport_(std::move(transport)),
        waiter_(loop.io, transport_.fd()),
        parser_(common_.limits.head_bytes),
        remote_(std::move(remote)),
        gone_(std::move(gone)) {
    place_ = loop_.connections.insert(loop_.connections.end(), this);
    metrics().connections.fetch_add(1, std::memory_order_relaxed);
  }
  ~Connection() {
    loop_.connections.erase(place_);
    metrics().connections.fetch_sub(1, std::memory_order_relaxed);
    hold_body(0);
    if (phase_ == Phase::streaming) metrics().streams.fetch_sub(1, std::memory_order_relaxed);
    if (waiter_.is_open()) waiter_.release();  // the transport closes it
    if (gone_) gone_();
  }

  void start() {
    within(common_.limits.head);
    wait_to_read();
  }

  // Called now and then; ends what took too long.
  void look_at_clock(Clock::time_point now) {
    if (phase_ == Phase::streaming) {
      if (now >= heartbeat_ && out_done()) {
        heartbeat_ = now + common_.limits.heartbeat;
        head_ += ": still here\n\n";
        write();
      }
      if (out_done()) return;
    }
    if (now < deadline_) return;
    metrics().timed_out.fetch_add(1, std::memory_order_relaxed);
    if (phase_ == Phase::working) {
      cancelled_->store(true, std::memory_order_relaxed);  // the handler ends and its answer says so
      within(common_.limits.work);
      return;
    }
    if ((phase_ == Phase::head && parser_.begun()) || phase_ == Phase::body) {
      last_ = true;
      return respond(error(408, "the request took too long to arrive"));
    }
    end();
  }

  void end() {
    if (ended_) return;
    ended_ = true;
    if (cancelled_) cancelled_->store(true, std::memory_order_relaxed);
    Error ignored;
    waiter_.cancel(ignored);  // the last handler that holds this lets it go
  }

  bool idle() const { return phase_ == Phase::head && !parser_.begun(); }
  bool streaming() const { return phase_ == Phase::streaming; }
  void no_more_requests() { last_ = true; }

  void pump_events() {
    if (phase_ != Phase::streaming || !out_done() || ended_) return;
    head_ = common_.front.services().hub.after(seen_);
    sent_ = 0;
    if (!head_.empty()) write();
  }

 private:
  enum class Phase { head, body, working, writing, streaming, draining };

  Metrics& metrics() { return common_.front.services().metrics; }
  void within(std::chrono::milliseconds time) { deadline_ = Clock::now() + time; }
  bool out_done() const { return sent_ >= head_.size() + tail().size(); }
  std::string_view tail() const {
    return response_.body.empty() ? response_.shared : std::string_view(response_.body);
  }

  void wait_to_read() {
    if (reading_ || ended_) return;
    reading_ = true;
    waiter_.async_wait(asio::posix::stream_descriptor::wait_read,
                       [self = shared_from_this()](const Error& error) {
                         self->reading_ = false;
                         if (!error && !self->ended_) self->on_readable();
                       });
  }
  void wait_to_write() {
    if (writing_ || ended_) return;
    writing_ = true;
    waiter_.async_wait(asio::posix::stream_descriptor::wait_write,
                       [self = shared_from_this()](const Error& error) {
                         self->writing_ = false;
                         if (!error && !self->ended_) self->on_writable();
                       });
  }
  void on_writable() {
    if (phase_ == Phase::writing || phase_ == Phase::streaming) return write();
    on_readable();  // TLS had to write before it could read
  }

  void on_readable() {
    if (phase_ == Phase::working || phase_ == Phase::streaming || phase_ == Phase::writing) {
      // Nothing is expected now. A peer that left has no use for the answer.
      if (transport_.peer_gone()) end();
      return;
    }
    auto got = transport_.read(loop_.scratch);
    if (got.state == Transport::State::closed) return end();
    if (got.state == Transport::State::want_read) return wait_to_read();
    if (got.state == Transport::State::want_write) return wait_to_write();
    if (phase_ == Phase::draining) return drain(got.bytes);
    take({loop_.scratch.data(), got.bytes});
  }

  // Bytes of this and perhaps of following requests. (TLS may hold more than the socket shows: what is there
  // is read until there is no more.)
  void take(std::string_view bytes) {
    if (!left_.empty()) {
      left_.append(bytes);
      bytes = left_;
    }
    if (phase_ == Phase::head && !parser_.begun()) {
      within(common_.limits.head);
      began_ = Clock::now();
    }
    while (true) {
      const auto progress = parser_.feed(bytes);
      bytes = keep(bytes.substr(progress.used));
      if (progress.step == RequestParser::Step::bad) {
        metrics().malformed.fetch_add(1, std::memory_order_relaxed);
        last_ = true;
        return respond(error(progress.status, progress.status == 431
                                                  ? "the head of the request is too long"
                                                  : "the request is not well-formed HTTP"));
      }
      if (progress.step == RequestParser::Step::head && !head_done()) return;
      if (phase_ == Phase::body && !body_fits()) return;
      if (parser_.whole()) return request_done();
      if (progress.step != RequestParser::Step::head || bytes.empty()) return more_to_read();
    }
  }
  // Most requests come whole, and nothing is copied. rest may lie in left_ itself.
  std::string_view keep(std::string_view rest) {
    left_ = std::string(rest);
    return left_;
  }
  void more_to_read() {
    const auto got = transport_.read(loop_.scratch);
    if (got.state == Transport::State::closed) return end();
    if (got.state == Transport::State::want_write) return wait_to_write();
    if (got.state == Transport::State::want_read) return wait_to_read();
    // Another turn, so that one fast sender does not keep the others waiting.
    left_.append(loop_.scratch.data(), got.bytes);
    asio::post(loop_.io, [self = shared_from_this()] {
      if (!self->ended_) self->take({});
    });
  }

  // False where the answer is known already.
  bool head_done() {
    auto& services = common_.front.services();
    last_ = last_ || !parser_.keep_alive() || services.stopping.load(std::memory_order_relaxed) ||
            ++requests_ >= common_.limits.requests;
    const Head head = parser_.head(remote_);
    origin_ = head.credentials.origin;
    admission_.emplace(common_.front.admit(head));
    if (admission_->refusal) {
      last_ = last_ || !parser_.whole();  // the body is not read
      respond(std::move(*admission_->refusal));
      return false;
    }
    phase_ = Phase::body;
    const std::size_t announced = parser_.announced();
    if (announced > body_limit()) return too_large();
    within(common_.limits.body + std::chrono::milliseconds(announced * 1000 / common_.limits.least_rate));
    if (!parser_.whole() && parser_.expects_continue()) {
      // Short enough to fit what a socket takes without waiting.
      if (transport_.write("HTTP/1.1 100 Continue\r\n\r\n", {}).state == Transport::State::closed) end();
    }
    return true;
  }
  std::size_t body_limit() const { return admission_->route ? admission_->route->body_limit : 0; }
  bool too_large() {
    last_ = true;
    respond(error(413, fmt::format("the body may have up to {} bytes here", body_limit())));
    return false;
  }
  void hold_body(std::size_t bytes) {
    if (bytes == held_) return;
    common_.bodies.fetch_add(bytes - held_, std::memory_order_relaxed);  // modulo 2^64: also takes away
    held_ = bytes;
  }
  bool body_fits() {
    if (parser_.body().size() > body_limit()) return too_large();
    hold_body(parser_.body().size());
    if (common_.bodies.load(std::memory_order_relaxed) <= common_.limits.bodies) return true;
    last_ = true;
    respond(std::move(error(503, "too many large requests at once; try again").header("Retry-After", "5")));
    return false;
  }

  void request_done() {
    auto& request = admission_->request;
    request.body = parser_.body();
    if (!admission_->route || admission_->route->pace == Pace::quick)
      return respond(common_.front.answer(*admission_));
    phase_ = Phase::working;
    within(common_.limits.work);
    cancelled_ = std::make_shared<std::atomic<bool>>(false);
    request.cancelled = cancelled_.get();
    metrics().waiting.fetch_add(1, std::memory_order_relaxed);
    const bool taken = common_.workers.give([self = shared_from_this()]() mutable {
      self->metrics().waiting.fetch_sub(1, std::memory_order_relaxed);
      auto answer = self->cancelled_->load() ? error(503, "the time for this request is over")
                                             : self->common_.front.answer(*self->admission_);
      auto& io = self->loop_.io;
      asio::post(io, [self = std::move(self), answer = std::move(answer)]() mutable {
        if (!self->ended_) self->respond(std::move(answer));
      });
    });
    if (!taken) {
      metrics().waiting.fetch_sub(1, std::memory_order_relaxed);
      return respond(std::move(error(503, "too many requests wait; try again").header("Retry-After", "1")));
    }
    wait_to_read();  // tells when the peer leaves
  }

  void respond(Response response) {
    if (ended_) return;
    response_ = std::move(response);
    cancelled_.reset();
    const bool no_body = response_.status == 204 || response_.status == 304;
    const bool head_only = parser_.begun() && admission_ && parser_.head_only();
    chunked_ = response_.more && !response_.events && !parser_.old_version();
    if (response_.more && !chunked_) last_ = true;
    if (response_.events && metrics().streams.load() >= static_cast<std::int64_t>(common_.limits.streams))
      response_ = error(503, "too many event streams are open");
    last_ = last_ || response_.events;
    head_.clear();
    sent_ = 0;
    auto to = std::back_inserter(head_);
    fmt::format_to(to, "HTTP/1.1 {} {}\r\n{}", response_.status, reason_phrase(response_.status),
                   loop_.date());
    if (!no_body && !response_.content_type.empty())
      fmt::format_to(to, "Content-Type: {}\r\n", response_.content_type);
    if (chunked_)
      head_ += "Transfer-Encoding: chunked\r\n";
    else if (!response_.events && !no_body && !response_.more)
      fmt::format_to(to, "Content-Length: {}\r\n", tail().size());
    common_.front.write_headers(head_, response_, origin_);
    if (last_)
      head_ += "Connection: close\r\n";
    else if (parser_.begun() && parser_.old_version())
      head_ += "Connection: keep-alive\r\n";
    head_ += "\r\n";
    if (head_only || no_body) {
      response_.body.clear();
      response_.shared = {};
      response_.more = nullptr;
    } else if (chunked_ && !response_.body.empty()) {
      response_.body = chunk(response_.body);
    }
    phase_ = Phase::writing;
    if (response_.events && !head_only) {
      phase_ = Phase::streaming;
      metrics().streams.fetch_add(1, std::memory_order_relaxed);
      seen_ = stream_start();
      heartbeat_ = Clock::now() + common_.limits.heartbeat;
    }
    within(common_.limits.write);
    write();
  }
  std::uint64_t stream_start() {
    const auto& hub = common_.front.services().hub;
    std::uint64_t from = hub.last();
    const std::string_view named = admission_->request.last_event_id;
    std::uint64_t number = 0;
    const auto read = std::from_chars(named.data(), named.data() + named.size(), number);
    if (!named.empty() && read.ec == std::errc{} && read.ptr == named.data() + named.size()) from = number;
    return from;
  }
  static std::string chunk(std::string_view piece) {
    return fmt::format("{:x}\r\n{}\r\n", piece.size(), piece);
  }

  void write() {
    while (true) {
      while (!out_done()) {
        const std::string_view head = std::string_view(head_).substr(std::min(sent_, head_.size()));
        const std::string_view rest = tail().substr(sent_ > head_.size() ? sent_ - head_.size() : 0);
        const auto put = transport_.write(head, rest);
        if (put.state == Transport::State::closed) return end();
        if (put.state == Transport::State::want_write) return wait_to_write();
        if (put.state == Transport::State::want_read) return wait_to_read();
        sent_ += put.bytes;
        within(common_.limits.write);
      }
      head_.clear();
      sent_ = 0;
      response_.body.clear();
      response_.shared = {};
      if (phase_ == Phase::streaming) {
        head_ = common_.front.services().hub.after(seen_);
        if (!head_.empty()) continue;
        return wait_to_read();  // tells when the peer leaves
      }
      if (!response_.more) return written();
      auto piece = next_piece();
      if (piece) {
        head_ = chunked_ ? chunk(*piece) : std::move(*piece);
      } else {
        response_.more = nullptr;
        if (chunked_) head_ = "0\r\n\r\n";
      }
    }
  }
  std::optional<std::string> next_piece() {
    try {
      return response_.more();
    } catch (const std::exception& bug) {
      fmt::print(stderr, "cordon: serve: an answer broke off: {}\n", bug.what());
      end();
      return std::nullopt;
    }
  }

  void written() {
    if (ended_) return;
    const Route* route = admission_ ? admission_->route : nullptr;
    metrics().count(route, response_.status, Clock::now() - began_);
    response_ = {};
    admission_.reset();
    origin_ = {};
    hold_body(0);
    if (last_) {
      // What the peer still sends is read for a moment, or the system would throw the answer away with it.
      transport_.finish();
      phase_ = Phase::draining;
      left_.clear();
      within(std::chrono::seconds(2));
      return wait_to_read();
    }
    parser_ = RequestParser(common_.limits.head_bytes);
    phase_ = Phase::head;
    within(common_.limits.idle);
    if (left_.empty()) return wait_to_read();
    asio::post(loop_.io, [self = shared_from_this()] {
      if (!self->ended_) self->take({});
    });
  }
  void drain(std::size_t bytes) {
    drained_ += bytes;
    if (drained_ > (std::size_t{1} << 20)) return end();
    wait_to_read();
  }

  Loop::State& loop_;
  Common& common_;
  Transport transport_;
  asio::posix::stream_descriptor waiter_;
  RequestParser parser_;
  std::string remote_;
  std::function<void()> gone_;
  std::list<Connection*>::iterator place_;
  Phase phase_ = Phase::head;
  bool reading_ = false, writing_ = false, ended_ = false, last_ = false, chunked_ = false;
  Clock::time_point deadline_, began_, heartbeat_;
  std::string left_;  // bytes read and not yet used
  std::string_view origin_;
  std::optional<Admission> admission_;
  std::shared_ptr<std::atomic<bool>> cancelled_;
  Response response_;
  std::string head_;      // written before the response's body
  std::size_t sent_ = 0;  // of both
  std::uint64_t seen_ = 0;
  std::size_t held_ = 0, drained_ = 0, requests_ = 0;
};

void Loop::State::sweep_later() {
  sweep.expires_after(std::chrono::milliseconds(250));
  sweep.async_wait([this](const Error& error) {
    if (error) return;
    const auto now = Clock::now();
    for (auto each = connections.begin(); each != connections.end();) (*each++)->look_at_clock(now);
    if (stopping && (connections.empty() || now >= last_moment)) {
      end_all(false);
      work.reset();
      return;
    }
    sweep_later();
  });
}

void Loop::State::end_all(bool idle_only) {
  for (auto each = connections.begin(); each != connections.end();) {
    Connection& one = **each++;
    if (!idle_only || one.idle() || one.streaming())
      one.end();
    else
      one.no_more_requests();
  }
}

std::string_view Loop::State::date() {
  const std::time_t now = std::time(nullptr);
  if (now != dated) {
    dated = now;
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    std::array<char, 64> text{};
    const auto length =
        std::strftime(text.data(), text.size(), "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &parts);
    date_line.assign(text.data(), length);
  }
  return date_line;
}

Loop::Loop(Common& common) : state_(std::make_unique<State>(common)) {}
Loop::~Loop() = default;

void Loop::run() {
  state_->sweep_later();
  state_->io.run();
}

void Loop::adopt(Transport transport, std::string remote, std::function<void()> gone) {
  asio::post(state_->io, [state = state_.get(), transport = std::make_shared<Transport>(std::move(transport)),
                          remote = std::move(remote), gone = std::move(gone)]() mutable {
    std::make_shared<Connection>(*state, std::move(*transport), std::move(remote), std::move(gone))->start();
  });
}

void Loop::wake_streams() {
  asio::post(state_->io, [state = state_.get()] {
    for (auto each = state->connections.begin(); each != state->connections.end();) (*each++)->pump_events();
  });
}

void Loop::stop(std::chrono::milliseconds grace) {
  asio::post(state_->io, [state = state_.get(), grace] {
    state->stopping = true;
    state->last_moment = Clock::now() + grace;
    state->end_all(true);
  });
}

}  // namespace cordon::serve
