// The page: files inside the program under page/, built from web/ (src page/app-3f2a.js and its
// page/app-3f2a.js.gz).
#pragma once
#include "serve/http.hpp"

namespace cordon::serve {

// The file at request.path. A path that names no file is one of the page's own views and gets index.html,
// unless it looks like a file's (its last piece holds a dot): that is 404.
Response page_file(const Request& request);

}  // namespace cordon::serve
