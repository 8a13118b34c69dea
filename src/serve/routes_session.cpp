// Logging in and out. Every attempt is in the ledger.
#include <fmt/format.h>

#include "cordon/base/json.hpp"
#include "serve/audit.hpp"
#include "serve/guard.hpp"
#include "serve/query_json.hpp"
#include "serve/router.hpp"
#include "serve/services.hpp"

namespace cordon::serve::routes {
namespace {

std::string cookie(const Guard& guard, std::string_view value, std::string_view more) {
  return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict{}{}", kCookie, value,
                     guard.secure() ? "; Secure" : "", more);
}

Response told(const Guard& guard, std::string_view name, Role role, std::string_view csrf) {
  Response response;
  base::JsonWriter json(response.body);
  json.begin_object();
  json.key("user");
  if (role == Role::open) {
    json.null();
  } else {
    json.begin_object();
    json.field("name", name);
    json.field("role", to_string(role));
    json.end_object();
  }
  json.field("csrf", csrf);
  json.key("roles");
  json.begin_array();
  for (const Role each : {Role::viewer, Role::analyst, Role::approver, Role::admin})
    json.value(to_string(each));
  json.end_array();
  json.field("four_eyes", true);
  json.field("login", guard.has_users());
  json.end_object();
  return response;
}

}  // namespace

Response session(const Call& call) {
  auto& guard = *call.services.guard;
  std::string csrf;
  if (!call.request.session.empty())
    if (const auto found = guard.sessions().find(call.request.session)) csrf = found->csrf;
  return told(guard, call.request.who->name, call.request.who->role, csrf);
}

Response login(const Call& call) {
  auto& guard = *call.services.guard;
  if (!guard.has_users()) return error(409, "this server has no users: there is nobody to log in as");
  if (!call.request.content_type.starts_with("application/json"))
    return error(415, "expected application/json");
  const auto fields = read_fields(call.request.body);
  if (!fields) return error(fields.error());
  std::string name, password;
  for (const auto& [field, value] : *fields) {
    if (field == "name") name = value;
    if (field == "password") password = value;
  }
  if (name.empty() || password.empty()) return error(400, "expected name and password");
  const auto too_many = [] {
    return std::move(
        error(429, "too many failed attempts; try again in a few minutes").header("Retry-After", "300"));
  };
  const std::string address(call.request.remote);
  std::string said = R"({"name":)";
  base::append_json_string(said, name.substr(0, 64));
  said += R"(,"address":)";
  base::append_json_string(said, address);
  said += '}';
  bool good = false;
  {
    const std::lock_guard one_at_a_time(guard.password_lock());
    if (!guard.attempts_by_name().allowed(name) || !guard.attempts_by_address().allowed(address))
      return too_many();
    good = guard.users()->check_password(name, password);
    if (!good) guard.attempts_by_name().failed(name), guard.attempts_by_address().failed(address);
  }
  if (auto done = audit(call, good ? "session.login" : "session.refused", "", std::move(said)); !done)
    return error(503, "the ledger cannot be written, so nobody can log in");
  if (!good) return error(401, "name or password is wrong");
  guard.attempts_by_name().succeeded(name);
  // A session that was open in this browser ends: its cookie is given away with the new one.
  if (!call.request.session.empty()) guard.sessions().close(call.request.session);
  const auto opened = guard.sessions().open(name);
  Response response = told(guard, name, guard.users()->find(name)->role, opened.csrf);
  response.header("Set-Cookie", cookie(guard, opened.cookie, ""));
  return response;
}

Response logout(const Call& call) {
  auto& guard = *call.services.guard;
  if (!call.request.session.empty()) {
    guard.sessions().close(call.request.session);
    (void)audit(call, "session.logout", "");
  }
  Response response;
  response.status = 204;
  response.header("Set-Cookie", cookie(guard, "", "; Max-Age=0"));
  return response;
}

}  // namespace cordon::serve::routes
