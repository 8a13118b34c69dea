// The page of an export: to read, print, or keep as PDF. No script runs in it, nothing is loaded.
#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "cordon/base/text.hpp"
#include "cordon/ledger/export_format.hpp"

namespace cordon::ledger {
namespace {

constexpr std::string_view kStyle = R"(
:root{--ink:#16202c;--soft:#55657a;--line:#d5dce5;--band:#f3f6fa;--mark:#0b4f8a}
*{box-sizing:border-box}
body{margin:0;background:#e9edf2;color:var(--ink);font:14px/1.5 "Segoe UI",system-ui,-apple-system,"Helvetica Neue",Arial,sans-serif}
main{max-width:1060px;margin:28px auto;background:#fff;padding:44px 52px;border-top:5px solid var(--mark);box-shadow:0 1px 6px rgba(20,30,45,.14)}
h1{font-size:25px;margin:0 0 4px;letter-spacing:-.01em}
.sub{color:var(--soft);margin:0 0 24px}
dl.facts{display:grid;grid-template-columns:170px 1fr;gap:5px 18px;margin:0 0 26px;padding:16px 20px;background:var(--band);border-radius:6px}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
code,.hash{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:12px}
article{border-top:1px solid var(--line);padding:14px 0 12px;break-inside:avoid}
article header{display:flex;flex-wrap:wrap;gap:4px 14px;align-items:baseline}
.seq{font-weight:650;color:var(--mark);min-width:44px}
.kind{font-weight:600}
.who,.when{color:var(--soft)}.when{margin-left:auto;font-variant-numeric:tabular-nums}
.subject{margin:2px 0 0 58px}
table{border-collapse:collapse;margin:8px 0 6px 58px;width:calc(100% - 58px)}
td{padding:3px 12px 3px 0;vertical-align:top;overflow-wrap:anywhere;white-space:pre-wrap}
td:first-child{color:var(--soft);width:170px}
.hash{margin:4px 0 0 58px;color:var(--soft);overflow-wrap:anywhere}
footer{border-top:1px solid var(--line);margin-top:18px;padding-top:14px;color:var(--soft);font-size:13px}
@media(max-width:720px){main{padding:24px 18px;margin:0}dl.facts{grid-template-columns:1fr}.subject,.hash,table{margin-left:0}table{width:100%}}
@media print{@page{size:A4;margin:16mm 15mm}body{background:#fff;font-size:10.5pt}main{max-width:none;margin:0;padding:0;border-top:0;box-shadow:none}dl.facts{border:1px solid var(--line)}}
)";

constexpr std::size_t kLongestShown = 20'000;  // of one value; the whole is in the data at the end

void append_fact(std::string& out, std::string_view name, std::string_view value, bool is_code = false) {
  out += fmt::format("<dt>{}</dt><dd>{}{}{}</dd>\n", name, is_code ? "<code>" : "",
                     base::escape_markup(value), is_code ? "</code>" : "");
}

std::string shown(const nlohmann::json& value) {
  std::string text =
      value.is_string() ? value.get<std::string>() : value.dump(value.is_structured() ? 2 : -1);
  if (text.size() > kLongestShown) {
    text.resize(kLongestShown);
    text = base::to_utf8(text) + " ... (cut; the whole is in the data of this file)";
  }
  return text;
}

// Programs and data with their versions, one a line.
std::string versions_text(std::string_view versions) {
  const auto json = nlohmann::json::parse(versions, nullptr, false);
  std::string out;
  if (!json.is_object()) return std::string(versions);
  for (const auto& [name, value] : json.items()) {
    if (value.is_object()) {
      for (const auto& [inner, text] : value.items())
        out += fmt::format("{}{} {}: {}", out.empty() ? "" : "; ", name, inner, shown(text));
    } else {
      out += fmt::format("{}{}: {}", out.empty() ? "" : "; ", name, shown(value));
    }
  }
  return out;
}

}  // namespace

std::string script_json(std::string_view json) {
  std::string out;
  for (const char c : json) {
    if (c == '<') {
      out += "\\u003c";
    } else {
      out += c;
    }
  }
  return out;
}

void append_page_start(std::string& out, const Ledger& ledger, const ExportOptions& options, const Head& head,
                       std::string_view made) {
  const std::string title = options.title.empty() ? "Record of decisions" : options.title;
  out += kPageStart;
  out +=
      "<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width,initial-scale=1\"><meta http-equiv=\"Content-Security-Policy\" "
      "content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>";
  out += base::escape_markup(title);
  out += "</title><style>";
  out += kStyle;
  out += "</style></head><body><main>\n<h1>";
  out += base::escape_markup(title);
  out +=
      "</h1>\n<p class=\"sub\">Signed copy of an append-only, hash-chained ledger</p>\n<dl "
      "class=\"facts\">\n";
  append_fact(out, "Ledger", ledger.id(), true);
  append_fact(out, "Begun", ledger.created());
  append_fact(out, "Copy made",
              options.actor.empty() ? std::string(made) : fmt::format("{} by {}", made, options.actor));
  const auto& filter = options.filter;
  std::string part = filter.first <= 1 && filter.last >= head.seq
                         ? fmt::format("entries 1 to {}", head.seq)
                         : fmt::format("entries {} to {} of {}", std::max<std::uint64_t>(filter.first, 1),
                                       filter.last, head.seq);
  if (!filter.subject.empty()) part += ", subject " + filter.subject;
  if (!filter.kind.empty()) part += ", kind " + filter.kind;
  if (!filter.actor.empty()) part += ", actor " + filter.actor;
  append_fact(out, "Part", part);
  append_fact(out, "Head", fmt::format("entry {}: {}", head.seq, head.hash), true);
  append_fact(out, "Program, law, lists", versions_text(options.versions));
  out += "</dl>\n";
}

void append_page_entry(std::string& out, const Entry& entry) {
  out += fmt::format(
      "<article><header><span class=\"seq\">{}</span><span class=\"kind\">{}</span><span class=\"who\">{} "
      "({})</span><span class=\"when\">{}</span></header>\n",
      entry.seq, base::escape_markup(entry.kind), base::escape_markup(entry.actor),
      base::escape_markup(entry.role), base::escape_markup(entry.time));
  if (!entry.subject.empty())
    out += fmt::format("<div class=\"subject\">{}</div>\n", base::escape_markup(entry.subject));
  const auto payload = nlohmann::json::parse(entry.payload, nullptr, false);
  out += "<table>";
  const auto row = [&](std::string_view name, std::string_view value) {
    out += fmt::format("<tr><td>{}</td><td>{}</td></tr>\n", base::escape_markup(name),
                       base::escape_markup(value));
  };
  if (payload.is_object()) {
    for (const auto& [name, value] : payload.items()) row(name, shown(value));
  } else {
    row("payload", payload.is_discarded() ? entry.payload : shown(payload));
  }
  if (entry.versions != "{}") row("rests on", versions_text(entry.versions));
  out += fmt::format("</table><div class=\"hash\">hash {}<br>after {}</div></article>\n",
                     base::escape_markup(entry.hash), base::escape_markup(entry.previous));
}

void append_page_end(std::string& out, std::string_view data) {
  out +=
      "<footer>Each entry's hash covers its fields and the hash of the entry before. This copy is signed "
      "(Ed25519) over every byte; <code>cordon ledger verify FILE --public KEY.pub</code> checks signature, "
      "entries "
      "and chain. A record of what was decided is not a statement that the decision was "
      "right.</footer></main>\n";
  out += kPageData;
  out += script_json(data);
  out += kPageDataEnd;
}

}  // namespace cordon::ledger
