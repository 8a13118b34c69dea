#include "serve/guard.hpp"

#include <algorithm>
#include <utility>

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

// "a=1; cordon_session=2" -> "2".
std::string_view cookie_value(std::string_view header) {
  for (auto part : base::split(header, ';')) {
    part = base::trim(part);
    if (part.starts_with(kCookie) && part.substr(kCookie.size()).starts_with('='))
      return part.substr(kCookie.size() + 1);
  }
  return {};
}

std::string_view bearer(std::string_view authorization) {
  constexpr std::string_view kScheme = "bearer ";
  if (authorization.size() <= kScheme.size() ||
      !base::iequals(authorization.substr(0, kScheme.size()), kScheme))
    return {};
  return base::trim(authorization.substr(kScheme.size()));
}

std::string_view host_of(std::string_view url) {
  const auto scheme = url.find("://");
  return scheme == url.npos ? url : url.substr(scheme + 3);
}

}  // namespace

base::Result<std::unique_ptr<Guard>> Guard::make(Options options) {
  std::unique_ptr<Guard> guard(new Guard(std::move(options)));
  if (auto done = guard->reload(); !done) return tl::unexpected(done.error());
  return guard;
}

base::Result<void> Guard::reload() {
  if (!has_users()) return {};
  auto users = Users::read(options_.users);
  if (!users) return tl::unexpected(users.error());
  if (users->all().empty())
    return base::fail("{}: no users; `cordon serve user add NAME --role admin --users {}` makes one",
                      options_.users, options_.users);
  const std::lock_guard lock(mutex_);
  users_ = std::make_shared<const Users>(std::move(*users));
  return {};
}

std::shared_ptr<const Users> Guard::users() const {
  const std::lock_guard lock(mutex_);
  return users_;
}

bool Guard::secure() const {
  return options_.tls || options_.public_url.starts_with("https://");
}

bool Guard::may_read(std::string_view origin) const {
  return std::find(options_.origins.begin(), options_.origins.end(), origin) != options_.origins.end();
}

std::string Guard::base(const Credentials& credentials) const {
  if (!options_.public_url.empty()) return options_.public_url;
  return (options_.tls ? "https://" : "http://") + std::string(credentials.host);
}

bool Guard::known_host(std::string_view host) const {
  const auto name = without_port(host);
  if (is_loopback_name(name) || (!options_.address.empty() && name == options_.address)) return true;
  if (!options_.public_url.empty()) return base::iequals(name, without_port(host_of(options_.public_url)));
  // With users a page that got here by a false name finds no cookie of ours, and can do nothing.
  return has_users() && !host.empty() && host.find(',') == host.npos;
}

// A browser says where the page that asks comes from; other programs say nothing.
std::optional<Response> Guard::check_origin(const Credentials& credentials) const {
  const bool elsewhere =
      credentials.origin.empty()
          ? credentials.fetch_site == "cross-site"
          : credentials.origin != base(credentials) && !may_read(credentials.origin) &&
                credentials.origin != (options_.tls ? "https://" : "http://") + std::string(credentials.host);
  if (!elsewhere) return std::nullopt;
  return error(403, "a page of another origin may not do this");
}

void Guard::find_who(Decision& decision, const Credentials& credentials) {
  if (!has_users()) {
    decision.who = {"local", Role::analyst, false};
    return;
  }
  const auto users = this->users();
  if (const auto token = bearer(credentials.authorization); !token.empty()) {
    if (const auto* user = users->by_token(token)) decision.who = {user->first, user->second.role, true};
    return;
  }
  const auto cookie = cookie_value(credentials.cookie);
  if (cookie.empty()) return;
  const auto session = sessions_.find(cookie);
  if (!session) return;
  // A role that was taken away is gone with the next request.
  const auto* user = users->find(session->user);
  if (!user || user->password.empty()) return;
  decision.who = {session->user, user->role, false};
  decision.session = cookie;
  decision.csrf = session->csrf;
}

Guard::Decision Guard::decide(Method method, Role least, const Credentials& credentials) {
  Decision decision;
  if (!known_host(credentials.host)) {
    decision.refusal = error(421, "this server does not go by the name in the Host header");
    return decision;
  }
  const bool changes = method != Method::get && method != Method::options;
  if (changes) {
    decision.refusal = check_origin(credentials);
    if (decision.refusal) return decision;
  }
  find_who(decision, credentials);
  if (changes && !decision.session.empty() && !same_secret(decision.csrf, credentials.csrf)) {
    decision.refusal =
        error(403, "changes need the header X-CSRF-Token with the token of GET /api/v1/session");
    return decision;
  }
  if (decision.who.role >= least) return decision;
  if (has_users() && decision.who.role == Role::open) {
    decision.refusal = error(401, "log in first, or send a token");
    decision.refusal->header("WWW-Authenticate", "Bearer realm=\"cordon\"");
  } else {
    decision.refusal =
        error(403, has_users() ? "your role does not allow this"
                               : "this needs a user with more rights: start the server with --users");
  }
  return decision;
}

}  // namespace cordon::serve
