// A statement that leaves the program. It can be walked back to its sources and forward to a paragraph of
// law. No score without a reason, no reason without a source.
#pragma once
#include <string>
#include <vector>

#include "cordon/model/law.hpp"
#include "cordon/model/source.hpp"

namespace cordon::model {

struct Finding {
  std::string kind;       // "behaviour", "identity", "listing", "ownership", "measure", "unknown"
  std::string statement;  // one plain sentence a reviewer can paste into a file
  double weight = 0;      // points it adds to (or takes from) a score; 0 where it only informs
  std::vector<Source> sources;
  std::vector<Citation> citations;
};

}  // namespace cordon::model
