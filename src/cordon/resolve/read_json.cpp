// JSON records, one object a line (or one array): FollowTheMoney, Senzing, or plain attributes.
#include <fmt/core.h>
#include <simdjson.h>

#include <string>
#include <string_view>

#include "cordon/base/bytes.hpp"
#include "cordon/base/text.hpp"
#include "cordon/model/entity.hpp"
#include "cordon/resolve/read.hpp"

namespace cordon::resolve {
namespace {

namespace dom = simdjson::dom;

// Lines longer than this are no record of a party.
constexpr std::size_t kLongestLine = std::size_t{16} << 20;

class Reader {
 public:
  explicit Reader(Table& table) : table_(table) {}

  void add(const dom::element& element, std::uint64_t line) {
    dom::object object;
    if (element.get(object) != simdjson::SUCCESS) {
      table_.rejects.add("JSON value that is no object", place(line));
      return;
    }
    std::string_view schema;
    dom::object properties;
    if (object["schema"].get(schema) == simdjson::SUCCESS &&
        object["properties"].get(properties) == simdjson::SUCCESS) {
      ftm(object, schema, properties, line);
    } else {
      plain(object, line);
    }
  }

 private:
  static std::string place(std::uint64_t line) { return fmt::format("line {}", line); }

  void ftm(const dom::object& object, std::string_view schema, const dom::object& properties,
           std::uint64_t line) {
    table_.shape = Shape::ftm;
    const auto known = model::parse_schema(schema);
    if (known && !model::is_party(*known)) {
      table_.rejects.add("entity that is no party", fmt::format("line {}: {}", line, schema));
      return;
    }
    if (!start(object, line)) return;
    value("schema", schema, line);
    dom::array datasets;
    if (object["datasets"].get(datasets) == simdjson::SUCCESS)
      for (const dom::element dataset : datasets) any("dataset", dataset, line);
    for (const auto property : properties) any(property.key, property.value, line);
  }

  // Attributes of the object itself, of FEATURES, and of lists of objects (Senzing's older form).
  void plain(const dom::object& object, std::uint64_t line) {
    if (object["RECORD_ID"].error() == simdjson::SUCCESS || object["FEATURES"].error() == simdjson::SUCCESS)
      table_.shape = Shape::senzing;
    if (!start(object, line)) return;
    for (const auto attribute : object) {
      const std::string name = plain_name(attribute.key);
      if (id_rank(name) >= 0) continue;
      if (is_answer(name)) {
        table_.rejects.add("attribute that states the answer left out", std::string(attribute.key));
        continue;
      }
      any(attribute.key, attribute.value, line);
    }
  }

  bool start(const dom::object& object, std::uint64_t line) {
    std::string id;
    int best = -1;
    for (const auto attribute : object) {
      const int rank = id_rank(plain_name(attribute.key));
      if (rank < 0 || (best >= 0 && rank >= best)) continue;
      if (std::string text = scalar(attribute.value); !text.empty()) id = std::move(text), best = rank;
    }
    if (id.empty()) {
      table_.rejects.add("record without id, its number taken", place(line));
      id = fmt::format("{}", table_.size() + 1);
    }
    table_.add_row(id);
    return true;
  }

  static std::string scalar(const dom::element& element) {
    std::string_view text;
    if (element.get(text) == simdjson::SUCCESS) return std::string(base::trim(text));
    if (element.is_number() || element.is_bool()) return simdjson::minify(element);
    return {};
  }

  void any(std::string_view name, const dom::element& element, std::uint64_t line) {
    dom::array list;
    dom::object object;
    if (element.get(list) == simdjson::SUCCESS) {
      for (const dom::element one : list) {
        if (one.get(object) == simdjson::SUCCESS) {
          for (const auto attribute : object) value(attribute.key, scalar(attribute.value), line);
        } else {
          value(name, scalar(one), line);
        }
      }
    } else {
      value(name, scalar(element), line);
    }
  }

  void value(std::string_view name, std::string_view text, std::uint64_t line) {
    text = base::trim(text);
    if (text.empty()) return;
    if (text.size() > kLongestValue) {
      table_.rejects.add("value cut after 4096 bytes", place(line));
      std::size_t end = kLongestValue;
      while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
      text = text.substr(0, end);
    }
    if (table_.columns().size() >= kMostColumns) {
      table_.rejects.add("attribute beyond the 1024th left out", std::string(name));
      return;
    }
    // A \u0000 is legal in JSON and means nothing in a name.
    std::string clean;
    if (text.find('\0') != text.npos) {
      clean = text;
      for (char& c : clean) c = c == '\0' ? ' ' : c;
      text = clean;
    }
    table_.put(table_.column(name.substr(0, 256)), text);
  }

  Table& table_;
};

}  // namespace

base::Result<void> read_json_table(Table& table, std::string_view text) {
  Reader reader(table);
  dom::parser parser;
  dom::element element;
  if (text.front() == '[') {
    if (const auto error = parser.parse(text.data(), text.size()).get(element))
      return base::fail("{}: expected a JSON array of records: {}", table.name,
                        simdjson::error_message(error));
    for (const dom::element one : dom::array(element)) reader.add(one, 1);
    return {};
  }
  base::LineSplitter lines(
      [&](std::string_view line, std::uint64_t number, std::uint64_t) {
        line = base::trim(line);
        if (line.empty()) return;
        if (const auto error = parser.parse(line.data(), line.size()).get(element)) {
          table.rejects.add("line is no JSON",
                            fmt::format("line {}: {}", number, simdjson::error_message(error)));
          return;
        }
        reader.add(element, number);
      },
      kLongestLine);
  lines.push(text);
  lines.finish();
  if (lines.overlong() > 0) table.rejects.add("line longer than 16 MiB dropped", {}, lines.overlong());
  return {};
}

}  // namespace cordon::resolve
