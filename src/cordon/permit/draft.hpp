// The request as a letter: text, JSON, or a page to print. It asks; it never says that anything is approved,
// permitted or cleared.
#pragma once
#include <string>
#include <string_view>

#include "cordon/permit/check.hpp"
#include "cordon/permit/process.hpp"

namespace cordon::permit {

struct DraftOptions {
  std::string versions = "{}";  // JSON object: program, law, lists
  bool for_sending = false;     // the letter alone: no mark "draft", no review sheet
  std::string approved;         // "approved for sending by NAME on DATE, ledger entry 7"; review sheet only
};

// With the approval that stands in the request's history, if one does.
DraftOptions draft_options(const State& state, std::string versions);

void append_draft_html(std::string& out, const Checklist& checklist, const Request& request,
                       const DraftOptions& options);
void append_draft_text(std::string& out, const Checklist& checklist, const Request& request,
                       const DraftOptions& options);
void append_draft_json(std::string& out, const Checklist& checklist, const Request& request,
                       const DraftOptions& options);
// SHA-256 of what the draft says (its JSON without versions): what was approved is what is sent.
std::string draft_hash(const Checklist& checklist, const Request& request);

}  // namespace cordon::permit
