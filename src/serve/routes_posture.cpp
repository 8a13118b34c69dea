// Postures side by side in simulated years. Nothing is kept; the same request has the same answer.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cordon/base/json.hpp"
#include "cordon/base/text.hpp"
#include "cordon/posture/compare.hpp"
#include "cordon/posture/report.hpp"
#include "cordon/posture/write.hpp"
#include "serve/asked.hpp"
#include "serve/body.hpp"
#include "serve/router.hpp"
#include "serve/services.hpp"

namespace cordon::serve::routes {
namespace {

// A comparison of this size takes some ten seconds on one core; larger ones are for `cordon posture compare`.
constexpr std::size_t kMostPostures = 8, kMostRuns = 20'000, kLongestToml = 128 * 1024;
constexpr std::size_t kRuns = 2000;

std::uint64_t whole_of(Body& body, std::string_view name, std::uint64_t otherwise, std::uint64_t least,
                       std::uint64_t most) {
  const auto* found = body.find(name);
  if (!found) return otherwise;
  if (found->is_number_unsigned() && found->get<std::uint64_t>() >= least &&
      found->get<std::uint64_t>() <= most)
    return found->get<std::uint64_t>();
  body.refuse(fmt::format("{}: expected a whole number from {} to {}", name, least, most), name);
  return otherwise;
}

std::vector<posture::Scenario> scenarios_of(Body& body) {
  std::vector<posture::Scenario> out;
  auto names = body.texts("built_in", kMostPostures, 100);
  const auto* own = body.find("scenarios");
  if (names.empty() && !own) names = posture::built_in_names();
  for (std::size_t i = 0; i < names.size() && !body.refusal(); ++i) {
    auto one = posture::built_in(names[i]);
    if (!one) {
      body.refuse(one.error().message, fmt::format("built_in[{}]", i));
      return out;
    }
    out.push_back(std::move(*one));
  }
  if (!own || body.refusal()) return out;
  if (!own->is_array() || names.size() + own->size() > kMostPostures) {
    body.refuse(
        fmt::format("scenarios: expected a list of texts, each a posture in TOML; at most {} postures in all",
                    kMostPostures),
        "scenarios");
    return out;
  }
  for (std::size_t i = 0; i < own->size(); ++i) {
    const auto where = fmt::format("scenarios[{}]", i);
    const auto& text = (*own)[i];
    if (!text.is_string() || text.get_ref<const std::string&>().size() > kLongestToml) {
      body.refuse(fmt::format("{}: expected TOML of at most {} bytes", where, kLongestToml), where);
      return out;
    }
    // Without a folder it can extend what is built in, and reads no file.
    auto one = posture::read_scenario(text.get_ref<const std::string&>(), where);
    if (!one) {
      body.refuse(one.error().message, where);
      return out;
    }
    out.push_back(std::move(*one));
  }
  return out;
}

}  // namespace

Response posture_scenarios(const Call&) {
  Response response;
  base::JsonWriter json(response.body);
  json.begin_object();
  json.key("scenarios");
  json.begin_array();
  for (const auto& name : posture::built_in_names()) {
    const auto one = posture::built_in(name);
    if (!one) return error(500, one.error().message);
    json.begin_object();
    json.field("id", one->id);
    json.field("name", one->name);
    json.field("summary", one->summary);
    json.field("extends", one->extends);
    json.end_object();
  }
  json.end_array();
  json.key("limits");
  json.begin_object();
  json.field("postures", static_cast<std::uint64_t>(kMostPostures));
  json.field("runs", static_cast<std::uint64_t>(kMostRuns));
  json.end_object();
  json.field("runs", static_cast<std::uint64_t>(kRuns));
  json.end_object();
  return response;
}

Response posture_scenario(const Call& call) {
  const auto names = posture::built_in_names();
  if (std::find(names.begin(), names.end(), call.request.capture(0)) == names.end())
    return error(404, "there is no built-in posture of this name", "id");
  const auto one = posture::built_in(call.request.capture(0));
  if (!one) return error(500, one.error().message);
  return json(posture::to_json(*one));
}

Response posture_compare(const Call& call) {
  Asked asked(call.request);
  const auto format = asked.one_of("format", {"json", "csv", "html"});
  if (asked.refusal()) return *asked.refusal();
  Body body(call.request);
  auto scenarios = scenarios_of(body);
  posture::Options options;
  options.runs = whole_of(body, "runs", kRuns, 100, kMostRuns);
  options.seed = whole_of(body, "seed", 1, 0, UINT64_MAX);
  options.baseline = body.text("baseline", 100);
  if (const auto* quick = body.find("quick")) {
    if (!quick->is_boolean())
      body.refuse("quick: expected true or false", "quick");
    else if (quick->get<bool>()) {
      options.tornado = options.checks = false;
      options.assumption_sets = 0;
    }
  }
  if (body.refusal()) return *body.refusal();
  const LongRuns::Turn turn(call.services.long_runs);
  if (!turn) return LongRuns::busy();
  options.stop = [&] { return call.request.is_cancelled(); };
  const auto result = posture::compare(std::move(scenarios), options);
  if (call.request.is_cancelled()) return error(503, "the time for this request is over");
  if (!result) return error(400, result.error().message, "body");
  if (format == "csv") {
    auto table = text(posture::to_csv(*result), "text/csv; charset=utf-8");
    return std::move(table.download("posture.csv"));
  }
  if (format == "html") {
    auto made = posture::report_html(*result);
    if (!made) return error(500, made.error().message);
    auto page = text(std::move(*made), "text/html; charset=utf-8");
    return std::move(page.download("posture.html"));
  }
  return json(posture::to_json(*result));
}

}  // namespace cordon::serve::routes
