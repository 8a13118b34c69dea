// The one table of routes, and how a path finds its row.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "serve/http.hpp"

namespace cordon::serve {

struct Snapshot;
struct Services;

// What a handler works with.
struct Call {
  const Request& request;
  const std::shared_ptr<const Snapshot>& state;  // the one the request began with; null only before the first
                                                 // load has ended, and then only in routes of role open
  Services& services;
};
using Handler = Response (*)(const Call&);

enum class Pace : std::uint8_t { quick, slow };

struct Route {
  Method method{};
  std::string_view path;  // "/api/v1/targets/{id}"
  Role least{};
  Pace pace{};
  std::size_t body_limit = 0;  // bytes
  Handler handler{};
  std::string_view name;  // of the handler
  std::string_view summary;
};

std::span<const Route> routes_table();

struct Match {
  const Route* route = nullptr;       // null where none fits
  std::vector<std::string> captures;  // decoded
  std::vector<Method> allowed;        // where the path is known, but not with this method
};
// path: as in the request line, still encoded, so that an encoded '/' stays inside its piece.
Match find_route(Method method, std::string_view path);

namespace routes {
#define ROUTE(method, path, least, pace, body, handler, summary) Response handler(const Call&);
#include "serve/routes.def"
#undef ROUTE
}  // namespace routes

}  // namespace cordon::serve
