#include "serve/users.hpp"

#include <argon2.h>
#include <sys/random.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "cordon/base/bytes.hpp"
#include "cordon/base/sha256.hpp"
#include "cordon/base/text.hpp"

namespace cordon::serve {
namespace {

using base::Result;

// RFC 9106's second recommended choice: 3 passes over 64 MiB.
constexpr std::uint32_t kPasses = 3, kMemoryKib = 64 * 1024, kLanes = 1, kHashBytes = 32, kSaltBytes = 16;
constexpr std::string_view kDigest = "sha256:";

void random_bytes(char* to, std::size_t size) {
  while (size > 0) {
    const auto got = ::getrandom(to, size, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) std::abort();  // without randomness there are no secrets
    to += got;
    size -= static_cast<std::size_t>(got);
  }
}

Result<std::string> hash_password(std::string_view password) {
  std::array<char, kSaltBytes> salt{};
  random_bytes(salt.data(), salt.size());
  std::string encoded(::argon2_encodedlen(kPasses, kMemoryKib, kLanes, kSaltBytes, kHashBytes, Argon2_id),
                      '\0');
  const int failed =
      ::argon2id_hash_encoded(kPasses, kMemoryKib, kLanes, password.data(), password.size(), salt.data(),
                              salt.size(), kHashBytes, encoded.data(), encoded.size());
  if (failed != ARGON2_OK) return base::fail("password: {}", ::argon2_error_message(failed));
  encoded.resize(std::strlen(encoded.c_str()));
  return encoded;
}

bool good_name(std::string_view name) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-@";
  return !name.empty() && name.size() <= 64 && name.find_first_not_of(kLetters) == name.npos;
}

}  // namespace

std::string random_hex(std::size_t bytes) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string raw(bytes, '\0'), out;
  random_bytes(raw.data(), raw.size());
  for (const char c : raw) {
    const auto byte = static_cast<unsigned char>(c);
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
  }
  return out;
}

bool same_secret(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned differs = 0;
  for (std::size_t i = 0; i < a.size(); ++i) differs |= static_cast<unsigned char>(a[i] ^ b[i]);
  return differs == 0;
}

Result<Users> Users::read(const std::filesystem::path& path) {
  Users users;
  struct stat about {};
  if (::stat(path.c_str(), &about) != 0) {
    if (errno == ENOENT) return users;
    return base::fail("{}: {}", path.string(), std::strerror(errno));
  }
  if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return base::fail("{}: others may read or write it; chmod 600 makes it the owner's alone", path.string());
  const auto text = base::read_file(path, std::size_t{16} << 20);
  if (!text) return tl::unexpected(text.error());
  std::size_t number = 0;
  for (const auto line : base::split(*text, '\n')) {
    ++number;
    const auto row = base::trim(line);
    if (row.empty() || row.front() == '#') continue;
    const auto parts = base::split(row, ' ');
    const auto role = parts.size() == 3 ? parse_role(parts[1]) : std::nullopt;
    const bool password = parts.size() == 3 && parts[2].starts_with("$argon2id$"),
               token = parts.size() == 3 && parts[2].starts_with(kDigest) &&
                       parts[2].size() == kDigest.size() + 64;
    if (!role || !good_name(parts[0]) || (!password && !token))
      return base::fail("{}: line {}: expected NAME ROLE and a password's or token's digest", path.string(),
                        number);
    User& user = users.users_[std::string(parts[0])];
    user.role = *role;
    if (password)
      user.password = parts[2];
    else
      user.tokens.emplace_back(parts[2].substr(kDigest.size()));
  }
  users.index_tokens();
  return users;
}

Result<void> Users::write(const std::filesystem::path& path) const {
  std::string text =
      "# Users of cordon serve: name, role, digest of a password or token. Keep it to yourself.\n";
  for (const auto& [name, user] : users_) {
    if (!user.password.empty())
      text += name + ' ' + std::string(to_string(user.role)) + ' ' + user.password + '\n';
    for (const auto& token : user.tokens)
      text += name + ' ' + std::string(to_string(user.role)) + ' ' + std::string(kDigest) + token + '\n';
  }
  const auto before = ::umask(0077);
  auto file = base::OutputFile::create(path);
  Result<void> done;
  if (!file) {
    done = tl::unexpected(file.error());
  } else {
    done = file->write(text);
    if (done) done = file->commit();
  }
  ::umask(before);
  if (done && ::chmod(path.c_str(), S_IRUSR | S_IWUSR) != 0)
    return base::fail("{}: {}", path.string(), std::strerror(errno));
  return done;
}

const Users::User* Users::find(std::string_view name) const {
  const auto found = users_.find(name);
  return found == users_.end() ? nullptr : &found->second;
}

Result<void> Users::set(std::string_view name, Role role, std::string_view password) {
  if (!good_name(name))
    return base::fail("name: expected up to 64 letters, digits and . _ - @, found '{}'", name);
  if (password.size() < kShortestPassword)
    return base::fail("password: expected at least {} characters", kShortestPassword);
  auto hash = hash_password(password);
  if (!hash) return tl::unexpected(hash.error());
  User& user = users_[std::string(name)];
  user.role = role;
  user.password = std::move(*hash);
  return {};
}

bool Users::remove(std::string_view name) {
  const auto found = users_.find(name);
  if (found == users_.end()) return false;
  users_.erase(found);
  index_tokens();
  return true;
}

Result<std::string> Users::add_token(std::string_view name, Role role) {
  if (!good_name(name))
    return base::fail("name: expected up to 64 letters, digits and . _ - @, found '{}'", name);
  const std::string token = "cordon-" + random_hex(32);
  User& user = users_[std::string(name)];
  user.role = role;
  user.tokens.push_back(base::sha256_hex(token));
  index_tokens();
  return token;
}

bool Users::check_password(std::string_view name, std::string_view password) const {
  static const std::string nobodys = [] {
    const auto hash = hash_password(random_hex(16));
    return hash ? *hash : std::string();
  }();
  const User* user = find(name);
  const bool known = user && !user->password.empty();
  const std::string& expected = known ? user->password : nobodys;
  return ::argon2id_verify(expected.c_str(), password.data(), password.size()) == ARGON2_OK && known;
}

const std::pair<const std::string, Users::User>* Users::by_token(std::string_view token) const {
  // Looked up by digest, so that how long it takes says nothing of the token.
  const auto name = name_of_token_.find(base::sha256_hex(token));
  if (name == name_of_token_.end()) return nullptr;
  const auto user = users_.find(name->second);
  return user == users_.end() ? nullptr : &*user;
}

void Users::index_tokens() {
  name_of_token_.clear();
  for (const auto& [name, user] : users_)
    for (const auto& token : user.tokens) name_of_token_[token] = name;
}

}  // namespace cordon::serve
