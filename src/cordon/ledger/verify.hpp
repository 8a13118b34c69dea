// Finds every entry that was altered, removed, moved or put in, and names it.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
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

// Feed the rows in the order of the store, then finish. `contiguous`: every sequence number is expected.
class Verifier {
 public:
  Verifier(std::string ledger_id, Head before, bool contiguous);
  void add(const Entry& entry);
  // heads: what is known of the chain from elsewhere.
  Verdict finish(std::span<const Head> heads);

 private:
  struct Suspect {
    Entry entry;
    std::string own_hash;  // what its fields give
  };
  void damage(std::string what, std::uint64_t seq, std::uint64_t until, std::string because);
  void explain_suspects();
  Verdict verdict_;
  Head before_;
  bool contiguous_;
  std::string expected_previous_, last_time_;
  std::vector<Suspect> suspects_;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> gaps_;
  std::vector<Head> seen_;  // every entry's sequence and stored hash, for heads and moved entries
};

// The ledger, with its file of heads and the heads of a verified export or any other source.
base::Result<Verdict> verify(Ledger& ledger, std::span<const Head> more_heads = {});

// {"ledger","entries","head","anchored","whole","damages":[..],"notes":[..]}
void append_json(std::string& out, const Verdict& verdict);

}  // namespace cordon::ledger
