// Queries as they come in a body: our own short form, and FollowTheMoney's examples as OpenSanctions' clients
// send them. Every limit is one that no honest client meets.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cordon/screen/query.hpp"
#include "serve/http.hpp"

namespace cordon::serve {

inline constexpr std::size_t kMostQueries = 1000;   // in one request
inline constexpr std::size_t kLongestValue = 1000;  // bytes of a name or number
inline constexpr std::size_t kMostValues = 64;      // of one field

// What was wrong with a body, and where: {400, "expected a string", "queries[3].birth_date"}.
struct Refused {
  int status = 400;
  std::string message, where;
};
template <class T>
using Read = tl::expected<T, Refused>;
Response error(const Refused& refused);

// {"queries":[{"id","schema","name","birth_date","country","imo","mmsi","callsign","flag",...}, ...]}: every
// field a string, a number, or a list of them. A field the program does not know is passed over. A query
// without an id gets its number: "1", "2", ...
Read<std::vector<screen::Query>> read_queries(std::string_view body);
// text/csv, with the columns of `cordon screen`.
Read<std::vector<screen::Query>> read_csv_queries(std::string_view body);

// One side of a comparison: a query, an example, or {"entity": id}, which is left to the caller.
struct Side {
  screen::Query query;
  std::string entity;
};
Read<std::pair<Side, Side>> read_pair(std::string_view body);

// {"queries": {"q1": {"id","schema","properties": {"name": ["..."]}}}} of /match.
struct Example {
  std::string key;
  screen::Query query;
  std::string echo;  // the query as it came, JSON
};
Read<std::vector<Example>> read_examples(std::string_view body);

// {"q0": {"query","type","limit","properties":[{"pid","v"}]}} of OpenRefine.
struct Reconcile {
  std::string key;
  screen::Query query;
  std::size_t limit = 5;
};
Read<std::vector<Reconcile>> read_reconcile(std::string_view json);
// {"ids": [...], "properties": [{"id"}]}
struct Extend {
  std::vector<std::string> ids, properties;
};
Read<Extend> read_extend(std::string_view json);

// The flat string fields of an object, for small bodies: {"name":"..","password":".."}.
Read<std::vector<Param>> read_fields(std::string_view body);

}  // namespace cordon::serve
