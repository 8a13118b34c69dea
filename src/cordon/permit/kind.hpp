// The kinds of permission there are: what a request must hold, which steps follow each other, which clocks
// run. All of it is data (data/permit/kinds/*.json) with citations and verification state; this code knows no
// paragraph.
#pragma once
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cordon/base/result.hpp"

namespace cordon::permit {

// Where a fact of the law is written and how far it was checked.
struct Basis {
  std::string citation;              // "UNSCR 2397 (2017) para 25"
  std::string says;                  // own words
  std::vector<std::string> sources;  // keys of data/law/sources.json; "memory" = confirmed in no text
  bool verified = false;             // content confirmed in a source text
  bool paragraph_verified = false;
};

// {"field":F,"is":V or [V]} {"field":F,"known":true} {"all":[..]} {"any":[..]} {"not":..}
// {"law":J,"verdict":[..]} {"law":J,"measure":"PREFIX"}: what the book of law answers on the request's facts.
struct Condition {
  enum class Type { always, all, any, none, field_is, field_known, law_verdict, law_measure };
  Type type = Type::always;
  std::string name;                 // field or jurisdiction
  std::vector<std::string> values;  // words, verdicts, or a prefix of measure ids
  std::vector<Condition> parts;
};

struct Column {
  std::string id, label;
  bool mandatory = false;
  std::string type;  // text number hs date
};

struct Field {
  std::string id, label, ask;
  std::string type;  // text date email number choice flag list hs table
  std::vector<std::string> aliases, choices;
  std::vector<Column> columns;  // of a table
  bool mandatory = false;
  Condition when;  // mandatory only where this holds
  Basis basis;
  std::string section;  // heading of the draft it stands under
};

struct Step {
  std::string id, label;
  std::vector<std::string> after;     // steps that must be done before, where they apply
  std::vector<std::string> roles;     // who may do it
  std::vector<std::string> needs;     // "date" "reference" "outcome" "note"
  std::vector<std::string> outcomes;  // allowed words of outcome
  Condition when;                     // else the step does not apply
  bool complete = false;              // no mandatory field may be empty
  bool four_eyes = false;             // not by anybody who drafted
  bool per_revision = false;          // done again after the draft was changed
  std::vector<std::string> reopens;   // outcomes after which the draft may be changed again
  std::vector<std::string> ends;      // outcomes after which only closing is left
  Basis basis;
};

struct Clock {
  std::string id, label, starts, stops;  // ids of steps; it runs from the date of one to that of the other
  std::string starts_outcome;            // only where the starting step had this outcome
  int amount = 0;
  std::string unit;       // working_days days months
  std::string calendar;   // of working days
  std::string nature;     // statutory, practice
  int remind_before = 0;  // in the same unit, but days for months
  Condition when;
  Basis basis;
};

struct Finding {
  std::string says;
  Condition when;
  Basis basis;
};

struct Kind {
  std::string id, name, authority, jurisdiction, form, compiled;
  std::vector<std::string> aliases, to, opening, closing;  // of the letter, one paragraph each
  std::string subject;
  std::vector<Basis> bases;
  std::vector<Field> fields;
  std::vector<Step> steps;
  std::vector<Clock> clocks;
  std::vector<Finding> findings;
  Condition needed;        // by this the order of permissions says whether this one is needed
  std::string order_note;  // why it stands where it stands
  std::vector<std::string> law_jurisdictions;
  std::string law_facts;  // JSON object: facts that are true of every such request
  std::vector<std::pair<Condition, std::string>> law_when;  // further facts where a condition holds
  std::map<std::string, std::string> law_from;              // law fact -> "field" or "field.column"

  const Field* field(std::string_view id_or_alias) const;
  const Step* step(std::string_view id) const;
};

// All of it but the words of the letter, for forms that ask for the fields.
void append_json(std::string& out, const Kind& kind);

class Kinds {
 public:
  static base::Result<const Kinds*> embedded();
  // documents: (file name, JSON). An error names file and id: a field, step or clock without citation,
  // sources or verification state, an unknown step in `after`, a circle of steps, a clock without calendar.
  static base::Result<Kinds> parse(std::span<const std::pair<std::string, std::string>> documents);
  std::span<const Kind> all() const { return all_; }  // in the order the law fixes
  const Kind* find(std::string_view id_or_alias) const;

 private:
  std::vector<Kind> all_;
};

}  // namespace cordon::permit
