#include "cordon/posture/report.hpp"

#include "cordon/base/page.hpp"
#include "cordon/posture/write.hpp"

namespace cordon::posture {

base::Result<std::string> report_html(const Comparison& comparison) {
  return base::assemble_page("report/posture/index.html", {"report/report.css", "report/posture/posture.css"},
                             {"report/dom.js", "report/posture/plots.js", "report/posture/posture.js"},
                             to_json(comparison));
}

}  // namespace cordon::posture
