// SHA-256 of bytes and files: names one version of a file for good, whatever it is called.
#pragma once
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "cordon/base/result.hpp"

namespace cordon::base {

// 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

// The same for bytes that come in pieces.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  void push(std::string_view bytes);
  std::string hex();  // once; ends it

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Of the bytes as they lie on disk: a packed file is not unpacked. Fails where the file cannot be read.
Result<std::string> sha256_of_file(const std::filesystem::path& path);

}  // namespace cordon::base
