#include "cordon/base/csv_stream.hpp"

#include <algorithm>
#include <utility>

#include "cordon/base/bytes.hpp"
#include "cordon/base/text.hpp"

namespace cordon::base {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 20, kLongestRow = std::size_t{16} << 20,
                      kLargestWide = std::size_t{1} << 30;

}  // namespace

CsvStream::CsvStream(std::string name, HeaderSink header, RowSink row)
    : name_(std::move(name)), header_sink_(std::move(header)), row_sink_(std::move(row)) {}

// Finds the ends of records the way read_csv() will read them: a quote opens a cell only at its start.
void CsvStream::scan(std::string_view bytes) {
  for (std::size_t i = scanned_; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (at_ == At::quoted) {
      if (c == '"') at_ = At::quote;
    } else if (at_ == At::quote && c == '"') {
      at_ = At::quoted;
    } else if (c == '\n') {
      at_ = At::start;
      cut_ = i + 1;
    } else if (c == separator_) {
      at_ = At::start;
    } else {
      at_ = at_ == At::start && c == '"' ? At::quoted : At::plain;
    }
  }
  scanned_ = bytes.size();
}

Result<void> CsvStream::push(std::string_view bytes) {
  held_.append(bytes);
  if (!begun_) {
    if (held_.size() < 4) return {};
    begun_ = true;
    wide_ = held_.starts_with("\xFF\xFE") || held_.starts_with("\xFE\xFF") ||
            std::string_view(held_).substr(0, 4).find('\0') != std::string_view::npos;
    if (held_.starts_with("\xEF\xBB\xBF")) held_.erase(0, 3);
  }
  if (wide_) {
    if (held_.size() > kLargestWide)
      return fail("{}: a UTF-16 file larger than {} MiB; save it as UTF-8", name_, kLargestWide >> 20);
    return {};
  }
  // Comment lines, then the header, which tells the separator.
  while (separator_ == 0) {
    const std::size_t end = held_.find('\n');
    if (end == std::string::npos) {
      if (held_.size() > kLongestRow)
        return fail("{}: line {}: a row longer than {} MiB", name_, line_, kLongestRow >> 20);
      return {};
    }
    if (held_.starts_with('#') || trim(std::string_view(held_).substr(0, end)).empty()) {
      held_.erase(0, end + 1);
      ++line_;
    } else {
      separator_ = csv_separator(held_);
    }
  }
  scan(held_);
  if (held_.size() - cut_ > kLongestRow)
    return fail("{}: line {}: a row longer than {} MiB", name_,
                line_ + static_cast<std::uint64_t>(std::count(held_.begin(), held_.begin() + cut_, '\n')),
                kLongestRow >> 20);
  if (cut_ < kPiece) return {};
  auto done = read(std::string_view(held_).substr(0, cut_));
  held_.erase(0, cut_);
  scanned_ -= cut_;
  cut_ = 0;
  return done;
}

Result<void> CsvStream::read(std::string_view records) {
  Result<void> told;
  const auto done = read_csv(
      records, separator_,
      [&](CsvRow&& row, std::uint64_t line) {
        if (!told) return;
        if (!header_sink_) return row_sink_(std::move(row), line);
        for (std::string& cell : row) cell = trim(cell);
        told = std::exchange(header_sink_, nullptr)(row);
      },
      line_);
  if (!done) return fail("{}: {}", name_, done.error().message);
  line_ += static_cast<std::uint64_t>(std::count(records.begin(), records.end(), '\n'));
  return told;
}

Result<void> CsvStream::finish() {
  if (wide_) {
    const std::string text = decode_text(std::exchange(held_, {}));
    wide_ = false;
    if (auto done = push(text); !done) return done;
  }
  begun_ = true;
  if (separator_ == 0) {
    if (held_.starts_with('#') || trim(held_).empty())
      return fail("{}: line {}: expected a header line, found none", name_, line_);
    separator_ = csv_separator(held_);
  }
  auto done = read(held_);
  held_.clear();
  return done;
}

Result<void> read_csv_stream(const std::string& path, const CsvStream::HeaderSink& header,
                             const std::function<Result<void>(CsvRow&&, std::uint64_t)>& row) {
  Result<void> told;
  CsvStream stream(path, header, [&](CsvRow&& cells, std::uint64_t line) {
    if (told) told = row(std::move(cells), line);
  });
  auto done = read_chunks(path, [&](std::string_view bytes) {
    if (auto pushed = stream.push(bytes); !pushed) told = std::move(pushed);
    return told.has_value();
  });
  if (!told) return told;
  if (!done) return done;
  if (auto finished = stream.finish(); !finished) return finished;
  return told;
}

}  // namespace cordon::base
