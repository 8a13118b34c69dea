#include "cordon/ledger/entry.hpp"

#include <fmt/core.h>

#include <initializer_list>
#include <utility>

#include "cordon/base/sha256.hpp"
#include "cordon/base/text.hpp"

namespace cordon::ledger {
namespace {

void append_netstring(std::string& out, std::string_view text) {
  out += fmt::format("{}:", text.size());
  out += text;
  out += ',';
}

base::Result<void> check_field(std::string_view name, std::string_view text, bool may_be_empty) {
  if (text.empty() && !may_be_empty) return base::fail("{}: expected a text, found nothing", name);
  if (text.size() > kLongestField)
    return base::fail("{}: expected at most {} bytes, found {}", name, kLongestField, text.size());
  if (!base::is_utf8(text)) return base::fail("{}: is not UTF-8", name);
  for (const char c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
      return base::fail("{}: holds a control character", name);
  return {};
}

}  // namespace

std::string ledger_time(base::TimeMs time) {
  std::string text = base::to_iso(time);
  if (text.find('.') == std::string::npos && !text.empty()) text.insert(text.size() - 1, ".000");
  return text;
}

std::string hash_of(const Entry& entry) {
  std::string bytes;
  bytes.reserve(entry.payload.size() + 512);
  append_netstring(bytes, kFormat);
  append_netstring(bytes, fmt::format("{}", entry.seq));
  for (const std::string* field : {&entry.time, &entry.actor, &entry.role, &entry.kind, &entry.subject,
                                   &entry.payload, &entry.versions, &entry.previous})
    append_netstring(bytes, *field);
  return base::sha256_hex(bytes);
}

// The beginning is bound to the ledger's id, so that the entries of one ledger cannot be shown as another's.
std::string genesis_of(std::string_view ledger_id) {
  std::string bytes;
  append_netstring(bytes, kFormat);
  append_netstring(bytes, ledger_id);
  return base::sha256_hex(bytes);
}

base::Result<Record> checked(Record record) {
  struct Rule {
    std::string_view name;
    const std::string* text;
    bool may_be_empty;
  };
  for (const Rule& rule : {Rule{"actor", &record.actor, false}, Rule{"role", &record.role, false},
                           Rule{"kind", &record.kind, false}, Rule{"subject", &record.subject, true}})
    if (auto done = check_field(rule.name, *rule.text, rule.may_be_empty); !done)
      return tl::unexpected(done.error());
  auto payload = canonical_json(record.payload);
  if (!payload) return base::fail("payload: {}", payload.error().message);
  auto versions = canonical_json(record.versions);
  if (!versions) return base::fail("versions: {}", versions.error().message);
  if (versions->front() != '{')
    return base::fail("versions: expected a JSON object, found {:.40}", *versions);
  record.payload = std::move(*payload);
  record.versions = std::move(*versions);
  return record;
}

}  // namespace cordon::ledger
