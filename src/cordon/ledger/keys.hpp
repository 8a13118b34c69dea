// Ed25519 keys in PEM files (PKCS #8 and SubjectPublicKeyInfo), as openssl reads and writes them, and
// SHA-256.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "cordon/base/result.hpp"

namespace cordon::ledger {

class PublicKey {
 public:
  // A PEM file with a public (or, to compare, private) Ed25519 key.
  static base::Result<PublicKey> read(const std::filesystem::path& path);
  static base::Result<PublicKey> from_hex(std::string_view hex);
  const std::string& hex() const { return hex_; }  // the 32 bytes
  std::string fingerprint() const;                 // SHA-256 of the 32 bytes, in groups for people to compare
  bool verify(std::string_view message, std::string_view signature_hex) const;

 private:
  std::string hex_;
};

class SigningKey {
 public:
  // Writes PATH (mode 0600) and PATH.pub. Never overwrites either.
  static base::Result<SigningKey> create(const std::filesystem::path& path);
  // Refuses a file that others than its owner may read.
  static base::Result<SigningKey> read(const std::filesystem::path& path);
  std::string sign(std::string_view message) const;  // 128 hexadecimal digits
  PublicKey public_key() const;
  SigningKey(SigningKey&&) noexcept;
  SigningKey& operator=(SigningKey&&) noexcept;
  ~SigningKey();

 private:
  explicit SigningKey(void* key) : key_(key) {}
  void* key_ = nullptr;  // EVP_PKEY
};

}  // namespace cordon::ledger
