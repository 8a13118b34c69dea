#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <string>

#include "cordon/base/bytes.hpp"

namespace cordon::base {
namespace {

namespace fs = std::filesystem;

class Output : public testing::Test {
 protected:
  Output() {
    static int counter = 0;
    folder_ = fs::path(testing::TempDir()) /
              ("cordon_output_" + std::to_string(::getpid()) + '_' + std::to_string(counter++));
    fs::create_directories(folder_);
  }
  ~Output() override { fs::remove_all(folder_); }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }
  fs::path folder_;
};

TEST_F(Output, AppearsOnlyWhenCommitted) {
  const auto path = folder_ / "out";
  std::string expected;
  {
    auto file = OutputFile::create(path);
    ASSERT_TRUE(file);
    for (int i = 0; i < 200000; ++i) {
      const std::string line = "line " + std::to_string(i) + "\n";
      ASSERT_TRUE(file->write(line));
      expected += line;
    }
    const std::string large(3 << 20, 'x');  // larger than the buffer
    ASSERT_TRUE(file->write(large));
    expected += large;
    EXPECT_FALSE(fs::exists(path));
    ASSERT_TRUE(file->commit());
  }
  EXPECT_EQ(files(), 1U);
  EXPECT_EQ(read_file(path).value(), expected);
}

TEST_F(Output, WithoutCommitNothingIsLeftAndTheOldFileStays) {
  const auto path = folder_ / "out";
  std::ofstream(path) << "old";
  {
    auto file = OutputFile::create(path);
    ASSERT_TRUE(file);
    ASSERT_TRUE(file->write("new"));
    ASSERT_TRUE(file->flush());
    EXPECT_EQ(files(), 2U);
    auto moved = std::move(*file);
    ASSERT_TRUE(moved.write("more"));
  }
  EXPECT_EQ(files(), 1U);
  EXPECT_EQ(read_file(path).value(), "old");
}

TEST_F(Output, ReplacesAndFollowsALink) {
  std::ofstream(folder_ / "real") << "old";
  fs::create_symlink("real", folder_ / "link");
  auto file = OutputFile::create(folder_ / "link");
  ASSERT_TRUE(file);
  ASSERT_TRUE(file->write("new"));
  ASSERT_TRUE(file->commit());
  EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
  EXPECT_EQ(read_file(folder_ / "real").value(), "new");
}

TEST_F(Output, TheUmaskDecidesWhoMayRead) {
  const mode_t before = ::umask(027);
  auto file = OutputFile::create(folder_ / "out");
  ::umask(before);
  ASSERT_TRUE(file && file->commit());
  EXPECT_EQ(fs::status(folder_ / "out").permissions(), static_cast<fs::perms>(0640));
}

TEST_F(Output, OneClearErrorEach) {
  EXPECT_EQ(OutputFile::create(folder_).error().message,
            folder_.string() + ": is a directory, expected a file to write");
  const auto lost = folder_ / "none" / "out";
  EXPECT_EQ(OutputFile::create(lost).error().message, lost.string() + ": its folder does not exist");
}

TEST_F(Output, AFullDiskIsToldAndADeviceIsNotReplaced) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "needs /dev/full";
  auto file = OutputFile::create("/dev/full");
  ASSERT_TRUE(file);
  ASSERT_TRUE(file->write("x"));
  const auto done = file->commit();
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().message, "/dev/full: the disk is full");
  EXPECT_TRUE(fs::is_character_file("/dev/full"));
}

TEST_F(Output, AFailedWriteLeavesNothing) {
  // A limit on the size of files stands for a disk that fills up half way.
  std::signal(SIGXFSZ, SIG_IGN);
  struct rlimit before {};
  ::getrlimit(RLIMIT_FSIZE, &before);
  struct rlimit small = before;
  small.rlim_cur = 1 << 16;
  {
    auto file = OutputFile::create(folder_ / "out");
    ASSERT_TRUE(file);
    ::setrlimit(RLIMIT_FSIZE, &small);
    const auto wrote = file->write(std::string(2 << 20, 'x'));
    ::setrlimit(RLIMIT_FSIZE, &before);
    ASSERT_FALSE(wrote);
    EXPECT_NE(wrote.error().message.find("larger than the system allows"), std::string::npos);
  }
  EXPECT_EQ(files(), 0U);
}

TEST_F(Output, AReaderThatLeavesIsAnErrorNotADeath) {
  std::signal(SIGPIPE, SIG_IGN);
  const auto path = folder_ / "pipe";
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  const int reader = ::open(path.c_str(), O_RDONLY | O_NONBLOCK);
  auto file = OutputFile::create(path);
  ASSERT_TRUE(file);
  ::close(reader);
  ASSERT_TRUE(file->write("x"));
  const auto done = file->flush();
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().message, path.string() + ": the reader has gone");
}

}  // namespace
}  // namespace cordon::base
