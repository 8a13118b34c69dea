// Cases: what a team found, noted and decided about a vessel, a party or an event. The ledger is their only
// store: a case is what follows from its entries, and the same rules judge a step before it is written and a
// history that is read. A final decision needs two people.
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/json.hpp"
#include "cordon/base/result.hpp"
#include "cordon/ledger/ledger.hpp"

namespace cordon::serve {

// An entry of the ledger, whose author and time it is.
struct CaseEntry {
  std::uint64_t seq = 0;
  std::string actor, role, time;
};
struct CaseNote : CaseEntry {
  std::string text;
};
struct CaseAttachment : CaseEntry {
  std::string name, type, sha256;
  std::uint64_t bytes = 0;
};
struct CaseDecision : CaseEntry {
  std::string outcome, reason;
  std::string effect;  // proposed confirmed contested reopened
};

struct Case : CaseEntry {  // who opened it
  std::string id, title, subject_type, subject_id;
  // open, proposed (one person decided), decided (a second one agreed)
  std::string status = "open";
  std::string outcome;   // proposed or decided
  std::string proposer;  // whose decision waits for a second person
  std::string updated;
  std::vector<CaseNote> notes;
  std::vector<CaseAttachment> attachments;
  std::vector<CaseDecision> decisions;
  std::uint64_t last_seq = 0;  // of the last entry that changed it; views do not
};

// What somebody does to a case. kind: open note attach decide.
struct CaseStep {
  std::string kind, actor, role;
  std::string title, subject_type, subject_id;  // open
  std::string text;                             // note; reason of a decision
  std::string name, type, content;              // attach: any bytes
  std::string outcome;                          // decide
  std::uint64_t seen = 0;  // last_seq of the case as the actor read it; 0 = he does not say
};

// Why a step is not done, and how to say so over HTTP.
struct CaseFault {
  int status = 400;
  std::string message, where;
};

class Cases {
 public:
  static constexpr std::size_t kLargestAttachment = 700'000;  // an entry's payload holds it in base64

  // Reads what the ledger has got since, by any program. All of them; newest change first.
  base::Result<std::vector<Case>> all(ledger::Ledger& ledger);
  tl::expected<Case, CaseFault> find(ledger::Ledger& ledger, std::string_view id);
  // Opens where id is empty. Returns the case as it is then. Two who act at once: the second one is told.
  tl::expected<Case, CaseFault> act(ledger::Ledger& ledger, std::string_view id, const CaseStep& step,
                                    std::string_view versions);
  // The bytes of an attachment, by the number of its entry.
  tl::expected<std::string, CaseFault> content(ledger::Ledger& ledger, const Case& of, std::uint64_t seq);

 private:
  base::Result<void> catch_up(ledger::Ledger& ledger);
  void fold(ledger::Entry&& entry);

  std::mutex mutex_;
  std::string ledger_id_;
  std::uint64_t read_ = 0;  // entries folded so far
  std::map<std::string, Case, std::less<>> cases_;
  std::map<std::string, std::uint64_t, std::less<>> last_of_;  // last entry about a case, views included
};

std::span<const std::string_view> case_outcomes();  // what may be decided
// A case in a list: without notes, attachments and decisions.
void append_json(base::JsonWriter& json, const Case& one, bool whole);

}  // namespace cordon::serve
