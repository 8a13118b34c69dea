#include "cordon/screen/postings.hpp"

#include <algorithm>
#include <bit>

#include "cordon/base/parallel.hpp"

namespace cordon::screen {
namespace {

constexpr unsigned kPartBits = 8, kRestBits = 32, kMostBucketBits = 32;

std::uint32_t rest_of(Key key) {
  return static_cast<std::uint32_t>(key >> (64 - kPartBits - kRestBits));
}

}  // namespace

std::span<const std::uint32_t> Postings::operator[](Key key) const {
  if (rests.empty()) return {};
  const auto bits = static_cast<unsigned>(std::bit_width(buckets.size() - 1) - 1);
  const auto bucket = static_cast<std::size_t>(key >> (64 - bits));
  const std::uint32_t rest = rest_of(key);
  for (std::uint32_t i = buckets[bucket]; i < buckets[bucket + 1]; ++i)
    if (rests[i] == rest) return items.subspan(begins[i], begins[i + 1] - begins[i]);
  return {};
}

bool Postings::sound(std::size_t limit) const {
  if (rests.empty()) return items.empty();
  if (buckets.size() < (std::size_t{1} << kPartBits) + 1 || !std::has_single_bit(buckets.size() - 1) ||
      buckets.size() - 1 > (std::size_t{1} << kMostBucketBits) || begins.size() != rests.size() + 1)
    return false;
  const auto ascends = [](std::span<const std::uint32_t> values, std::size_t last) {
    bool good = values.back() == last;
    for (std::size_t i = 1; i < values.size(); ++i) good &= values[i - 1] <= values[i];
    return good;
  };
  std::uint32_t most = 0;
  for (const std::uint32_t item : items) most = std::max(most, item);
  return ascends(buckets, rests.size()) && ascends(begins, items.size()) && (items.empty() || most < limit);
}

void PostingsBuilder::add(std::span<const Pair> pairs) {
  const std::lock_guard lock(guard_);
  for (const Pair& pair : pairs)
    parts_[pair.key >> (64 - kPartBits)].push_back(std::uint64_t{rest_of(pair.key)} << 32 | pair.item);
}

PostingArrays PostingsBuilder::build() {
  std::array<std::size_t, 256> keys{}, items{};
  base::parallel_for(parts_.size(), 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t p = begin; p < end; ++p) {
      std::vector<std::uint64_t>& part = parts_[p];
      std::sort(part.begin(), part.end());
      part.erase(std::unique(part.begin(), part.end()), part.end());
      items[p] = part.size();
      for (std::size_t i = 0; i < part.size(); ++i) keys[p] += i == 0 || part[i] >> 32 != part[i - 1] >> 32;
    }
  });
  PostingArrays out;
  std::size_t all_keys = 0, all_items = 0;
  for (std::size_t p = 0; p < parts_.size(); ++p) all_keys += keys[p], all_items += items[p];
  if (all_keys == 0) return out;
  const unsigned bits =
      std::clamp(static_cast<unsigned>(std::bit_width(all_keys)), kPartBits, kMostBucketBits);
  out.buckets.assign((std::size_t{1} << bits) + 1, 0);
  out.rests.reserve(all_keys), out.begins.reserve(all_keys + 1), out.items.reserve(all_items);
  for (std::size_t p = 0; p < parts_.size(); ++p) {
    for (std::size_t i = 0; i < parts_[p].size(); ++i) {
      const std::uint64_t pair = parts_[p][i];
      const auto rest = static_cast<std::uint32_t>(pair >> 32);
      if (i == 0 || rest != out.rests.back()) {
        const std::uint64_t first =
            std::uint64_t{p} << (64 - kPartBits) | std::uint64_t{rest} << (64 - kPartBits - kRestBits);
        ++out.buckets[static_cast<std::size_t>(first >> (64 - bits)) + 1];
        out.rests.push_back(rest);
        out.begins.push_back(static_cast<std::uint32_t>(out.items.size()));
      }
      out.items.push_back(static_cast<std::uint32_t>(pair));
    }
    parts_[p] = {};
  }
  out.begins.push_back(static_cast<std::uint32_t>(out.items.size()));
  for (std::size_t b = 1; b < out.buckets.size(); ++b) out.buckets[b] += out.buckets[b - 1];
  return out;
}

}  // namespace cordon::screen
