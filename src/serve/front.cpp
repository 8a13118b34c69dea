#include "serve/front.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <utility>

#include "serve/page.hpp"

namespace cordon::serve {
namespace {

constexpr std::string_view kPolicy =
    "default-src 'self'; worker-src 'self' blob:; img-src 'self' data: blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

bool has_header(const Response& response, std::string_view name) {
  return std::any_of(response.headers.begin(), response.headers.end(),
                     [&](const auto& header) { return header.first == name; });
}

// What programs ask for lies under these; every other path is the page's, which finds its own views.
bool is_programs_path(std::string_view path) {
  for (const std::string_view prefix :
       {"/api", "/match", "/search", "/entities", "/reconcile", "/algorithms", "/catalog", "/metrics"})
    if (path == prefix || (path.starts_with(prefix) && path[prefix.size()] == '/')) return true;
  return false;
}

Response not_allowed(const std::vector<Method>& allowed, bool asked) {
  std::string names;
  for (const Method method : allowed) {
    if (!names.empty()) names += ", ";
    names += to_string(method);
    if (method == Method::get) names += ", HEAD";
  }
  Response response = asked ? Response{} : error(405, fmt::format("this path takes {}", names));
  if (asked) {
    response.status = 204;
    response.header("Access-Control-Allow-Methods", names)
        .header("Access-Control-Allow-Headers", "Content-Type, Authorization")
        .header("Access-Control-Max-Age", "600");
  }
  response.header("Allow", names);
  return response;
}

}  // namespace

Admission Front::admit(const Head& head) {
  Admission out;
  Request& request = out.request;
  const auto refuse = [&](Response response) -> Admission {
    out.refusal = std::move(response);
    return std::move(out);
  };
  const std::size_t mark = head.target.find('?');
  const std::string_view path = head.target.substr(0, mark);
  auto decoded = percent_decode(path, false);
  if (path.empty() || path.front() != '/' || !decoded)
    return refuse(error(400, "the path must begin with '/' and be UTF-8, percent-encoded"));
  auto params = parse_query(mark == head.target.npos ? std::string_view{} : head.target.substr(mark + 1));
  if (!params) return refuse(error(400, "the query must be name=value pairs, UTF-8, percent-encoded"));
  request.method = head.method;
  request.path = std::move(*decoded);
  request.params = std::move(*params);
  request.content_type = head.content_type;
  request.accept = head.accept;
  request.accept_encoding = head.accept_encoding;
  request.if_none_match = head.if_none_match;
  request.last_event_id = head.last_event_id;
  request.remote = head.remote;
  request.base = guard_.base(head.credentials);

  Match match = find_route(head.method, path);
  auto decision = guard_.decide(head.method, match.route ? match.route->least : Role::open, head.credentials);
  if (decision.refusal) return refuse(std::move(*decision.refusal));
  out.who = std::move(decision.who);
  out.session = std::move(decision.session);
  if (!match.route) {
    if (!match.allowed.empty()) return refuse(not_allowed(match.allowed, head.method == Method::options));
    if (is_programs_path(request.path)) return refuse(error(404, "there is nothing at this path"));
    if (head.method != Method::get) return refuse(error(405, "only GET and HEAD here"));
    return out;
  }
  out.route = match.route;
  request.captures = std::move(match.captures);
  return out;
}

Response Front::answer(Admission& admission) {
  // Set here and not in admit(): the admission has moved to its place since.
  Request& request = admission.request;
  request.who = &admission.who;
  request.session = admission.session;
  if (!admission.route) return page_file(request);
  try {
    const auto state = services_.current.take();
    if (!state && admission.route->least != Role::open)
      return std::move(error(503, "lists and feeds are still being loaded").header("Retry-After", "1"));
    return admission.route->handler({request, state, services_});
  } catch (const std::exception& bug) {
    fmt::print(stderr, "cordon: serve: {} {}: internal error, please report it: {}\n",
               to_string(admission.route->method), admission.route->path, bug.what());
    return error(500, "internal error; the server's log says more");
  }
}

void Front::write_headers(std::string& out, const Response& response, std::string_view origin) const {
  const auto add = [&](std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value).append("\r\n");
  };
  for (const auto& [name, value] : response.headers) add(name, value);
  if (!has_header(response, "Cache-Control")) add("Cache-Control", "no-store");
  if (!has_header(response, "Content-Security-Policy")) add("Content-Security-Policy", kPolicy);
  out +=
      "X-Content-Type-Options: nosniff\r\n"
      "Referrer-Policy: no-referrer\r\n"
      "Cross-Origin-Opener-Policy: same-origin\r\n"
      "Cross-Origin-Resource-Policy: same-origin\r\n";
  if (origin.empty() || !guard_.may_read(origin)) return;
  add("Access-Control-Allow-Origin", origin);
  add("Vary", "Origin");
}

}  // namespace cordon::serve
