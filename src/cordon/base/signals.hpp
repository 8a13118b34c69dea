// What the program does when the system ends it early. Only main() asks for it: a library inside somebody
// else's program (the Python module) leaves the signals alone.
#pragma once
#include <cstddef>
#include <filesystem>
#include <string_view>

namespace cordon::base {

// SIGPIPE and SIGXFSZ (a file larger than the system allows) are ignored, so that the write fails and is told
// as any other. SIGINT, SIGTERM and SIGHUP end the program as they would, after the temporary files of
// OutputFile are gone. SIGBUS from a mapped file that became shorter while it was read, or whose disk failed,
// writes one line that names the file and exits with status 3; any other SIGBUS is a bug and ends the program
// as such.
void handle_signals();

// While one lives, the first SIGINT or SIGTERM does not end the program: stop_requested() becomes true, and
// who reads an endless input ends as at the end of a file. A second one ends the program. Without
// handle_signals() it changes nothing.
class StopScope {
 public:
  StopScope();
  ~StopScope();
  StopScope(const StopScope&) = delete;
  StopScope& operator=(const StopScope&) = delete;
};
bool stop_requested();

// The tables the handlers read; used by OutputFile and MappedFile. A handler may neither lock nor allocate,
// so the tables have a fixed size; what finds no place is not in them, and only misses the courtesy.
// Both return a key to forget the entry by; kNoKey where there was no place.
inline constexpr std::size_t kNoKey = static_cast<std::size_t>(-1);
std::size_t remember_temporary(const std::filesystem::path& path);
void forget_temporary(std::size_t key);
std::size_t remember_mapping(std::string_view bytes, const std::filesystem::path& path);
void forget_mapping(std::size_t key);

}  // namespace cordon::base
