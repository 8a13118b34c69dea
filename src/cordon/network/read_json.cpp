// Which JSON it is, and the way through it: a document as a whole, or a line at a time.
#include <string>
#include <utility>

#include "cordon/base/bytes.hpp"
#include "cordon/base/text.hpp"
#include "cordon/network/json_read.hpp"
#include "cordon/network/read_formats.hpp"

namespace cordon::network {
namespace {

namespace dom = simdjson::dom;

bool is_bods(const JsonElement& object) {
  return json_has(object, "statementId") || json_has(object, "statementID");
}

class Objects {
 public:
  Objects(Graph::Builder& builder, std::string_view name)
      : builder_(builder), ftm_(builder, name), bods_(builder, name) {}

  void add(const JsonElement& object, std::uint64_t line) {
    if (is_bods(object)) {
      bods_.add(object, line);
    } else if (json_has(object, "schema")) {
      ftm_.add(object, line);
    } else {
      builder_.tally().add("object is neither an FtM entity nor a BODS statement",
                           "at " + std::to_string(line));
      return;
    }
    ++read_;
  }
  void finish() { bods_.finish(); }
  std::size_t read() const { return read_; }

 private:
  Graph::Builder& builder_;
  FtmReader ftm_;
  BodsReader bods_;
  std::size_t read_ = 0;
};

base::Result<void> read_lines(Graph::Builder& builder, std::string_view bytes, std::string_view name) {
  Objects objects(builder, name);
  dom::parser parser;
  base::LineSplitter lines(
      [&](std::string_view line, std::uint64_t number, std::uint64_t) {
        line = base::trim(line);
        if (line.empty()) return;
        dom::element object;
        if (const auto error = parser.parse(line.data(), line.size()).get(object)) {
          builder.tally().add("line is no JSON",
                              "line " + std::to_string(number) + ": " + simdjson::error_message(error));
          return;
        }
        objects.add(object, number);
      },
      std::size_t{64} << 20);
  lines.push(bytes);
  lines.finish();
  if (lines.overlong() > 0) builder.tally().add("line over 64 MiB", {}, lines.overlong());
  objects.finish();
  if (objects.read() == 0) return base::fail("{}: no FtM entity and no BODS statement in it", name);
  return {};
}

}  // namespace

std::string_view json_first(const JsonElement& object, std::string_view key) {
  dom::element value;
  if (object[key].get(value) != simdjson::SUCCESS) return {};
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return text;
  dom::array array;
  if (value.get(array) != simdjson::SUCCESS) return {};
  for (const dom::element& one : array)
    if (one.get(text) == simdjson::SUCCESS) return text;
  return {};
}

bool json_flag(const JsonElement& object, std::string_view key) {
  bool flag = false;
  return object[key].get(flag) == simdjson::SUCCESS && flag;
}

base::Date json_date(const JsonElement& object, std::string_view key) {
  // BODS allows a time after the date.
  std::string_view text = json_text(object, key);
  if (const auto time = text.find('T'); time == 10) text = text.substr(0, time);
  return base::parse_date(text).value_or(base::Date{});
}

bool json_has(const JsonElement& object, std::string_view key) {
  return object[key].error() == simdjson::SUCCESS;
}

base::Result<void> read_json(Graph::Builder& builder, std::string_view bytes, std::string_view name) {
  dom::parser parser;
  dom::element document;
  // JSON lines are told by their first line being a whole object.
  if (bytes.front() == '{') {
    const std::string_view line = bytes.substr(0, bytes.find('\n'));
    const bool whole = parser.parse(line.data(), line.size()).get(document) == simdjson::SUCCESS;
    if (whole && (is_bods(document) || json_has(document, "schema"))) return read_lines(builder, bytes, name);
  }
  if (const auto error = parser.parse(bytes.data(), bytes.size()).get(document))
    return base::fail("{}: is no JSON document: {}", name, simdjson::error_message(error));
  if (json_has(document, "nodes") || json_has(document, "edges")) {
    read_network_document(builder, document, name);
    return {};
  }
  dom::array array;
  if (document.get(array) != simdjson::SUCCESS && document["statements"].get(array) != simdjson::SUCCESS)
    return base::fail("{}: expected an array of statements, JSON lines, or an object with nodes and edges",
                      name);
  Objects objects(builder, name);
  std::uint64_t number = 0;
  for (const dom::element& object : array) objects.add(object, ++number);
  objects.finish();
  if (objects.read() == 0) return base::fail("{}: no FtM entity and no BODS statement in it", name);
  return {};
}

}  // namespace cordon::network
