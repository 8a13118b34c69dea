// append_json of kind.hpp, and of a running clock.
#include "cordon/base/json.hpp"
#include "cordon/permit/process.hpp"
#include "cordon/permit/write.hpp"

namespace cordon::permit {
namespace {

void texts(base::JsonWriter& json, std::string_view name, const std::vector<std::string>& values) {
  json.key(name);
  json.begin_array();
  for (const auto& value : values) json.value(value);
  json.end_array();
}

void append_field(base::JsonWriter& json, const Field& field) {
  json.begin_object();
  json.field("id", field.id);
  json.field("label", field.label);
  json.field("ask", field.ask);
  json.field("type", field.type);
  json.field("section", field.section);
  json.field("mandatory", !field.mandatory                             ? "no"
                          : field.when.type == Condition::Type::always ? "yes"
                                                                       : "in some cases");
  if (!field.choices.empty()) texts(json, "choices", field.choices);
  if (!field.columns.empty()) {
    json.key("columns");
    json.begin_array();
    for (const Column& column : field.columns) {
      json.begin_object();
      json.field("id", column.id);
      json.field("label", column.label);
      json.field("type", column.type);
      json.field("mandatory", column.mandatory);
      json.end_object();
    }
    json.end_array();
  }
  append_basis(json, field.basis);
  json.end_object();
}

}  // namespace

void append_json(std::string& out, const Kind& kind) {
  base::JsonWriter json(out);
  json.begin_object();
  json.field("id", kind.id);
  json.field("name", kind.name);
  json.field("authority", kind.authority);
  json.field("jurisdiction", kind.jurisdiction);
  json.field("form", kind.form);
  json.field("compiled", kind.compiled);
  json.field("order", kind.order_note);
  json.key("bases");
  json.begin_array();
  for (const Basis& basis : kind.bases) {
    json.begin_object();
    append_basis(json, basis);
    json.end_object();
  }
  json.end_array();
  json.key("fields");
  json.begin_array();
  for (const Field& field : kind.fields) append_field(json, field);
  json.end_array();
  json.key("steps");
  json.begin_array();
  for (const Step& step : kind.steps) {
    json.begin_object();
    json.field("id", step.id);
    json.field("label", step.label);
    texts(json, "after", step.after);
    texts(json, "roles", step.roles);
    texts(json, "needs", step.needs);
    texts(json, "outcomes", step.outcomes);
    json.field("four_eyes", step.four_eyes);
    append_basis(json, step.basis);
    json.end_object();
  }
  json.end_array();
  json.key("clocks");
  json.begin_array();
  for (const Clock& clock : kind.clocks) {
    json.begin_object();
    json.field("id", clock.id);
    json.field("label", clock.label);
    json.field("starts", clock.starts);
    json.field("stops", clock.stops);
    json.field("amount", clock.amount);
    json.field("unit", clock.unit);
    json.field("nature", clock.nature);
    append_basis(json, clock.basis);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void append_json(std::string& out, const Due& due) {
  base::JsonWriter json(out);
  json.begin_object();
  json.field("id", due.id);
  json.field("kind", due.kind);
  json.field("clock", due.clock);
  json.field("label", due.label);
  json.field("runs_from", due.starts_on);
  json.field("due", due.due);
  json.field("state", due.state);
  json.field("days_left", due.days_left);
  json.field("nature", due.nature);
  json.field("citation", due.citation);
  json.field("verified", due.verified);
  if (!due.note.empty()) json.field("note", due.note);
  json.end_object();
}

}  // namespace cordon::permit
