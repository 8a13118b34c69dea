#include "cordon/permit/draft.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "cordon/base/json.hpp"
#include "cordon/base/sha256.hpp"
#include "cordon/permit/letter.hpp"
#include "cordon/permit/write.hpp"

namespace cordon::permit {
namespace {

std::string shown(const FieldValue* value) {
  std::string out;
  if (value == nullptr) return out;
  if (const auto* text = std::get_if<std::string>(value)) return *text;
  if (const auto* list = std::get_if<std::vector<std::string>>(value)) {
    for (const std::string& text : *list) out += (out.empty() ? "" : "; ") + text;
  } else {
    for (const Row& row : std::get<std::vector<Row>>(*value))
      for (const auto& [column, cell] : row)
        out += fmt::format("{}{}: {}", out.empty() ? "" : "; ", column, cell);
  }
  return out;
}

std::string filled(const std::string& text, const Kind& kind, const Request& request) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto open = text.find('{', at), close = text.find('}', at);
    if (open == std::string::npos || close == std::string::npos) return out + text.substr(at);
    out += text.substr(at, open - at);
    const std::string name = text.substr(open + 1, close - open - 1);
    const Field* field = kind.field(name);
    const std::string value = field == nullptr ? "" : shown(value_of(request, *field));
    out += !value.empty() ? value : fmt::format("[not stated: {}]", field == nullptr ? name : field->label);
    at = close + 1;
  }
  return out;
}

LetterField letter_field(const Field& field, const Checklist& checklist, const Request& request) {
  LetterField out;
  out.field = &field;
  const FieldValue* value = value_of(request, field);
  out.missing = std::any_of(checklist.lacks.begin(), checklist.lacks.end(),
                            [&](const Lack& lack) { return lack.field == &field && lack.mandatory; });
  if (value == nullptr) return out;
  if (const auto* rows = std::get_if<std::vector<Row>>(value); rows != nullptr && !field.columns.empty()) {
    for (const Row& row : *rows) {
      out.rows.emplace_back();
      for (const Column& column : field.columns) {
        const auto cell =
            std::find_if(row.begin(), row.end(), [&](const auto& pair) { return pair.first == column.id; });
        out.rows.back().push_back(cell == row.end() ? "" : cell->second);
      }
    }
  } else if (const auto* list = std::get_if<std::vector<std::string>>(value)) {
    out.list = *list;
  } else {
    out.text = shown(value);
    if (field.type == "flag") out.text = out.text == "true" ? "yes" : out.text == "false" ? "no" : out.text;
  }
  return out;
}

}  // namespace

Letter letter_of(const Checklist& checklist, const Request& request) {
  const Kind& kind = *checklist.kind;
  Letter letter;
  letter.subject = filled(kind.subject, kind, request);
  for (const std::string& text : kind.opening) letter.opening.push_back(filled(text, kind, request));
  for (const std::string& text : kind.closing) letter.closing.push_back(filled(text, kind, request));
  for (const Field& field : kind.fields) {
    LetterField each = letter_field(field, checklist, request);
    if (!each.missing && each.text.empty() && each.list.empty() && each.rows.empty()) continue;
    auto section = std::find_if(letter.sections.begin(), letter.sections.end(),
                                [&](const LetterSection& s) { return s.heading == field.section; });
    if (section == letter.sections.end()) {
      letter.sections.push_back({field.section, {}});
      section = letter.sections.end() - 1;
    }
    section->fields.push_back(std::move(each));
  }
  return letter;
}

namespace {

void append_letter(base::JsonWriter& json, const Checklist& checklist, const Request& request) {
  const Kind& kind = *checklist.kind;
  const Letter letter = letter_of(checklist, request);
  const auto texts = [&](std::string_view name, const std::vector<std::string>& list) {
    json.key(name);
    json.begin_array();
    for (const std::string& text : list) json.value(text);
    json.end_array();
  };
  json.field("format", "cordon-permit-draft/1");
  json.field("kind", kind.id);
  json.field("date", base::to_string(request.date));
  texts("to", kind.to);
  json.field("subject", letter.subject);
  texts("opening", letter.opening);
  json.key("sections");
  json.begin_array();
  for (const LetterSection& section : letter.sections) {
    json.begin_object();
    json.field("heading", section.heading);
    json.key("fields");
    json.begin_array();
    for (const LetterField& each : section.fields) {
      json.begin_object();
      json.field("field", each.field->id);
      json.field("label", each.field->label);
      if (each.missing) json.field("missing", true);
      if (!each.text.empty()) json.field("text", each.text);
      if (!each.list.empty()) texts("list", each.list);
      if (!each.rows.empty()) {
        json.key("rows");
        json.begin_array();
        for (const auto& row : each.rows) {
          json.begin_object();
          for (std::size_t i = 0; i < row.size(); ++i) json.field(each.field->columns[i].id, row[i]);
          json.end_object();
        }
        json.end_array();
      }
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
  texts("closing", letter.closing);
}

}  // namespace

void append_draft_json(std::string& out, const Checklist& checklist, const Request& request,
                       const DraftOptions& options) {
  base::JsonWriter json(out);
  json.begin_object();
  append_letter(json, checklist, request);
  json.field("complete", checklist.complete());
  json.field("for_sending", options.for_sending);
  json.field("draft_sha256", draft_hash(checklist, request));
  json.key("versions");
  json.raw(options.versions);
  json.end_object();
  out += '\n';
}

std::string draft_hash(const Checklist& checklist, const Request& request) {
  std::string text;
  base::JsonWriter json(text);
  json.begin_object();
  append_letter(json, checklist, request);
  json.end_object();
  return base::sha256_hex(text);
}

void append_draft_text(std::string& out, const Checklist& checklist, const Request& request,
                       const DraftOptions& options) {
  const Letter letter = letter_of(checklist, request);
  if (!options.for_sending)
    out += fmt::format("DRAFT{}, NOT SENT\n\n", checklist.complete() ? "" : ", INCOMPLETE");
  for (const std::string& line : checklist.kind->to) out += line + "\n";
  out += fmt::format("\n{}\n\nSubject: {}\n\n", base::to_string(request.date), letter.subject);
  for (const std::string& text : letter.opening) out += text + "\n\n";
  for (const LetterSection& section : letter.sections) {
    out += section.heading + "\n" + std::string(section.heading.size(), '-') + "\n";
    for (const LetterField& each : section.fields) {
      if (each.missing && each.text.empty() && each.list.empty() && each.rows.empty()) {
        out += fmt::format("{}: [not stated]\n", each.field->label);
        continue;
      }
      out += fmt::format("{}: {}\n", each.field->label, each.text);
      for (const std::string& text : each.list) out += fmt::format("  - {}\n", text);
      for (std::size_t row = 0; row < each.rows.size(); ++row) {
        out += fmt::format("  {}.", row + 1);
        for (std::size_t i = 0; i < each.rows[row].size(); ++i)
          if (!each.rows[row][i].empty())
            out += fmt::format(" {}: {};", each.field->columns[i].label, each.rows[row][i]);
        out += '\n';
      }
    }
    out += '\n';
  }
  for (const std::string& text : letter.closing) out += text + "\n\n";
  out += "Signed: ______________________    Date: ______________\n";
}

DraftOptions draft_options(const State& state, std::string versions) {
  DraftOptions options;
  options.versions = std::move(versions);
  if (const Done* done = state.done("approve"); done != nullptr)
    options.approved = fmt::format("Approved for sending by {}, {}, ledger entry {}.", done->action.actor,
                                   done->time, done->seq);
  return options;
}

}  // namespace cordon::permit
