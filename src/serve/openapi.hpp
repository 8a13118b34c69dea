// The description of the interface (OpenAPI 3.1). Paths, methods, roles and summaries come from the one table
// of routes; parameters, bodies and answers from data/serve/openapi/*.json, one file a view:
//   {"paths": {"/api/v1/targets/{id}": {"get": {"parameters": [..], "responses": {"200": {..}}}}},
//    "schemas": {"Target": {..}}}
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace cordon::serve {

std::string openapi_document(std::string_view version);
// The same for people: one page, no script.
std::string reference_page(std::string_view version);
// Paths and methods ("get /api/v1/x") that the details name and the table does not, or the other way round.
std::vector<std::string> openapi_gaps();

}  // namespace cordon::serve
