#include "serve/guard.hpp"

#include <algorithm>

#include "cordon/base/text.hpp"

namespace cordon::serve {
namespace {

// "localhost:8080" -> "localhost", "[::1]:8080" -> "[::1]".
std::string_view without_port(std::string_view host) {
  if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
  return host.substr(0, host.find(':'));
}

bool is_loopback_name(std::string_view name) {
  return base::iequals(name, "localhost") || name == "127.0.0.1" || name == "[::1]";
}

}  // namespace

bool Guard::may_read(std::string_view origin) const {
  return std::find(options_.origins.begin(), options_.origins.end(), origin) != options_.origins.end();
}

Guard::Decision Guard::decide(Method method, Role least, const Credentials& credentials) {
  Decision decision;
  const std::string_view name = without_port(credentials.host);
  const bool known = is_loopback_name(name) ||
                     std::any_of(options_.names.begin(), options_.names.end(),
                                 [&](const std::string& each) { return base::iequals(each, name); });
  if (!known) {
    decision.refusal = error(421, "this server does not go by the name in the Host header");
    return decision;
  }
  const bool changes = method != Method::get && method != Method::options;
  if (changes) {
    const std::string own = (options_.tls ? "https://" : "http://") + std::string(credentials.host);
    const bool elsewhere = credentials.origin.empty()
                               ? credentials.fetch_site == "cross-site"
                               : credentials.origin != own && !may_read(credentials.origin);
    if (elsewhere) {
      decision.refusal = error(403, "a page of another origin may not do this");
      return decision;
    }
  }
  decision.who = {"local", Role::analyst, false};
  if (least > decision.who.role)
    decision.refusal = error(403, "this needs a user with more rights: start the server with --users");
  return decision;
}

}  // namespace cordon::serve
