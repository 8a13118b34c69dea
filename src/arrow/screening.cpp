#include "arrow/screening.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "arrow/cells.hpp"
#include "cordon/base/parallel.hpp"
#include "cordon/base/text.hpp"
#include "cordon/screen/columns.hpp"

namespace cordon::arrow {
namespace {

using base::Result;

constexpr std::size_t kAtATime = 4096;  // queries between two calls of progress

// The program prints four decimals; what a table holds is the same number.
double printed(double score) {
  return std::round(score * 1e4) / 1e4;
}

std::string joined(const std::vector<std::string>& reasons) {
  return fmt::format("{}", fmt::join(reasons, " "));
}

// The rows of a batch as the readers of CSV know them.
class Rows {
 public:
  static Result<Rows> of(const Schema& schema, const Batch& batch) {
    Rows rows;
    for (std::size_t i = 0; i < schema.size() && i < batch.columns.size(); ++i) {
      auto cells = Cells::of(schema[i], batch.columns[i]);
      // A column that no query field reads may be of any type.
      rows.columns_.push_back(cells ? std::optional<Cells>(std::move(*cells)) : std::nullopt);
      rows.header_.push_back(schema[i].name);
    }
    return rows;
  }
  const base::CsvRow& header() const { return header_; }
  base::CsvRow row(std::int64_t index) const {
    base::CsvRow out;
    std::string scratch;
    for (const auto& column : columns_)
      out.push_back(column ? base::to_utf8(column->text(index, scratch)) : std::string());
    return out;
  }

 private:
  std::vector<std::optional<Cells>> columns_;
  base::CsvRow header_;
};

struct Hits {
  std::vector<std::string> id, entity_id, caption, schema, dataset, source;
  std::vector<std::int32_t> rank;
  std::vector<double> score;
  std::vector<bool> match;
  std::vector<std::vector<std::string>> reasons, measures;

  void add(const std::string& query, std::int32_t place, screen::Hit&& hit, const model::Entity& entity,
           double threshold) {
    id.push_back(query);
    rank.push_back(place);
    entity_id.push_back(entity.id);
    caption.push_back(entity.caption);
    schema.emplace_back(model::to_string(entity.schema));
    dataset.emplace_back(entity.source.dataset());
    score.push_back(printed(hit.score));
    match.push_back(hit.score >= threshold);
    reasons.push_back(std::move(hit.reasons));
    auto& words = measures.emplace_back();
    for (const std::string_view name : {"measure", "program"})
      for (const std::string_view value : entity.all(name)) words.emplace_back(value);
    source.push_back(model::describe(entity.source));
  }
  Table finish() && {
    Builder out;
    out.texts("id", id)
        .numbers("rank", "i", std::move(rank))
        .texts("entity_id", entity_id)
        .texts("caption", caption);
    out.texts("schema", schema)
        .texts("dataset", dataset)
        .numbers("score", "g", std::move(score))
        .flags("match", match);
    out.text_lists("reasons", reasons).text_lists("measures", measures).texts("source", source);
    return std::move(out).finish();
  }
};

std::string cell(const base::CsvRow& row, const std::optional<std::size_t>& column) {
  return column ? row[*column] : std::string();
}

}  // namespace

Result<Table> screen_table(const screen::Index& index, const Table& queries, const ScreenOptions& options,
                           base::Tally& rejects) {
  Hits hits;
  std::uint64_t number = 0;
  for (const Batch& batch : queries.batches) {
    auto rows = Rows::of(queries.schema, batch);
    if (!rows) return tl::unexpected(rows.error());
    const screen::Columns columns(rows->header(), "", "name");
    const auto id = screen::find_column(rows->header(), {"id"}),
               schema = screen::find_column(rows->header(), {"schema"});
    if (!columns.has_name() && !columns.has_number())
      return base::fail("expected a column 'name' or a number such as 'imo', found '{}'",
                        fmt::join(rows->header(), ","));
    for (std::int64_t first = 0; first < batch.rows; first += kAtATime) {
      const auto count = static_cast<std::size_t>(std::min<std::int64_t>(kAtATime, batch.rows - first));
      std::vector<std::string> ids(count), problems(count);
      std::vector<std::vector<screen::Hit>> found(count);
      base::parallel_for(count, 16, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
          const base::CsvRow row = rows->row(first + static_cast<std::int64_t>(i));
          screen::Query query = columns.query(row);
          ids[i] = id ? row[*id] : fmt::format("{}", number + i + 1);
          if (auto kind = screen::read_schema(cell(row, schema)))
            query.schema = *kind;
          else
            problems[i] = kind.error().message;
          found[i] = index.search(query, options.limit, options.cutoff);
        }
      });
      for (std::size_t i = 0; i < count; ++i) {
        if (!problems[i].empty())
          rejects.add("unknown schema, searched as any",
                      fmt::format("row {}: {}", number + i + 1, problems[i]));
        std::int32_t rank = 0;
        for (screen::Hit& hit : found[i]) {
          const model::Entity entity = index.entity(hit.entity);
          hits.add(ids[i], ++rank, std::move(hit), entity, options.threshold);
        }
      }
      number += count;
      if (options.progress && !options.progress(count)) return base::fail("interrupted");
    }
  }
  return std::move(hits).finish();
}

Result<Table> compare_table(const Table& pairs, base::Tally& rejects) {
  std::vector<std::string> ids, reasons;
  std::vector<double> scores;
  std::vector<bool> matches;
  for (const Batch& batch : pairs.batches) {
    auto rows = Rows::of(pairs.schema, batch);
    if (!rows) return tl::unexpected(rows.error());
    const base::CsvRow& header = rows->header();
    const screen::Columns left(header, "left_", "left"), right(header, "right_", "right");
    const auto id = screen::find_column(header, {"id"}), schema = screen::find_column(header, {"schema"});
    if ((!left.has_name() && !left.has_number()) || (!right.has_name() && !right.has_number()))
      return base::fail("expected columns 'left' and 'right', found '{}'", fmt::join(header, ","));
    const auto count = static_cast<std::size_t>(batch.rows);
    std::vector<screen::Verdict> verdicts(count);
    std::vector<std::string> names(count), problems(count);
    base::parallel_for(count, 64, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        const base::CsvRow row = rows->row(static_cast<std::int64_t>(i));
        names[i] = id ? row[*id] : fmt::format("{}", ids.size() + i + 1);
        const auto kind = screen::read_schema(cell(row, schema));
        if (!kind) {
          problems[i] = kind.error().message;
          continue;
        }
        screen::Query a = left.query(row), b = right.query(row);
        a.schema = b.schema = *kind;
        verdicts[i] = screen::compare_pair(a, b);
      }
    });
    for (std::size_t i = 0; i < count; ++i) {
      if (!problems[i].empty())
        rejects.add("unknown schema", fmt::format("row {}: {}", ids.size() + 1, problems[i]));
      scores.push_back(printed(verdicts[i].score));
      matches.push_back(verdicts[i].match);
      reasons.push_back(problems[i].empty() ? joined(verdicts[i].reasons)
                                            : "Not compared: " + problems[i] + ".");
      ids.push_back(std::move(names[i]));
    }
  }
  Builder out;
  out.texts("id", ids)
      .numbers("score", "g", std::move(scores))
      .flags("match", matches)
      .texts("reason", reasons);
  return std::move(out).finish();
}

}  // namespace cordon::arrow
