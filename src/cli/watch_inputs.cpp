#include "watch_inputs.hpp"

#include <CLI/CLI.hpp>
#include <utility>

#include "cordon/base/bytes.hpp"
#include "cordon/base/time.hpp"

namespace cordon::cli {

void add_watch_inputs(CLI::App& command, watch::Inputs& inputs, WatchTexts& texts, const std::string& as_of) {
  command.add_option("--lists", inputs.lists,
                     "sanctions lists, files or folders; without it the embedded DPRK designations");
  command.add_option("--snapshot", inputs.snapshot,
                     "keep the index of the lists in this file, for a quick start; it follows the lists");
  command.add_option("--registry", inputs.registry,
                     "ship register, CSV: IMO,name,flag,type,length,beam,built,owner,manager");
  command.add_option("--ownership", inputs.ownership,
                     "ownership records: CSV owner,owned,pct; FtM; BODS; or a folder");
  command.add_option("--as-of", texts.as_of, as_of);
  command.add_option("--jurisdictions", inputs.jurisdictions, "whose law is asked")
      ->delimiter(',')
      ->capture_default_str();
  command.add_option("--parameters", texts.parameters, "TOML that changes detection parameters");
  command.add_option("--weights", texts.weights, "JSON that replaces the weights of evidence");
  command.add_option("--limit", inputs.limit, "targets kept")->capture_default_str();
  command.add_option("--least-score", inputs.least_score, "a vessel below this score is no target")
      ->capture_default_str();
}

base::Result<watch::Weights> read_watch_inputs(watch::Inputs& inputs, const WatchTexts& texts) {
  inputs.program_version = CORDON_VERSION;
  if (!texts.as_of.empty()) {
    const auto date = base::parse_date(texts.as_of);
    if (!date || !date->complete())
      return base::fail("--as-of: expected a date such as 2024-02-07, found '{}'", texts.as_of);
    inputs.as_of = *date;
  }
  if (!texts.parameters.empty()) {
    const auto text = base::read_file(texts.parameters);
    if (!text) return tl::unexpected(text.error());
    auto parameters = detect::load_parameters(*text, texts.parameters);
    if (!parameters) return tl::unexpected(parameters.error());
    inputs.parameters = std::move(*parameters);
  }
  if (texts.weights.empty()) return watch::Weights::embedded();
  const auto text = base::read_file(texts.weights);
  if (!text) return tl::unexpected(text.error());
  return watch::Weights::parse(*text, texts.weights);
}

}  // namespace cordon::cli
