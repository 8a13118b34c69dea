#include "cordon/detect/checkpoint.hpp"

#include <string_view>

#include "cordon/base/bytes.hpp"
#include "cordon/base/sha256.hpp"
#include "cordon/detect/archive.hpp"

namespace cordon::detect {
namespace {

// The last byte is the version of the form; the checksum (64 hexadecimal digits) and the content follow.
constexpr std::string_view kMark = "cordon detect checkpoint\n\1";
constexpr std::size_t kChecksum = 64;

}  // namespace

base::Result<void> write_checkpoint(const std::filesystem::path& path, Checkpoint& checkpoint) {
  std::string content;
  Saver saver(content);
  saver(checkpoint);
  auto file = base::OutputFile::create(path);
  if (!file) return tl::unexpected(file.error());
  const std::string checksum = base::sha256_hex(content);
  for (const std::string_view part : {kMark, std::string_view(checksum), std::string_view(content)})
    if (auto done = file->write(part); !done) return done;
  return file->commit();
}

base::Result<Checkpoint> read_checkpoint(const std::filesystem::path& path) {
  const auto bytes = base::read_file(path);
  if (!bytes) return tl::unexpected(bytes.error());
  std::string_view rest = *bytes;
  if (!rest.starts_with(kMark) || rest.size() < kMark.size() + kChecksum)
    return base::fail("{}: expected a checkpoint of this version, found something else", path.string());
  rest.remove_prefix(kMark.size());
  const std::string_view checksum = rest.substr(0, kChecksum), content = rest.substr(kChecksum);
  if (base::sha256_hex(content) != checksum)
    return base::fail("{}: the checkpoint is damaged: its checksum is another", path.string());
  Checkpoint out;
  Loader loader(content);
  loader(out);
  if (!loader.good() || !loader.at_end()) return base::fail("{}: expected a whole checkpoint", path.string());
  return out;
}

}  // namespace cordon::detect
