// Lines in, messages out: checks each sentence, joins what was sent in parts, and says of every line what
// became of it.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "cordon/ais/line_source.hpp"
#include "cordon/ais/message.hpp"
#include "cordon/ais/outcome.hpp"
#include "cordon/ais/sentence.hpp"

namespace cordon::ais {

struct DecoderOptions {
  // A started message is given up when this many lines, or (where both have a time) this many seconds, have
  // passed since its first part.
  std::uint64_t max_part_lines = 20000;
  std::int64_t max_part_ms = 120000;
};

class Decoder {
 public:
  explicit Decoder(const DecoderOptions& options = {});
  ~Decoder();
  Decoder(Decoder&&) noexcept;
  Decoder& operator=(Decoder&&) noexcept;

  // One line without its ending; exactly one outcome. After Outcome::message, message() holds what was
  // completed, until the next push.
  Outcome push(std::string_view line);
  // The same, of a line that was parsed, with what parse_sentence said of it. Pushing the lines that need
  // others (Sentence::needs_others) to one decoder and all else to another, each in order and with its number
  // (skip), gives what pushing all to one would.
  Outcome push(Sentence sentence, Outcome parsed);
  const Message& message() const;
  // Of the lines that follow: a message whose lines carry no time has this one, and parts are joined only
  // with parts of the same sender.
  void arrival(const Arrival& arrival);
  // Counts lines that the caller dealt with itself.
  void skip(std::uint64_t lines = 1);
  std::uint64_t lines() const;
  // Parts that were given up because the rest never came (aged out, sequence number used again, or still
  // waiting at the end): the lines had the outcome `part`.
  std::uint64_t lost_parts() const;
  // Tag blocks that were broken or failed their checksum. The sentence after them was decoded, without what
  // the tag block said.
  std::uint64_t bad_tags() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace cordon::ais
