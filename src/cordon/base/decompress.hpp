// gz, zst and xz as push decoders: compressed bytes in, plain bytes out, constant memory.
#pragma once
#include <memory>
#include <string_view>

#include "cordon/base/bytes.hpp"
#include "cordon/base/result.hpp"

namespace cordon::base {

class Decoder {
 public:
  virtual ~Decoder() = default;
  // false: the sink wants no more. Errors name the offset in the compressed stream.
  virtual Result<bool> push(std::string_view in, const ByteSink& sink) = 0;
  // At the end of the input: fails where it ended in the middle of a member, frame or stream.
  virtual Result<void> finish(const ByteSink& sink) = 0;
};

enum class Packing { unknown, plain, gzip, zstd, xz };
// unknown: too few bytes to tell; only a proper prefix of a magic number is that.
Packing packing_of(std::string_view first_bytes);
// Never for plain or unknown.
std::unique_ptr<Decoder> make_decoder(Packing packing);

}  // namespace cordon::base
