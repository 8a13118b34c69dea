// check_export of export.hpp.
#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cordon/base/csv.hpp"
#include "cordon/base/sha256.hpp"
#include "cordon/base/text.hpp"
#include "cordon/ledger/export_format.hpp"

namespace cordon::ledger {
namespace {

using Json = nlohmann::json;

std::string text_of(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::uint64_t number_of(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
}

Entry entry_of(const Json& row) {
  Entry entry;
  entry.seq = number_of(row, "seq");
  entry.time = text_of(row, "time");
  entry.actor = text_of(row, "actor");
  entry.role = text_of(row, "role");
  entry.kind = text_of(row, "kind");
  entry.subject = text_of(row, "subject");
  const auto canonical = [&](const char* name) {
    const auto found = row.find(name);
    return found == row.end() ? std::string() : found->dump(-1, ' ', false, Json::error_handler_t::replace);
  };
  entry.payload = canonical("payload");
  entry.versions = canonical("versions");
  entry.previous = text_of(row, "previous");
  entry.hash = text_of(row, "hash");
  return entry;
}

std::string plain_cell(const std::string& cell) {
  const bool guarded = cell.size() > 1 && cell[0] == '\'' &&
                       std::string_view("=+-@'\t").find(cell[1]) != std::string_view::npos;
  return guarded ? cell.substr(1) : cell;
}

base::Result<std::vector<Entry>> csv_entries(std::string_view body) {
  std::vector<Entry> entries;
  std::string wrong;
  auto done =
      base::read_csv(body.substr(std::min(body.size(), kCsvHeader.size())), ',',
                     [&](base::CsvRow&& row, std::uint64_t line) {
                       if (row.size() != 10) {
                         wrong = fmt::format("line {}: expected 10 cells, found {}", line + 1, row.size());
                         return;
                       }
                       for (std::string& cell : row) cell = plain_cell(cell);
                       entries.push_back({base::parse_number<std::uint64_t>(row[0]).value_or(0), row[1],
                                          row[2], row[3], row[4], row[5], row[6], row[7], row[8], row[9]});
                     });
  if (!done) return tl::unexpected(done.error());
  if (!wrong.empty()) return base::fail("{}", wrong);
  return entries;
}

base::Result<std::vector<Entry>> json_entries(std::string_view text) {
  // A file from outside may nest without end: the reader of records bounds it.
  const Json rows = Json::parse(text, nullptr, false);
  if (!rows.is_array()) return base::fail("its entries are not JSON");
  std::vector<Entry> entries;
  for (const Json& row : rows) {
    if (!row.is_object()) return base::fail("expected an entry, found {:.40}", row.dump());
    entries.push_back(entry_of(row));
  }
  return entries;
}

struct Parts {
  std::string_view body;  // what the statement's hash covers
  std::string seal;       // JSON
  base::Result<std::vector<Entry>> entries = base::fail("");
};

// nlohmann reads without recursion but writes and frees with it.
bool too_deep(std::string_view text) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') ++i;
      if (c == '"') quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      if (++depth > 80) return true;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return false;
}

base::Result<Parts> parts_of(std::string_view file) {
  if (!looks_like_export(file)) return base::fail("is not an export of a ledger");
  const auto no_seal = [] { return base::fail("its last line is not the seal of an export"); };
  const std::string_view whole = file.ends_with('\n') ? file.substr(0, file.size() - 1) : file;
  const auto cut = whole.rfind('\n');
  if (cut == std::string_view::npos) return no_seal();
  Parts parts;
  parts.body = file.substr(0, cut + 1);
  const std::string_view last = whole.substr(cut + 1);
  if (file.starts_with(kCsvHeader)) {
    base::CsvRow row;
    auto done =
        base::read_csv(last, ',', [&](base::CsvRow&& cells, std::uint64_t) { row = std::move(cells); });
    if (!done || row.size() != 2 || row[0] != "seal") return no_seal();
    parts.seal = row[1];
    parts.entries = csv_entries(parts.body);
  } else if (file.starts_with(kJsonStart)) {
    constexpr std::string_view kSeal = "\"seal\":";
    if (!last.starts_with(kSeal) || !last.ends_with('}')) return no_seal();
    parts.seal = last.substr(kSeal.size(), last.size() - kSeal.size() - 1);
    std::string_view rows = parts.body.substr(kJsonStart.size());
    if (rows.ends_with("],\n")) rows.remove_suffix(3);
    if (too_deep(rows)) return base::fail("its entries are nested too deeply");
    parts.entries = json_entries("[" + std::string(rows) + "]");
  } else {
    if (!last.starts_with(kPageSeal) || !(std::string(last) + "\n").ends_with(kPageEnd)) return no_seal();
    parts.seal = last.substr(kPageSeal.size(), last.size() - kPageSeal.size() - (kPageEnd.size() - 1));
    const auto start = parts.body.find(kPageData), end = parts.body.rfind(kPageDataEnd);
    if (start == std::string_view::npos || end == std::string_view::npos || end < start + kPageData.size())
      return base::fail("the page lacks its data");
    const auto rows = parts.body.substr(start + kPageData.size(), end - start - kPageData.size());
    if (too_deep(rows)) return base::fail("its entries are nested too deeply");
    parts.entries = json_entries("[" + std::string(rows) + "]");
  }
  return parts;
}

}  // namespace

bool looks_like_export(std::string_view first_bytes) {
  return first_bytes.starts_with(kCsvHeader) || first_bytes.starts_with(kJsonStart) ||
         first_bytes.starts_with(kPageStart);
}

base::Result<ExportCheck> check_export(std::string_view file, const PublicKey& key) {
  auto parts = parts_of(file);
  if (!parts) return tl::unexpected(parts.error());
  if (too_deep(parts->seal)) return base::fail("its seal is nested too deeply");
  const Json seal = Json::parse(parts->seal, nullptr, false);
  const auto statement = seal.is_object() ? seal.find("statement") : seal.end();
  if (!seal.is_object() || statement == seal.end() || !statement->is_object())
    return base::fail("its seal holds no statement");
  auto canonical = canonical_json(statement->dump(-1, ' ', false, Json::error_handler_t::replace));
  if (!canonical) return base::fail("its statement {}", canonical.error().message);

  ExportCheck check;
  check.statement = *canonical;
  check.signer = text_of(seal, "public_key");
  check.signature_good = key.hex() == check.signer && text_of(*statement, "format") == kExportFormat &&
                         key.verify(signed_text(*canonical), text_of(seal, "signature"));
  check.body_good = base::sha256_hex(parts->body) == text_of(*statement, "body_sha256");
  if (!parts->entries) {
    check.verdict.damage_count = 1;
    check.verdict.damages.push_back({"altered", 0, 0, parts->entries.error().message});
    return check;
  }
  const std::uint64_t first = number_of(*statement, "first"), last = number_of(*statement, "last");
  const auto selected = statement->find("selected");
  const bool contiguous = selected == statement->end() || *selected == false;
  const std::string id = text_of(*statement, "ledger");
  Head before{first == 0 ? 0 : first - 1, {}};
  if (before.seq == 0) {
    before.hash = genesis_of(id);
  } else if (!parts->entries->empty()) {
    before.hash = parts->entries->front().previous;
  }
  // The statement is signed: what it says of the last entry anchors the chain.
  std::vector<Head> heads;
  const Head head{number_of(*statement, "head_seq"), text_of(*statement, "head_hash")};
  if (contiguous && head.seq == last) heads.push_back(head);
  Verifier verifier(id, before, contiguous, std::move(heads));
  for (Entry& entry : *parts->entries) {
    check.heads.push_back({entry.seq, entry.hash});
    verifier.add(std::move(entry));
  }
  check.verdict = verifier.finish();
  check.heads.push_back(head);
  if (check.verdict.entries != number_of(*statement, "entries") && check.verdict.whole()) {
    ++check.verdict.damage_count;
    check.verdict.damages.push_back({"removed", first, last,
                                     fmt::format("the signed statement counts {} entries, the file holds {}",
                                                 number_of(*statement, "entries"), check.verdict.entries)});
  }
  return check;
}

}  // namespace cordon::ledger
