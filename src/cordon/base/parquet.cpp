#include "cordon/base/parquet.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <functional>
#include <thread>
#include <utility>
#include <vector>

#include "cordon/base/duckdb.hpp"
#include "cordon/base/text.hpp"

namespace cordon::base {
namespace {

constexpr std::size_t kChunk = std::size_t{1} << 20;

// Files are given to DuckDB by descriptor: a name could be a pattern (*.parquet) or an address (s3://) to it.
std::string source(int descriptor) {
  return fmt::format("'/dev/fd/{}'", descriptor);
}

// A query in a thread of its own with one end of a pipe; the other end is ours.
class Piped {
 public:
  // theirs: which end of the pipe the query has, 0 reads, 1 writes. sql: of that descriptor.
  static Result<std::unique_ptr<Piped>> start(int theirs, const std::function<std::string(int)>& sql,
                                              DuckDb db) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return fail("no pipe can be made: {}", std::strerror(errno));
    ::fcntl(ends[0], F_SETPIPE_SZ, static_cast<int>(kChunk));  // fewer changes of thread; it works without
    auto piped = std::unique_ptr<Piped>(new Piped(std::move(db), ends[1 - theirs]));
    piped->thread_ = std::thread([self = piped.get(), end = ends[theirs], text = sql(ends[theirs]), theirs] {
      self->result_ = self->db_.run(text);
      // A query that failed reads no further: who still writes must not wait for it.
      if (theirs == 0) drain(end);
      ::close(end);
    });
    return piped;
  }
  int ours() const { return ours_; }
  // Nothing more is written; or, from a query that writes, nothing more is wanted.
  Result<void> join(bool reading) {
    if (reading) {
      db_.interrupt();
      drain(ours_);
    }
    end();
    return result_;
  }
  ~Piped() {
    if (!thread_.joinable()) return;
    db_.interrupt();
    end();
  }

 private:
  Piped(DuckDb db, int ours) : db_(std::move(db)), ours_(ours) {}
  static void drain(int descriptor) {
    std::string unused(kChunk, '\0');
    for (;;) {
      const ssize_t got = ::read(descriptor, unused.data(), unused.size());
      if (got == 0 || (got < 0 && errno != EINTR)) return;
    }
  }
  void end() {
    ::close(std::exchange(ours_, -1));
    thread_.join();
  }

  DuckDb db_;
  int ours_;
  std::thread thread_;
  Result<void> result_;
};

Error told(const std::filesystem::path& name, int descriptor, const Error& error) {
  std::string text = error.message;
  const std::string path = fmt::format("/dev/fd/{}", descriptor);
  for (std::size_t at = 0; (at = text.find(path, at)) != std::string::npos; at += name.native().size())
    text.replace(at, path.size(), name.native());
  return {fmt::format("{}: cannot be read as Parquet: {}", name.native(), text)};
}

// Names that a header of CSV cannot be misread by: it may be split before quotes are looked at.
std::string header_name(std::string_view name) {
  std::string out(trim(name.substr(std::min(name.find_first_not_of("# "), name.size()))));
  for (char& c : out)
    if (c == ',' || c == ';' || c == '"' || static_cast<unsigned char>(c) < ' ') c = '_';
  return out.empty() ? "_" : out;
}

// What stands in the cells of a column; empty for one that has no text.
std::string cell(const DuckColumn& column) {
  const std::string name = sql_name(column.name);
  switch (column.type) {
    case DuckType::float32:
    case DuckType::float64:
      // Never with an exponent where it can be helped: readers of coordinates know none.
      return fmt::format(
          "CASE WHEN isnan({0}) THEN NULL WHEN {0} = trunc({0}) AND abs({0}) < 1e15 THEN "
          "CAST(CAST({0} AS BIGINT) AS VARCHAR) WHEN abs({0}) < 0.001 THEN CAST(CAST({0} AS DECIMAL(18, 15)) "
          "AS "
          "VARCHAR) ELSE CAST(CAST({0} AS DOUBLE) AS VARCHAR) END",
          name);
    case DuckType::text:
      return fmt::format("nullif({}, '')", name);
    case DuckType::timestamp_s:
    case DuckType::timestamp_ms:
    case DuckType::timestamp_ns:
      return fmt::format("CAST({} AS TIMESTAMP)", name);
    case DuckType::blob:
    case DuckType::geometry:
      return {};
    default:
      return name;
  }
}

Result<std::string> projection(const std::vector<DuckColumn>& columns) {
  std::string out;
  const auto add = [&](const std::string& what, const std::string& name) {
    if (!what.empty())
      out += fmt::format("{}{} AS {}", out.empty() ? "" : ", ", what, sql_name(header_name(name)));
  };
  const auto has = [&](std::initializer_list<std::string_view> names) {
    return std::any_of(columns.begin(), columns.end(), [&](const DuckColumn& column) {
      return std::find(names.begin(), names.end(), ascii_lower(column.name)) != names.end();
    });
  };
  for (const DuckColumn& column : columns) add(cell(column), column.name);
  const auto place = std::find_if(columns.begin(), columns.end(),
                                  [](const DuckColumn& column) { return column.type == DuckType::geometry; });
  if (place != columns.end() && !(has({"lat", "latitude"}) && has({"lon", "longitude"}))) {
    const auto part = [&](int group) {
      return fmt::format("regexp_extract(ST_AsText({}), '^POINT[ A-Z]*\\((\\S+) ([^\\s)]+)', {})",
                         sql_name(place->name), group);
    };
    add(part(1), "lon");
    add(part(2), "lat");
  }
  if (out.empty()) return fail("it has no column with text, numbers or times");
  return out;
}

}  // namespace

Result<void> read_parquet(const std::filesystem::path& name, int descriptor, const ByteSink& sink) {
  auto db = DuckDb::open();
  if (!db) return fail("{}: {}", name.native(), db.error().message);
  const std::string from = fmt::format(" FROM read_parquet({})", source(descriptor));
  const auto columns = db->columns("SELECT *" + from + " LIMIT 0");
  if (!columns) return tl::unexpected(told(name, descriptor, columns.error()));
  const auto select = projection(*columns);
  if (!select) return tl::unexpected(told(name, descriptor, select.error()));
  const auto piped = Piped::start(
      1,
      [&](int into) {
        return fmt::format(
            "COPY (SELECT {}{}) TO {} (FORMAT csv, HEADER, TIMESTAMPFORMAT '%Y-%m-%dT%H:%M:%S.%gZ')", *select,
            from, source(into));
      },
      *std::move(db));
  if (!piped) return fail("{}: {}", name.native(), piped.error().message);
  std::string buffer(kChunk, '\0');
  for (;;) {
    const ssize_t got = ::read((*piped)->ours(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got > 0 && sink({buffer.data(), static_cast<std::size_t>(got)})) continue;
    const bool enough = got > 0;
    auto done = (*piped)->join(enough);
    if (done || enough) return {};
    return tl::unexpected(told(name, descriptor, done.error()));
  }
}

struct ParquetWriter::Impl {
  std::unique_ptr<Piped> piped;
};

Result<ParquetWriter> ParquetWriter::create(const ParquetForm& form, bool geo, OutputFile& out) {
  auto db = DuckDb::open();
  if (!db) return tl::unexpected(db.error());
  auto piped = Piped::start(
      0,
      [&](int from) {
        constexpr std::string_view kSource = "$source";
        std::string reader(form.reader);
        reader.replace(reader.find(kSource), kSource.size(), source(from));
        return fmt::format(
            "COPY (SELECT {}{} FROM {}) TO {} (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)",
            form.select, geo ? ", CAST('POINT (' || lon || ' ' || lat || ')' AS GEOMETRY) AS geometry" : "",
            reader, source(out.descriptor()));
      },
      *std::move(db));
  if (!piped) return tl::unexpected(piped.error());
  return ParquetWriter(std::make_unique<Impl>(Impl{*std::move(piped)}));
}

Result<void> ParquetWriter::write(std::string_view text) {
  while (!text.empty()) {
    const ssize_t put = ::write(impl_->piped->ours(), text.data(), text.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return fail("the Parquet file cannot be written: {}", std::strerror(errno));
    text.remove_prefix(static_cast<std::size_t>(put));
  }
  return {};
}

Result<void> ParquetWriter::finish() {
  auto done = impl_->piped->join(false);
  if (!done) return fail("the Parquet file cannot be written: {}", done.error().message);
  return {};
}

ParquetWriter::ParquetWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ParquetWriter::ParquetWriter(ParquetWriter&&) noexcept = default;
ParquetWriter::~ParquetWriter() = default;

}  // namespace cordon::base
