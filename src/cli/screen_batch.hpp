// Queries by the million: read as they come, answered on all cores, written in order, in bounded memory.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "cordon/base/result.hpp"
#include "cordon/screen/answer.hpp"
#include "cordon/screen/query.hpp"

namespace cordon::cli {

struct BatchTotals {
  std::uint64_t queries = 0, matched = 0, resumed = 0;
};

using AnswerQuery = std::function<screen::Answer(const screen::Query&)>;  // from any thread
using WriteText = std::function<base::Result<void>(std::string_view)>;
// Whether a query was answered by an earlier run, and how; an error where its answer is another query's.
using Answered = std::function<base::Result<bool>(const screen::Query&, bool& match)>;

// path: CSV with id,schema,name and more, or "-". Rows of an unknown schema are searched as any and told.
base::Result<BatchTotals> screen_file(const std::string& path, const Answered& answered,
                                      const AnswerQuery& answer, const WriteText& write);

}  // namespace cordon::cli
