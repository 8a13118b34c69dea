#include "arrow/cells.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <type_traits>
#include <utility>

#include "cordon/base/text.hpp"

namespace cordon::arrow {
namespace {

constexpr std::array<std::string_view, 15> kKinds = {"c", "C", "s", "S", "i",  "I", "l", "L",
                                                     "f", "g", "u", "U", "vu", "b", "n"};

bool is_number(std::string_view kind) {
  return kind.size() == 1 && std::string_view("cCsSiIlLfg").find(kind[0]) != std::string_view::npos;
}

// Calls with a value of the C++ type that a number's format names.
template <class Call>
auto with_number(char kind, Call&& call) {
  switch (kind) {
    case 'c':
      return call(std::int8_t{});
    case 'C':
      return call(std::uint8_t{});
    case 's':
      return call(std::int16_t{});
    case 'S':
      return call(std::uint16_t{});
    case 'i':
      return call(std::int32_t{});
    case 'I':
      return call(std::uint32_t{});
    case 'l':
      return call(std::int64_t{});
    case 'L':
      return call(std::uint64_t{});
    case 'f':
      return call(float{});
    default:
      return call(double{});
  }
}

// Buffers that the layout needs beside the validity bitmap.
std::size_t buffers_of(std::string_view kind) {
  if (kind == "n") return 0;
  return kind == "u" || kind == "U" || kind == "vu" ? 3 : 2;
}

}  // namespace

base::Result<Cells> Cells::of(const Field& field, const Array& array) {
  const std::string& format = field.format;
  Cells cells(array, format);
  if (format.starts_with("ts") && format.size() >= 4) {
    cells.kind_ = "ts";
    switch (format[2]) {
      case 's':
        cells.scale_ms_ = 1000;
        break;
      case 'u':
        cells.divide_ = 1000;
        break;
      case 'n':
        cells.divide_ = 1'000'000;
        break;
      default:
        break;
    }
  } else if (format == "tdD") {
    cells.scale_ms_ = base::kDay;
  } else if (format == "tdm") {
    cells.kind_ = "ts";
  } else if (std::find(kKinds.begin(), kKinds.end(), format) == kKinds.end()) {
    return base::fail("column '{}': a number, text or time is expected, found Arrow type '{}'", field.name,
                      format);
  }
  if (field.dictionary) {
    if (!array.dictionary || !is_number(cells.kind_) || cells.kind_ == "f" || cells.kind_ == "g")
      return base::fail("column '{}': a dictionary without its values", field.name);
    auto values = of(*field.dictionary, *array.dictionary);
    if (!values) return values;
    cells.dictionary_ = std::make_shared<Cells>(std::move(*values));
  }
  if (array.buffers.size() < buffers_of(cells.kind_))
    return base::fail("column '{}': {} buffers are too few for Arrow type '{}'", field.name,
                      array.buffers.size(), format);
  if (cells.kind_ != "n" && array.length > 0 && !array.buffers[1])
    return base::fail("column '{}': no values", field.name);
  return cells;
}

bool Cells::valid(std::int64_t row) const {
  if (array_->nulls == 0) return kind_ != "n";
  if (kind_ == "n") return false;
  if (array_->buffers.empty() || !array_->buffers[0]) return true;
  const std::int64_t at = array_->offset + row;
  return static_cast<const std::uint8_t*>(array_->buffers[0].get())[at / 8] >> (at % 8) & 1;
}

std::string_view Cells::bytes(std::int64_t row) const {
  const std::int64_t at = array_->offset + row;
  if (kind_ == "vu") {
    // 16 bytes: length, then the text where it fits into 12, else 4 bytes of it, the buffer's number and the
    // offset.
    const char* view = static_cast<const char*>(array_->buffers[1].get()) + at * 16;
    std::int32_t length = 0, buffer = 0, offset = 0;
    std::memcpy(&length, view, 4);
    if (length <= 0) return {};
    if (length <= 12) return {view + 4, static_cast<std::size_t>(length)};
    std::memcpy(&buffer, view + 8, 4);
    std::memcpy(&offset, view + 12, 4);
    const auto number = std::size_t{2} + static_cast<std::uint32_t>(buffer);
    if (number >= array_->buffers.size() || offset < 0) return {};
    return {static_cast<const char*>(array_->buffers[number].get()) + offset,
            static_cast<std::size_t>(length)};
  }
  const char* data = static_cast<const char*>(array_->buffers[2].get());
  const auto cut = [&](const auto* offsets) {
    if (!data || offsets[at] < 0 || offsets[at + 1] < offsets[at]) return std::string_view{};
    return std::string_view(data + offsets[at], static_cast<std::size_t>(offsets[at + 1] - offsets[at]));
  };
  return kind_ == "U" ? cut(static_cast<const std::int64_t*>(array_->buffers[1].get()))
                      : cut(static_cast<const std::int32_t*>(array_->buffers[1].get()));
}

std::int64_t Cells::ticks_ms(std::int64_t ticks) const {
  if (divide_ == 1) {
    std::int64_t ms = 0;
    return __builtin_mul_overflow(ticks, scale_ms_, &ms) ? base::kNoTime : ms;
  }
  return ticks / divide_ - (ticks % divide_ < 0 ? 1 : 0);  // rounded down
}

std::string_view Cells::text(std::int64_t row, std::string& scratch) const {
  if (!valid(row)) return {};
  if (dictionary_) {
    const auto key =
        with_number(kind_[0], [&](auto type) { return static_cast<std::int64_t>(at<decltype(type)>(row)); });
    return key >= 0 && key < dictionary_->size() ? dictionary_->text(key, scratch) : std::string_view{};
  }
  if (kind_ == "u" || kind_ == "U" || kind_ == "vu") return bytes(row);
  if (kind_ == "b") return *integer(row) ? "true" : "false";
  if (const auto when = kind_ == "ts" || kind_ == "tdD" ? time(row) : std::nullopt) {
    // Midnight is a date: birth dates come as times from engines that know no others.
    scratch = *when % base::kDay == 0 ? base::to_string(base::date_of(*when)) : base::to_iso(*when);
    return scratch;
  }
  scratch = with_number(kind_[0], [&](auto type) {
    using T = decltype(type);
    const T value = at<T>(row);
    if constexpr (std::is_floating_point_v<T>) {
      if (std::isnan(value)) return std::string();
      if (value == std::floor(value) && std::abs(value) < 1e15) return fmt::format("{:.0f}", value);
    }
    return fmt::format("{}", static_cast<std::conditional_t<sizeof(T) == 1, int, T>>(value));
  });
  return scratch;
}

std::optional<double> Cells::real(std::int64_t row) const {
  if (!valid(row)) return std::nullopt;
  if (dictionary_ || !is_number(kind_)) {
    std::string scratch;
    return base::parse_number<double>(base::trim(text(row, scratch)));
  }
  const double value =
      with_number(kind_[0], [&](auto type) { return static_cast<double>(at<decltype(type)>(row)); });
  return std::isnan(value) ? std::nullopt : std::optional(value);
}

std::optional<std::int64_t> Cells::integer(std::int64_t row) const {
  if (!valid(row)) return std::nullopt;
  if (kind_ == "b") {
    const std::int64_t at = array_->offset + row;
    return static_cast<const std::uint8_t*>(array_->buffers[1].get())[at / 8] >> (at % 8) & 1;
  }
  if (dictionary_ || !is_number(kind_) || kind_ == "f" || kind_ == "g") {
    const auto value = real(row);
    if (!value || std::abs(*value) > 9e15) return std::nullopt;
    return std::llround(*value);
  }
  return with_number(kind_[0], [&](auto type) { return static_cast<std::int64_t>(at<decltype(type)>(row)); });
}

std::optional<std::vector<std::int64_t>> Cells::integers() const {
  if (dictionary_ || !is_number(kind_) || kind_ == "f" || kind_ == "g") return std::nullopt;
  std::vector<std::int64_t> out(static_cast<std::size_t>(size()));
  with_number(kind_[0], [&](auto type) {
    for (std::size_t i = 0; i < out.size(); ++i) {
      const auto row = static_cast<std::int64_t>(i);
      out[i] = valid(row) ? static_cast<std::int64_t>(at<decltype(type)>(row)) : kNoInteger;
    }
  });
  return out;
}

std::optional<base::TimeMs> Cells::time(std::int64_t row) const {
  if (!valid(row)) return std::nullopt;
  if (kind_ == "ts") return ticks_ms(at<std::int64_t>(row));
  if (kind_ == "tdD") return ticks_ms(at<std::int32_t>(row));
  if (!dictionary_ && is_number(kind_)) return std::nullopt;
  std::string scratch;
  return base::parse_time(base::trim(text(row, scratch)));
}

base::Result<std::optional<Cells>> find_cells(const Schema& schema, const Batch& batch,
                                              std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names)
    for (std::size_t i = 0; i < schema.size(); ++i) {
      if (!base::iequals(schema[i].name, name)) continue;
      if (i >= batch.columns.size()) return base::fail("column '{}': the batch does not hold it", name);
      auto cells = Cells::of(schema[i], batch.columns[i]);
      if (!cells) return tl::unexpected(cells.error());
      return std::optional<Cells>(std::move(*cells));
    }
  return std::optional<Cells>{};
}

}  // namespace cordon::arrow
