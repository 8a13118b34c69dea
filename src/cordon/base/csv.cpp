#include "cordon/base/csv.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "cordon/base/text.hpp"

namespace cordon::base {
namespace {

std::string_view without_mark(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  // DOS end-of-file byte, alone or before the last line ending.
  std::string_view tail = text;
  while (!tail.empty() && (tail.back() == '\n' || tail.back() == '\r')) tail.remove_suffix(1);
  return !tail.empty() && tail.back() == '\x1A' ? tail.substr(0, tail.size() - 1) : text;
}

std::string list_of(std::initializer_list<std::string_view> names) {
  std::string out;
  for (const std::string_view name : names) {
    if (!out.empty()) out += " or ";
    out += '\'' + std::string(name) + '\'';
  }
  return out;
}

// The text as UTF-8; `kept` holds it where it had to be converted. UTF-16 says so itself. Any other encoding
// would be a guess, and a name read by a wrong guess matches nothing: that is an error, not a replacement.
Result<std::string_view> as_utf8(std::string_view text, std::string& kept, std::uint64_t line = 1) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF") ||
      text.substr(0, 4).find('\0') != std::string_view::npos) {
    kept = decode_text(text);
    text = kept;
  }
  if (is_utf8(text)) return text;
  for (std::string_view rest = text;; ++line) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos || !is_utf8(rest.substr(0, end))) break;
    rest.remove_prefix(end + 1);
  }
  return fail("line {}: expected UTF-8, found another encoding; save the file as UTF-8", line);
}

// No table has such rows; a file that has one is no table, and must not be copied cell by cell to find that
// out.
constexpr std::size_t kLongestRow = std::size_t{16} << 20;

// line: the number of the text's first line.
Result<void> read_rows(std::string_view text, char separator, std::uint64_t line,
                       const std::function<void(CsvRow&&, std::uint64_t)>& sink) {
  std::size_t i = 0;
  const auto at_end_of_line = [&] {
    return i >= text.size() || text[i] == '\n' ||
           (text[i] == '\r' && (i + 1 >= text.size() || text[i + 1] == '\n'));
  };
  const std::array<char, 2> stops = {separator, '\n'};
  while (i < text.size()) {
    const std::uint64_t first_line = line;
    const std::size_t row_start = i;
    CsvRow row;
    for (;;) {
      std::string cell;
      if (i < text.size() && text[i] == '"') {
        const std::uint64_t quote_line = line;
        ++i;
        for (;;) {
          const std::size_t quote = text.find('"', i);
          if (quote == std::string_view::npos) {
            return fail("line {}: a quote is opened and never closed", quote_line);
          }
          const std::string_view piece = text.substr(i, quote - i);
          line += static_cast<std::uint64_t>(std::count(piece.begin(), piece.end(), '\n'));
          cell.append(piece);
          i = quote + 1;
          if (i >= text.size() || text[i] != '"') break;
          cell.push_back('"');
          ++i;
        }
      }
      // A plain cell, or what a careless writer left between the closing quote and the separator.
      const std::size_t stop =
          std::min(text.find_first_of(std::string_view(stops.data(), 2), i), text.size());
      if (stop - row_start > kLongestRow) {
        return fail("line {}: a row longer than {} MiB", first_line, kLongestRow >> 20);
      }
      std::string_view rest = text.substr(i, stop - i);
      i = stop;
      if ((i >= text.size() || text[i] == '\n') && rest.ends_with('\r')) rest.remove_suffix(1);
      cell.append(rest);
      row.push_back(std::move(cell));
      if (i < text.size() && text[i] == separator) {
        ++i;
        if (!at_end_of_line()) continue;
        row.emplace_back();  // "a,b," has three cells
        if (i < text.size() && text[i] == '\r') ++i;
      }
      break;
    }
    if (i < text.size()) ++i;  // the line feed
    ++line;
    if (row.size() == 1 && row.front().empty()) continue;
    sink(std::move(row), first_line);
  }
  return {};
}

}  // namespace

char csv_separator(std::string_view text) {
  constexpr std::string_view kSeparators = ",;\t|";
  std::array<std::size_t, 4> counts{};
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == '\n' && !quoted) {
      break;
    } else if (const auto at = kSeparators.find(c); at != std::string_view::npos && !quoted) {
      ++counts[at];
    }
  }
  const auto best = std::max_element(counts.begin(), counts.end()) - counts.begin();
  return kSeparators[static_cast<std::size_t>(best)];
}

Result<void> read_csv(std::string_view text, char separator,
                      const std::function<void(CsvRow&&, std::uint64_t)>& sink, std::uint64_t line) {
  std::string kept;
  const auto utf8 = as_utf8(text, kept, line);
  if (!utf8) return tl::unexpected(utf8.error());
  return read_rows(without_mark(*utf8), separator, line, sink);
}

Result<CsvTable> CsvTable::parse(std::string_view text, std::string name) {
  CsvTable table;
  table.name_ = std::move(name);
  std::string kept;
  const auto utf8 = as_utf8(text, kept);
  if (!utf8) return fail("{}: {}", table.name_, utf8.error().message);
  text = without_mark(*utf8);
  std::uint64_t skipped = 0;  // comment lines that say where the table comes from, and blank ones
  while (text.starts_with('#') || text.starts_with('\n') || text.starts_with("\r\n")) {
    const std::size_t end = text.find('\n');
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    ++skipped;
  }
  const auto done = read_rows(text, csv_separator(text), skipped + 1, [&](CsvRow&& row, std::uint64_t line) {
    if (table.header_.empty()) {
      for (std::string& cell : row) cell = trim(cell);
      table.header_ = std::move(row);
    } else {
      table.rows_.push_back(std::move(row));
      table.lines_.push_back(line);
    }
  });
  if (!done) return fail("{}: {}", table.name_, done.error().message);
  if (table.header_.empty())
    return fail("{}: line {}: expected a header line, found none", table.name_, skipped + 1);
  return table;
}

std::optional<std::size_t> CsvTable::column(std::initializer_list<std::string_view> names) const {
  for (const std::string_view name : names) {
    for (std::size_t i = 0; i < header_.size(); ++i) {
      if (iequals(header_[i], name)) return i;
    }
  }
  return std::nullopt;
}

Result<std::size_t> CsvTable::require(std::initializer_list<std::string_view> names) const {
  if (const auto found = column(names)) return *found;
  std::string have;
  for (const std::string& cell : header_) {
    if (have.size() > 200) {
      have += ", ...";
      break;
    }
    have += have.empty() ? cell : ", " + cell;
  }
  return fail("{}: expected a column {}, found {}", name_, list_of(names), have);
}

std::string_view CsvTable::cell(std::size_t row, std::optional<std::size_t> column) const {
  if (!column || row >= rows_.size() || *column >= rows_[row].size()) return {};
  return rows_[row][*column];
}

void append_csv(std::string& out, std::string_view cell) {
  const auto plain = [](char c) { return c != ',' && c != '"' && c != '\r' && c != '\n'; };
  if (std::all_of(cell.begin(), cell.end(), plain)) {
    out.append(cell);
    return;
  }
  out.push_back('"');
  for (const char c : cell) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  out.push_back('"');
}

}  // namespace cordon::base
