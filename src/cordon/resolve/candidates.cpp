// From keys to pairs: per key one sort of (hash, record), of the records whose hash is not theirs alone; then
// one sort of all pairs.
#include <algorithm>
#include <bit>
#include <utility>

#include "cordon/resolve/keys.hpp"
#include "cordon/resolve/radix.hpp"

namespace cordon::resolve {
namespace {

struct Block {
  std::size_t from = 0, size = 0;
};

// Which hashes may have come twice, in two bits for each of about eight times as many places as there are
// hashes: small enough to stay near the processor. Says "twice" of some that came once, never the reverse.
class Seen {
 public:
  explicit Seen(std::size_t expected)
      : bits_(std::clamp(static_cast<int>(std::bit_width(8 * expected)), 9, 32)),
        once_((std::size_t{1} << bits_) / 64),
        twice_(once_.size()) {}
  void clear() { std::ranges::fill(once_, 0), std::ranges::fill(twice_, 0); }
  // By the highest bits of a hash that is even over all of them.
  void add(std::uint64_t hash) {
    const std::uint64_t place = hash >> (64 - bits_), bit = std::uint64_t{1} << place % 64;
    twice_[place / 64] |= once_[place / 64] & bit;
    once_[place / 64] |= bit;
  }
  bool twice(std::uint64_t hash) const {
    const std::uint64_t place = hash >> (64 - bits_);
    return (twice_[place / 64] >> place % 64 & 1) != 0;
  }

 private:
  int bits_;
  std::vector<std::uint64_t> once_, twice_;
};

// The hashes of one part of all records, and which records share one with another: most values of a number or
// an address are one party's alone, and then so is every key they are in.
struct Shared {
  KeyPart part;
  Column column;
  std::vector<std::uint8_t> shared;  // by place
};

Shared shared_part(std::span<const FieldValues> fields, const KeyPart& part,
                   std::span<const RecordId> records, Seen& seen) {
  Shared found{part, column_of(fields, records, part), std::vector<std::uint8_t>(records.size(), 0)};
  seen.clear();
  for (const std::uint64_t hash : found.column.hashes) seen.add(mix(hash, 0));
  for (std::size_t i = 0; i < records.size(); ++i)
    found.shared[i] =
        std::ranges::any_of(found.column.of(i), [&](std::uint64_t hash) { return seen.twice(mix(hash, 0)); });
  return found;
}

// Into entries: hash << 32 | record of those records whose hash under key k may be another's too.
void key_entries(const Shared& first, const Shared& second, std::size_t k, std::span<const RecordId> records,
                 Seen& seen, std::vector<std::uint64_t>& entries) {
  entries.clear(), seen.clear();
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (first.shared[i] == 0 || second.shared[i] == 0) continue;
    const auto keep = [&](std::uint64_t hash) {
      const std::uint64_t entry = (mix(hash, k) & 0xFFFFFFFF00000000u) | records[i];
      seen.add(entry);
      entries.push_back(entry);
    };
    const auto left = first.column.of(i), right = second.column.of(i);
    if (&first == &second)
      for (const std::uint64_t hash : left) keep(hash);
    else if (left.size() == 1 && right.size() == 1)
      keep(mix(left[0], right[0]));
    else
      for (const std::uint64_t hash : combine(left, right)) keep(hash);
  }
  std::erase_if(entries, [&](std::uint64_t entry) { return !seen.twice(entry); });
}

}  // namespace

std::vector<Candidate> find_candidates(std::span<const FieldValues> fields, std::span<const Key> keys,
                                       std::span<const RecordId> records, std::size_t limit) {
  // A pair as one number: a, b, and the key below, so that one sort brings the keys of a pair together.
  constexpr int kKeyBits = 5;
  static_assert(kMostKeys <= (1u << kKeyBits));
  const int bits = std::max(
      1, static_cast<int>(std::bit_width(
             records.empty() ? 0u : std::uint64_t{*std::max_element(records.begin(), records.end())})));
  Seen seen(records.size());
  std::vector<Shared> parts;
  const auto part_of = [&](const KeyPart& part) -> const Shared& {
    const auto at = std::ranges::find(parts, part, &Shared::part);
    return at != parts.end() ? *at : parts.emplace_back(shared_part(fields, part, records, seen));
  };
  parts.reserve(2 * keys.size());
  std::vector<std::uint64_t> pairs, entries, scratch;
  for (std::size_t k = 0; k < keys.size(); ++k) {
    const Shared &first = part_of(keys[k].first), &second = part_of(keys[k].second);
    key_entries(first, second, k, records, seen, entries);
    radix_sort(entries, scratch, 32, 64);
    std::vector<Block> blocks;
    std::size_t made = 0;
    for (std::size_t from = 0, to = 0; from < entries.size(); from = to) {
      while (to < entries.size() && entries[to] >> 32 == entries[from] >> 32) ++to;
      const std::size_t size = to - from;
      if (size < 2 || size > kLargestBlock) continue;
      blocks.push_back({from, size}), made += size * (size - 1) / 2;
    }
    if (made > limit)
      std::stable_sort(blocks.begin(), blocks.end(),
                       [](const Block& x, const Block& y) { return x.size < y.size; });
    made = 0;
    for (const Block& block : blocks) {
      made += block.size * (block.size - 1) / 2;
      if (made > limit) break;
      for (std::size_t i = block.from; i < block.from + block.size; ++i)
        for (std::size_t j = i + 1; j < block.from + block.size; ++j) {
          const std::uint64_t a = entries[i] & 0xFFFFFFFFu, b = entries[j] & 0xFFFFFFFFu;
          if (a != b) pairs.push_back((std::min(a, b) << bits | std::max(a, b)) << kKeyBits | k);
        }
    }
  }
  radix_sort(pairs, scratch, 0, 2 * bits + kKeyBits);
  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const std::uint64_t pair = pairs[i] >> kKeyBits;
    if (i == 0 || pair != pairs[i - 1] >> kKeyBits)
      candidates.push_back({static_cast<RecordId>(pair >> bits),
                            static_cast<RecordId>(pair & ((std::uint64_t{1} << bits) - 1)), 1});
    else if (pairs[i] != pairs[i - 1] && candidates.back().keys < 255)
      ++candidates.back().keys;
  }
  return candidates;
}

}  // namespace cordon::resolve
