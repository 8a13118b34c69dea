#include "cordon/law/table.hpp"

#include <fmt/format.h>
#include <algorithm>

#include "cordon/base/csv.hpp"
#include "cordon/base/text.hpp"

namespace cordon::law {
namespace {

std::string joined(const std::vector<std::string>& list, std::string_view between) {
  std::string text;
  for (const std::string& item : list) {
    if (!text.empty()) text += between;
    text += item;
  }
  return text;
}

// One row of the book, measure or exemption.
struct Row {
  std::string_view id, kind, jurisdiction;
  const model::Citation* citation;
  std::string_view force, category, direction, status, superseded_by, summary, acts;
  base::Date start, end;
};

std::vector<Row> rows_of(const LawBook& book) {
  std::vector<Row> rows;
  for (const Jurisdiction& jurisdiction : book.jurisdictions()) {
    for (const model::Measure& m : book.measures())
      if (m.jurisdiction == jurisdiction.code)
        rows.push_back({m.id, "measure", m.jurisdiction, &m.citation, m.force, m.category, m.direction,
                        m.status, m.superseded_by, m.summary, m.may_or_must, m.start, m.end});
    for (const Exemption& e : book.exemptions())
      if (e.jurisdiction == jurisdiction.code)
        rows.push_back({e.id, "exemption", e.jurisdiction, &e.citation, e.form, e.who_decides, "", "", "",
                        e.summary, "", e.start, e.end});
  }
  return rows;
}

std::string_view mark(const model::Citation& citation) {
  if (citation.paragraph_verified && citation.content_verified) return "verified";
  if (citation.content_verified) return "paragraph unverified";
  if (citation.paragraph_verified) return "content unverified";
  return "unverified";
}

constexpr std::string_view kStyle =
    "body{font:15px/1.45 system-ui,sans-serif;margin:1.5rem auto;max-width:80rem;padding:0 "
    "1rem;color:#1b1b1b;"
    "background:#fff}h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2rem}table{border-collapse:collapse;"
    "width:100%}th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #ddd}"
    "th{position:sticky;top:0;background:#fff}td:first-child{white-space:nowrap;font-family:ui-monospace,"
    "monospace;"
    "font-size:.85em}.no{color:#9a3412}.old{color:#666}small{color:#555}@media(prefers-color-scheme:dark){"
    "body{background:#161616;color:#eaeaea}th{background:#161616}th,td{border-color:#333}small,.old{color:#"
    "aaa}"
    ".no{color:#fdba74}}";

void append_row(std::string& out, const Row& row) {
  const bool old = !row.end.empty();
  out += old ? "<tr class=\"old\" id=\"" : "<tr id=\"";
  out += base::escape_markup(row.id);
  out += "\"><td>";
  out += base::escape_markup(row.id);
  out += "</td><td>";
  out += base::escape_markup(row.citation->text);
  out += "<br><small";
  if (mark(*row.citation) != "verified") out += " class=\"no\"";
  out += ">";
  out += mark(*row.citation);
  out += "</small></td><td>";
  out += base::to_string(row.start);
  if (old) out += " to " + base::to_string(row.end);
  if (!row.superseded_by.empty()) {
    out += "<br><small>then ";
    out += base::escape_markup(row.superseded_by);
    out += "</small>";
  }
  out += "</td><td>";
  out += base::escape_markup(row.force);
  out += "</td><td>";
  out += base::escape_markup(row.summary);
  if (!row.acts.empty()) {
    out += "<br><small>";
    out += base::escape_markup(row.acts);
    out += "</small>";
  }
  out += "</td></tr>\n";
}

}  // namespace

void append_html(std::string& out, const LawBook& book) {
  const auto rows = rows_of(book);
  out +=
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width,initial-scale=1\"><title>Measures on the DPRK</title><style>";
  out += kStyle;
  out += "</style></head><body>\n<h1>Measures on the DPRK, by paragraph</h1>\n<p>";
  out += fmt::format(
      "{} measures and {} exemptions, compiled {}. A mark says what was confirmed in a source text: "
      "a paragraph number marked unverified must be checked before it is cited.</p>\n",
      book.measures().size(), book.exemptions().size(), book.version());
  for (const Jurisdiction& jurisdiction : book.jurisdictions()) {
    out += "<h2>";
    out += base::escape_markup(jurisdiction.code + ": " + jurisdiction.name);
    out += "</h2>\n<p>";
    out += base::escape_markup(jurisdiction.note);
    out +=
        "</p>\n<table><thead><tr><th>id</th><th>citation</th><th>in force</th><th>force</th><th>what it "
        "says</th></tr></thead><tbody>\n";
    for (const Row& row : rows)
      if (row.jurisdiction == jurisdiction.code) append_row(out, row);
    out += "</tbody></table>\n";
  }
  out += "</body></html>\n";
}

void append_csv(std::string& out, const LawBook& book) {
  out +=
      "id,kind,jurisdiction,citation,paragraph_verified,content_verified,force,category,direction,start,end,"
      "status,superseded_by,summary,sources\n";
  for (const Row& row : rows_of(book)) {
    const std::string start = base::to_string(row.start), end = base::to_string(row.end),
                      sources = joined(book.sources_of(row.id), " ");
    bool first = true;
    for (const std::string_view cell :
         {row.id, row.kind, row.jurisdiction, std::string_view(row.citation->text),
          std::string_view(row.citation->paragraph_verified ? "true" : "false"),
          std::string_view(row.citation->content_verified ? "true" : "false"), row.force, row.category,
          row.direction, std::string_view(start), std::string_view(end), row.status, row.superseded_by,
          row.summary, std::string_view(sources)}) {
      if (!first) out += ',';
      first = false;
      base::append_csv(out, cell);
    }
    out += '\n';
  }
}

void append_text(std::string& out, const LawBook& book) {
  for (const Row& row : rows_of(book)) {
    const std::string dates =
        base::to_string(row.start) + (row.end.empty() ? std::string() : " to " + base::to_string(row.end));
    out += fmt::format("{:<18} {:<34} {:<20} {:<24} {}\n", row.id, row.citation->text, mark(*row.citation),
                       dates, row.summary);
  }
}

base::Result<std::string> explain(const LawBook& book, std::string_view id) {
  const auto rows = rows_of(book);
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const Row& r) { return r.id == id; });
  if (row == rows.end()) return base::fail("no measure or exemption '{}' in the book", id);
  std::string out = fmt::format("{}  {}\n{}\n\n", row->id, row->citation->text, row->summary);
  const auto line = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) out += fmt::format("{:<16}{}\n", name, value);
  };
  line("kind", row->kind);
  line("jurisdiction", row->jurisdiction);
  line("start", base::to_string(row->start));
  line("last day", base::to_string(row->end));
  line("superseded by", row->superseded_by);
  line("status", row->status);
  line(row->kind == "measure" ? "force" : "form", row->force);
  line(row->kind == "measure" ? "category" : "who decides", row->category);
  line("direction", row->direction);
  line("may or must", row->acts);
  line("paragraph", row->citation->paragraph_verified ? "number confirmed in a source text"
                                                      : "number NOT confirmed in a source text");
  line("content",
       row->citation->content_verified ? "confirmed in a source text" : "NOT confirmed in a source text");
  if (const model::Measure* measure = book.measure(id)) {
    line("HS", joined(measure->hs, " "));
    line("exemptions", joined(measure->exemptions, " "));
  }
  if (const Exemption* exemption = book.exemption(id)) line("lifts", joined(exemption->lifts, " "));
  line("applies when", book.condition_of(id));
  for (const std::string& key : book.sources_of(id))
    for (const LawSource& source : book.sources())
      if (source.key == key)
        line("source", fmt::format("[{}] grade {}: {}{}{}", source.key, source.grade, source.what,
                                   source.location.empty() ? "" : "; ", source.location));
  return out;
}

}  // namespace cordon::law
