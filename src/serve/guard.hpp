// Who may ask what. Without users there is one local analyst, and only programs of this machine reach him:
// the Host and Origin of a request are checked, so that no page from elsewhere asks through the user's
// browser (DNS rebinding, cross-site requests). With users, everybody logs in or brings a token.
#pragma once
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/result.hpp"
#include "serve/http.hpp"
#include "serve/sessions.hpp"
#include "serve/users.hpp"

namespace cordon::serve {

inline constexpr std::string_view kCookie = "cordon_session";

// The headers that say who asks, and from where.
struct Credentials {
  std::string_view host, origin, fetch_site, cookie, authorization, csrf;
};

class Guard {
 public:
  struct Options {
    std::string public_url;  // how others reach the server, e.g. through a proxy: "https://cordon.example"
    std::vector<std::string> origins;  // other pages that may ask: "http://127.0.0.1:3333"
    std::string users;                 // file; empty: one local analyst
    std::string address;               // listened to; a name it goes by
    bool tls = false;
  };
  static base::Result<std::unique_ptr<Guard>> make(Options options);

  struct Decision {
    Principal who;
    std::string session;              // the cookie's value; empty without a living session
    std::string csrf;                 // what changes must carry with it
    std::optional<Response> refusal;  // 401, 403 or 421
  };
  // least: what the route asks for.
  Decision decide(Method method, Role least, const Credentials& credentials);
  bool may_read(std::string_view origin) const;  // one of options.origins
  std::string base(const Credentials& credentials) const;

  bool has_users() const { return !options_.users.empty(); }
  std::shared_ptr<const Users> users() const;
  base::Result<void> reload();  // the file of users
  bool secure() const;          // cookies are for TLS only
  Sessions& sessions() { return sessions_; }
  Attempts& attempts_by_name() { return by_name_; }
  Attempts& attempts_by_address() { return by_address_; }
  std::mutex& password_lock() { return password_lock_; }  // one password at a time: each takes 64 MiB

 private:
  explicit Guard(Options options) : options_(std::move(options)) {}
  bool known_host(std::string_view host) const;
  std::optional<Response> check_origin(const Credentials& credentials) const;
  void find_who(Decision& decision, const Credentials& credentials);

  Options options_;
  mutable std::mutex mutex_;
  std::shared_ptr<const Users> users_;
  Sessions sessions_;
  Attempts by_name_{5}, by_address_{30};
  std::mutex password_lock_;
};

}  // namespace cordon::serve
