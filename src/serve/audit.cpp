#include "serve/audit.hpp"

#include <array>

namespace cordon::serve {

ledger::Record record_of(const Call& call, std::string_view kind, std::string_view subject,
                         std::string payload) {
  ledger::Record record;
  record.actor = call.request.who->name.empty() ? "nobody" : call.request.who->name;
  record.role = to_string(call.request.who->role);
  record.kind = kind;
  record.subject = subject;
  record.payload = std::move(payload);
  if (call.state) record.versions = call.state->versions;
  return record;
}

base::Result<void> audit(const Call& call, std::string_view kind, std::string_view subject,
                         std::string payload) {
  auto* ledger = call.services.ledger.get();
  if (!ledger) return {};
  const std::array records{record_of(call, kind, subject, std::move(payload))};
  if (auto done = ledger->append(records); !done) return tl::unexpected(done.error());
  return {};
}

}  // namespace cordon::serve
