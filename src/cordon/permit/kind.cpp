#include "cordon/permit/kind.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "cordon/base/resource.hpp"
#include "cordon/base/text.hpp"
#include "cordon/permit/calendar.hpp"

namespace cordon::permit {
namespace {

using Json = nlohmann::json;
using Strings = std::vector<std::string>;

// Thrown within this file only: the place in the document that is wrong.
struct Wrong {
  std::string message;
};

Strings strings(const Json& json) {
  return json.is_string() ? Strings{json} : json.get<Strings>();
}

Condition condition_of(const Json& json) {
  using Type = Condition::Type;
  Condition condition;
  const auto parts = [&](const char* name, Type type) {
    condition.type = type;
    for (const Json& part : json.at(name)) condition.parts.push_back(condition_of(part));
  };
  if (json.contains("all")) {
    parts("all", Type::all);
  } else if (json.contains("any")) {
    parts("any", Type::any);
  } else if (json.contains("not")) {
    condition.type = Type::none;
    condition.parts.push_back(condition_of(json.at("not")));
  } else if (json.contains("field")) {
    condition.name = json.at("field");
    condition.type = json.contains("is") ? Type::field_is : Type::field_known;
    if (json.contains("is")) condition.values = strings(json.at("is"));
  } else {
    condition.name = json.at("law");
    condition.type = json.contains("measure") ? Type::law_measure : Type::law_verdict;
    condition.values = strings(json.contains("measure") ? json.at("measure") : json.at("verdict"));
  }
  return condition;
}

Condition optional_condition(const Json& json, const char* name) {
  return json.contains(name) ? condition_of(json.at(name)) : Condition{};
}

Basis basis_of(const Json& json) {
  Basis basis;
  basis.citation = json.at("citation");
  basis.says = json.value("says", "");
  basis.sources = json.at("sources").get<Strings>();
  basis.verified = json.at("verified");
  basis.paragraph_verified = json.at("paragraph_verified");
  if (basis.citation.empty() || basis.sources.empty()) throw Wrong{"a basis without citation or source"};
  return basis;
}

Field field_of(const Json& json) {
  Field field;
  field.id = json.at("id");
  field.label = json.at("label");
  field.ask = json.at("ask");
  field.type = json.at("type");
  field.mandatory = json.at("mandatory");
  field.section = json.at("section");
  field.aliases = json.value("aliases", Strings{});
  field.choices = json.value("choices", Strings{});
  field.when = optional_condition(json, "when");
  field.basis = basis_of(json.at("basis"));
  for (const Json& column : json.value("columns", Json::array()))
    field.columns.push_back({column.at("id"), column.at("label"), column.at("mandatory"), column.at("type")});
  static const std::set<std::string> kTypes = {"text", "date", "email", "number", "choice",
                                               "flag", "list", "hs",    "table"};
  if (!kTypes.contains(field.type)) throw Wrong{"unknown type '" + field.type + "'"};
  if ((field.type == "table") == field.columns.empty() || (field.type == "choice") == field.choices.empty())
    throw Wrong{"a table needs columns, a choice needs choices"};
  return field;
}

Step step_of(const Json& json) {
  Step step;
  step.id = json.at("id");
  step.label = json.at("label");
  step.after = json.at("after").get<Strings>();
  step.roles = json.at("roles").get<Strings>();
  step.needs = json.value("needs", Strings{});
  step.outcomes = json.value("outcomes", Strings{});
  step.reopens = json.value("reopens", Strings{});
  step.ends = json.value("ends", Strings{});
  step.complete = json.value("complete", false);
  step.four_eyes = json.value("four_eyes", false);
  step.per_revision = json.value("per_revision", false);
  step.when = optional_condition(json, "when");
  step.basis = basis_of(json.at("basis"));
  return step;
}

Clock clock_of(const Json& json) {
  Clock clock;
  clock.id = json.at("id");
  clock.label = json.at("label");
  clock.starts = json.at("starts");
  clock.stops = json.at("stops");
  clock.starts_outcome = json.value("starts_outcome", "");
  clock.amount = json.at("amount");
  clock.unit = json.at("unit");
  clock.nature = json.at("nature");
  clock.calendar = json.value("calendar", "");
  clock.remind_before = json.value("remind_before", 0);
  clock.when = optional_condition(json, "when");
  clock.basis = basis_of(json.at("basis"));
  if (clock.unit != "working_days" && clock.unit != "days" && clock.unit != "months")
    throw Wrong{"unknown unit '" + clock.unit + "'"};
  if (clock.unit == "working_days" && !Calendar::named(clock.calendar))
    throw Wrong{"no calendar '" + clock.calendar + "'"};
  return clock;
}

// Reads each element with `read`; an error names the element.
template <class T>
std::vector<T> all_of(const Json& json, const char* list, T (*read)(const Json&)) {
  std::vector<T> out;
  for (const Json& row : json.at(list)) {
    try {
      out.push_back(read(row));
    } catch (const Wrong& wrong) {
      throw Wrong{fmt::format("{} {}: {}", list, row.value("id", "?"), wrong.message)};
    } catch (const Json::exception& error) {
      throw Wrong{fmt::format("{} {}: {}", list, row.value("id", "?"), error.what())};
    }
  }
  return out;
}

Finding finding_of(const Json& json) {
  return {json.at("says"), condition_of(json.at("when")), basis_of(json.at("basis"))};
}

Kind kind_of(const Json& json) {
  Kind kind;
  kind.id = json.at("id");
  kind.name = json.at("name");
  kind.authority = json.at("authority");
  kind.jurisdiction = json.at("jurisdiction");
  kind.form = json.at("form");
  kind.compiled = json.at("compiled");
  kind.aliases = json.at("aliases").get<Strings>();
  kind.to = json.at("to").get<Strings>();
  kind.opening = json.at("opening").get<Strings>();
  kind.closing = json.at("closing").get<Strings>();
  kind.subject = json.at("subject");
  kind.bases = all_of(json, "bases", basis_of);
  kind.fields = all_of(json, "fields", field_of);
  kind.steps = all_of(json, "steps", step_of);
  kind.clocks = all_of(json, "clocks", clock_of);
  kind.findings = all_of(json, "findings", finding_of);
  kind.needed = condition_of(json.at("needed"));
  kind.order_note = json.at("order_note");
  const Json& law = json.at("law");
  kind.law_jurisdictions = law.at("jurisdictions").get<Strings>();
  kind.law_facts = law.at("facts").dump();
  kind.law_from = law.at("from").get<std::map<std::string, std::string>>();
  for (const Json& row : law.value("when", Json::array()))
    kind.law_when.emplace_back(condition_of(row.at("when")), row.at("facts").dump());

  std::set<std::string>
      before;  // a step may only wait for what stands elsewhere in the list, without a circle
  for (std::size_t pass = 0; pass < kind.steps.size(); ++pass)
    for (const Step& step : kind.steps)
      if (std::all_of(step.after.begin(), step.after.end(),
                      [&](const auto& id) { return before.contains(id); }))
        before.insert(step.id);
  for (const Step& step : kind.steps)
    if (!before.contains(step.id))
      throw Wrong{fmt::format("steps {}: waits for a step that does not exist, or for itself", step.id)};
  for (const Clock& clock : kind.clocks)
    if (kind.step(clock.starts) == nullptr || kind.step(clock.stops) == nullptr)
      throw Wrong{fmt::format("clocks {}: starts or stops with a step that does not exist", clock.id)};
  return kind;
}

bool named(std::string_view id, const Strings& aliases, std::string_view name) {
  return base::iequals(id, name) ||
         std::any_of(aliases.begin(), aliases.end(), [&](const auto& a) { return base::iequals(a, name); });
}

}  // namespace

const Field* Kind::field(std::string_view wanted) const {
  for (const Field& each : fields)
    if (named(each.id, each.aliases, wanted)) return &each;
  return nullptr;
}

const Step* Kind::step(std::string_view wanted) const {
  for (const Step& each : steps)
    if (each.id == wanted) return &each;
  return nullptr;
}

base::Result<Kinds> Kinds::parse(std::span<const std::pair<std::string, std::string>> documents) {
  Kinds kinds;
  for (const auto& [name, text] : documents) {
    try {
      kinds.all_.push_back(kind_of(Json::parse(text)));
    } catch (const Wrong& wrong) {
      return base::fail("{}: {}", name, wrong.message);
    } catch (const Json::exception& error) {
      return base::fail("{}: {}", name, error.what());
    }
  }
  return kinds;
}

base::Result<const Kinds*> Kinds::embedded() {
  static const base::Result<Kinds> kinds = []() -> base::Result<Kinds> {
    std::vector<std::pair<std::string, std::string>> documents;
    for (const std::string& name : base::resource_names("permit/kinds/")) {
      const auto text = base::resource(name);
      if (!text) return tl::unexpected(text.error());
      documents.emplace_back(name, std::string(*text));
    }
    return parse(documents);
  }();
  if (!kinds) return tl::unexpected(kinds.error());
  return &*kinds;
}

const Kind* Kinds::find(std::string_view name) const {
  for (const Kind& kind : all_)
    if (named(kind.id, kind.aliases, name)) return &kind;
  return nullptr;
}

}  // namespace cordon::permit
