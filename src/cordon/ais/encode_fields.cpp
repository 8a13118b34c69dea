#include "cordon/ais/encode_fields.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <utility>

#include "cordon/ais/layout.hpp"
#include "cordon/base/text.hpp"
#include "cordon/base/time.hpp"

namespace cordon::ais {

namespace {

using nlohmann::json;

// Bits set in any order.
class Board {
 public:
  void put(std::size_t at, std::size_t width, std::uint64_t value) {
    for (std::size_t i = 0; i < width && at + i < kMaxBits; ++i)
      bits_[at + i] = (value >> (width - 1 - i) & 1) != 0;
    size_ = std::max(size_, at + width);
  }
  void reach(std::size_t size) { size_ = std::max(size_, size); }
  void text(std::size_t at, std::size_t characters, std::string_view text) {
    Payload six;
    six.put_text(text, characters);
    for (std::size_t i = 0; i < characters; ++i) put(at + 6 * i, 6, six.get(6 * i, 6));
  }
  std::size_t size() const { return size_; }
  Payload payload() const {
    Payload out;
    for (std::size_t i = 0; i < size_; ++i) out.put(bits_[i], 1);
    return out;
  }

 private:
  std::bitset<kMaxBits> bits_;
  std::size_t size_ = 0;
};

class FieldWriter {
 public:
  explicit FieldWriter(Board& board) : board_(board) {}
  const std::string& error() const { return error_; }

  void all(const json& object, const std::vector<FieldLayout>& fields, std::size_t base) {
    for (const FieldLayout& field : fields) one(object, field, base);
  }
  void number(const json& object, std::string_view name, std::size_t at, std::size_t width) {
    const std::uint64_t most = (std::uint64_t{1} << width) - 1;
    const json* value = find(object, name);
    if (value == nullptr) return board_.put(at, width, 0);
    if (value->is_boolean()) return board_.put(at, width, value->get<bool>() ? 1 : 0);
    if (!value->is_number_unsigned() || value->get<std::uint64_t>() > most)
      return wrong(name, "0.." + std::to_string(most), *value);
    board_.put(at, width, value->get<std::uint64_t>());
  }
  // "BITS:hex"
  void data(const json& object, std::size_t at) {
    const std::string text = string(object, "data");
    const std::size_t colon = text.find(':');
    const auto count = base::parse_number<std::size_t>(std::string_view(text).substr(0, colon));
    const std::string_view hex = colon == std::string::npos ? "" : std::string_view(text).substr(colon + 1);
    if (text.empty()) return;
    if (!count || *count + at > kMaxBits || hex.size() != (*count + 7) / 8 * 2)
      return wrong("data", "BITS:hex of at most 4,096 bits in all", text);
    for (std::size_t i = 0; i < *count; ++i) {
      const char c = hex[i / 4];
      const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
      if (digit < 0) return wrong("data", "hex digits", text);
      board_.put(at + i, 1, static_cast<unsigned>(digit) >> (3 - i % 4) & 1U);
    }
  }

 private:
  static const json* find(const json& object, std::string_view name) {
    const auto at = object.find(name);
    return at == object.end() || at->is_null() ? nullptr : &*at;
  }
  std::string string(const json& object, std::string_view name) {
    const json* value = find(object, name);
    if (value == nullptr) return {};
    if (value->is_string()) return value->get<std::string>();
    wrong(name, "a text", *value);
    return {};
  }
  void wrong(std::string_view name, std::string_view expected, const json& found) {
    if (error_.empty())
      error_ = std::string(name) + ": expected " + std::string(expected) + ", found " +
               found.dump(-1, ' ', false, json::error_handler_t::replace).substr(0, 100);
  }

  // The numbers in a time, in the order in which they are printed.
  void clock(const json& object, std::string_view name, std::span<const std::size_t> at,
             std::span<const std::size_t> width) {
    const std::string text = string(object, name);
    std::size_t next = 0;
    for (std::size_t i = 0; i < at.size(); ++i) {
      std::uint64_t value = 0;
      std::size_t digits = 0;
      for (; next < text.size() && text[next] >= '0' && text[next] <= '9' && digits < 6; ++next, ++digits)
        value = value * 10 + static_cast<std::uint64_t>(text[next] - '0');
      ++next;  // the sign between
      if (width[i] == 8 && value >= 2000) value -= 2000;
      if (value >> width[i] != 0 || (digits == 0 && !text.empty())) return wrong(name, "a time", text);
      board_.put(at[i], width[i], value);
    }
  }

  void one(const json& object, const FieldLayout& field, std::size_t base) {
    const std::size_t at = base + field.at;
    switch (field.kind) {
      case FieldKind::number:
      case FieldKind::flag:
        return number(object, field.name, at, field.width);
      case FieldKind::negative: {
        const json* value = find(object, field.name);
        const std::int64_t limit = std::int64_t{1} << (field.width - 1);
        if (value == nullptr) return board_.put(at, field.width, 0);
        if (!value->is_number_integer() || value->get<std::int64_t>() < -limit ||
            value->get<std::int64_t>() >= limit)
          return wrong(field.name, std::to_string(-limit) + ".." + std::to_string(limit - 1), *value);
        return board_.put(at, field.width, static_cast<std::uint64_t>(value->get<std::int64_t>()));
      }
      case FieldKind::text:
        return board_.text(at, field.width, string(object, field.name));
      case FieldKind::rest_text: {
        const std::string text = string(object, field.name);
        return board_.text(at, std::min(text.size(), (kMaxBits - at) / 6), text);
      }
      case FieldKind::name: {
        const std::string text = string(object, field.name);
        board_.text(at, 20, std::string_view(text).substr(0, 20));
        if (text.size() > 20) board_.text(272, std::min<std::size_t>(14, text.size() - 20), text.substr(20));
        return;
      }
      case FieldKind::data:
        return data(object, at);
      case FieldKind::month_time:
        return clock(object, field.name, std::array{at, at + 4, at + 9, at + 14}, kClock);
      case FieldKind::day_month:
        return clock(object, field.name, std::array{at + 5, at, at + 9, at + 14}, kClock);
      case FieldKind::day_time:
        return clock(object, field.name, std::array{at, at + 5, at + 10}, std::span(kClock).subspan(1));
      case FieldKind::date_time:
        return clock(object, field.name, std::array{at, at + 14, at + 18, at + 23, at + 28, at + 34},
                     std::array<std::size_t, 6>{14, 4, 5, 5, 6, 6});
      case FieldKind::long_time:
        return clock(object, field.name,
                     std::array{at, at + 8, at + 12, std::size_t{field.width}, field.width + std::size_t{5}},
                     std::array<std::size_t, 5>{8, 4, 5, 5, 6});
      case FieldKind::part:
        return board_.put(at, 2, string(object, field.name) == "B");
      case FieldKind::target: {
        const json* kind = find(object, "idtype");
        const std::uint64_t code =
            kind != nullptr && kind->is_number_unsigned() ? kind->get<std::uint64_t>() : 0;
        constexpr std::string_view kNames[] = {"mmsi", "imo", "callsign", "other"};
        const std::string_view name = kNames[code & 3];
        const std::string text = string(object, name);
        if (code > 1) return board_.text(at, 7, text);
        const auto value = base::parse_number<std::uint64_t>(text);
        if (!value || *value >> 42 != 0) return wrong(name, "a number in quotes", text);
        return board_.put(at, 42, *value);
      }
      case FieldKind::array: {
        const json* list = find(object, field.name);
        if (list == nullptr) return;
        if (!list->is_array() || list->size() > field.most)
          return wrong(field.name, "a list of at most " + std::to_string(field.most), *list);
        if (field.count_at != 0) board_.put(base + field.count_at, 5, list->size());
        std::size_t element = at;
        for (const json& item : *list) {
          if (!item.is_object()) return wrong(field.name, "a list of objects", *list);
          board_.reach(element + field.width);
          all(item, field.elements, element);
          element += field.width;
        }
        return;
      }
    }
  }

  static constexpr std::array<std::size_t, 4> kClock = {4, 5, 5, 6};
  Board& board_;
  std::string error_;
};

// 25 and 26: what is there moves what follows.
void put_slots(FieldWriter& write, Board& board, const json& object, bool multiple) {
  write.number(object, "addressed", 38, 1);
  write.number(object, "structured", 39, 1);
  const auto set = [&](const char* name) { return object.value(name, json(false)) == json(true); };
  std::size_t at = 40;
  if (set("addressed")) {
    write.number(object, "dest_mmsi", at, 30);
    at += 30;
  }
  if (set("structured")) {
    write.number(object, "app_id", at, 16);
    at += 16;
  }
  write.data(object, at);
  if (multiple) write.number(object, "radio", std::max(at, board.size()), 20);
}

// The weather warning of inland navigation has a second "type" and "class" (they are gpsd's names): here
// "warning_type" and "warning_class".
std::string with_own_names(std::string_view text) {
  std::string out(text);
  const std::size_t at = out.find("\"fid\":23,");
  if (at == std::string::npos || out.find("\"dac\":200,") == std::string::npos ||
      out.find("\"warning_type\":") != std::string::npos)
    return out;
  for (const auto& [theirs, ours] :
       {std::pair{"\"type\":", "\"warning_type\":"}, {"\"class\":", "\"warning_class\":"}})
    if (const std::size_t name = out.find(theirs, at); name != std::string::npos)
      out.replace(name, std::string_view(theirs).size(), ours);
  return out;
}

const MessageLayout* layout_of(const json& object, std::uint64_t type) {
  const auto number = [&](const char* name) {
    const auto at = object.find(name);
    return at != object.end() && at->is_number_unsigned() ? at->get<std::uint64_t>() : 0;
  };
  const bool binary = (type == 6 || type == 8) && !object.contains("data");
  for (const MessageLayout& layout : message_layouts()) {
    if (layout.type != type) continue;
    if (layout.dac != 0 && (!binary || layout.dac != number("dac") || layout.fid != number("fid"))) continue;
    if (layout.when.empty() || object.contains(layout.when)) return &layout;
  }
  return nullptr;
}

}  // namespace

base::Result<Message> encode_fields(std::string_view text) {
  const json object = json::parse(with_own_names(text), nullptr, false);
  if (!object.is_object()) return base::fail("expected a JSON object");
  if (object.value("scaled", json(true)) != json(false))
    return base::fail("expected \"scaled\":false, as decode --unscaled writes it");
  Board board;
  FieldWriter write(board);
  write.number(object, "type", 0, 6);
  write.number(object, "repeat", 6, 2);
  write.number(object, "mmsi", 8, 30);
  if (!write.error().empty()) return base::fail("{}", write.error());
  const auto type = object.value("type", std::uint64_t{0});
  if (type == 25 || type == 26) {
    put_slots(write, board, object, type == 26);
  } else if (const MessageLayout* layout = layout_of(object, type)) {
    board.reach(layout->bits);
    write.all(object, layout->fields, 0);
  } else {
    return base::fail("type: expected 1..27, found {}", type);
  }
  if (!write.error().empty()) return base::fail("{}", write.error());
  Message message;
  message.payload = board.payload();
  const auto extra = [&](const char* name) {
    const auto at = object.find(name);
    return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
  };
  if (const auto time = base::parse_time(extra("rxtime"))) message.time = *time;
  message.receiver = extra("receiver");
  if (const std::string channel = extra("channel"); channel == "A" || channel == "B")
    message.channel = channel[0];
  return message;
}

}  // namespace cordon::ais
