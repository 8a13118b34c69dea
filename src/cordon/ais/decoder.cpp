#include "cordon/ais/decoder.hpp"

#include <array>
#include <string>

#include "cordon/ais/assembler.hpp"
#include "cordon/ais/sentence.hpp"

namespace cordon::ais {

namespace {

// Fewest bits a message of each type may have to be of use. Lengths are those of ITU-R M.1371-5 less the tail
// that is known to go missing (the radio state of position reports: type 18 of 167 bits and type 1-3 of 163
// are common; type 5 of 420 and 422 bits, type 27 of 95). What is missing reads as zero.
constexpr std::array<std::uint16_t, 28> kFewestBits = {0,  149, 149, 149, 149, 420, 88, 72, 56,  148,
                                                       70, 149, 72,  72,  40,  88,  92, 80, 148, 306,
                                                       70, 271, 145, 154, 160, 40,  60, 95};

Outcome check_type(const Payload& payload) {
  if (payload.bits() < 38) return Outcome::too_short;
  const auto type = static_cast<std::size_t>(payload.get(0, 6));
  if (type == 0 || type >= kFewestBits.size()) return Outcome::unknown_type;
  std::size_t fewest = kFewestBits[type];
  if (type == 24) {
    const auto part = payload.get(38, 2);
    if (part > 1) return Outcome::unknown_type;
    if (part == 1) fewest = 162;
  } else if (type >= 25 && type <= 26) {
    fewest += payload.flag(38) * 30U + payload.flag(39) * 16U;
  }
  return payload.bits() < fewest ? Outcome::too_short : Outcome::message;
}

}  // namespace

// Lines tied by a tag block group share the time and receiver that its first line tells.
struct GroupMemory {
  struct Entry {
    std::uint32_t id = 0, sender = 0;
    std::uint64_t line = 0;
    base::TimeMs time = base::kNoTime;
    std::string receiver;
  };
  static constexpr std::size_t kEntries = 64;
  static constexpr std::uint64_t kLines = 1000;  // a group is finished long before
  std::array<Entry, kEntries> entries;

  void apply(Sentence& sentence, std::uint32_t sender, std::uint64_t line) {
    Entry& entry = entries[(sentence.group + sender) % kEntries];
    const bool known = entry.id == sentence.group && entry.sender == sender && line - entry.line <= kLines;
    if (sentence.time != base::kNoTime || !sentence.receiver.empty() || !known) {
      entry.id = sentence.group;
      entry.sender = sender;
      entry.time = sentence.time;
      entry.receiver = sentence.receiver;
    } else {
      sentence.time = entry.time;
      sentence.receiver = entry.receiver;
    }
    entry.line = line;
  }
};

struct Decoder::State {
  explicit State(const DecoderOptions& options) : assembler(options.max_part_lines, options.max_part_ms) {}
  Outcome take(Sentence& sentence, Outcome parsed);
  Assembler assembler;
  GroupMemory groups;
  Message message;
  Arrival arrival;
  std::uint64_t lines = 0, bad_tags = 0;
};

Decoder::Decoder(const DecoderOptions& options) : state_(std::make_unique<State>(options)) {}
Decoder::~Decoder() = default;
Decoder::Decoder(Decoder&&) noexcept = default;
Decoder& Decoder::operator=(Decoder&&) noexcept = default;

const Message& Decoder::message() const {
  return state_->message;
}
std::uint64_t Decoder::lines() const {
  return state_->lines;
}
std::uint64_t Decoder::lost_parts() const {
  return state_->assembler.lost();
}
std::uint64_t Decoder::bad_tags() const {
  return state_->bad_tags;
}

void Decoder::arrival(const Arrival& arrival) {
  state_->arrival = arrival;
}

void Decoder::skip(std::uint64_t lines) {
  state_->lines += lines;
}

Outcome Decoder::push(std::string_view line) {
  Sentence sentence;
  const Outcome parsed = parse_sentence(line, sentence);
  return push(sentence, parsed);
}

Outcome Decoder::push(Sentence sentence, Outcome parsed) {
  return state_->take(sentence, parsed);
}

Outcome Decoder::State::take(Sentence& sentence, Outcome parsed) {
  ++lines;
  bad_tags += sentence.bad_tag;
  if (parsed != Outcome::message) return parsed;
  if (sentence.group != 0) groups.apply(sentence, arrival.sender, lines);
  message.line = lines;
  message.own_ship = sentence.own_ship;
  if (sentence.count > 1) {
    const Outcome joined = assembler.push(sentence, arrival, lines, message);
    if (joined != Outcome::message) return joined;
  } else {
    if (sentence.payload.size() * 6 > kMaxBits) return Outcome::too_long;
    if (!message.payload.assign_armoured(sentence.payload, sentence.fill)) return Outcome::armour;
    message.time = sentence.time;
    message.receiver = sentence.receiver;
    message.channel = sentence.channel;
  }
  if (message.time == base::kNoTime) message.time = arrival.time;
  return check_type(message.payload);
}

}  // namespace cordon::ais
