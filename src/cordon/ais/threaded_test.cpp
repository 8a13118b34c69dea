// Whatever the number of threads, the same rows, the same text and the same report.
#include "cordon/ais/threaded.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "cordon/ais/encoder.hpp"
#include "cordon/ais/test_feed.hpp"
#include "cordon/ais/transcode.hpp"

namespace cordon::ais {
namespace {

using test::Random;

// Every kind of line, parts of several messages at a time, some lost, some in tag block groups.
std::string any_feed(Random& random, int messages) {
  std::string text;
  std::vector<std::string> waiting;
  for (int i = 0; i < messages; ++i) {
    Payload bits;
    const std::uint64_t type = 1 + random.below(28);
    bits.put(type, 6);
    const std::size_t size = random.below(4) == 0 ? 100 + random.below(900) : type == 5 ? 424 : 168;
    while (bits.bits() < size) bits.put(random(), std::min<std::size_t>(32, size - bits.bits()));
    EncodeOptions options;
    options.tag_block = random.below(2) == 0;
    options.receiver = random.below(2) == 0 ? "r1" : "s12";
    options.channel = "AB "[random.below(3)];
    options.sequence = random.number<std::uint8_t>(10);
    std::string sentences;
    append_sentences(
        sentences, bits,
        random.below(3) == 0 ? base::kNoTime : static_cast<base::TimeMs>(random.below(8000000000)) * 1000,
        options);
    const bool grouped = !options.tag_block && random.below(6) == 0;
    while (!sentences.empty()) {
      const std::size_t end = sentences.find('\n') + 1;
      std::string line = sentences.substr(0, end);
      if (grouped) {
        const std::string tag =
            "g:1-1-" + std::to_string(1 + random.below(9)) + ",s:r" + std::to_string(random.below(4));
        unsigned sum = 0;
        for (const char c : tag) sum ^= static_cast<unsigned char>(c);
        char hex[4];
        std::snprintf(hex, sizeof hex, "*%02X", sum & 0xFF);
        line = "\\" + tag + hex + "\\" + line;
      }
      if (random.below(20) == 0)
        line[random.below(line.size() - 1)] = static_cast<char>(33 + random.below(90));
      sentences.erase(0, end);
      if (random.below(4) == 0) {
        waiting.push_back(line);
      } else if (random.below(30) != 0) {
        text += line;
      }
    }
    while (!waiting.empty() && random.below(2) == 0) {
      text += waiting.back();
      waiting.pop_back();
    }
  }
  return text;
}

struct Result {
  std::vector<model::Position> positions;
  std::vector<model::VesselStatic> statics;
  FeedReport report;
};

Result read(std::string_view text, unsigned threads, std::size_t block, bool lasting, Random& random) {
  Result out;
  const model::FeedSink sink = [&](const model::FeedBatch& batch) {
    for (std::size_t i = 0; i < batch.positions.size(); ++i) out.positions.push_back(batch.positions.row(i));
    out.statics.insert(out.statics.end(), batch.statics.begin(), batch.statics.end());
  };
  FeedContext context;
  context.feed = 3;
  context.options.batch_rows = 1 + random.below(60);
  context.options.start_time = 99000;
  Batcher batcher(sink, context.options.batch_rows);
  const auto reader = threads == 1 ? make_nmea_reader(context, batcher)
                                   : make_threaded_nmea_reader(context, batcher, threads, 1500);
  if (lasting) reader->lasting(text);
  while (!text.empty()) {
    const std::size_t end = text.find('\n', std::min(text.size() - 1, random.below(block))) + 1;
    reader->block(text.substr(0, end));
    text.remove_prefix(end);
    if (text.size() % 977 == 0) reader->overlong();  // depends on the text alone
  }
  reader->end();
  batcher.flush();
  reader->finish(out.report);
  return out;
}

TEST(Threaded, RowsAndReportAreThoseOfOneThread) {
  Random random{21};
  for (int round = 0; round < 12; ++round) {
    const std::string text = any_feed(random, 3000);
    const Result one = read(text, 1, 1, false, random);
    ASSERT_GT(one.positions.size(), 300U);
    ASSERT_GT(one.statics.size(), 30U);
    for (const unsigned threads : {2U, 4U}) {
      const Result many = read(text, threads, 1, round % 2 == 0, random);
      ASSERT_EQ(many.positions.size(), one.positions.size());
      for (std::size_t i = 0; i < one.positions.size(); ++i)
        ASSERT_TRUE(test::same(one.positions[i], many.positions[i])) << i;
      ASSERT_EQ(many.statics.size(), one.statics.size());
      for (std::size_t i = 0; i < one.statics.size(); ++i) {
        ASSERT_EQ(one.statics[i].where, many.statics[i].where);
        ASSERT_EQ(one.statics[i].name, many.statics[i].name);
        ASSERT_EQ(one.statics[i].time, many.statics[i].time);
      }
      EXPECT_EQ(many.report.lines, one.report.lines);
      EXPECT_EQ(many.report.messages, one.report.messages);
      EXPECT_EQ(many.report.rejects.summary(), one.report.rejects.summary());
    }
  }
}

class Threads {  // in the environment, where base::thread_count() looks
 public:
  explicit Threads(const char* count) { ::setenv("CORDON_THREADS", count, 1); }
  ~Threads() { ::unsetenv("CORDON_THREADS"); }
};

TEST(Threaded, AFileGivesTheSameBytes) {
  Random random{22};
  std::string text;
  while (text.size() < (6 << 20)) text += any_feed(random, 2000);
  text += "\xEF\xBB\xBF!AIVDM,1,1,,A,without an ending";
  const auto path =
      std::filesystem::temp_directory_path() / ("cordon_threaded_" + std::to_string(::getpid()));
  std::ofstream(path, std::ios::binary) << text;
  const auto decode = [&](const char* threads, FeedReport& report) {
    const Threads scope(threads);
    EXPECT_EQ(threads_for(path), static_cast<unsigned>(std::atoi(threads)));
    std::string out;
    DecodeOptions options;
    options.json.extra = true;
    const auto done = decode_feed(path, options, [&](std::string_view piece) -> base::Result<void> {
      out += piece;
      return {};
    });
    EXPECT_TRUE(done);
    if (done) report = *done;
    return out;
  };
  FeedReport one, three;
  const std::string a = decode("1", one), b = decode("3", three);
  std::filesystem::remove(path);
  EXPECT_GT(a.size(), text.size());
  EXPECT_TRUE(a == b);
  EXPECT_EQ(one.lines, three.lines);
  EXPECT_EQ(one.rejects.summary(), three.rejects.summary());
}

}  // namespace
}  // namespace cordon::ais
