#include "screen_batch.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "common.hpp"
#include "cordon/base/bytes.hpp"
#include "cordon/base/csv_stream.hpp"
#include "cordon/base/parallel.hpp"
#include "cordon/base/progress.hpp"
#include "cordon/screen/columns.hpp"

namespace cordon::cli {
namespace {

using base::Result;

constexpr std::size_t kBatch = 4096;  // queries answered at a time

// Rows of a file, for the progress line; 0 where they cannot be counted beforehand.
std::uint64_t rows_of(const std::string& path) {
  std::error_code error;
  if (isatty(STDERR_FILENO) == 0 || !std::filesystem::is_regular_file(path, error)) return 0;
  const auto file = base::MappedFile::open(path);
  if (!file) return 0;
  const std::string_view head = file->view().substr(0, 2);  // a packed file's line feeds say nothing
  if (head == "\x1F\x8B" || head == "\x28\xB5" || head == "\xFD\x37") return 0;
  const auto lines = std::count(file->view().begin(), file->view().end(), '\n');
  return static_cast<std::uint64_t>(std::max<std::ptrdiff_t>(lines - 1, 0));
}

class Batch {
 public:
  Batch(const AnswerQuery& answer, const WriteText& write, std::uint64_t rows)
      : answer_(answer), write_(write), progress_("screening", rows, "queries") {}

  Result<void> add(screen::Query&& query) {
    queries_.push_back(std::move(query));
    return queries_.size() < kBatch ? Result<void>{} : flush();
  }
  void skip(bool match) {
    ++totals_.queries, ++totals_.resumed;
    totals_.matched += match;
    progress_.advance(1);
  }
  Result<void> flush() {
    answers_.assign(queries_.size(), {});
    base::parallel_for(queries_.size(), 16, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) answers_[i] = answer_(queries_[i]);
    });
    std::string text;
    for (const screen::Answer& answer : answers_) {
      text += answer.text;
      totals_.matched += answer.match;
    }
    totals_.queries += queries_.size();
    progress_.advance(queries_.size());
    queries_.clear();
    return write_(text);
  }
  const BatchTotals& totals() const { return totals_; }

 private:
  const AnswerQuery& answer_;
  const WriteText& write_;
  base::Progress progress_;
  std::vector<screen::Query> queries_;
  std::vector<screen::Answer> answers_;
  BatchTotals totals_;
};

}  // namespace

Result<BatchTotals> screen_file(const std::string& path, const Answered& answered, const AnswerQuery& answer,
                                const WriteText& write) {
  std::optional<screen::Columns> columns;
  std::optional<std::size_t> id, schema;
  base::Tally rejects;
  Batch batch(answer, write, rows_of(path));
  const auto done = base::read_csv_stream(
      path,
      [&](const base::CsvRow& header) -> Result<void> {
        columns.emplace(header, "", "name");
        id = screen::find_column(header, {"id"}), schema = screen::find_column(header, {"schema"});
        if (!columns->has_name() && !columns->has_number())
          return base::fail("{}: line 1: expected a column 'name' or a number such as 'imo'", path);
        return {};
      },
      [&](base::CsvRow&& row, std::uint64_t line) -> Result<void> {
        const auto cell = [&](const std::optional<std::size_t>& column) {
          return column && *column < row.size() ? row[*column] : std::string{};
        };
        screen::Query query = columns->query(row);
        query.id = id ? cell(id) : fmt::format("{}", line);
        const auto kind = screen::read_schema(cell(schema));
        if (kind)
          query.schema = *kind;
        else
          rejects.add("unknown schema, searched as any",
                      fmt::format("line {}: {}", line, kind.error().message));
        bool match = false;
        const auto known = answered ? answered(query, match) : Result<bool>(false);
        if (!known) return tl::unexpected(known.error());
        if (!*known) return batch.add(std::move(query));
        batch.skip(match);
        return {};
      });
  if (!done) return tl::unexpected(done.error());
  if (auto last = batch.flush(); !last) return tl::unexpected(last.error());
  report(path, rejects);
  return batch.totals();
}

}  // namespace cordon::cli
