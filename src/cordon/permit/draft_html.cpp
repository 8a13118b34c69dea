// append_draft_html of draft.hpp: a letter to print, and a sheet for those who review it.
#include <fmt/core.h>

#include <string>
#include <string_view>

#include "cordon/base/text.hpp"
#include "cordon/permit/draft.hpp"
#include "cordon/permit/letter.hpp"
#include "cordon/permit/write.hpp"

namespace cordon::permit {
namespace {

constexpr std::string_view kStyle = R"(
:root{--ink:#17202b;--soft:#566578;--line:#cfd7e1;--band:#f4f6f9;--mark:#0b4f8a;--warn:#9a3412;--warnband:#fff4ed}
*{box-sizing:border-box}
body{margin:0;background:#e7ebf0;color:var(--ink);font:15px/1.55 Georgia,"Noto Serif","Liberation Serif",serif}
.sheet{max-width:820px;margin:28px auto;background:#fff;padding:64px 76px;box-shadow:0 1px 8px rgba(20,30,45,.16);position:relative}
.stamp{font:700 12px/1 system-ui,"Liberation Sans",Arial,sans-serif;letter-spacing:.12em;color:var(--warn);border:2px solid var(--warn);border-radius:4px;padding:7px 12px;position:absolute;top:34px;right:44px}
.to{margin:0 0 26px;white-space:pre-line}
.date{margin:0 0 26px;color:var(--soft)}
h1{font-size:18px;line-height:1.4;margin:0 0 22px}
h2{font:650 13px/1.3 system-ui,"Liberation Sans",Arial,sans-serif;letter-spacing:.06em;text-transform:uppercase;color:var(--mark);margin:30px 0 8px;padding-bottom:6px;border-bottom:1px solid var(--line)}
p{margin:0 0 13px}
dl{display:grid;grid-template-columns:210px 1fr;gap:8px 20px;margin:0}
dt{color:var(--soft)}dd{margin:0;white-space:pre-line;overflow-wrap:anywhere}
dd ul{margin:0;padding-left:18px}
.wide{grid-column:1/-1}
table{border-collapse:collapse;width:100%;font-size:13.5px;margin:4px 0}
th{font:600 11.5px/1.3 system-ui,"Liberation Sans",Arial,sans-serif;text-align:left;color:var(--soft);border-bottom:1.5px solid var(--ink);padding:6px 8px 6px 0;vertical-align:bottom}
td{border-bottom:1px solid var(--line);padding:6px 8px 6px 0;vertical-align:top;overflow-wrap:break-word}td.short{white-space:nowrap}
.missing{color:var(--warn);background:var(--warnband);padding:1px 6px;border-radius:3px}
.sign{display:grid;grid-template-columns:1fr 180px;gap:40px;margin-top:58px}
.sign div{border-top:1px solid var(--ink);padding-top:6px;color:var(--soft);font-size:13px}
.review{font:14px/1.5 system-ui,"Segoe UI","Liberation Sans",Arial,sans-serif;border-top:5px solid var(--warn)}
.review h1{font-size:20px;margin-bottom:4px}
.review .sub{color:var(--soft);margin-bottom:20px}
.review li{margin:0 0 9px}
.review small{color:var(--soft);font-size:12.5px}
.tag{display:inline-block;font-size:11.5px;font-weight:600;border-radius:3px;padding:1px 7px;background:var(--band);color:var(--soft)}
.tag.no{background:var(--warnband);color:var(--warn)}
code{font:12px ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;overflow-wrap:anywhere}
@media(max-width:720px){.sheet{padding:28px 20px;margin:0}.stamp{position:static;display:inline-block;margin-bottom:18px}dl{grid-template-columns:1fr;gap:2px}dd{margin-bottom:8px}}
@media print{@page{size:A4;margin:22mm 20mm}body{background:#fff;font-size:10.8pt}.sheet{max-width:none;margin:0;padding:0;box-shadow:none}.review{break-before:page;border-top:0}tr,li{break-inside:avoid}h2{break-after:avoid}.stamp{top:-6mm;right:0}}
)";

std::string text(std::string_view plain) {
  return base::escape_markup(plain);
}

void append_field(std::string& out, const LetterField& each) {
  const bool empty = each.text.empty() && each.list.empty() && each.rows.empty();
  if (!each.rows.empty()) {
    out += "<div class=\"wide\"><table><thead><tr><th>No.</th>";
    for (const Column& column : each.field->columns) out += fmt::format("<th>{}</th>", text(column.label));
    out += "</tr></thead><tbody>\n";
    for (std::size_t row = 0; row < each.rows.size(); ++row) {
      out += fmt::format("<tr><td>{}</td>", row + 1);
      for (std::size_t i = 0; i < each.rows[row].size(); ++i) {
        const bool gap = each.rows[row][i].empty() && each.field->columns[i].mandatory;
        out += gap ? "<td><span class=\"missing\">not stated</span></td>"
                   : fmt::format("<td{}>{}</td>",
                                 each.field->columns[i].type == "text" ? "" : " class=\"short\"",
                                 text(each.rows[row][i]));
      }
      out += "</tr>\n";
    }
    out += "</tbody></table></div>\n";
    return;
  }
  out += fmt::format("<dt>{}</dt><dd>", text(each.field->label));
  if (empty) out += "<span class=\"missing\">not stated</span>";
  out += text(each.text);
  if (!each.list.empty()) {
    out += "<ul>";
    for (const std::string& line : each.list) out += fmt::format("<li>{}</li>", text(line));
    out += "</ul>";
  }
  out += "</dd>\n";
}

void append_letter(std::string& out, const Checklist& checklist, const Request& request,
                   const DraftOptions& options) {
  const Letter letter = letter_of(checklist, request);
  out += "<article class=\"sheet\">";
  if (!options.for_sending)
    out += fmt::format("<div class=\"stamp\">DRAFT{}</div>", checklist.complete() ? "" : " - INCOMPLETE");
  out += "<p class=\"to\">";
  for (const std::string& line : checklist.kind->to) out += text(line) + "\n";
  out += fmt::format("</p><p class=\"date\">{}</p>\n<h1>{}</h1>\n", text(base::to_string(request.date)),
                     text(letter.subject));
  for (const std::string& line : letter.opening) out += fmt::format("<p>{}</p>\n", text(line));
  for (const LetterSection& section : letter.sections) {
    out += fmt::format("<h2>{}</h2><dl>\n", text(section.heading));
    for (const LetterField& each : section.fields) append_field(out, each);
    out += "</dl>\n";
  }
  out += "<h2>Undertaking</h2>\n";
  for (const std::string& line : letter.closing) out += fmt::format("<p>{}</p>\n", text(line));
  out += "<div class=\"sign\"><div>Name, function, signature</div><div>Date</div></div></article>\n";
}

std::string basis_line(const Basis& basis) {
  const std::string state = mark(basis);
  return fmt::format("<small>{} <span class=\"tag{}\">{}</span></small>", text(basis.citation),
                     basis.verified ? "" : " no", text(state));
}

void append_review(std::string& out, const Checklist& checklist, const Request& request,
                   const DraftOptions& options) {
  out += fmt::format(
      "<article class=\"sheet review\"><h1>Review sheet</h1><p class=\"sub\">For the reviewers; not part of "
      "the "
      "letter. {}</p>\n",
      text(checklist.kind->form));
  if (!options.approved.empty()) out += fmt::format("<p>{}</p>\n", text(options.approved));
  out += fmt::format("<h2>Missing or wrong ({})</h2><ul>\n", checklist.lacks.size());
  for (const Lack& lack : checklist.lacks)
    out += fmt::format("<li><b>{}{}</b>: {}. {}<br>{}</li>\n", text(lack.field->label),
                       lack.place.empty() ? "" : ", " + text(lack.place), text(lack.why),
                       text(lack.field->ask), basis_line(lack.field->basis));
  if (checklist.lacks.empty()) out += "<li>No mandatory field is empty.</li>\n";
  for (const std::string& name : checklist.unknown)
    out += fmt::format("<li>This kind has no field <code>{}</code>; it is not in the letter.</li>\n",
                       text(name));
  out += "</ul><h2>Findings</h2><ul>\n";
  for (const Finding* finding : checklist.findings)
    out += fmt::format("<li>{}<br>{}</li>\n", text(finding->says), basis_line(finding->basis));
  for (const law::Verdict& verdict : checklist.law)
    out += fmt::format("<li><b>{}: {}</b>. {}</li>\n", text(verdict.jurisdiction), text(verdict.verdict),
                       text(verdict.because));
  out +=
      "</ul><h2>Permissions, in the order fixed by law</h2><table><thead><tr><th>Kind</th><th>Needed</th><th>"
      "Place in the order</th></tr></thead><tbody>\n";
  for (const InOrder& row : checklist.order)
    out += fmt::format("<tr><td>{}<br><small>{}</small></td><td>{}</td><td>{}</td></tr>\n",
                       text(row.kind->id), text(row.kind->name), text(row.needed), text(row.because));
  out += "</tbody></table><h2>Basis</h2><ul>\n";
  for (const Basis& basis : checklist.kind->bases)
    out += fmt::format("<li>{}<br>{}</li>\n", text(basis.says), basis_line(basis));
  out += fmt::format(
      "</ul><h2>Versions</h2><p><code>{}</code></p><p>Draft <code>{}</code>, requirements compiled {}. "
      "This sheet is no legal advice, and nothing in it says that the activity is allowed.</p></article>\n",
      text(options.versions), draft_hash(checklist, request), text(checklist.kind->compiled));
}

}  // namespace

void append_draft_html(std::string& out, const Checklist& checklist, const Request& request,
                       const DraftOptions& options) {
  out +=
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width,initial-scale=1\"><meta http-equiv=\"Content-Security-Policy\" "
      "content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>";
  out += text(checklist.kind->name);
  out += "</title><style>";
  out += kStyle;
  out += "</style></head><body>\n";
  append_letter(out, checklist, request, options);
  if (!options.for_sending) append_review(out, checklist, request, options);
  out += "</body></html>\n";
}

}  // namespace cordon::permit
