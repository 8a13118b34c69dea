// The front desk: takes the head of a request, says who asks and whether he may, finds the route, and later
// has it answered. It knows nothing of sockets.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "serve/guard.hpp"
#include "serve/http.hpp"
#include "serve/router.hpp"
#include "serve/services.hpp"

namespace cordon::serve {

// What is known once the head is read.
struct Head {
  Method method = Method::other;
  std::string_view target;  // of the request line: path and query, encoded
  Credentials credentials;
  std::string_view content_type, accept, accept_encoding, if_none_match, last_event_id;
  std::string_view remote;
};

struct Admission {
  const Route* route = nullptr;  // null where the answer is a file of the page
  Principal who;
  std::string session;
  Request request;                  // refers to who, session and the head
  std::optional<Response> refusal;  // the answer already, before any body is read
};

class Front {
 public:
  Front(Services& services, Guard& guard) : services_(services), guard_(guard) {}

  Admission admit(const Head& head);
  // Never throws: a bug in a handler is one line on stderr and a 500. May run on any thread.
  Response answer(Admission& admission);
  // Appends the answer's headers and those every answer carries, and lets a page elsewhere read it that may.
  void write_headers(std::string& out, const Response& response, std::string_view origin) const;

  Services& services() { return services_; }

 private:
  Services& services_;
  Guard& guard_;
};

}  // namespace cordon::serve
