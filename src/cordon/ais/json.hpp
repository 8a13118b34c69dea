// Messages as gpsd writes them: the same field names, units and words.
#pragma once
#include <string>

#include "cordon/ais/message.hpp"

namespace cordon::ais {

struct JsonOptions {
  bool scaled = true;  // degrees, knots, words; false: the integers that were sent
  bool extra = false;  // appends rxtime (ISO 8601), receiver and channel where known
};

// One object, no newline: {"class":"AIS","type":1,"repeat":0,"mmsi":...}. Always valid JSON, whatever the
// message carries.
void append_json(std::string& out, const Message& message, const JsonOptions& options = {});

}  // namespace cordon::ais
