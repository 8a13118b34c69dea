// Who may ask what. Without users there is one local analyst, and only programs of this machine reach him:
// the Host and Origin of a request are checked, so that no page from elsewhere asks through the user's
// browser (DNS rebinding, cross-site requests). With users, everybody logs in or brings a token.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "serve/http.hpp"

namespace cordon::serve {

// The headers that say who asks, and from where.
struct Credentials {
  std::string_view host, origin, fetch_site, cookie, authorization, csrf;
};

class Guard {
 public:
  struct Options {
    std::vector<std::string> names;    // further host names the server answers to
    std::vector<std::string> origins;  // other pages that may ask: "http://127.0.0.1:3333"
    bool tls = false;
  };
  explicit Guard(Options options) : options_(std::move(options)) {}

  struct Decision {
    Principal who;
    std::string session;              // the cookie's value; empty without one
    std::optional<Response> refusal;  // 401, 403 or 421
  };
  // least: what the route asks for.
  Decision decide(Method method, Role least, const Credentials& credentials);
  bool may_read(std::string_view origin) const;  // one of options.origins

 private:
  Options options_;
};

}  // namespace cordon::serve
