#include "cordon/posture/report.hpp"

#include "cordon/base/page.hpp"
#include "cordon/base/resource.hpp"
#include "cordon/posture/write.hpp"

namespace cordon::posture {

base::Result<std::string> report_html(const Comparison& comparison) {
  const auto words = base::resource("i18n/en.json");
  if (!words) return tl::unexpected(words.error());
  return base::assemble_page("report/posture/index.html",
                             {"styles/tokens.css", "styles/base.css", "report/report.css",
                              "styles/posture.css", "report/posture/posture.css"},
                             {"shared/visible.js", "shared/dom.js", "shared/posture.js",
                              "shared/posture_page.js", "report/posture/posture.js"},
                             {{"/*WORDS*/", *words}, {"/*DATA*/", to_json(comparison)}});
}

}  // namespace cordon::posture
