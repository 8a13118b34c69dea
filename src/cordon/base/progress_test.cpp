#include "cordon/base/progress.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <thread>

namespace cordon::base {
namespace {

// What two advances, 1.1 s apart, write to `stderr_to`.
void work_with_stderr(int stderr_to) {
  const int kept = ::dup(STDERR_FILENO);
  ::dup2(stderr_to, STDERR_FILENO);
  {
    Progress progress("reading", 4000, "lines");
    progress.advance(1000);
    std::this_thread::sleep_for(std::chrono::milliseconds(1100));
    progress.advance(1000);
  }
  ::dup2(kept, STDERR_FILENO);
  ::close(kept);
}

TEST(Progress, SpeaksOnATerminalOnly) {
  int pipe_ends[2];
  ASSERT_EQ(::pipe(pipe_ends), 0);
  work_with_stderr(pipe_ends[1]);
  ::close(pipe_ends[1]);
  char text[4096];
  EXPECT_EQ(::read(pipe_ends[0], text, sizeof text), 0);
  ::close(pipe_ends[0]);

  const int master = ::posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK);
  if (master < 0 || ::grantpt(master) != 0 || ::unlockpt(master) != 0)
    GTEST_SKIP() << "no terminal to be had";
  const int slave = ::open(::ptsname(master), O_RDWR | O_NOCTTY);
  if (slave < 0) GTEST_SKIP() << "no terminal to be had";
  work_with_stderr(slave);
  const ssize_t size = ::read(master, text, sizeof text);
  ASSERT_GT(size, 0);
  const std::string shown(text, static_cast<std::size_t>(size));
  EXPECT_NE(shown.find("reading: 2.00 k lines, "), std::string::npos) << shown;
  EXPECT_NE(shown.find("50 %, 0:01 left"), std::string::npos) << shown;
  ::close(slave);
  ::close(master);
}

}  // namespace
}  // namespace cordon::base
