// Positions and static data as AIVDM sentences, for simulation and for tests.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "cordon/ais/message.hpp"
#include "cordon/base/time.hpp"
#include "cordon/model/position.hpp"

namespace cordon::ais {

struct EncodeOptions {
  bool tag_block = true;  // \s:RECEIVER,c:SECONDS*hh\ before each sentence, where receiver or time is known
  std::string_view receiver;
  char channel = 'A';         // 'A', 'B'
  std::uint8_t sequence = 0;  // 0..9, of messages that need two sentences; the caller counts it on
  std::string_view talker = "AI";
};

// Appends sentences, each with its newline. position.type chooses the message: 1, 2, 3, 4, 9, 18, 19, 21, 27;
// 0 becomes 1. Fields that a type does not carry are left out; what is not available is sent as such.
void append_position(std::string& out, const model::Position& position, const EncodeOptions& options);
// vessel.type chooses 5 or 24 (part 0 sends A and B); 0 becomes 5.
void append_static(std::string& out, const model::VesselStatic& vessel, const EncodeOptions& options);
// Any message, of any type: the bits as they are, cut into sentences of at most 82 characters. time is used
// for the tag block.
void append_sentences(std::string& out, const Payload& payload, base::TimeMs time,
                      const EncodeOptions& options);

}  // namespace cordon::ais
