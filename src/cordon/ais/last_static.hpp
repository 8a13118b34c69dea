// Remembers, of each vessel, a hash of the static cells of her last row: 16 bytes a vessel.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace cordon::ais {

// Hash of a piece of text. 16 bytes behind it must be readable.
inline std::uint64_t hash_bytes(const char* at, std::size_t size, std::uint64_t seed) {
  __extension__ using Wide = unsigned __int128;
  const auto mix = [](std::uint64_t a, std::uint64_t b) {
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
  };
  const auto word = [](const char* from) {
    std::uint64_t value;
    std::memcpy(&value, from, 8);
    return value;
  };
  std::uint64_t hash = seed ^ size * 0x9E3779B97F4A7C15ULL;
  for (; size >= 16; size -= 16, at += 16) hash = mix(word(at) ^ 0xA0761D6478BD642FULL, word(at + 8) ^ hash);
  const std::uint64_t keep_low = size >= 8 ? ~0ULL : (1ULL << 8 * size) - 1;
  const std::uint64_t keep_high = size > 8 ? (1ULL << 8 * (size - 8)) - 1 : 0;
  return mix((word(at) & keep_low) ^ 0xE7037ED1A0B428DBULL, (word(at + 8) & keep_high) ^ hash);
}

class LastStatic {
 public:
  // A vessel that will be asked about soon.
  void fetch(std::uint32_t mmsi) const {
    if (!entries_.empty()) __builtin_prefetch(&entries_[home(entries_, mmsi + std::uint64_t{1})]);
  }
  // True where the hash is not the one of this vessel's last call.
  bool changed(std::uint32_t mmsi, std::uint64_t hash) {
    if ((used_ + 1) * 2 > entries_.size()) grow();
    Entry& entry = find(entries_, mmsi);
    if (entry.key == 0) {
      entry.key = std::uint64_t{mmsi} + 1;
      ++used_;
    } else if (entry.hash == hash) {
      return false;
    }
    entry.hash = hash;
    return true;
  }

 private:
  struct Entry {
    std::uint64_t key = 0;  // MMSI + 1; 0 = free
    std::uint64_t hash = 0;
  };
  static std::size_t home(const std::vector<Entry>& entries, std::uint64_t key) {
    return (key * 0x9E3779B97F4A7C15ULL >> 32) & (entries.size() - 1);
  }
  static Entry& find(std::vector<Entry>& entries, std::uint32_t mmsi) {
    const std::uint64_t key = std::uint64_t{mmsi} + 1;
    std::size_t i = home(entries, key);
    while (entries[i].key != 0 && entries[i].key != key) i = (i + 1) & (entries.size() - 1);
    return entries[i];
  }
  void grow() {
    std::vector<Entry> larger(entries_.empty() ? 1024 : entries_.size() * 2);
    for (const Entry& entry : entries_)
      if (entry.key != 0) find(larger, static_cast<std::uint32_t>(entry.key - 1)) = entry;
    entries_.swap(larger);
  }
  std::vector<Entry> entries_;  // a power of two
  std::size_t used_ = 0;
};

}  // namespace cordon::ais
