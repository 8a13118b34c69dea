#include "cordon/ledger/export.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "cordon/base/csv.hpp"
#include "cordon/base/json.hpp"
#include "cordon/base/sha256.hpp"
#include "cordon/base/text.hpp"
#include "cordon/ledger/export_format.hpp"

namespace cordon::ledger {
namespace {

// A spreadsheet would run a cell that begins so; read_csv_entry takes the apostrophe off again.
void append_cell(std::string& out, std::string_view text) {
  const bool harmful =
      !text.empty() && std::string_view("=+-@'\t").find(text.front()) != std::string_view::npos;
  base::append_csv(out, harmful ? "'" + std::string(text) : std::string(text));
}

void append_csv_entry(std::string& out, const Entry& entry) {
  out += fmt::format("{}", entry.seq);
  for (const std::string* text : {&entry.time, &entry.actor, &entry.role, &entry.kind, &entry.subject,
                                  &entry.payload, &entry.versions, &entry.previous, &entry.hash}) {
    out += ',';
    append_cell(out, *text);
  }
  out += '\n';
}

std::string now() {
  const auto time = std::chrono::system_clock::now().time_since_epoch();
  return ledger_time(std::chrono::duration_cast<std::chrono::milliseconds>(time).count());
}

struct Body {
  std::string text;
  std::uint64_t entries = 0;
  Entry first, last;
};

base::Result<Body> write_body(Ledger& ledger, const ExportOptions& options, const Head& head,
                              const std::string& made) {
  Body body;
  std::string data;  // of a page: the entries once more, for programs
  if (options.format == "csv") {
    body.text = std::string(kCsvHeader);
  } else if (options.format == "json") {
    body.text = std::string(kJsonStart);
  } else {
    append_page_start(body.text, ledger, options, head, made);
  }
  auto done = ledger.read(options.filter, [&](Entry&& entry) {
    const bool first = body.entries++ == 0;
    if (options.format == "csv") {
      append_csv_entry(body.text, entry);
    } else if (options.format == "json") {
      if (!first) body.text += ",\n";
      append_json(body.text, entry);
    } else {
      append_page_entry(body.text, entry);
      if (!first) data += ",\n";
      append_json(data, entry);
    }
    if (first) body.first = entry;
    body.last = std::move(entry);
    return true;
  });
  if (!done) return tl::unexpected(done.error());
  if (options.format == "json") body.text += "\n],\n";
  if (options.format == "html") append_page_end(body.text, data);
  return body;
}

}  // namespace

void append_json(std::string& out, const Entry& entry) {
  base::JsonWriter json(out);
  json.begin_object();
  json.field("seq", entry.seq);
  json.field("time", entry.time);
  json.field("actor", entry.actor);
  json.field("role", entry.role);
  json.field("kind", entry.kind);
  json.field("subject", entry.subject);
  json.key("payload");
  json.raw(entry.payload);
  json.key("versions");
  json.raw(entry.versions);
  json.field("previous", entry.previous);
  json.field("hash", entry.hash);
  json.end_object();
}

base::Result<std::string> write_export(Ledger& ledger, const ExportOptions& options, const SigningKey& key) {
  const auto head = ledger.head();
  if (!head) return tl::unexpected(head.error());
  ExportOptions bounded = options;
  // The head and the entries are of one state: what is added meanwhile stays out.
  bounded.filter.last = std::min(bounded.filter.last, head->seq);
  const std::string made = now();
  auto body = write_body(ledger, bounded, *head, made);
  if (!body) return tl::unexpected(body.error());
  if (body->entries == 0) return base::fail("{}: no such entries to export", ledger.name());
  auto versions = canonical_json(options.versions);
  if (!versions) return base::fail("versions: {}", versions.error().message);

  std::string statement;
  base::JsonWriter json(statement);
  json.begin_object();
  json.field("format", kExportFormat);
  json.field("ledger", ledger.id());
  json.field("made", made);
  json.field("made_by", options.actor);
  json.field("entries", body->entries);
  json.field("first", body->first.seq);
  json.field("last", body->last.seq);
  json.field("selected", !options.filter.subject.empty() || !options.filter.kind.empty() ||
                             !options.filter.actor.empty());
  json.field("head_seq", head->seq);
  json.field("head_hash", head->hash);
  json.key("versions");
  json.raw(*versions);
  json.field("body_sha256", base::sha256_hex(body->text));
  json.end_object();
  auto canonical = canonical_json(statement);
  if (!canonical) return tl::unexpected(canonical.error());

  std::string seal;
  base::JsonWriter seal_json(seal);
  seal_json.begin_object();
  seal_json.key("statement");
  seal_json.raw(*canonical);
  seal_json.field("public_key", key.public_key().hex());
  seal_json.field("signature", key.sign(signed_text(*canonical)));
  seal_json.end_object();

  std::string out = std::move(body->text);
  if (options.format == "csv") {
    out += "seal,";
    base::append_csv(out, seal);
    out += "\n";
  } else if (options.format == "json") {
    out += fmt::format("\"seal\":{}}}\n", seal);
  } else {
    out += std::string(kPageSeal) + script_json(seal) + std::string(kPageEnd);
  }
  return out;
}

}  // namespace cordon::ledger
