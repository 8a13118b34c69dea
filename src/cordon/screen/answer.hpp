// The answer to one query as it leaves the program, in each form: what `cordon screen` and the server write.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "cordon/screen/index.hpp"

namespace cordon::screen {

struct AnswerForm {
  std::string format = "ndjson";  // or csv, table
  double threshold = screen::threshold(), cutoff = kDefaultCutoff;
  std::size_t limit = kDefaultLimit;
  std::string lists;  // JSON array of list versions that each answer carries; empty: none
};

struct Answer {
  std::string text;  // empty where a difference is asked for and there is none
  bool match = false;
};

inline constexpr std::string_view kCsvHeader = "id,entity_id,caption,dataset,score,match,reason\n";

Answer answer(const Index& index, const Query& query, const AnswerForm& form);
// {"id","hits":[those that are new or changed],"gone":[{"entity_id","caption"}]}: what a full run over `now`
// says and one over `before` did not, and the other way round. A hit is changed when anything of it but the
// version of its list is.
Answer difference(const Index& before, const Index& now, const Query& query, const AnswerForm& form);

// {"id":"...", : how every NDJSON answer to this query begins.
std::string answer_head(const Query& query);

}  // namespace cordon::screen
