#include "cordon/base/signals.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <numeric>
#include <string>

#include "cordon/base/bytes.hpp"

namespace cordon::base {
namespace {

class Signals : public testing::Test {
 protected:
  void SetUp() override {
    GTEST_FLAG_SET(death_test_style, "threadsafe");  // the handlers belong to the whole process
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder_), {}));
  }
  std::filesystem::path folder_ = std::filesystem::path(testing::TempDir()) / "cordon_signals_test";
};

void write_until_killed(const std::filesystem::path& path, int signal) {
  handle_signals();
  auto file = OutputFile::create(path);
  if (!file || !file->write("half a line") || !file->flush()) std::_Exit(99);
  std::raise(signal);
}

TEST_F(Signals, AKilledProgramLeavesNoTemporaryFile) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    EXPECT_EXIT(write_until_killed(folder_ / "out.json", signal), testing::KilledBySignal(signal), "");
    EXPECT_EQ(files(), 0U);
  }
}

void read_what_was_cut_off(const std::filesystem::path& path) {
  handle_signals();
  auto file = OutputFile::create(path);
  if (!file || !file->write(std::string(1 << 20, 'x')) || !file->commit()) std::_Exit(99);
  auto other = OutputFile::create(path.parent_path() / "result");
  const auto mapped = MappedFile::open(path);
  if (!mapped || !other || ::truncate(path.c_str(), 10) != 0) std::_Exit(99);
  const std::string_view all = mapped->view();
  std::_Exit(std::accumulate(all.begin(), all.end(), 0) == 0 ? 98 : 97);
}

TEST_F(Signals, AFileThatBecomesShorterIsNamed) {
  EXPECT_EXIT(read_what_was_cut_off(folder_ / "feed.nmea"), testing::ExitedWithCode(3),
              "^cordon: .*feed.nmea: the file became shorter, or its disk failed, while it was read\n$");
  EXPECT_EQ(files(), 1U);  // the input; the temporary of the result is gone
}

void stop_twice(int signal) {
  handle_signals();
  const StopScope scope;
  if (stop_requested()) std::_Exit(99);
  std::raise(signal);
  if (!stop_requested()) std::_Exit(98);
  std::raise(signal);
}

TEST_F(Signals, AnEndlessReaderIsAskedOnceThenTheProgramEnds) {
  for (const int signal : {SIGINT, SIGTERM})
    EXPECT_EXIT(stop_twice(signal), testing::KilledBySignal(signal), "");
}

TEST_F(Signals, PlacesAreGivenBack) {
  for (int i = 0; i < 1000; ++i) {
    const std::size_t key = remember_temporary("x");
    ASSERT_NE(key, kNoKey);
    forget_temporary(key);
  }
  EXPECT_EQ(remember_temporary(std::string(5000, 'x')), kNoKey);
  forget_temporary(kNoKey);
}

}  // namespace
}  // namespace cordon::base
