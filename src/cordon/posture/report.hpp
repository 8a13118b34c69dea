// report.html: the comparison for people, one self-contained file. Page, style and script:
// web/report/posture/.
#pragma once
#include <string>

#include "cordon/base/result.hpp"
#include "cordon/posture/compare.hpp"

namespace cordon::posture {

base::Result<std::string> report_html(const Comparison& comparison);

}  // namespace cordon::posture
