// The interface described by itself: /openapi.json for programs, /docs for people.
#include "cordon/base/resource.hpp"
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

Response docs(const Call& call) {
  static const std::string page = reference_page(call.services.program_version);
  Response response;
  response.content_type = "text/html; charset=utf-8";
  response.shared = page;
  response.header("Cache-Control", "no-cache");
  return response;
}

Response docs_style(const Call&) {
  const auto style = base::resource("serve/reference.css");
  if (!style) return error(404, "this program was built without it");
  Response response;
  response.content_type = "text/css; charset=utf-8";
  response.shared = *style;
  response.header("Cache-Control", "no-cache");
  return response;
}

}  // namespace cordon::serve::routes
