// The law as it travels through the program: what applies, where it is written, and how well that was
// checked.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/time.hpp"
#include "cordon/model/source.hpp"

namespace cordon::model {

struct Citation {
  std::string text;        // "UNSCR 2375 (2017) para 11", "SOR/2006-287 s. 17"
  std::string instrument;  // "UNSCR 2375 (2017)"
  std::string paragraph;   // "11"
  base::Date date;         // adopted or in force
  bool paragraph_verified =
      false;  // the paragraph number was confirmed in a source text; false is shown as such
  bool content_verified = false;  // the content was confirmed in a source text
};

// A rule of a jurisdiction as loaded from data/law.
struct Measure {
  std::string id;            // "STS-2375-11"
  std::string jurisdiction;  // "UN", "CA", ...
  Citation citation;
  std::string category;   // "ship_to_ship", "assets_freeze", ...
  std::string direction;  // to_dprk from_dprk both vessel finance person ...
  std::string force;      // "decides", "calls upon", ...: who is bound, and how strongly
  std::string summary;    // own words
  std::vector<std::string> hs;
  std::vector<std::string> exemptions;  // ids
  base::Date start, end;
  std::string superseded_by;
  std::string status;       // in_force superseded ended
  std::string may_or_must;  // what a State may or must do: "seize, inspect and freeze (impound) in port", ...
};

}  // namespace cordon::model
