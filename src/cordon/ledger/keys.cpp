#include "cordon/ledger/keys.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <memory>
#include <utility>

#include "cordon/base/bytes.hpp"
#include "cordon/base/sha256.hpp"

namespace cordon::ledger {
namespace {

constexpr std::size_t kKeyBytes = 32, kSignatureBytes = 64, kLongestKeyFile = 64 * 1024;

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct FreeBio {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
struct FreeDigest {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;
using Bio = std::unique_ptr<BIO, FreeBio>;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string to_hex(const unsigned char* bytes, std::size_t size) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  out.reserve(2 * size);
  for (std::size_t i = 0; i < size; ++i) {
    out += kDigits[bytes[i] >> 4];
    out += kDigits[bytes[i] & 15];
  }
  return out;
}

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

// Empty where the text is not `size` bytes in lower-case hexadecimal.
std::string from_hex(std::string_view hex, std::size_t size) {
  if (hex.size() != 2 * size) return {};
  std::string out;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const int high = digit(hex[i]), low = digit(hex[i + 1]);
    if (high < 0 || low < 0) return {};
    out += static_cast<char>(high * 16 + low);
  }
  return out;
}

std::string public_hex(const EVP_PKEY* key) {
  std::array<unsigned char, kKeyBytes> raw{};
  std::size_t size = raw.size();
  if (EVP_PKEY_get_raw_public_key(key, raw.data(), &size) != 1 || size != raw.size()) return {};
  return to_hex(raw.data(), raw.size());
}

base::Result<void> write_new(const std::filesystem::path& path, std::string_view text, mode_t mode) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (fd < 0 && errno == EEXIST)
    return base::fail("{}: exists already; a key is never overwritten", path.string());
  if (fd < 0) return base::fail("{}: cannot be written: {}", path.string(), std::strerror(errno));
  const bool written =
      ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(fd) == 0;
  const int code = errno;
  ::close(fd);
  if (written) return {};
  ::unlink(path.c_str());
  return base::fail("{}: cannot be written: {}", path.string(), std::strerror(code));
}

std::string text_of(const Bio& bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

// A passphrase is never asked for: a key that has one cannot be read unattended.
int no_passphrase(char*, int, int, void*) {
  return -1;
}

}  // namespace

base::Result<PublicKey> PublicKey::read(const std::filesystem::path& path) {
  auto text = base::read_file(path, kLongestKeyFile);
  if (!text) return tl::unexpected(text.error());
  const Bio bio(BIO_new_mem_buf(text->data(), static_cast<int>(text->size())));
  Key key(PEM_read_bio_PUBKEY(bio.get(), nullptr, no_passphrase, nullptr));
  if (!key) {
    const Bio again(BIO_new_mem_buf(text->data(), static_cast<int>(text->size())));
    key.reset(PEM_read_bio_PrivateKey(again.get(), nullptr, no_passphrase, nullptr));
  }
  if (!key || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_ED25519)
    return base::fail("{}: expected an Ed25519 key in PEM form", path.string());
  return from_hex(public_hex(key.get()));
}

base::Result<PublicKey> PublicKey::from_hex(std::string_view hex) {
  if (ledger::from_hex(hex, kKeyBytes).empty())
    return base::fail("expected a public key of {} hexadecimal digits, found '{:.80}'", 2 * kKeyBytes, hex);
  PublicKey key;
  key.hex_ = hex;
  return key;
}

std::string PublicKey::fingerprint() const {
  const std::string hash = base::sha256_hex(ledger::from_hex(hex_, kKeyBytes));
  std::string out;
  for (std::size_t i = 0; i < 32; i += 4) out += (i == 0 ? "" : " ") + hash.substr(i, 4);
  return out;
}

bool PublicKey::verify(std::string_view message, std::string_view signature_hex) const {
  const std::string raw = ledger::from_hex(hex_, kKeyBytes);
  const std::string signature = ledger::from_hex(signature_hex, kSignatureBytes);
  if (raw.empty() || signature.empty()) return false;
  const Key key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes_of(raw), raw.size()));
  const std::unique_ptr<EVP_MD_CTX, FreeDigest> context(EVP_MD_CTX_new());
  return key && context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(message),
                          message.size()) == 1;
}

base::Result<SigningKey> SigningKey::create(const std::filesystem::path& path) {
  Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  const Bio secret(BIO_new(BIO_s_mem())), open(BIO_new(BIO_s_mem()));
  if (!key || PEM_write_bio_PrivateKey(secret.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1 ||
      PEM_write_bio_PUBKEY(open.get(), key.get()) != 1)
    return base::fail("no key could be made");
  auto beside = path;
  beside += ".pub";
  std::error_code error;
  if (std::filesystem::exists(beside, error))
    return base::fail("{}: exists already; a key is never overwritten", beside.string());
  if (auto done = write_new(path, text_of(secret), 0600); !done) return tl::unexpected(done.error());
  if (auto done = write_new(beside, text_of(open), 0644); !done) return tl::unexpected(done.error());
  return SigningKey(key.release());
}

base::Result<SigningKey> SigningKey::read(const std::filesystem::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && (status.st_mode & 077) != 0)
    return base::fail("{}: others than its owner may read this key; expected mode 600, found {:o}",
                      path.string(), status.st_mode & 0777);
  auto text = base::read_file(path, kLongestKeyFile);
  if (!text) return tl::unexpected(text.error());
  const Bio bio(BIO_new_mem_buf(text->data(), static_cast<int>(text->size())));
  Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, nullptr));
  if (!key || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_ED25519)
    return base::fail("{}: expected a private Ed25519 key in PEM form, without a passphrase", path.string());
  return SigningKey(key.release());
}

std::string SigningKey::sign(std::string_view message) const {
  const std::unique_ptr<EVP_MD_CTX, FreeDigest> context(EVP_MD_CTX_new());
  std::array<unsigned char, kSignatureBytes> signature{};
  std::size_t size = signature.size();
  if (!context ||
      EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, static_cast<EVP_PKEY*>(key_)) != 1 ||
      EVP_DigestSign(context.get(), signature.data(), &size, bytes_of(message), message.size()) != 1)
    return {};
  return to_hex(signature.data(), size);
}

PublicKey SigningKey::public_key() const {
  return *PublicKey::from_hex(public_hex(static_cast<EVP_PKEY*>(key_)));
}

SigningKey::SigningKey(SigningKey&& other) noexcept : key_(std::exchange(other.key_, nullptr)) {}
SigningKey& SigningKey::operator=(SigningKey&& other) noexcept {
  std::swap(key_, other.key_);
  return *this;
}
SigningKey::~SigningKey() {
  EVP_PKEY_free(static_cast<EVP_PKEY*>(key_));
}

}  // namespace cordon::ledger
