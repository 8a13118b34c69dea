// The ledger read, verified, and taken along as a signed copy.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "cordon/base/json.hpp"
#include "cordon/base/text.hpp"
#include "cordon/ledger/export.hpp"
#include "cordon/permit/desk.hpp"
#include "serve/asked.hpp"
#include "serve/audit.hpp"
#include "serve/router.hpp"
#include "serve/services.hpp"

namespace cordon::serve::routes {
namespace {

constexpr std::size_t kLongestShown = 4096;  // of a payload in a list; the whole is in the entry itself

Response no_ledger() {
  return error(409, "the server was started without a ledger (--ledger)");
}

ledger::Filter filter_of(Asked& asked) {
  ledger::Filter filter;
  filter.subject = asked.text("subject");
  filter.kind = asked.text("kind");
  filter.actor = asked.text("actor");
  filter.first = asked.number("from", 1, 1, UINT64_MAX);
  filter.last = asked.number("to", UINT64_MAX, 1, UINT64_MAX);
  return filter;
}

// What was altered behind our back may be no JSON any more: it is shown as text.
void as_json(std::string& text, std::size_t most) {
  if (text.size() > most) {
    text = fmt::format("{{\"bytes\":{},\"left_out\":true}}", text.size());
  } else if (!ledger::canonical_json(text)) {
    std::string quoted;
    base::append_json_string(quoted, text);
    text = std::move(quoted);
  }
}

void append_entry(std::string& out, ledger::Entry entry, std::size_t most) {
  as_json(entry.payload, most);
  as_json(entry.versions, most);
  ledger::append_json(out, entry);
}

bool holds_text(const ledger::Entry& entry, std::string_view wanted) {
  for (const auto* text : {&entry.actor, &entry.kind, &entry.subject, &entry.payload})
    if (base::ascii_lower(*text).find(wanted) != std::string::npos) return true;
  return false;
}

// Numbers of the entries that fit, oldest first. Where nothing narrows them, none is read.
base::Result<std::vector<std::uint64_t>> numbers_of(const Call& call, const ledger::Filter& filter,
                                                    std::string_view wanted, std::uint64_t last) {
  std::vector<std::uint64_t> out;
  bool given_up = false;
  auto done = call.services.ledger->read(filter, [&](ledger::Entry&& entry) {
    if (entry.seq > last) return false;
    if (wanted.empty() || holds_text(entry, wanted)) out.push_back(entry.seq);
    given_up = call.request.is_cancelled();
    return !given_up;
  });
  if (!done) return tl::unexpected(done.error());
  if (given_up) return base::fail("the time for this request is over");
  return out;
}

}  // namespace

Response ledger_list(const Call& call) {
  Asked asked(call.request);
  const auto limit = asked.number("limit", 100, 1, 1000);
  const auto offset = asked.number("offset", 0, 0, UINT64_MAX / 2);
  const std::string wanted = base::ascii_lower(asked.text("q"));
  auto filter = filter_of(asked);
  if (asked.refusal()) return *asked.refusal();
  auto* ledger = call.services.ledger.get();
  if (!ledger) return no_ledger();
  const auto head = ledger->head();
  if (!head) return error(503, head.error().message);

  const bool narrowed =
      !filter.subject.empty() || !filter.kind.empty() || !filter.actor.empty() || !wanted.empty();
  filter.last = std::min(filter.last, head->seq);
  std::vector<std::uint64_t> numbers;  // of the page, newest first
  std::uint64_t total = 0;
  if (narrowed) {
    auto all = numbers_of(call, filter, wanted, head->seq);
    if (!all) return error(503, all.error().message);
    total = all->size();
    for (std::uint64_t i = offset; i < total && numbers.size() < limit; ++i)
      numbers.push_back((*all)[all->size() - 1 - i]);
  } else {
    total = filter.last >= filter.first ? filter.last - filter.first + 1 : 0;
    for (std::uint64_t i = offset; i < total && numbers.size() < limit; ++i)
      numbers.push_back(filter.last - i);
  }

  Response response;
  base::JsonWriter json(response.body);
  json.begin_object();
  json.field("ledger", ledger->id());
  json.key("head");
  json.begin_object();
  json.field("seq", head->seq);
  json.field("hash", head->hash);
  json.end_object();
  json.field("total", total);
  json.key("entries");
  json.begin_array();
  bool good = true;
  std::string follows;  // what the hash of the next (older) one must be, where the two touch
  std::uint64_t before = 0;
  for (const auto number : numbers) {
    ledger::Filter one;
    one.first = one.last = number;
    auto found = ledger->entries(one);
    if (!found) return error(503, found.error().message);
    if (found->size() != 1) {
      good = false;  // removed: the numbers have no gap
      continue;
    }
    auto& entry = found->front();
    good = good && ledger::hash_of(entry) == entry.hash && (before != number + 1 || follows == entry.hash);
    before = number;
    follows = entry.previous;
    std::string line;
    append_entry(line, std::move(entry), kLongestShown);
    json.raw(line);
  }
  json.end_array();
  json.field("verified", good);
  json.end_object();
  return response;
}

Response ledger_entry(const Call& call) {
  const auto number = base::parse_number<std::uint64_t>(call.request.capture(0));
  if (!number || *number == 0) return error(400, "seq: expected the number of an entry", "seq");
  if (!call.services.ledger) return no_ledger();
  ledger::Filter one;
  one.first = one.last = *number;
  auto found = call.services.ledger->entries(one);
  if (!found) return error(503, found.error().message);
  if (found->empty()) return error(404, "the ledger has no entry of this number", "seq");
  Response response;
  append_entry(response.body, std::move(found->front()), ledger::kLongestPayload);
  return response;
}

Response ledger_verify(const Call& call) {
  auto* ledger = call.services.ledger.get();
  if (!ledger) return no_ledger();
  const auto kinds = permit::Kinds::embedded();
  if (!kinds) return error(500, kinds.error().message);
  const auto verdict = permit::Desk(*ledger, **kinds, *call.state->law, call.state->versions).verify();
  if (!verdict) return error(503, verdict.error().message);
  Response response;
  permit::append_json(response.body, *verdict);
  return response;
}

Response ledger_export(const Call& call) {
  Asked asked(call.request);
  ledger::ExportOptions how;
  how.format = asked.one_of("format", {"json", "csv", "html"});
  how.filter = filter_of(asked);
  how.title = asked.text("title");
  if (asked.refusal()) return *asked.refusal();
  auto& services = call.services;
  if (!services.ledger) return no_ledger();
  if (!services.ledger_key)
    return error(409, "the server was started without a key to sign with (--ledger-key)");
  how.versions = call.state->versions;
  how.actor = call.request.who->name;
  // The copy that leaves is itself on record; the entry about it is not in the copy.
  auto copy = ledger::write_export(*services.ledger, how, *services.ledger_key);
  if (!copy) return error(503, copy.error().message);
  if (auto done = audit(call, "ledger.export", "ledger:" + services.ledger->id()); !done)
    return error(503, done.error().message);
  Response response = text(std::move(*copy), how.format == "html"  ? "text/html; charset=utf-8"
                                             : how.format == "csv" ? "text/csv; charset=utf-8"
                                                                   : "application/json");
  response.download("ledger." + how.format);
  return response;
}

}  // namespace cordon::serve::routes
