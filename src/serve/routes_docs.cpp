// The interface described by itself: /openapi.json for programs, /docs for people.
#include "serve/openapi.hpp"
#include "serve/router.hpp"
#include "serve/services.hpp"

namespace cordon::serve::routes {

Response openapi(const Call& call) {
  static const std::string document = openapi_document(call.services.program_version);
  Response response;
  response.shared = document;
  response.header("Cache-Control", "no-cache");
  return response;
}

}  // namespace cordon::serve::routes
