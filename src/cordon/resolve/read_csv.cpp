// CSV in one pass over the bytes. A row without a quote, the common case, is cut in place. Rows are put into
// the table some dozens at a time, column by column: dictionaries lie anywhere in memory, which is asked for
// all their cells before the first answer is needed.
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/text.hpp"
#include "cordon/resolve/read.hpp"

namespace cordon::resolve {
namespace {

using base::fail;
using base::Result;

class Rows {
 public:
  explicit Rows(std::string_view text) : rest_(text) {}
  void set_separator(char separator) { separator_ = separator; }
  std::uint64_t line() const { return row_line_; }
  // Whether the row's cells lie in the text itself and stay valid.
  bool plain() const { return plain_; }

  // The next row's cells, valid until the next call; false at the end. Fails on an unterminated quote.
  Result<bool> next(std::vector<std::string_view>& cells) {
    for (;;) {
      cells.clear();
      if (rest_.empty()) return false;
      row_line_ = ++line_;
      const std::size_t end = std::min(rest_.find('\n'), rest_.size());
      std::string_view row = rest_.substr(0, end);
      if (row.find('"') != row.npos) {
        if (auto done = quoted(cells); !done) return tl::unexpected(done.error());
        plain_ = false;
        return true;
      }
      rest_.remove_prefix(std::min(end + 1, rest_.size()));
      if (!row.empty() && row.back() == '\r') row.remove_suffix(1);
      if (base::trim(row).empty() || row == "\x1A") continue;
      const char* from = row.data();
      const char* const stop = from + row.size();
      for (const char* at = from; at != stop; ++at)
        if (*at == separator_) {
          cells.emplace_back(from, static_cast<std::size_t>(at - from));
          from = at + 1;
        }
      cells.emplace_back(from, static_cast<std::size_t>(stop - from));
      plain_ = true;
      return true;
    }
  }

 private:
  // A row with quotes, which may hold separators, line ends and doubled quotes.
  Result<void> quoted(std::vector<std::string_view>& cells) {
    scratch_.clear();
    std::vector<std::size_t> ends;
    bool inside = false, opened = false;
    std::size_t at = 0;
    for (; at < rest_.size(); ++at) {
      const char c = rest_[at];
      if (inside) {
        if (c == '\n') ++line_;
        if (c != '"') {
          scratch_ += c;
        } else if (at + 1 < rest_.size() && rest_[at + 1] == '"') {
          scratch_ += '"', ++at;
        } else {
          inside = false;
        }
      } else if (c == '"' && !opened &&
                 base::trim(std::string_view(scratch_).substr(ends.empty() ? 0 : ends.back())).empty()) {
        scratch_.resize(ends.empty() ? 0 : ends.back());
        inside = opened = true;
      } else if (c == separator_) {
        ends.push_back(scratch_.size()), opened = false;
      } else if (c == '\n') {
        break;
      } else if (c != '\r') {
        scratch_ += c;
      }
    }
    if (inside) return fail("line {}: a quote is opened and never closed", row_line_);
    ends.push_back(scratch_.size());
    rest_.remove_prefix(std::min(at + 1, rest_.size()));
    std::size_t from = 0;
    for (const std::size_t end : ends)
      cells.push_back(std::string_view(scratch_).substr(from, end - from)), from = end;
    return {};
  }

  std::string_view rest_;
  std::string scratch_;
  bool plain_ = true;
  char separator_ = ',';
  std::uint64_t line_ = 0, row_line_ = 0;
};

char separator_of(std::string_view text) {
  const std::string_view head = text.substr(0, text.find('\n'));
  char best = ',';
  std::ptrdiff_t most = 0;
  for (const char c : {',', '\t', ';', '|'})
    if (const auto count = std::count(head.begin(), head.end(), c); count > most) most = count, best = c;
  return best;
}

constexpr std::size_t kSkip = static_cast<std::size_t>(-1);

struct Header {
  std::vector<std::size_t> column;  // by cell: column of the table, or kSkip
  std::size_t id = kSkip;           // cell of the record's id
};

Header read_header(Table& table, std::vector<std::string_view>& cells) {
  Header header;
  if (cells.size() > kMostColumns) {
    table.rejects.add("column beyond the 1024th", {}, cells.size() - kMostColumns);
    cells.resize(kMostColumns);
  }
  int best = -1;
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (const int rank = id_rank(plain_name(cells[i])); rank >= 0 && (best < 0 || rank < best))
      best = rank, header.id = i;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string name = base::squeeze(cells[i].substr(0, 256));
    if (i == header.id) {
      header.column.push_back(kSkip);
    } else if (is_answer(plain_name(name))) {
      table.rejects.add("column that states the answer left out", name);
      header.column.push_back(kSkip);
    } else {
      header.column.push_back(table.column(name.empty() ? fmt::format("column {}", i + 1) : name));
    }
  }
  if (header.id == kSkip) table.rejects.add("no id column: records are numbered from 1");
  return header;
}

// Some rows on their way into the table.
class Batch {
 public:
  Batch(Table& table, const Header& header) : table_(table), header_(header) {
    // Where two cells belong to one column, its records must come in order.
    std::vector<std::size_t> columns = header.column;
    std::ranges::sort(columns);
    const auto twice = std::ranges::adjacent_find(
        columns, [](std::size_t a, std::size_t b) { return a == b && a != kSkip; });
    rows_ = twice == columns.end() ? 48 : 1;
    cells_.resize(rows_ * header.column.size());
    own_.resize(rows_);
  }
  bool full() const { return filled_ == rows_; }

  // row: valid until flush() where `kept`, else until the next row is read.
  void add(std::vector<std::string_view>& row, bool kept, std::uint64_t line) {
    const std::size_t columns = header_.column.size();
    if (row.size() > columns) {
      table_.rejects.add("row with more cells than the header", fmt::format("line {}", line));
      row.resize(columns);
    }
    std::string& own = own_[filled_];
    own.clear();
    if (!kept) {
      for (const std::string_view cell : row) own += cell;
      std::size_t from = 0;
      for (std::string_view& cell : row)
        cell = std::string_view(own).substr(from, cell.size()), from += cell.size();
    }
    for (std::size_t i = 0; i < columns; ++i) {
      Cell& cell = cells_[filled_ * columns + i];
      cell.text = i < row.size() ? base::trim(row[i]) : std::string_view{};
      if (cell.text.size() > kLongestValue) {
        table_.rejects.add("value cut after 4096 bytes", fmt::format("line {}", line));
        std::size_t end = kLongestValue;
        while (end > 0 && (static_cast<unsigned char>(cell.text[end]) & 0xC0) == 0x80) --end;
        cell.text = cell.text.substr(0, end);
      }
      if (cell.text.empty()) continue;
      if (const Dictionary* asked = dictionary(i); asked != nullptr) {
        cell.probe = Dictionary::probe_of(cell.text);
        asked->prefetch(cell.probe);
      }
    }
    if (header_.id != kSkip && cells_[filled_ * columns + header_.id].text.empty())
      table_.rejects.add("empty id, the record's number taken", fmt::format("line {}", line));
    ++filled_;
  }

  void flush() {
    const std::size_t columns = header_.column.size();
    const auto first = static_cast<RecordId>(table_.size());
    for (std::size_t row = 0; row < filled_; ++row) {
      const Cell* const id = header_.id == kSkip ? nullptr : &cells_[row * columns + header_.id];
      if (id != nullptr && !id->text.empty())
        table_.add_row(id->text, id->probe);
      else
        table_.add_row(fmt::format("{}", table_.size() + 1));
    }
    for (std::size_t i = 0; i < columns; ++i) {
      if (header_.column[i] == kSkip) continue;
      const Dictionary& values = *dictionary(i);
      for (std::size_t row = 0; row < filled_; ++row) values.prefetch_place(cells_[row * columns + i].probe);
      for (std::size_t row = 0; row < filled_; ++row) values.prefetch_bytes(cells_[row * columns + i].probe);
      for (std::size_t row = 0; row < filled_; ++row) {
        const Cell& cell = cells_[row * columns + i];
        table_.put(header_.column[i], first + static_cast<RecordId>(row), cell.text, cell.probe);
      }
    }
    filled_ = 0;
  }

 private:
  struct Cell {
    std::string_view text;
    Dictionary::Probe probe;
  };
  const Dictionary* dictionary(std::size_t cell) const {
    if (cell == header_.id) return &table_.ids();
    return header_.column[cell] == kSkip ? nullptr : &table_.columns()[header_.column[cell]].values;
  }

  Table& table_;
  const Header& header_;
  std::size_t rows_ = 1, filled_ = 0;
  std::vector<Cell> cells_;
  std::vector<std::string> own_;  // by row: the bytes of one that had quotes
};

}  // namespace

Result<void> read_csv_table(Table& table, std::string_view text) {
  Rows rows(text);
  rows.set_separator(separator_of(text));
  std::vector<std::string_view> cells;
  const auto fault = [&](const base::Error& error) { return fail("{}: {}", table.name, error.message); };
  if (auto head = rows.next(cells); !head) return fault(head.error());
  const Header header = read_header(table, cells);
  const auto expected = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  constexpr std::size_t kTelling = 4096;  // rows that show which columns hold mostly different values
  Batch batch(table, header);
  for (;;) {
    const auto more = rows.next(cells);
    if (!more) return fault(more.error());
    if (!*more) break;
    batch.add(cells, rows.plain(), rows.line());
    if (!batch.full()) continue;
    const bool told = table.size() >= kTelling;
    batch.flush();
    if (!told && table.size() >= kTelling) table.reserve(expected);
  }
  batch.flush();
  return {};
}

}  // namespace cordon::resolve
