// Whole feeds from one form to another, as a stream: sentences to JSON lines, to one outcome a line, to
// position rows; and any feed back to sentences.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string_view>

#include "cordon/ais/feed.hpp"
#include "cordon/ais/json.hpp"
#include "cordon/base/parquet.hpp"
#include "cordon/base/result.hpp"

namespace cordon::ais {

// Gets the output in pieces of whole lines. An empty piece: nothing more waits to be read, what was gathered
// can be shown.
using TextSink = std::function<base::Result<void>(std::string_view)>;

enum class DecodeForm : std::uint8_t {
  json,        // one object a message (json.hpp)
  report,      // {"line":7,"outcome":"part"} for every line of the input
  report_csv,  // line,outcome
};
struct DecodeOptions {
  DecodeForm form = DecodeForm::json;
  JsonOptions json;
  LiveOptions live;
  std::string_view file;  // where not empty, "file" is told in each line of a report
};

// AIVDM sentences only. Fails as read_feed does, and where the sink fails.
base::Result<FeedReport> decode_feed(const std::filesystem::path& path, const DecodeOptions& options,
                                     const TextSink& sink);

// Positions of any feed as CSV that read_feed reads back; header only where asked for:
// MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,Status,TransceiverClass,MessageType,Receiver,Line. Empty cells:
// not available. Receiver: terrestrial, satellite or empty.
base::Result<FeedReport> positions_csv(const std::filesystem::path& path, bool header,
                                       const FeedOptions& options, const TextSink& sink);

// Such rows become the columns that cordon.decode has in Python.
base::ParquetForm positions_parquet();

// Positions and static data of any feed as AIVDM sentences with tag blocks, in feed order.
base::Result<FeedReport> encode_feed(const std::filesystem::path& path, const TextSink& sink);

// Messages of every type, one JSON object a line (encode_fields.hpp), as AIVDM sentences; tag blocks where
// the object tells a time or a receiver.
base::Result<FeedReport> encode_messages(const std::filesystem::path& path, const TextSink& sink);

}  // namespace cordon::ais
