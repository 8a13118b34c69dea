// From keys to pairs: per key one sort of (hash, record), then one sort of all pairs.
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

// By key: hash << 32 | record. Each part of a record is hashed once, however many keys it is in.
std::vector<std::vector<std::uint64_t>> key_entries(std::span<const FieldValues> fields,
                                                    std::span<const Key> keys,
                                                    std::span<const RecordId> records) {
  std::vector<KeyPart> parts;
  const auto place = [&](const KeyPart& part) {
    const auto at = std::find(parts.begin(), parts.end(), part);
    if (at == parts.end()) parts.push_back(part);
    return static_cast<std::size_t>(std::find(parts.begin(), parts.end(), part) - parts.begin());
  };
  std::vector<std::pair<std::size_t, std::size_t>> made_of;
  for (const Key& key : keys) {
    const std::size_t first = place(key.first);
    made_of.emplace_back(first, place(key.second));
  }
  std::vector<std::vector<std::uint64_t>> entries(keys.size());
  for (auto& one : entries) one.reserve(records.size());
  std::vector<Hashes> hashes(parts.size());
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (i + 8 < records.size())
      for (const FieldValues& field : fields) field.prefetch(records[i + 8]);
    for (std::size_t p = 0; p < parts.size(); ++p) hashes[p] = hashes_of(fields, parts[p], records[i]);
    for (std::size_t k = 0; k < keys.size(); ++k) {
      const auto [first, second] = made_of[k];
      const auto keep = [&](const Hashes& found) {
        for (const std::uint64_t hash : found)
          entries[k].push_back((mix(hash, k) & 0xFFFFFFFF00000000u) | records[i]);
      };
      if (first == second)
        keep(hashes[first]);
      else
        keep(combine(hashes[first], hashes[second]));
    }
  }
  return entries;
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
  std::vector<std::uint64_t> pairs, scratch;
  std::vector<std::vector<std::uint64_t>> all = key_entries(fields, keys, records);
  for (std::size_t k = 0; k < keys.size(); ++k) {
    std::vector<std::uint64_t> entries = std::move(all[k]);
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
