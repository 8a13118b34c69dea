// Remembers, of each vessel, a hash of the static cells of her last row: 16 bytes a vessel.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace cordon::ais {

class StaticHash {
 public:
  void add(std::string_view cell) {
    any_ |= !cell.empty();
    const char* at = cell.data();
    std::size_t left = cell.size();
    mix(left + 1);
    for (; left >= 8; left -= 8, at += 8) {
      std::uint64_t word;
      std::memcpy(&word, at, 8);
      mix(word);
    }
    if (left > 0) {
      std::uint64_t word = 0;
      for (std::size_t i = 0; i < left; ++i)
        word |= std::uint64_t{static_cast<unsigned char>(at[i])} << (8 * i);
      mix(word);
    }
  }
  bool empty() const { return !any_; }
  std::uint64_t value() const { return hash_; }

 private:
  void mix(std::uint64_t word) {
    hash_ = (hash_ ^ word) * 0x9E3779B97F4A7C15ULL;
    hash_ ^= hash_ >> 32;
  }
  std::uint64_t hash_ = 0x243F6A8885A308D3ULL;
  bool any_ = false;
};

class LastStatic {
 public:
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
  static Entry& find(std::vector<Entry>& entries, std::uint32_t mmsi) {
    const std::uint64_t key = std::uint64_t{mmsi} + 1;
    std::size_t i = (key * 0x9E3779B97F4A7C15ULL >> 32) & (entries.size() - 1);
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
