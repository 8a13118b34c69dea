// Who may log in. One file, one line a user or a token, made by `cordon serve user`; only its owner may read
// it.
//   # comment
//   NAME ROLE $argon2id$v=19$m=65536,t=3,p=1$...      a password
//   NAME ROLE sha256:64 hexadecimal digits            a token of a program, by its digest
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/result.hpp"
#include "serve/http.hpp"

namespace cordon::serve {

class Users {
 public:
  struct User {
    Role role = Role::viewer;
    std::string password;             // argon2id, encoded; empty: cannot log in with one
    std::vector<std::string> tokens;  // digests
  };
  // A missing file holds nobody. Refuses a file that others than its owner may read, and a line it does not
  // understand.
  static base::Result<Users> read(const std::filesystem::path& path);
  base::Result<void> write(const std::filesystem::path& path) const;

  const User* find(std::string_view name) const;
  const std::map<std::string, User, std::less<>>& all() const { return users_; }
  // Makes the user, or gives him another role or password. A name is 1 to 64 letters, digits and . _ - @
  base::Result<void> set(std::string_view name, Role role, std::string_view password);
  bool remove(std::string_view name);
  // The new token, which is told once and never again.
  base::Result<std::string> add_token(std::string_view name, Role role);

  // Takes 100 ms and 64 MiB on purpose; as long for a name that nobody has.
  bool check_password(std::string_view name, std::string_view password) const;
  // The user of a token, or null.
  const std::pair<const std::string, User>* by_token(std::string_view token) const;

 private:
  void index_tokens();
  std::map<std::string, User, std::less<>> users_;
  std::map<std::string, std::string, std::less<>> name_of_token_;  // by digest
};

// bytes of the system's randomness, as hexadecimal digits.
std::string random_hex(std::size_t bytes);
// Takes as long whatever differs.
bool same_secret(std::string_view a, std::string_view b);

inline constexpr std::size_t kShortestPassword = 10;

}  // namespace cordon::serve
