// The checklist of a request: what is missing or wrong, what the law says to it, which permissions come in
// which order, which steps follow.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/law/law.hpp"
#include "cordon/permit/kind.hpp"
#include "cordon/permit/request.hpp"

namespace cordon::permit {

struct Lack {
  const Field* field = nullptr;
  std::string place;  // "" or "row 2, column hs"
  std::string why;    // "not stated", "expected a date, found 'soon'"
  bool mandatory = false;
};

struct InOrder {
  const Kind* kind = nullptr;
  std::string needed;  // yes no open
  std::string because;
};

struct Checklist {
  const Kind* kind = nullptr;
  std::vector<Lack> lacks;
  std::vector<std::string> unknown;  // fields the kind does not know; kept, not used
  std::vector<const Finding*> findings;
  std::vector<law::Verdict> law;
  std::vector<std::string> measures;  // "UN:TRA-2397-7B": every measure that reaches the facts
  std::vector<InOrder> order;
  std::vector<std::string> steps;  // ids of those that apply
  bool complete() const;           // nothing mandatory lacks and nothing is wrong
};

// Whether a condition of the kind holds for this request and what the law said to it.
bool holds(const Condition& condition, const Checklist& checklist, const Request& request);

base::Result<Checklist> check(const Kinds& kinds, const law::LawBook& book, const Request& request);

void append_json(std::string& out, const Checklist& checklist, const Request& request);
void append_text(std::string& out, const Checklist& checklist, const Request& request);

// The value of a field under its name or an alias; nullptr where it is absent or only a placeholder ("TBD").
const FieldValue* value_of(const Request& request, const Field& field);

}  // namespace cordon::permit
