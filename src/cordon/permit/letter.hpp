// The parts of a draft in the order in which every form shows them.
#pragma once
#include <string>
#include <vector>

#include "cordon/permit/check.hpp"

namespace cordon::permit {

struct LetterField {
  const Field* field = nullptr;
  std::string text;                            // one paragraph; "" for a table or a list
  std::vector<std::string> list;               // of a list
  std::vector<std::vector<std::string>> rows;  // of a table, a cell for each column
  bool missing = false;                        // mandatory, and not stated
};
struct LetterSection {
  std::string heading;
  std::vector<LetterField> fields;
};
struct Letter {
  std::string subject;
  std::vector<std::string> opening, closing;
  std::vector<LetterSection> sections;
};
// {field} in subject, opening and closing becomes the field's value, or "[not stated: LABEL]".
Letter letter_of(const Checklist& checklist, const Request& request);

}  // namespace cordon::permit
