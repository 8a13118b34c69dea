#include "cordon/base/duckdb.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

#include <cstdint>
#include <cstdlib>
#include <utility>

#include "cordon/base/parallel.hpp"

namespace cordon::base {
namespace {

// duckdb_result, as the published header lays it out; only its size matters here.
struct Answer {
  std::uint64_t counts[3] = {};
  void* parts[3] = {};
};

struct Library {
  int (*create_config)(void** config);
  int (*set_config)(void* config, const char* name, const char* option);
  void (*destroy_config)(void** config);
  int (*open_ext)(const char* path, void** database, void* config, char** error);
  int (*connect)(void* database, void** connection);
  void (*disconnect)(void** connection);
  void (*close)(void** database);
  void (*free)(void* bytes);
  void (*interrupt)(void* connection);
  int (*query)(void* connection, const char* sql, Answer* answer);
  const char* (*result_error)(Answer* answer);
  std::uint64_t (*column_count)(Answer* answer);
  const char* (*column_name)(Answer* answer, std::uint64_t column);
  int (*column_type)(Answer* answer, std::uint64_t column);
  void (*destroy_result)(Answer* answer);
};

template <class Function>
bool find(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(::dlsym(library, name));
  return function != nullptr;
}

void* load() {
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string(value == nullptr ? "" : value);
  };
  // Who names a file means this one.
  if (const std::string named = variable("CORDON_DUCKDB"); !named.empty())
    return ::dlopen(named.c_str(), RTLD_NOW | RTLD_LOCAL);
  std::string data = variable("XDG_DATA_HOME");
  if (data.empty()) data = variable("HOME") + "/.local/share";
  void* library = ::dlopen((data + "/cordon/libduckdb.so").c_str(), RTLD_NOW | RTLD_LOCAL);
  return library != nullptr ? library : ::dlopen("libduckdb.so", RTLD_NOW | RTLD_LOCAL);
}

Result<Library> open_library() {
  void* library = load();
  if (library == nullptr)
    return fail(
        "Parquet needs DuckDB's library (libduckdb.so): run script/setup --parquet, or name its file in "
        "CORDON_DUCKDB");
  Library duck{};
  const bool all =
      find(library, "duckdb_create_config", duck.create_config) &&
      find(library, "duckdb_set_config", duck.set_config) &&
      find(library, "duckdb_destroy_config", duck.destroy_config) &&
      find(library, "duckdb_open_ext", duck.open_ext) && find(library, "duckdb_connect", duck.connect) &&
      find(library, "duckdb_disconnect", duck.disconnect) && find(library, "duckdb_close", duck.close) &&
      find(library, "duckdb_free", duck.free) && find(library, "duckdb_interrupt", duck.interrupt) &&
      find(library, "duckdb_query", duck.query) && find(library, "duckdb_result_error", duck.result_error) &&
      find(library, "duckdb_column_count", duck.column_count) &&
      find(library, "duckdb_column_name", duck.column_name) &&
      find(library, "duckdb_column_type", duck.column_type) &&
      find(library, "duckdb_destroy_result", duck.destroy_result);
  if (!all) return fail("libduckdb.so is not a library of DuckDB that is known here (1.5 or later)");
  return duck;
}

const Result<Library>& library() {
  static const Result<Library> duck = open_library();
  return duck;
}

std::string doubled(std::string_view text, char quote) {
  std::string out(1, quote);
  for (const char c : text) {
    out += c;
    if (c == quote) out += c;
  }
  return out += quote;
}

class Query {
 public:
  Query(void* connection, const std::string& sql)
      : failed_(library()->query(connection, sql.c_str(), &answer_) != 0) {}
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  ~Query() { library()->destroy_result(&answer_); }
  Result<void> done() {
    if (!failed_) return {};
    const char* said = library()->result_error(&answer_);
    const std::string_view all = said == nullptr ? "DuckDB gives no reason" : said;
    return fail("{}", all.substr(0, all.find('\n')));
  }
  Answer& answer() { return answer_; }

 private:
  Answer answer_;
  bool failed_;
};

}  // namespace

std::string sql_text(std::string_view text) {
  return doubled(text, '\'');
}
std::string sql_name(std::string_view name) {
  return doubled(name, '"');
}

Result<DuckDb> DuckDb::open() {
  if (!library()) return tl::unexpected(library().error());
  const Library& duck = *library();
  void* config = nullptr;
  duck.create_config(&config);
  const std::string threads = fmt::format("{}", thread_count());
  const std::pair<const char*, const char*> options[] = {
      {"threads", threads.c_str()},
      {"memory_limit", "2GB"},
      {"temp_directory", ""},
      {"autoinstall_known_extensions", "false"},
      {"autoload_known_extensions", "false"},
      {"allow_community_extensions", "false"},
  };
  for (const auto& [name, value] : options) duck.set_config(config, name, value);
  DuckDb out;
  char* error = nullptr;
  const bool opened = duck.open_ext(nullptr, &out.database_, config, &error) == 0 &&
                      duck.connect(out.database_, &out.connection_) == 0;
  duck.destroy_config(&config);
  const std::string why = error == nullptr ? "no reason given" : error;
  if (error != nullptr) duck.free(error);
  if (!opened) return fail("DuckDB cannot be started: {}", why.substr(0, why.find('\n')));
  if (auto done = out.run("SET TimeZone='UTC'; SET lock_configuration=true"); !done)
    return tl::unexpected(done.error());
  return out;
}

Result<void> DuckDb::run(const std::string& sql) {
  return Query(connection_, sql).done();
}

Result<std::vector<DuckColumn>> DuckDb::columns(const std::string& sql) {
  Query query(connection_, sql);
  if (auto done = query.done(); !done) return tl::unexpected(done.error());
  std::vector<DuckColumn> out;
  const std::uint64_t count = library()->column_count(&query.answer());
  for (std::uint64_t i = 0; i < count; ++i)
    out.push_back({library()->column_name(&query.answer(), i),
                   static_cast<DuckType>(library()->column_type(&query.answer(), i))});
  return out;
}

void DuckDb::interrupt() {
  library()->interrupt(connection_);
}

DuckDb::DuckDb(DuckDb&& other) noexcept
    : database_(std::exchange(other.database_, nullptr)),
      connection_(std::exchange(other.connection_, nullptr)) {}

DuckDb::~DuckDb() {
  if (connection_ != nullptr) library()->disconnect(&connection_);
  if (database_ != nullptr) library()->close(&database_);
}

}  // namespace cordon::base
