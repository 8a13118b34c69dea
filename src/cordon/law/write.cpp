#include "cordon/base/json.hpp"
#include "cordon/law/law.hpp"

namespace cordon::law {

void append_json(std::string& out, const Request& request, std::span<const Verdict> verdicts) {
  append_verdicts(out, request.id, verdicts);
}

void append_verdicts(std::string& out, std::string_view id, std::span<const Verdict> verdicts) {
  base::JsonWriter json(out);
  json.begin_array();
  for (const Verdict& verdict : verdicts) {
    json.begin_object();
    if (!id.empty()) json.field("id", id);
    json.field("jurisdiction", std::string_view(verdict.jurisdiction));
    json.field("verdict", std::string_view(verdict.verdict));
    json.key("basis");
    json.begin_array();
    for (const Basis& basis : verdict.basis) {
      json.begin_object();
      json.field(basis.is_exemption ? "exemption_id" : "measure_id", std::string_view(basis.id));
      json.field("citation", std::string_view(basis.citation.text));
      json.field("paragraph_verified", basis.citation.paragraph_verified);
      json.field("content_verified", basis.citation.content_verified);
      json.end_object();
    }
    json.end_array();
    json.field("because", std::string_view(verdict.because));
    const auto list = [&](const char* name, const std::vector<std::string>& texts) {
      if (texts.empty()) return;
      json.key(name);
      json.begin_array();
      for (const std::string& text : texts) json.value(std::string_view(text));
      json.end_array();
    };
    list("missing", verdict.missing);
    list("may_or_must", verdict.may_or_must);
    json.end_object();
  }
  json.end_array();
}

}  // namespace cordon::law
