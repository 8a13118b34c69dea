// Joins messages sent in several sentences. Parts are told apart by talker, channel, sequence number and
// receiver, or by the tag block's group where there is one, and by the sender of a live feed, so that
// messages may arrive interleaved.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "cordon/ais/line_source.hpp"
#include "cordon/ais/message.hpp"
#include "cordon/ais/sentence.hpp"

namespace cordon::ais {

class Assembler {
 public:
  Assembler(std::uint64_t max_lines, std::int64_t max_ms);
  // sentence.count > 1. Outcome::message when this completes: payload, time, receiver and channel of
  // `message` are set. Otherwise `part` or a reason.
  Outcome push(const Sentence& sentence, const Arrival& arrival, std::uint64_t line, Message& message);
  // Parts whose message never completed, those still waiting included.
  std::uint64_t lost() const;

 private:
  static constexpr std::size_t kMaxParts = 9, kText = kMaxBits / 6;
  // A part may come before its predecessor (two receivers, two threads) by this many lines at most; any
  // longer and it is more likely the rest of an older message that used the same number.
  static constexpr std::uint64_t kDisorderLines = 16;
  struct Slot {
    std::uint64_t key = 0;  // 0 = free
    std::uint64_t first_line = 0;
    base::TimeMs time = base::kNoTime, arrived = base::kNoTime;
    std::string receiver;
    std::array<char, kText> text;
    std::array<std::uint16_t, kMaxParts> offset, length;
    std::uint16_t used = 0;
    std::uint16_t have = 0;  // bit per part
    std::uint8_t count = 0;
    std::array<std::uint8_t, kMaxParts> fill;
    char channel = ' ';
  };
  static constexpr std::size_t kSets = 128, kWays = 4;  // at most 512 messages wait; the oldest gives way

  Slot& find(std::uint64_t key);
  Slot* find_relative(std::uint64_t family, const Sentence& sentence);
  void start(Slot& slot, std::uint64_t key, std::uint64_t family, const Sentence& sentence,
             base::TimeMs arrived, std::uint64_t line);
  bool stale(const Slot& slot, base::TimeMs time, base::TimeMs arrived, std::uint64_t line) const;
  void release(Slot& slot, bool lost);
  static bool join(const Slot& slot, Payload& payload);

  std::uint64_t max_lines_;
  std::int64_t max_ms_;
  std::vector<Slot> slots_;
  std::vector<std::uint64_t> families_;  // of each slot: its key without the receiver
  std::uint64_t lost_ = 0;
};

}  // namespace cordon::ais
