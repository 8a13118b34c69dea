// owner,owned,pct[,kind,start,end,status,...]: one edge a line. Files of millions of lines are usual, and
// what takes time is looking ids up; so lines are taken in blocks, whose ids are fetched ahead.
#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

#include "cordon/base/csv.hpp"
#include "cordon/base/text.hpp"
#include "cordon/network/read_formats.hpp"
#include "cordon/network/words.hpp"

namespace cordon::network {
namespace {

enum Field : std::uint8_t {
  owner,
  owned,
  pct,
  kind,
  start,
  end,
  status,
  role,
  note,
  source,
  kFields,
  ignored
};
struct Spelling {
  std::string_view name;
  Field field;
};
constexpr std::array kSpellings = std::to_array<Spelling>({
    {"owner", owner},    {"from", owner},   {"parent", owner},     {"owned", owned},     {"to", owned},
    {"company", owned},  {"asset", owned},  {"child", owned},      {"pct", pct},         {"percent", pct},
    {"percentage", pct}, {"share", pct},    {"shares", pct},       {"kind", kind},       {"type", kind},
    {"relation", kind},  {"start", start},  {"start_date", start}, {"startdate", start}, {"from_date", start},
    {"end", end},        {"end_date", end}, {"enddate", end},      {"to_date", end},     {"status", status},
    {"role", role},      {"note", note},    {"source", source},    {"src", source},      {"record", source},
});
constexpr std::size_t kMaxColumns = 64;
constexpr std::size_t kBlock = 64;

struct Layout {
  char separator = ',';
  std::size_t columns = 0;
  std::array<Field, kMaxColumns> field{};
  bool has(Field wanted) const {
    return std::find(field.begin(), field.begin() + static_cast<std::ptrdiff_t>(columns), wanted) !=
           field.begin() + static_cast<std::ptrdiff_t>(columns);
  }
};

std::string_view without_return(std::string_view line) {
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

std::optional<Layout> layout_of(std::string_view header) {
  header = without_return(header);
  Layout layout;
  for (const char separator : {',', ';', '\t', '|'})
    if (std::count(header.begin(), header.end(), separator) >
        std::count(header.begin(), header.end(), layout.separator))
      layout.separator = separator;
  for (const std::string_view raw : base::split(header, layout.separator)) {
    if (layout.columns == kMaxColumns) break;
    std::string name = base::ascii_lower(base::trim(raw));
    std::erase(name, '"');
    Field field = ignored;
    for (const Spelling& spelling : kSpellings)
      if (spelling.name == name && !layout.has(spelling.field)) field = spelling.field;
    layout.field[layout.columns++] = field;
  }
  if (!layout.has(owner) || !layout.has(owned)) return std::nullopt;
  return layout;
}

// Of millions of cells hardly any needs it.
std::string_view trimmed(std::string_view text) {
  const auto plain = [](char c) { return c > ' ' && c < 0x7F; };
  return text.empty() || (plain(text.front()) && plain(text.back())) ? text : base::trim(text);
}

struct Row {
  std::array<std::string_view, kFields> cell;
  std::array<IdTable::Key, 2> key{};
  std::uint64_t line = 0;
};

class EdgeList {
 public:
  EdgeList(Graph::Builder& builder, std::string_view name)
      : builder_(builder), file_(source_file(name, "edge-csv")) {
    file_number_ = builder_.add_file(file_);
  }

  // The next row, to be filled: cells not written keep what they held, so a reader writes the same ones for
  // every row. Its text must live until flush().
  Row& next() { return rows_[count_]; }

  void push() {
    Row& row = rows_[count_++];
    for (std::size_t i = 0; i < 2; ++i) {
      row.cell[i] = trimmed(row.cell[i]);
      row.key[i] = IdTable::key_of(row.cell[i]);
      builder_.prefetch(row.key[i]);
    }
    if (count_ == kBlock) flush();
  }

  void flush() {
    for (std::size_t i = 0; i < count_; ++i) add(rows_[i]);
    count_ = 0;
  }

 private:
  std::string at(const Row& row) const { return "line " + std::to_string(row.line); }

  void add(const Row& row) {
    if (row.cell[owner].empty() || row.cell[owned].empty()) {
      builder_.tally().add("edge without two ends", at(row));
      return;
    }
    Edge edge;
    edge.from = builder_.node(row.cell[owner], row.key[0]);
    edge.to = builder_.node(row.cell[owned], row.key[1]);
    edge.kind = model::RelationKind::ownership;
    edge.interest = Interest::shares;
    bool known_word = true;
    if (const std::string_view word = trimmed(row.cell[kind]); !word.empty() && word != "ownership") {
      const auto relation = relation_word(word);
      known_word = relation.has_value();
      const RelationWord means = relation.value_or(RelationWord{});
      edge.kind = means.kind;
      edge.interest = means.interest;
      if (means.kind == model::RelationKind::ownership && means.interest == Interest::none)
        edge.interest = Interest::shares;
      if (means.reversed) std::swap(edge.from, edge.to);
    }
    if (const auto share = parse_share(row.cell[pct])) {
      edge.min = edge.max = *share;
    } else if (!row.cell[pct].empty()) {
      const auto range = parse_share_range(row.cell[pct]);
      if (!range) builder_.tally().add("share not understood: taken as unknown", at(row));
      edge.min = range ? range->min : kUnknownShare;
      edge.max = range ? range->max : kUnknownShare;
    }
    edge.start = date(row, start);
    edge.end = date(row, end);
    if (!trimmed(row.cell[status]).empty()) {
      const auto word = status_word(row.cell[status]);
      if (!word) builder_.tally().add("status not understood: taken as stated", at(row));
      edge.status = word.value_or(model::Status::stated);
    }
    edge.file = file_number_;
    const bool plain =
        known_word && row.cell[role].empty() && row.cell[note].empty() && row.cell[source].empty();
    if (plain) return builder_.add_edge(edge, row.line);
    const std::string_view said = row.cell[role].empty() ? row.cell[kind] : row.cell[role];
    builder_.add_edge(edge,
                      {base::trim(said), base::trim(row.cell[note]), base::trim(row.cell[source]), row.line});
  }

  base::Date date(const Row& row, Field field) {
    const std::string_view text = trimmed(row.cell[field]);
    if (text.empty()) return {};
    const auto parsed = base::parse_date(text);
    if (!parsed) builder_.tally().add("date not understood: taken as open", at(row));
    return parsed.value_or(base::Date{});
  }

  Graph::Builder& builder_;
  std::shared_ptr<const model::SourceFile> file_;
  std::uint16_t file_number_ = 0;
  std::array<Row, kBlock> rows_;
  std::size_t count_ = 0;
};

// No quotes anywhere: lines are records, cells are views into the file.
void read_plain(EdgeList& list, const Layout& layout, std::string_view body) {
  std::uint64_t number = 1;
  const char* at = body.data();
  const char* const stop = at + body.size();
  while (at < stop) {
    const void* found = std::memchr(at, '\n', static_cast<std::size_t>(stop - at));
    const char* const line_end = found ? static_cast<const char*>(found) : stop;
    ++number;
    const char* cell = at;
    const char* cell_stop = line_end;
    at = line_end + 1;
    if (cell_stop > cell && cell_stop[-1] == '\r') --cell_stop;
    if (cell == cell_stop) continue;
    Row& row = list.next();
    row.line = number;
    for (std::size_t column = 0; column < layout.columns; ++column) {
      const char* comma = cell;
      while (comma < cell_stop && *comma != layout.separator) ++comma;
      if (layout.field[column] < kFields)
        row.cell[layout.field[column]] = {cell, static_cast<std::size_t>(comma - cell)};
      cell = comma < cell_stop ? comma + 1 : cell_stop;  // a short line: the cells it lacks are empty
    }
    list.push();
  }
  list.flush();
}

}  // namespace

bool is_edge_list(std::string_view header) {
  return layout_of(header).has_value();
}

base::Result<void> read_edge_list(Graph::Builder& builder, std::string_view bytes, std::string_view name) {
  const auto head_end = std::min(bytes.find('\n'), bytes.size());
  const auto layout = layout_of(bytes.substr(0, head_end));
  if (!layout) return base::fail("{}: expected a header with owner,owned", name);
  const std::string_view body = bytes.substr(std::min(head_end + 1, bytes.size()));
  // Room by the mean length of the first lines.
  const std::string_view sample = body.substr(0, std::size_t{1} << 16);
  const auto lines = static_cast<std::size_t>(std::count(sample.begin(), sample.end(), '\n'));
  const std::size_t edges = sample.empty() ? 0 : (lines + 1) * (body.size() / sample.size());
  builder.reserve(edges / 3, edges);
  EdgeList list(builder, name);
  if (body.find('"') == std::string_view::npos) {
    read_plain(list, *layout, body);
    return {};
  }
  bool header = true;
  return base::read_csv(bytes, layout->separator, [&](base::CsvRow&& cells, std::uint64_t line) {
    if (std::exchange(header, false)) return;
    Row& row = list.next();
    row.cell.fill({});
    for (std::size_t column = 0; column < std::min(layout->columns, cells.size()); ++column)
      if (layout->field[column] < kFields) row.cell[layout->field[column]] = cells[column];
    row.line = line;
    list.push();
    list.flush();
  });
}

}  // namespace cordon::network
