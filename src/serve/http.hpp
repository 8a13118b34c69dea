// One request and one answer, as the handlers see them. The bytes on the wire are the connection's business.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cordon/base/result.hpp"

namespace cordon::serve {

enum class Method : std::uint8_t { get, post, put, patch, del, options, other };
std::string_view to_string(Method method);  // "GET"

// Each role may do what those before it may. `open` is nobody in particular: no login is needed.
enum class Role : std::uint8_t { open, viewer, analyst, approver, admin };
std::string_view to_string(Role role);  // "analyst"
std::optional<Role> parse_role(std::string_view name);

// Who asks.
struct Principal {
  std::string name;
  Role role = Role::open;
  bool token = false;  // a program with a bearer token: no cookie, so nothing to forge
};

struct Param {
  std::string name, value;  // decoded, valid UTF-8
};

// Everything in it came from outside: text is decoded and valid UTF-8, and nothing more is known of it. The
// views live as long as the request.
struct Request {
  Method method = Method::get;
  std::string path;                   // decoded, without the query; begins with '/'
  std::vector<Param> params;          // of the query, in order
  std::vector<std::string> captures;  // what stood for each {name} of the route, in order
  std::string_view body;              // any bytes
  std::string_view content_type, accept, accept_encoding, if_none_match, last_event_id;
  std::string base;                // how the client reaches this server: "http://127.0.0.1:8080"
  std::string remote;              // address of the peer: "127.0.0.1"
  const Principal* who = nullptr;  // never null in a handler; role open where nobody logged in
  std::string_view session;        // name of the session's cookie value; empty without one
  // The peer went away, or the time for this request is over: what takes long looks at it now and then.
  const std::atomic<bool>* cancelled = nullptr;

  bool is_cancelled() const { return cancelled && cancelled->load(std::memory_order_relaxed); }
  // First value of that name; empty where absent.
  std::string_view param(std::string_view name) const;
  bool has(std::string_view name) const;
  std::vector<std::string_view> all(std::string_view name) const;
  const std::string& capture(std::size_t index) const { return captures.at(index); }
};

struct Response {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  // Bytes that live elsewhere (a file inside the program, columns of the snapshot) are sent from there and
  // not copied; `keep` holds them. Used where body is empty.
  std::string_view shared;
  std::shared_ptr<const void> keep;
  std::vector<std::pair<std::string, std::string>> headers;
  // For long answers: called again and again for the next piece (never empty) until it returns nothing. It
  // runs on the thread of the connection, so a piece is small work: up to 64 KiB.
  std::function<std::optional<std::string>()> more;
  bool events = false;  // server-sent events from the hub, after `body`

  Response& header(std::string name, std::string value);
  // The browser offers the answer as a file of this name.
  Response& download(std::string_view file_name);
};

Response json(std::string body, int status = 200);
Response text(std::string body, std::string content_type = "text/plain; charset=utf-8");
// {"error":{"code","message","where"}}; the code follows from the status. where: "queries[3].birth_date".
Response error(int status, std::string_view message, std::string_view where = {});
std::string_view reason_phrase(int status);

// A whole number in a query, within bounds; `otherwise` where absent. The error names the parameter.
base::Result<std::uint64_t> number_param(const Request& request, std::string_view name,
                                         std::uint64_t otherwise, std::uint64_t least, std::uint64_t most);
base::Result<std::optional<double>> decimal_param(const Request& request, std::string_view name);

// "a%20b" -> "a b". Nothing for a broken escape, a NUL, or what is no UTF-8. plus: '+' is a blank.
std::optional<std::string> percent_decode(std::string_view text, bool plus);
std::string percent_encode(std::string_view text);  // all but unreserved characters
// "a=1&b=%20" -> params. Nothing where percent_decode finds nothing or there are more than 256.
std::optional<std::vector<Param>> parse_query(std::string_view query);

}  // namespace cordon::serve
