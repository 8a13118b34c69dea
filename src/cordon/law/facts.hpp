// What is known about a case: a flat map of fact name -> value, as the user or another room states it.
// Names, meanings, units and what an absent fact means are declared in data/law/facts.json and printed in
// docs/law.md; a name declared nowhere is kept and read as text.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/base/time.hpp"

namespace cordon::law {

using Value = std::variant<bool, double, std::string, std::vector<std::string>>;

class Facts {
 public:
  // A JSON object of strings, numbers, booleans, arrays of them, or null (= not known). Fails on anything
  // else, on more than 1,000 facts, and on more than 1 MiB.
  static base::Result<Facts> parse(std::string_view json_object);
  // Replaces an earlier value of that name.
  void set(std::string_view name, Value value);
  void set(std::string_view name, const char* text) { set(name, Value(std::string(text))); }
  const Value* find(std::string_view name) const;
  std::span<const std::pair<std::string, Value>> all() const { return all_; }

 private:
  std::vector<std::pair<std::string, Value>> all_;  // in order of setting
};

// One question: {"id":..,"date":"2019-05-10","facts":{..},"jurisdictions":["UN","CA"]}.
struct Request {
  std::string id;  // may be empty
  base::Date date;
  Facts facts;
  std::vector<std::string> jurisdictions;  // UN and CA where none is named
};
struct Requests {
  std::vector<Request> all;
  bool is_list = false;  // the input was an array
};
// One request or an array of them. An error names the place: "request 3 (id H07): date: ...".
base::Result<Requests> parse_requests(std::string_view json);

}  // namespace cordon::law
