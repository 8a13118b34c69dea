#include "cordon/ledger/verify.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "cordon/base/json.hpp"
#include "cordon/ledger/heads.hpp"

namespace cordon::ledger {
namespace {

constexpr std::size_t kMostSuspects = 10'000, kMostGapNumbers = 64;

std::string hash_under(Entry entry, std::uint64_t seq) {
  entry.seq = seq;
  return hash_of(entry);
}

}  // namespace

Verifier::Verifier(std::string ledger_id, Head before, bool contiguous, std::vector<Head> heads)
    : before_(std::move(before)), contiguous_(contiguous), heads_(std::move(heads)) {
  verdict_.ledger_id = std::move(ledger_id);
  while (next_head_ < heads_.size() && heads_[next_head_].seq <= before_.seq) ++next_head_;
}

void Verifier::damage(std::string what, std::uint64_t seq, std::uint64_t until, std::string because) {
  ++verdict_.damage_count;
  if (verdict_.damages.size() < kMostDamages)
    verdict_.damages.push_back({std::move(what), seq, until, std::move(because)});
}

void Verifier::add(Entry entry) {
  ++verdict_.entries;
  const std::uint64_t expected = before_.seq + 1;
  bool linked = entry.seq == expected;  // the row before is the entry before
  if (entry.seq < expected) {
    damage("inserted", entry.seq, entry.seq,
           fmt::format("a row numbered {} stands where entry {} was expected", entry.seq, expected));
    return;
  }
  if (entry.seq > expected && contiguous_) {
    damage("removed", expected, entry.seq - 1,
           fmt::format("entry {} follows entry {}", entry.seq, before_.seq));
    for (std::uint64_t n = expected; n < entry.seq && gap_numbers_.size() < kMostGapNumbers; ++n)
      gap_numbers_.push_back(n);
  }
  if (!last_time_.empty() && entry.time < last_time_) ++clock_steps_;
  last_time_ = entry.time;

  std::string own = hash_of(entry);
  const bool suspect = own != entry.hash;
  if (linked && before_suspect_ && !suspects_.empty() && entry.previous == suspects_.back().own_hash &&
      suspects_.back().entry.seq == before_.seq)
    suspects_.back().field = "hash";
  if (linked && !before_suspect_ && !suspect && entry.previous != before_.hash) {
    if (entry.seq == 1) {
      damage("altered", 0, 0, "entry 1 does not follow from the ledger's id: one of the two was replaced");
    } else {
      damage(
          "rewritten", before_.seq, before_.seq,
          fmt::format("entry {} was chained to another hash than entry {} now has", entry.seq, before_.seq));
    }
  }
  compare_with_head(entry, suspect);
  Head next{entry.seq, entry.hash};
  if (suspect) {
    ++suspect_count_;
    Suspect kept{std::move(entry), std::move(own), 0, ""};
    if (linked && !before_suspect_ && kept.entry.previous != before_.hash) {
      Entry mended = kept.entry;
      mended.previous = before_.hash;
      if (hash_of(mended) == kept.entry.hash) kept.field = "previous";
    }
    if (suspects_.size() < kMostSuspects) suspects_.push_back(std::move(kept));
  }
  before_suspect_ = suspect;
  before_ = std::move(next);
}

// The first head that does not fit says where the chain was rewritten; the heads after it cannot fit either.
void Verifier::compare_with_head(const Entry& entry, bool suspect) {
  while (next_head_ < heads_.size() && heads_[next_head_].seq < entry.seq) ++next_head_;
  if (next_head_ == heads_.size() || heads_[next_head_].seq != entry.seq) return;
  if (heads_[next_head_].hash == entry.hash) {
    verdict_.anchored = last_good_head_ = entry.seq;
    return;
  }
  if (rewritten_from_ == 0 && !suspect) {
    rewritten_from_ = last_good_head_ + 1;
    rewritten_until_ = entry.seq;
  }
}

// Rows that all were renumbered by the same amount: something was put in before them, or taken out.
bool Verifier::explain_shift(std::size_t& at) {
  const auto shift_of = [](const Suspect& s) { return static_cast<std::int64_t>(s.was - s.entry.seq); };
  const std::uint64_t first = suspects_[at].entry.seq;
  const std::int64_t shift = shift_of(suspects_[at]);
  std::size_t end = at + 1;
  while (end < suspects_.size() && suspects_[end].was != 0 && shift_of(suspects_[end]) == shift &&
         suspects_[end].entry.seq == suspects_[end - 1].entry.seq + 1)
    ++end;
  if (end - at < 2) return false;
  const std::uint64_t last = suspects_[end - 1].entry.seq;
  const auto by = static_cast<std::uint64_t>(shift < 0 ? -shift : shift);
  if (shift < 0) {
    damage("inserted", first - by, first - 1,
           fmt::format("entries {} to {} were {} to {} before", first, last, first - by, last - by));
  } else {
    damage("removed", first, first + by - 1,
           fmt::format("what stands at {} to {} was {} to {}", first, last, first + by, last + by));
  }
  at = end;
  return true;
}

void Verifier::explain_suspects() {
  std::vector<std::uint64_t> numbers = gap_numbers_;
  for (std::size_t i = 0; i < suspects_.size() && i < kMostGapNumbers; ++i)
    numbers.push_back(suspects_[i].entry.seq);
  for (Suspect& suspect : suspects_) {
    const std::uint64_t seq = suspect.entry.seq;
    if (*suspect.field != '\0') continue;
    std::vector<std::uint64_t> candidates = {seq + 1, seq - 1, seq + 2, seq - 2, seq + 3, seq - 3};
    candidates.insert(candidates.end(), numbers.begin(), numbers.end());
    for (const std::uint64_t candidate : candidates)
      if (candidate != seq && hash_under(suspect.entry, candidate) == suspect.entry.hash) {
        suspect.was = candidate;
        break;
      }
  }
  for (std::size_t at = 0; at < suspects_.size();) {
    const Suspect& suspect = suspects_[at];
    const std::uint64_t seq = suspect.entry.seq;
    if (suspect.was != 0 && explain_shift(at)) continue;
    ++at;
    if (suspect.was != 0) {
      damage("moved", seq, seq, fmt::format("what stands at {} was entry {}", seq, suspect.was));
    } else if (*suspect.field != '\0') {
      damage("altered", seq, seq,
             fmt::format("its field '{}' was altered, the others were not", suspect.field));
    } else {
      damage("altered", seq, seq, "its fields do not give its hash");
    }
  }
  if (suspect_count_ > suspects_.size())
    verdict_.notes.push_back(fmt::format("{} more entries whose fields do not give their hash",
                                         suspect_count_ - suspects_.size()));
}

Verdict Verifier::finish() {
  verdict_.head = before_;
  explain_suspects();
  const bool told = std::any_of(verdict_.damages.begin(), verdict_.damages.end(), [&](const Damage& d) {
    return d.what == "rewritten" && d.seq >= rewritten_from_ && d.seq <= rewritten_until_;
  });
  if (rewritten_from_ != 0 && !told) {
    damage("rewritten", rewritten_from_, rewritten_until_,
           fmt::format(
               "a head kept elsewhere knows another hash of entry {}: an entry up to it was replaced, and "
               "all after it were chained anew",
               rewritten_until_));
  }
  if (contiguous_ && !heads_.empty() && heads_.back().seq > before_.seq)
    damage("removed", before_.seq + 1, heads_.back().seq,
           fmt::format("a head kept elsewhere knows entry {}", heads_.back().seq));
  if (clock_steps_ != 0)
    verdict_.notes.push_back(
        fmt::format("{} times an entry is older than the one before it: the clock of the "
                    "machine was set back",
                    clock_steps_));
  std::stable_sort(verdict_.damages.begin(), verdict_.damages.end(),
                   [](const Damage& a, const Damage& b) { return a.seq < b.seq; });
  return std::move(verdict_);
}

base::Result<Verdict> verify(Ledger& ledger, std::span<const Head> more_heads) {
  // The heads first: an entry that is added while we read must not look like one that was removed.
  auto heads = read_heads(ledger.heads_file());
  if (!heads) return tl::unexpected(heads.error());
  heads->all.insert(heads->all.end(), more_heads.begin(), more_heads.end());
  std::stable_sort(heads->all.begin(), heads->all.end(),
                   [](const Head& a, const Head& b) { return a.seq < b.seq; });
  const bool anchors = !heads->all.empty();
  Verifier verifier(ledger.id(), {0, genesis_of(ledger.id())}, true, std::move(heads->all));
  auto done = ledger.read({}, [&](Entry&& entry) {
    verifier.add(std::move(entry));
    return true;
  });
  if (!done) return tl::unexpected(done.error());
  Verdict verdict = verifier.finish();
  if (!heads->conflict.empty()) {
    ++verdict.damage_count;
    verdict.damages.push_back({"heads", 0, 0, heads->conflict});
  }
  if (heads->unreadable != 0)
    verdict.notes.push_back(
        fmt::format("{}: {} lines cannot be read", ledger.heads_file(), heads->unreadable));
  if (!anchors && verdict.entries != 0)
    verdict.notes.push_back(
        "no head is known from elsewhere: entries removed at the end, or a chain made anew, would not show");
  return verdict;
}

void append_json(std::string& out, const Verdict& verdict) {
  base::JsonWriter json(out);
  json.begin_object();
  json.field("ledger", verdict.ledger_id);
  json.field("whole", verdict.whole());
  json.field("entries", verdict.entries);
  json.key("head");
  json.begin_object();
  json.field("seq", verdict.head.seq);
  json.field("hash", verdict.head.hash);
  json.end_object();
  json.field("anchored", verdict.anchored);
  json.field("damage_count", verdict.damage_count);
  json.key("damages");
  json.begin_array();
  for (const Damage& damage : verdict.damages) {
    json.begin_object();
    json.field("what", damage.what);
    json.field("first", damage.seq);
    json.field("last", damage.until);
    json.field("because", damage.because);
    json.end_object();
  }
  json.end_array();
  json.key("notes");
  json.begin_array();
  for (const std::string& note : verdict.notes) json.value(note);
  json.end_array();
  json.end_object();
}

}  // namespace cordon::ledger
