#include "cordon/posture/report.hpp"

#include "cordon/base/page.hpp"
#include "cordon/posture/write.hpp"

namespace cordon::posture {

base::Result<std::string> report_html(const Comparison& comparison) {
  return base::assemble_page(
      "report/posture/index.html",
      {"styles/tokens.css", "styles/base.css", "report/report.css", "report/posture/posture.css"},
      {"shared/visible.js", "shared/dom.js", "shared/posture.js", "report/posture/posture.js"},
      {{"/*DATA*/", to_json(comparison)}});
}

}  // namespace cordon::posture
