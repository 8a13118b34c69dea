#include "serve/router.hpp"

#include <algorithm>
#include <array>

namespace cordon::serve {
namespace {

constexpr Route kRoutes[] = {
#define ROUTE(method, path, least, pace, body, handler, summary)                  \
  {Method::method,   path,     Role::least, Pace::pace, std::size_t{body} * 1024, \
   &routes::handler, #handler, summary},
#include "serve/routes.def"
#undef ROUTE
};

// The next piece of a path, without its slash.
std::string_view take_piece(std::string_view& path) {
  path.remove_prefix(1);
  const std::string_view piece = path.substr(0, path.find('/'));
  path.remove_prefix(piece.size());
  return piece;
}

bool fits(std::string_view pattern, std::string_view path) {
  while (!pattern.empty() && !path.empty()) {
    const std::string_view wanted = take_piece(pattern), found = take_piece(path);
    if (wanted.starts_with('{') ? found.empty() : wanted != found) return false;
  }
  return pattern.empty() && path.empty();
}

}  // namespace

std::span<const Route> routes_table() {
  return kRoutes;
}

Match find_route(Method method, std::string_view path) {
  Match match;
  if (path.empty() || path.front() != '/') return match;
  for (const Route& route : kRoutes) {
    if (!fits(route.path, path)) continue;
    if (route.method != method) {
      match.allowed.push_back(route.method);
      continue;
    }
    // Of two that fit, the one whose pieces are written out comes first in the table.
    match.route = &route;
    std::string_view pattern = route.path, rest = path;
    while (!pattern.empty()) {
      const std::string_view wanted = take_piece(pattern), found = take_piece(rest);
      if (!wanted.starts_with('{')) continue;
      auto decoded = percent_decode(found, false);
      if (!decoded) return {};
      match.captures.push_back(std::move(*decoded));
    }
    return match;
  }
  return match;
}

}  // namespace cordon::serve
