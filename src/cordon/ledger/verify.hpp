// Finds every entry that was altered, removed, moved or put in, and names it.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/ledger/entry.hpp"
#include "cordon/ledger/ledger.hpp"

namespace cordon::ledger {

struct Damage {
  std::string what;         // altered removed moved inserted rewritten heads
  std::uint64_t seq = 0;    // the entry
  std::uint64_t until = 0;  // last of a run (removed); else = seq
  std::string because;      // one sentence
};

struct Verdict {
  std::string ledger_id;
  std::uint64_t entries = 0;
  Head head;                    // of the last entry
  std::uint64_t anchored = 0;   // the last entry an anchor vouches for; 0 = none
  std::vector<Damage> damages;  // by sequence; at most kMostDamages are kept
  std::uint64_t damage_count = 0;
  std::vector<std::string> notes;
  bool whole() const { return damage_count == 0; }
};
inline constexpr std::size_t kMostDamages = 100;

// Feed the rows in the order of the store, then finish.
class Verifier {
 public:
  // before: the head the first row must follow (seq 0 and the genesis hash for a whole ledger). contiguous:
  // every sequence number is expected. heads: what is known of the chain from elsewhere, by sequence.
  Verifier(std::string ledger_id, Head before, bool contiguous, std::vector<Head> heads);
  void add(Entry entry);
  Verdict finish();

 private:
  struct Suspect {
    Entry entry;
    std::string own_hash;    // what its fields give
    std::uint64_t was = 0;   // the sequence number under which its hash is right; 0 = none found
    const char* field = "";  // the field that was altered, where that can be told
  };
  void damage(std::string what, std::uint64_t seq, std::uint64_t until, std::string because);
  void compare_with_head(const Entry& entry, bool suspect);
  void explain_suspects();
  bool explain_shift(std::size_t& at);
  Verdict verdict_;
  Head before_;  // the row before: its number and stored hash
  bool contiguous_;
  bool before_suspect_ = false;
  std::vector<Head> heads_;
  std::size_t next_head_ = 0;
  std::uint64_t last_good_head_ = 0, rewritten_from_ = 0, rewritten_until_ = 0;
  std::string last_time_;
  std::uint64_t clock_steps_ = 0, suspect_count_ = 0;
  std::vector<Suspect> suspects_;
  std::vector<std::uint64_t> gap_numbers_;  // some of the numbers that are missing
};

// The ledger, with its file of heads and the heads of a verified export or any other source.
base::Result<Verdict> verify(Ledger& ledger, std::span<const Head> more_heads = {});

// {"ledger","entries","head","anchored","whole","damages":[..],"notes":[..]}
void append_json(std::string& out, const Verdict& verdict);

}  // namespace cordon::ledger
