// A request as its drafter states it: which kind, and what is known of each field.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/base/time.hpp"

namespace cordon::permit {

using Row = std::vector<std::pair<std::string, std::string>>;  // column -> cell
using FieldValue = std::variant<std::string, std::vector<std::string>, std::vector<Row>>;

struct Request {
  std::string kind, id;
  base::Date date;  // on which the law is asked; empty = the day of the call
  std::vector<std::pair<std::string, FieldValue>> fields;  // as named in the file, in its order
  std::string law_facts;  // JSON object, as `cordon law check` reads it; may be ""
  std::string json;       // the whole request, canonical
  const FieldValue* find(std::string_view name) const;
};

// {"kind","id","date","fields":{..},"facts":{..}}; fields may also stand beside kind. Numbers and flags
// become text ("true"). Fails on anything deeper than a table, and on more than 1 MiB.
base::Result<Request> parse_request(std::string_view json);
// The same with that date where it states none, in its JSON too: what is kept must be answerable again.
Request dated(Request request, const base::Date& date);

}  // namespace cordon::permit
