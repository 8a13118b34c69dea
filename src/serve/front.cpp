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

Response Front::answer(const Admission& admission) {
  // Set here and not in admit(): the admission has moved to its place since.
  Request request = admission.request;
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

void Front::finish(Response& response, std::string_view origin) const {
  auto& headers = response.headers;
  if (!has_header(response, "Cache-Control")) headers.emplace_back("Cache-Control", "no-store");
  if (!has_header(response, "Content-Security-Policy"))
    headers.emplace_back("Content-Security-Policy", kPolicy);
  headers.emplace_back("X-Content-Type-Options", "nosniff");
  headers.emplace_back("Referrer-Policy", "no-referrer");
  headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
  if (origin.empty() || !guard_.may_read(origin)) return;
  headers.emplace_back("Access-Control-Allow-Origin", origin);
  headers.emplace_back("Vary", "Origin");
}

}  // namespace cordon::serve
