// Live feeds over real sockets of this machine.
#include "cordon/ais/live.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "cordon/ais/feed.hpp"
#include "cordon/ais/transcode.hpp"
#include "cordon/base/signals.hpp"

namespace cordon::ais {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kReport = "!AIVDM,1,1,,B,177KQJ5000G?tO`K>RA1wUbN0TKH,0*5C\n";
constexpr std::string_view kFirst =
    "!AIVDM,2,1,3,B,55P5TL01VIaAL@7WKO@mBplU@<PDhh000000001S;AJ::4A80?4i@E53,0*3E\n";
constexpr std::string_view kSecond = "!AIVDM,2,2,3,B,1@0000000000000,2*55\n";

class Socket {
 public:
  explicit Socket(int fd) : fd_(fd) {}
  Socket(Socket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  ~Socket() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }
  void send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
  // The reader has hung up.
  bool ended() const {
    char byte;
    return ::recv(fd_, &byte, 1, 0) <= 0;
  }

 private:
  int fd_;
};

sockaddr_in here(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

Socket connect_to(std::uint16_t port, int type = SOCK_STREAM) {
  Socket socket(::socket(AF_INET, type | SOCK_CLOEXEC, 0));
  const sockaddr_in to = here(port);
  EXPECT_EQ(::connect(socket.get(), reinterpret_cast<const sockaddr*>(&to), sizeof to), 0);
  return socket;
}

// Runs a feed in a thread of its own until `enough` messages have come, or ten seconds are over.
class LiveRun {
 public:
  LiveRun(std::string address, LiveOptions live, std::uint64_t enough) : enough_(enough) {
    live.notice = [this](std::string_view text) {
      const std::lock_guard lock(mutex_);
      notices_ += std::string(text) + "\n";
    };
    if (live.seconds == 0) live.seconds = 10;
    DecodeOptions options;
    options.json.extra = true;
    options.live = live;
    thread_ = std::thread([this, address = std::move(address), options] {
      const TextSink sink = [this](std::string_view text) -> base::Result<void> {
        const std::lock_guard lock(mutex_);
        json_ += text;
        const auto objects = static_cast<std::uint64_t>(std::count(json_.begin(), json_.end(), '\n'));
        if (text.empty() && (objects >= enough_ || stop_)) return base::fail("enough");
        return {};
      };
      report_ = decode_feed(address, options, sink);
      done_ = true;
    });
  }
  ~LiveRun() { finish(); }
  void stop() { stop_ = true; }
  bool done() const { return done_; }
  void finish() {
    if (thread_.joinable()) thread_.join();
  }
  std::string json() {
    const std::lock_guard lock(mutex_);
    return json_;
  }
  std::string notices() {
    const std::lock_guard lock(mutex_);
    return notices_;
  }
  std::size_t count(std::string_view word) {
    const std::string text = notices();
    std::size_t found = 0;
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++found;
    return found;
  }
  bool wait_for(std::string_view notice, std::size_t times = 1) {
    for (int i = 0; i < 500 && count(notice) < times; ++i) std::this_thread::sleep_for(10ms);
    return count(notice) >= times;
  }
  std::uint16_t port() {
    EXPECT_TRUE(wait_for("listening on 127.0.0.1:"));
    const std::string text = notices(), mark = "listening on 127.0.0.1:";
    return static_cast<std::uint16_t>(
        std::strtoul(text.c_str() + text.find(mark) + mark.size(), nullptr, 10));
  }
  // After finish(): nothing where the run was ended by having enough.
  const base::Result<FeedReport>& report() const { return report_; }

 private:
  std::uint64_t enough_;
  std::mutex mutex_;
  std::string json_, notices_;
  std::atomic<bool> stop_ = false, done_ = false;
  base::Result<FeedReport> report_;
  std::thread thread_;
};

std::size_t messages_of_type(const std::string& json, int type) {
  const std::string mark = "\"type\":" + std::to_string(type) + ",";
  std::size_t found = 0;
  for (std::size_t at = json.find(mark); at != std::string::npos; at = json.find(mark, at + 1)) ++found;
  return found;
}

TEST(Live, AddressesAreCheckedAndLoopbackIsTheDefault) {
  EXPECT_TRUE(is_live("udp://:1"));
  EXPECT_FALSE(is_live("feed.nmea"));
  EXPECT_FALSE(is_live("-"));
  const auto address = parse_live_address("tcp-listen://:10110");
  ASSERT_TRUE(address);
  EXPECT_EQ(address->host, "127.0.0.1");
  EXPECT_EQ(parse_live_address("udp://[::1]:99")->host, "::1");
  EXPECT_EQ(parse_live_address("stream:/dev/ttyUSB0")->path, "/dev/ttyUSB0");
  for (const char* bad : {"udp://", "udp://x", "tcp://:99", "tcp://host:99999", "tcp://host:-1", "stream:"})
    EXPECT_FALSE(parse_live_address(bad)) << bad;
  const auto taken = read_feed("udp://192.0.2.1:9", 0, [](const model::FeedBatch&) {});
  ASSERT_FALSE(taken);
  EXPECT_NE(taken.error().message.find("cannot listen"), std::string::npos);
}

TEST(Live, SendersAreToldApartAndLinesMayComeInPieces) {
  LiveRun run("tcp-listen://:0", {}, 4);
  const std::uint16_t port = run.port();
  const Socket a = connect_to(port), b = connect_to(port);
  // Both use the same sequence number at the same time: neither may get the other's second part.
  a.send(kFirst.substr(0, 20));
  ASSERT_TRUE(run.wait_for(": connected", 2));
  b.send(kFirst);
  a.send(kFirst.substr(20));
  std::this_thread::sleep_for(50ms);
  b.send(kReport);
  std::this_thread::sleep_for(50ms);
  b.send(kSecond.substr(0, 5));
  std::this_thread::sleep_for(50ms);
  a.send(kSecond);
  b.send(kSecond.substr(5));
  a.send(kReport);
  run.finish();
  EXPECT_EQ(messages_of_type(run.json(), 5), 2U) << run.json();
  EXPECT_EQ(messages_of_type(run.json(), 1), 2U);
}

TEST(Live, DatagramsWithAndWithoutEndingsGetTheTimeOfArrival) {
  LiveRun run("udp://:0", {}, 4);
  const std::uint16_t port = run.port();
  const Socket a = connect_to(port, SOCK_DGRAM), b = connect_to(port, SOCK_DGRAM);
  a.send(kReport.substr(0, kReport.size() - 1));
  b.send(std::string(kReport) + std::string(kReport));
  a.send(kFirst);
  b.send(kSecond);  // of another sender
  a.send(kSecond);
  run.finish();
  const std::string json = run.json();
  EXPECT_EQ(messages_of_type(json, 1), 3U) << json;
  EXPECT_EQ(messages_of_type(json, 5), 1U);
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const std::string today =
      base::to_iso(std::chrono::duration_cast<std::chrono::milliseconds>(now).count()).substr(0, 10);
  EXPECT_NE(json.find("\"rxtime\":\"" + today), std::string::npos) << json;
}

TEST(Live, AClientConnectsAgainAndWaitsLongerEachTime) {
  Socket server(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in name = here(0);
  socklen_t size = sizeof name;
  ASSERT_EQ(::bind(server.get(), reinterpret_cast<const sockaddr*>(&name), sizeof name), 0);
  ::getsockname(server.get(), reinterpret_cast<sockaddr*>(&name), &size);
  LiveOptions live;
  live.first_retry = 20ms;
  live.last_retry = 100ms;
  LiveRun run("tcp://127.0.0.1:" + std::to_string(ntohs(name.sin_port)), live, 3);
  // Bound but not listening yet: refused, and tried again, each time later.
  EXPECT_TRUE(run.wait_for("trying again in 0.1 s", 2)) << run.notices();
  ASSERT_EQ(::listen(server.get(), 4), 0);
  {
    const Socket feed(::accept(server.get(), nullptr, nullptr));
    feed.send(std::string(kReport) + std::string(kFirst));
    feed.send(kReport.substr(0, 30));  // and lost
  }
  {
    const Socket feed(::accept(server.get(), nullptr, nullptr));
    feed.send(kSecond);  // of another connection: no message
    feed.send(kReport);
  }
  const Socket feed(::accept(server.get(), nullptr, nullptr));
  feed.send(kReport);
  run.finish();
  EXPECT_EQ(messages_of_type(run.json(), 1), 3U) << run.json() << run.notices();
  EXPECT_EQ(messages_of_type(run.json(), 5), 0U);
  EXPECT_EQ(run.count(": connected"), 3U);
}

TEST(Live, AFloodCostsNeitherMemoryNorTheOthers) {
  LiveOptions live;
  live.max_senders = 3;
  live.idle_after = 60s;
  live.seconds = 10;
  LiveRun run("tcp-listen://:0", live, 1000000);
  const std::uint16_t port = run.port();
  const Socket honest = connect_to(port);
  const Socket endless = connect_to(port);
  const Socket noisy = connect_to(port);
  ASSERT_TRUE(run.wait_for(": connected", 3));
  const Socket fourth = connect_to(port);
  EXPECT_TRUE(fourth.ended()) << "all places are taken by senders that are not silent";
  const std::string without_end(8 << 20, 'x');
  std::string noise;
  for (int i = 0; i < 200000; ++i) noise += i % 3 == 0 ? "!AIVDM,9,1,1,A,w,0*00\n" : "\n";
  std::thread flood([&] { endless.send(without_end + "\n" + std::string(kReport)); });
  std::thread other([&] { noisy.send(noise); });
  for (int i = 0; i < 50; ++i) honest.send(kReport);
  flood.join();
  other.join();
  for (int i = 0; i < 500 && messages_of_type(run.json(), 1) < 51; ++i) std::this_thread::sleep_for(10ms);
  EXPECT_EQ(messages_of_type(run.json(), 1), 51U);
  run.stop();
  run.finish();
}

TEST(Live, TheReportCountsWhatWasNotTaken) {
  LiveOptions live;
  live.max_senders = 1;
  live.seconds = 1.5;
  LiveRun run("tcp-listen://:0", live, 1000000);
  const std::uint16_t port = run.port();
  const Socket first = connect_to(port);
  ASSERT_TRUE(run.wait_for(": connected"));
  const Socket second = connect_to(port);
  EXPECT_TRUE(second.ended());
  first.send(std::string(200000, 'x') + "\n" + std::string(kReport) + "!AIVDM,1,1,,A,half a li");
  run.finish();
  ASSERT_TRUE(run.report()) << run.report().error().message;
  const auto& rows = run.report()->rejects.rows();
  EXPECT_EQ(run.report()->messages, 1U);
  EXPECT_EQ(run.report()->lines, 3U);
  EXPECT_EQ(rows.at("sender_turned_away").count, 1U);
  EXPECT_EQ(rows.at("overlong_line").count, 1U);
  EXPECT_EQ(run.report()->rejects.total(), 3U) << "the unfinished line too";
}

TEST(Live, ASilentSenderGivesWay) {
  LiveOptions live;
  live.max_senders = 1;
  live.idle_after = 100ms;
  LiveRun run("tcp-listen://:0", live, 1);
  const std::uint16_t port = run.port();
  const Socket silent = connect_to(port);
  ASSERT_TRUE(run.wait_for(": connected"));
  std::this_thread::sleep_for(150ms);
  const Socket second = connect_to(port);
  EXPECT_TRUE(silent.ended());
  second.send(kReport);
  run.finish();
  EXPECT_EQ(messages_of_type(run.json(), 1), 1U);
  EXPECT_EQ(run.count("gives way"), 1U);
}

TEST(Live, AnIdleFeedEndsInTime) {
  LiveOptions live;
  live.seconds = 0.3;
  FeedOptions options;
  options.live = live;
  const auto start = std::chrono::steady_clock::now();
  const auto report = read_feed(
      "udp://:0", 0, [](const model::FeedBatch&) {}, options);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->lines, 0U);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 3s);
}

TEST(Live, PositionsArePushedWhenNothingMoreWaits) {
  std::atomic<int> rows = 0;
  std::atomic<std::uint16_t> port = 0;
  FeedOptions options;
  options.live.seconds = 10;
  options.live.notice = [&](std::string_view text) {
    port = static_cast<std::uint16_t>(std::strtoul(text.data() + text.rfind(':') + 1, nullptr, 10));
  };
  options.more = [&] { return rows < 2; };
  std::thread reader([&] {
    const auto report = read_feed(
        "udp://:0", 5,
        [&](const model::FeedBatch& batch) {
          for (std::size_t i = 0; i < batch.positions.size(); ++i) {
            EXPECT_NE(batch.positions.time[i], base::kNoTime);
            EXPECT_EQ(batch.positions.row(i).where.feed(), 5);
          }
          rows += static_cast<int>(batch.positions.size());
        },
        options);
    EXPECT_TRUE(report);
  });
  for (int i = 0; i < 500 && port == 0; ++i) std::this_thread::sleep_for(10ms);
  const Socket socket = connect_to(port, SOCK_DGRAM);
  socket.send(kReport);
  for (int i = 0; i < 500 && rows == 0; ++i) std::this_thread::sleep_for(10ms);
  EXPECT_EQ(rows, 1) << "not kept until more comes";
  socket.send(kReport);
  reader.join();
  EXPECT_EQ(rows, 2);
}

void decode_until_interrupted(int signal) {
  base::handle_signals();
  std::string json;
  DecodeOptions options;
  options.live.notice = [&](std::string_view text) {
    const auto port =
        static_cast<std::uint16_t>(std::strtoul(text.data() + text.rfind(':') + 1, nullptr, 10));
    const Socket socket = connect_to(port, SOCK_DGRAM);
    for (int i = 0; i < 100; ++i) socket.send(kReport);
    std::raise(signal);  // with a hundred datagrams waiting
  };
  const auto report = decode_feed("udp://:0", options, [&](std::string_view text) -> base::Result<void> {
    json += text;
    return {};
  });
  std::_Exit(report && report->messages == 100 && messages_of_type(json, 1) == 100 ? 0 : 9);
}

TEST(Live, ASignalEndsTheFeedWithNothingLost) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(decode_until_interrupted(SIGINT), testing::ExitedWithCode(0), "");
  EXPECT_EXIT(decode_until_interrupted(SIGTERM), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace cordon::ais
