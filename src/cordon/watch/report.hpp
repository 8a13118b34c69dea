// report.html: one self-contained file, openable from disk, that asks the network for nothing. The data is
// inside as JSON; page, style and script come from web/report/.
#pragma once
#include <string>

#include "cordon/base/result.hpp"
#include "cordon/watch/watch.hpp"

namespace cordon::watch {

// The whole page. Everything from lists and AIS is hostile text: it enters as JSON with "<" escaped, and the
// script sets it as text only.
base::Result<std::string> report_html(const Targets& targets);

}  // namespace cordon::watch
