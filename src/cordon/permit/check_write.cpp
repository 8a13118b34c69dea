// append_json and append_text of check.hpp.
#include <fmt/core.h>

#include "cordon/base/json.hpp"
#include "cordon/permit/check.hpp"
#include "cordon/permit/write.hpp"

namespace cordon::permit {

std::string mark(const Basis& basis) {
  for (const std::string& source : basis.sources)
    if (source == "house") return "rule of this program";
  if (!basis.verified) return "not verified";
  return basis.paragraph_verified ? "verified" : "content verified, number not";
}

void append_basis(base::JsonWriter& json, const Basis& basis) {
  json.field("citation", basis.citation);
  if (!basis.says.empty()) json.field("says", basis.says);
  json.field("verified", basis.verified);
  json.field("paragraph_verified", basis.paragraph_verified);
  json.key("sources");
  json.begin_array();
  for (const std::string& source : basis.sources) json.value(source);
  json.end_array();
}

void append_json(std::string& out, const Checklist& checklist, const Request& request) {
  const Kind& kind = *checklist.kind;
  base::JsonWriter json(out);
  json.begin_object();
  json.field("kind", kind.id);
  json.field("name", kind.name);
  if (!request.id.empty()) json.field("id", request.id);
  json.field("date", base::to_string(request.date));
  json.field("complete", checklist.complete());
  json.key("missing");
  json.begin_array();
  for (const Lack& lack : checklist.lacks) {
    json.begin_object();
    json.field("field", lack.field->id);
    if (!lack.place.empty()) json.field("place", lack.place);
    json.field("label", lack.field->label);
    json.field("why", lack.why);
    json.field("ask", lack.field->ask);
    append_basis(json, lack.field->basis);
    json.end_object();
  }
  json.end_array();
  json.key("unknown_fields");
  json.begin_array();
  for (const std::string& name : checklist.unknown) json.value(name);
  json.end_array();
  json.key("findings");
  json.begin_array();
  for (const Finding* finding : checklist.findings) {
    json.begin_object();
    json.field("finding", finding->says);
    append_basis(json, finding->basis);
    json.end_object();
  }
  json.end_array();
  json.key("law");
  std::string verdicts;
  law::Request asked;
  law::append_json(verdicts, asked, checklist.law);
  json.raw(verdicts);
  json.key("measures");
  json.begin_array();
  for (const std::string& id : checklist.measures) json.value(id);
  json.end_array();
  json.key("permissions_in_order");
  json.begin_array();
  for (const InOrder& row : checklist.order) {
    json.begin_object();
    json.field("kind", row.kind->id);
    json.field("name", row.kind->name);
    json.field("needed", row.needed);
    json.field("place", row.because);
    json.end_object();
  }
  json.end_array();
  json.key("steps");
  json.begin_array();
  for (const std::string& id : checklist.steps) {
    const Step* step = kind.step(id);
    json.begin_object();
    json.field("step", step->id);
    json.field("label", step->label);
    append_basis(json, step->basis);
    json.end_object();
  }
  json.end_array();
  json.field("compiled", kind.compiled);
  json.end_object();
}

void append_text(std::string& out, const Checklist& checklist, const Request& request) {
  const Kind& kind = *checklist.kind;
  out += fmt::format("{}: {}\ndecided by: {}\nasked for: {}\n", kind.id, kind.name, kind.authority,
                     base::to_string(request.date));
  out += checklist.complete() ? "\nNo mandatory field is empty.\n"
                              : fmt::format("\nMissing or wrong ({}):\n", checklist.lacks.size());
  for (const Lack& lack : checklist.lacks)
    out += fmt::format("  [ ] {}{}: {}\n      {}\n      {} ({})\n", lack.field->label,
                       lack.place.empty() ? "" : ", " + lack.place, lack.why, lack.field->ask,
                       lack.field->basis.citation, mark(lack.field->basis));
  for (const std::string& name : checklist.unknown)
    out += fmt::format("  note: this kind has no field '{}'\n", name);
  if (!checklist.findings.empty()) out += "\nFindings:\n";
  for (const Finding* finding : checklist.findings)
    out += fmt::format("  - {} {} ({})\n", finding->says, finding->basis.citation, mark(finding->basis));
  out += "\nWhat the law says to the facts:\n";
  for (const law::Verdict& verdict : checklist.law)
    out += fmt::format("  {}: {}. {}\n", verdict.jurisdiction, verdict.verdict, verdict.because);
  out += "\nPermissions, in the order fixed by law:\n";
  for (const InOrder& row : checklist.order)
    out += fmt::format("  {:<10} {:<5} {}\n", row.kind->id, row.needed, row.because);
  out += "\nSteps:\n";
  for (const std::string& id : checklist.steps) {
    const Step* step = kind.step(id);
    out +=
        fmt::format("  {:<18} {} ({}, {})\n", step->id, step->label, step->basis.citation, mark(step->basis));
  }
}

}  // namespace cordon::permit
