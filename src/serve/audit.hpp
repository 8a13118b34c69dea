// Who saw and did what, in the ledger.
#pragma once
#include <string>
#include <string_view>

#include "cordon/base/result.hpp"
#include "cordon/ledger/entry.hpp"
#include "serve/router.hpp"
#include "serve/services.hpp"

namespace cordon::serve {

// The record of something the asker did or saw, with the versions of what he saw.
// kind: "case.view"; subject: "case:C-2026-001"; payload: JSON.
ledger::Record record_of(const Call& call, std::string_view kind, std::string_view subject,
                         std::string payload = "{}");
// Adds it. Does nothing where there is no ledger; an error means that what was asked must not be shown or
// done.
base::Result<void> audit(const Call& call, std::string_view kind, std::string_view subject,
                         std::string payload = "{}");

}  // namespace cordon::serve
