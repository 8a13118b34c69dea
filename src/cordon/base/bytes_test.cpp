#include "cordon/base/bytes.hpp"

#include <gtest/gtest.h>
#include <lzma.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <fstream>
#include <random>
#include <thread>

namespace cordon::base {
namespace {

namespace fs = std::filesystem;

class Bytes : public testing::Test {
 protected:
  Bytes() {
    static int counter = 0;
    folder_ = fs::path(testing::TempDir()) /
              ("cordon_bytes_" + std::to_string(::getpid()) + '_' + std::to_string(counter++));
    fs::create_directories(folder_);
  }
  ~Bytes() override { fs::remove_all(folder_); }
  fs::path put(const std::string& name, std::string_view bytes) const {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return folder_ / name;
  }
  fs::path folder_;
};

std::string gz(std::string_view plain) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, plain.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(out.size() - stream.avail_out);
  deflateEnd(&stream);
  return out;
}

std::string zst(std::string_view plain) {
  std::string out(ZSTD_compressBound(plain.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), plain.data(), plain.size(), 3));
  return out;
}

std::string xz(std::string_view plain) {
  std::string out(lzma_stream_buffer_bound(plain.size()), '\0');
  std::size_t size = 0;
  lzma_easy_buffer_encode(1, LZMA_CHECK_CRC64, nullptr, reinterpret_cast<const std::uint8_t*>(plain.data()),
                          plain.size(), reinterpret_cast<std::uint8_t*>(out.data()), &size, out.size());
  out.resize(size);
  return out;
}

std::string sample(std::size_t size) {
  std::mt19937 random(5);
  std::string out;
  while (out.size() < size) out += "!AIVDM,1,1,,A," + std::to_string(random()) + ",0*00\n";
  out.resize(size);
  return out;
}

using Packer = std::string (*)(std::string_view);
struct Format {
  const char* name;
  Packer pack;
  std::size_t magic;
};
constexpr Format kFormats[] = {{"gz", gz, 2}, {"zst", zst, 4}, {"xz", xz, 6}};

TEST_F(Bytes, PlainFilesComeBack) {
  for (const std::size_t size : {0, 1, 5, 6, 4096, 3 << 20}) {
    const std::string text = sample(size);
    const auto path = put("plain", text);
    EXPECT_EQ(read_file(path).value(), text);
    const auto mapped = MappedFile::open(path);
    ASSERT_TRUE(mapped);
    EXPECT_EQ(mapped->view(), text);
  }
  // Beginnings of a magic number that turn out to be text.
  for (const char* text : {"\x1F", "\x28", "\x28\xB5\x2F", "\xFD\x37zXZ", "\x1Fx"}) {
    EXPECT_EQ(read_file(put("plain", text)).value(), text);
  }
}

TEST_F(Bytes, ArchivesAreKnownByContentNotByName) {
  const std::string text = sample(5 << 20);
  for (const auto& format : kFormats) {
    EXPECT_EQ(read_file(put("x.csv", format.pack(text))).value(), text) << format.name;
    EXPECT_EQ(read_file(put("x.csv", format.pack(""))).value(), "") << format.name;
  }
}

TEST_F(Bytes, SeveralMembersFollowEachOther) {
  for (const auto& format : kFormats) {
    std::string packed, plain;
    for (int i = 0; i < 50; ++i) {
      const std::string part = "part " + std::to_string(i) + "\n";
      packed += format.pack(part);
      plain += part;
    }
    EXPECT_EQ(read_file(put("many", packed)).value(), plain) << format.name;
  }
  EXPECT_EQ(read_file(put("padded", gz("x") + std::string(700, '\0'))).value(), "x");
  const auto garbage = read_file(put("garbage", gz("x") + "tail"));
  ASSERT_FALSE(garbage);
  EXPECT_NE(garbage.error().message.find("not gzip"), std::string::npos) << garbage.error().message;
}

TEST_F(Bytes, EveryTruncationIsAnError) {
  const std::string text = sample(3000);
  for (const auto& format : kFormats) {
    const std::string packed = format.pack(text);
    for (std::size_t size = format.magic; size < packed.size(); ++size) {
      const auto got = read_file(put("cut", packed.substr(0, size)));
      ASSERT_FALSE(got) << format.name << " cut at " << size << " of " << packed.size();
      ASSERT_NE(got.error().message.find("cut: "), std::string::npos);
    }
  }
}

TEST_F(Bytes, DamageIsAnErrorOrSeenByTheChecksum) {
  const std::string text = sample(3000);
  std::mt19937 random(1);
  for (const auto& format : kFormats) {
    const std::string packed = format.pack(text);
    for (int i = 0; i < 300; ++i) {
      std::string bad = packed;
      bad[format.magic + random() % (bad.size() - format.magic)] ^= static_cast<char>(1 + random() % 255);
      const auto got = read_file(put("bad", bad));  // must end, with an error or with text; never crash
      if (got && format.pack != zst) {
        EXPECT_EQ(*got, text) << format.name;  // zstd writes no checksum unless asked
      }
    }
  }
}

TEST_F(Bytes, TheLimitStopsABomb) {
  const std::string zeros(50 << 20, '\0');
  for (const auto& format : kFormats) {
    const auto path = put("bomb", format.pack(zeros));
    EXPECT_LT(fs::file_size(path), 100'000U);
    const auto got = read_file(path, 1 << 20);
    ASSERT_FALSE(got);
    EXPECT_NE(got.error().message.find("1048576 bytes"), std::string::npos) << got.error().message;
    EXPECT_EQ(read_file(path)->size(), zeros.size());
  }
  EXPECT_FALSE(read_file(put("plain", "123456"), 5));
  EXPECT_EQ(read_file(put("plain", "123456"), 6).value(), "123456");
}

TEST_F(Bytes, OneClearErrorEach) {
  EXPECT_EQ(read_file(folder_ / "none").error().message, (folder_ / "none").string() + ": no such file");
  EXPECT_EQ(read_file(folder_).error().message, folder_.string() + ": is a directory, expected a file");
  EXPECT_FALSE(MappedFile::open(folder_));
  EXPECT_FALSE(MappedFile::open("/dev/null"));
  EXPECT_EQ(read_file("/dev/null").value(), "");
  if (fs::exists("/proc/self/status")) {
    EXPECT_FALSE(read_file("/proc/self/status")->empty());
  }
}

TEST_F(Bytes, ASinkMayStop) {
  const auto path = put("plain", sample(5 << 20));
  int calls = 0;
  EXPECT_TRUE(read_chunks(path, [&](std::string_view) { return ++calls < 2; }));
  EXPECT_EQ(calls, 2);
}

TEST_F(Bytes, APipeIsPushedAsItComes) {
  const auto path = folder_ / "pipe";
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  const std::string packed = gz("first line\nsecond line\n");
  std::thread writer([&] {
    std::ofstream pipe(path, std::ios::binary);
    for (const char c : packed) {  // byte by byte: the magic number arrives in pieces
      pipe.put(c);
      pipe.flush();
    }
  });
  std::string got;
  const auto done = read_chunks(path, [&](std::string_view bytes) {
    got += bytes;
    return true;
  });
  writer.join();
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(got, "first line\nsecond line\n");
}

}  // namespace
}  // namespace cordon::base
