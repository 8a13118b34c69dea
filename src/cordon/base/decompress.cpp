#include "cordon/base/decompress.hpp"

#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

namespace cordon::base {
namespace {

constexpr std::size_t kChunk = std::size_t{1} << 20;
constexpr std::string_view kGzipMagic = "\x1F\x8B", kZstdMagic = "\x28\xB5\x2F\xFD",
                           kXzMagic = std::string_view("\xFD\x37\x7A\x58\x5A\x00", 6);

// Members may follow each other (RFC 1952, as written by bgzip or by `cat a.gz b.gz`) and zeros may pad the
// end (tapes).
class Gzip final : public Decoder {
 public:
  Gzip() {
    if (inflateInit2(&stream_, 15 + 16) != Z_OK) throw std::runtime_error("zlib does not start");
  }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;
  ~Gzip() override { inflateEnd(&stream_); }

  Result<bool> push(std::string_view in, const ByteSink& sink) override {
    while (!in.empty()) {
      if (between_ && any_) {
        if (in.front() == '\0') {
          in.remove_prefix(1);
          ++offset_;
          continue;
        }
        if (in.front() != kGzipMagic.front()) {
          return fail("offset {}: bytes that are not gzip follow the compressed data", offset_);
        }
      }
      between_ = false;
      stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
      stream_.avail_in = static_cast<uInt>(in.size());
      int code = Z_OK;
      do {
        stream_.next_out = reinterpret_cast<Bytef*>(out_.data());
        stream_.avail_out = static_cast<uInt>(out_.size());
        code = inflate(&stream_, Z_NO_FLUSH);
        const std::size_t used = in.size() - stream_.avail_in;
        if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) {
          return fail("offset {}: damaged gzip data ({})", offset_ + used,
                      stream_.msg != nullptr ? stream_.msg : "no reason given");
        }
        const std::size_t made = out_.size() - stream_.avail_out;
        if (made != 0 && !sink({out_.data(), made})) return false;
      } while (code == Z_OK && stream_.avail_out == 0);
      const std::size_t used = in.size() - stream_.avail_in;
      offset_ += used;
      in.remove_prefix(used);
      if (code == Z_STREAM_END) {
        inflateReset(&stream_);
        between_ = any_ = true;
      }
    }
    return true;
  }
  Result<void> finish(const ByteSink&) override {
    if (!between_) return fail("offset {}: the gzip data ends too early", offset_);
    return {};
  }

 private:
  z_stream stream_{};
  std::string out_ = std::string(kChunk, '\0');
  std::uint64_t offset_ = 0;
  bool between_ = true, any_ = false;
};

class Zstd final : public Decoder {
 public:
  Zstd() : stream_(ZSTD_createDStream()) {
    if (stream_ == nullptr) throw std::runtime_error("zstd does not start");
  }
  Zstd(const Zstd&) = delete;
  Zstd& operator=(const Zstd&) = delete;
  ~Zstd() override { ZSTD_freeDStream(stream_); }

  Result<bool> push(std::string_view in, const ByteSink& sink) override {
    ZSTD_inBuffer from{in.data(), in.size(), 0};
    bool full = false;
    while (from.pos < from.size || full) {
      ZSTD_outBuffer to{out_.data(), out_.size(), 0};
      const std::size_t before = from.pos;
      const std::size_t code = ZSTD_decompressStream(stream_, &to, &from);
      if (ZSTD_isError(code) != 0) {
        return fail("offset {}: damaged zstd data ({})", offset_ + from.pos, ZSTD_getErrorName(code));
      }
      // A call that takes and makes nothing after a finished frame asks for the next frame's header: no news.
      if (from.pos != before || to.pos != 0) open_ = code != 0;
      if (to.pos != 0 && !sink({out_.data(), to.pos})) return false;
      full = to.pos == to.size;
    }
    offset_ += in.size();
    return true;
  }
  Result<void> finish(const ByteSink&) override {
    if (open_) return fail("offset {}: the zstd data ends too early", offset_);
    return {};
  }

 private:
  ZSTD_DStream* stream_;
  std::string out_ = std::string(kChunk, '\0');
  std::uint64_t offset_ = 0;
  bool open_ = false;
};

class Xz final : public Decoder {
 public:
  Xz() {
    // xz -9 needs 65 MiB to unpack; a header that asks for more than this is an attack or a mistake.
    constexpr std::uint64_t kMemory = std::uint64_t{256} << 20;
    if (lzma_stream_decoder(&stream_, kMemory, LZMA_CONCATENATED) != LZMA_OK) {
      throw std::runtime_error("lzma does not start");
    }
  }
  Xz(const Xz&) = delete;
  Xz& operator=(const Xz&) = delete;
  ~Xz() override { lzma_end(&stream_); }

  Result<bool> push(std::string_view in, const ByteSink& sink) override { return run(in, LZMA_RUN, sink); }
  Result<void> finish(const ByteSink& sink) override {
    const auto done = run({}, LZMA_FINISH, sink);
    if (!done) return tl::unexpected(done.error());
    return {};
  }

 private:
  Result<bool> run(std::string_view in, lzma_action action, const ByteSink& sink) {
    stream_.next_in = reinterpret_cast<const std::uint8_t*>(in.data());
    stream_.avail_in = in.size();
    for (;;) {
      stream_.next_out = reinterpret_cast<std::uint8_t*>(out_.data());
      stream_.avail_out = out_.size();
      const lzma_ret code = lzma_code(&stream_, action);
      const std::size_t made = out_.size() - stream_.avail_out;
      if (made != 0 && !sink({out_.data(), made})) return false;
      if (code == LZMA_STREAM_END) return true;
      if (code == LZMA_BUF_ERROR) {  // nothing to take, nothing to give
        if (action == LZMA_RUN) return true;
        return fail("offset {}: the xz data ends too early", stream_.total_in);
      }
      if (code == LZMA_MEMLIMIT_ERROR) return fail("xz data needs more than 256 MiB to unpack");
      if (code != LZMA_OK) {
        return fail("offset {}: damaged xz data (code {})", stream_.total_in, static_cast<int>(code));
      }
      if (action == LZMA_RUN && stream_.avail_in == 0 && stream_.avail_out != 0) return true;
    }
  }
  lzma_stream stream_ = LZMA_STREAM_INIT;
  std::string out_ = std::string(kChunk, '\0');
};

}  // namespace

Packing packing_of(std::string_view first) {
  bool more = false;
  const auto is = [&](std::string_view magic) {
    if (first.starts_with(magic)) return true;
    if (magic.starts_with(first)) more = true;
    return false;
  };
  if (is(kGzipMagic)) return Packing::gzip;
  if (is(kZstdMagic)) return Packing::zstd;
  if (is(kXzMagic)) return Packing::xz;
  return more ? Packing::unknown : Packing::plain;
}

std::unique_ptr<Decoder> make_decoder(Packing packing) {
  switch (packing) {
    case Packing::gzip:
      return std::make_unique<Gzip>();
    case Packing::zstd:
      return std::make_unique<Zstd>();
    case Packing::xz:
      return std::make_unique<Xz>();
    default:
      throw std::logic_error("no decoder for plain bytes");
  }
}

}  // namespace cordon::base
