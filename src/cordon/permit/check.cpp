#include "cordon/permit/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cordon/base/text.hpp"

namespace cordon::permit {
namespace {

using Json = nlohmann::json;

// Words people write where they still have to find out.
bool is_placeholder(std::string_view text) {
  const std::string word = base::ascii_lower(base::squeeze(text));
  for (const std::string_view empty : {"", "tbd", "tba", "tbc", "todo", "to be determined", "to be confirmed",
                                       "to be advised", "unknown", "xxx", "?", "-", "..."})
    if (word == empty) return true;
  return false;
}

bool is_empty(const FieldValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return is_placeholder(*text);
  if (const auto* list = std::get_if<std::vector<std::string>>(&value))
    return std::all_of(list->begin(), list->end(), [](const auto& text) { return is_placeholder(text); });
  return std::get<std::vector<Row>>(value).empty();
}

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// Empty where the text is what the type asks for.
std::string wrong_with(std::string_view type, const std::vector<std::string>& choices,
                       const std::string& text) {
  const auto said = [&](std::string_view expected) {
    return fmt::format("expected {}, found '{:.60}'", expected, text);
  };
  if (type == "date") {
    const auto date = base::parse_date(text);
    if (!date || !date->complete()) return said("a date (YYYY-MM-DD)");
  } else if (type == "email") {
    const auto at = text.find('@');
    if (at == 0 || at == std::string::npos || text.find('.', at) == std::string::npos ||
        text.find(' ') != std::string::npos)
      return said("an e-mail address");
  } else if (type == "number") {
    const auto number = base::parse_number<double>(base::trim(text));
    if (!number || !(*number > 0)) return said("a number above zero");
  } else if (type == "flag") {
    if (text != "true" && text != "false") return said("true or false");
  } else if (type == "hs") {
    std::string digits;
    for (const char c : text)
      if (c != '.' && c != ' ') digits += c;
    if (!is_digits(digits) || digits.size() < 4 || digits.size() > 12)
      return said("an HS code of at least four digits");
  } else if (type == "choice") {
    if (std::none_of(choices.begin(), choices.end(), [&](const auto& c) { return base::iequals(c, text); }))
      return said(fmt::format("one of: {}", fmt::join(choices, "; ")));
  }
  return {};
}

void check_table(const Field& field, const FieldValue& value, std::vector<Lack>& lacks) {
  const auto* rows = std::get_if<std::vector<Row>>(&value);
  if (rows == nullptr) {
    lacks.push_back({&field, "", "expected a list of rows", true});
    return;
  }
  for (std::size_t i = 0; i < rows->size(); ++i)
    for (const Column& column : field.columns) {
      const auto cell = std::find_if((*rows)[i].begin(), (*rows)[i].end(),
                                     [&](const auto& pair) { return pair.first == column.id; });
      const std::string place = fmt::format("row {}, {}", i + 1, column.label);
      if (cell == (*rows)[i].end() || is_placeholder(cell->second)) {
        if (column.mandatory) lacks.push_back({&field, place, "not stated", true});
      } else if (std::string wrong = wrong_with(column.type, {}, cell->second); !wrong.empty()) {
        lacks.push_back({&field, place, std::move(wrong), true});
      }
    }
}

void check_field(const Field& field, const Checklist& checklist, const Request& request,
                 std::vector<Lack>& lacks) {
  const FieldValue* value = value_of(request, field);
  if (value == nullptr) {
    if (field.mandatory && holds(field.when, checklist, request))
      lacks.push_back({&field, "", "not stated", true});
    return;
  }
  if (field.type == "table") return check_table(field, *value, lacks);
  const auto* text = std::get_if<std::string>(value);
  if (text == nullptr && field.type != "list" && field.type != "text") {
    lacks.push_back({&field, "", fmt::format("expected one {}, found a list", field.type), true});
  } else if (text != nullptr) {
    if (std::string wrong = wrong_with(field.type, field.choices, *text); !wrong.empty())
      lacks.push_back({&field, "", std::move(wrong), true});
  }
}

constexpr std::size_t kEveryRow = static_cast<std::size_t>(-1), kMostRows = 200;

// Facts for the book of law: what holds for every such request, what its fields say (of a table: one row, or
// all), what the drafter stated.
base::Result<law::Facts> law_facts(const Checklist& checklist, const Request& request, std::size_t row_only) {
  const Kind& kind = *checklist.kind;
  Json facts = Json::parse(kind.law_facts);
  for (const auto& [when, more] : kind.law_when)
    if (holds(when, checklist, request)) facts.update(Json::parse(more));
  for (const auto& [fact, from] : kind.law_from) {
    const auto dot = from.find('.');
    const Field* field = kind.field(from.substr(0, dot));
    const FieldValue* value = field == nullptr ? nullptr : value_of(request, *field);
    if (value == nullptr) continue;
    if (const auto* text = std::get_if<std::string>(value)) facts[fact] = *text;
    if (const auto* rows = std::get_if<std::vector<Row>>(value)) {
      std::vector<std::string> cells;
      for (std::size_t i = 0; i < rows->size(); ++i)
        for (const auto& [column, cell] : (*rows)[i])
          if ((row_only == kEveryRow || row_only == i) && dot != std::string::npos &&
              column == from.substr(dot + 1) && !cell.empty())
            cells.push_back(cell);
      if (!cells.empty()) facts[fact] = cells;
    }
  }
  if (!request.law_facts.empty()) facts.update(Json::parse(request.law_facts));
  return law::Facts::parse(facts.dump());
}

// The measures that reach the request as a whole, and those that reach one of its items: one may be banned by
// the United Nations, the next by Canada alone.
base::Result<void> add_measures(Checklist& checklist, const law::LawBook& book, const Request& request,
                                const law::Facts& facts) {
  const auto add = [&](const law::Facts& some) {
    for (const char* jurisdiction : {"UN", "CA"})
      for (const law::Applied& applied : law::apply(book, request.date, some, jurisdiction)) {
        const std::string id = jurisdiction + (":" + applied.measure->id);
        if (applied.missing.empty() &&
            std::find(checklist.measures.begin(), checklist.measures.end(), id) == checklist.measures.end())
          checklist.measures.push_back(id);
      }
  };
  add(facts);
  std::size_t rows = 0;
  for (const auto& [name, value] : request.fields)
    if (const auto* table = std::get_if<std::vector<Row>>(&value)) rows = std::max(rows, table->size());
  for (std::size_t row = 0; rows > 1 && row < std::min(rows, kMostRows); ++row) {
    const auto one = law_facts(checklist, request, row);
    if (!one) return base::fail("facts: {}", one.error().message);
    add(*one);
  }
  return {};
}

}  // namespace

const FieldValue* value_of(const Request& request, const Field& field) {
  const FieldValue* value = request.find(field.id);
  for (auto alias = field.aliases.begin(); value == nullptr && alias != field.aliases.end(); ++alias)
    value = request.find(*alias);
  return value == nullptr || is_empty(*value) ? nullptr : value;
}

bool holds(const Condition& condition, const Checklist& checklist, const Request& request) {
  using Type = Condition::Type;
  const auto part = [&](const Condition& each) { return holds(each, checklist, request); };
  switch (condition.type) {
    case Type::always:
      return true;
    case Type::all:
      return std::all_of(condition.parts.begin(), condition.parts.end(), part);
    case Type::any:
      return std::any_of(condition.parts.begin(), condition.parts.end(), part);
    case Type::none:
      return std::none_of(condition.parts.begin(), condition.parts.end(), part);
    case Type::law_verdict:
      return std::any_of(checklist.law.begin(), checklist.law.end(), [&](const law::Verdict& verdict) {
        return verdict.jurisdiction == condition.name &&
               std::find(condition.values.begin(), condition.values.end(), verdict.verdict) !=
                   condition.values.end();
      });
    case Type::law_measure:
      return std::any_of(checklist.measures.begin(), checklist.measures.end(), [&](const std::string& id) {
        return std::any_of(condition.values.begin(), condition.values.end(), [&](const std::string& prefix) {
          return id.starts_with(condition.name + ":" + prefix);
        });
      });
    case Type::field_is:
    case Type::field_known:
      break;
  }
  const Field* field = checklist.kind == nullptr ? nullptr : checklist.kind->field(condition.name);
  const FieldValue* value = field == nullptr ? nullptr : value_of(request, *field);
  if (value == nullptr) return false;
  if (condition.type == Type::field_known) return true;
  const auto among = [&](const std::string& text) {
    return std::any_of(condition.values.begin(), condition.values.end(),
                       [&](const auto& word) { return base::iequals(word, text); });
  };
  if (const auto* text = std::get_if<std::string>(value)) return among(*text);
  if (const auto* list = std::get_if<std::vector<std::string>>(value))
    return std::any_of(list->begin(), list->end(), among);
  return false;
}

bool Checklist::complete() const {
  return std::none_of(lacks.begin(), lacks.end(), [](const Lack& lack) { return lack.mandatory; });
}

base::Result<Checklist> check(const Kinds& kinds, const law::LawBook& book, const Request& request) {
  Checklist checklist;
  checklist.kind = kinds.find(request.kind);
  if (checklist.kind == nullptr) {
    std::string ids;
    for (const Kind& kind : kinds.all()) ids += (ids.empty() ? "" : ", ") + kind.id;
    return base::fail("kind: expected one of {}; found '{:.60}'", ids, request.kind);
  }
  const Kind& kind = *checklist.kind;
  for (const auto& [name, value] : request.fields)
    if (kind.field(name) == nullptr) checklist.unknown.push_back(name);

  const auto facts = law_facts(checklist, request, kEveryRow);
  if (!facts) return base::fail("facts: {}", facts.error().message);
  checklist.law = law::check(book, request.date, *facts, kind.law_jurisdictions);
  if (auto done = add_measures(checklist, book, request, *facts); !done) return tl::unexpected(done.error());

  for (const Field& field : kind.fields) check_field(field, checklist, request, checklist.lacks);
  for (const Finding& finding : kind.findings)
    if (holds(finding.when, checklist, request)) checklist.findings.push_back(&finding);
  for (const Step& step : kind.steps)
    if (holds(step.when, checklist, request)) checklist.steps.push_back(step.id);
  const bool open = std::any_of(checklist.law.begin(), checklist.law.end(), [](const law::Verdict& verdict) {
    return verdict.verdict == "needs_more_information";
  });
  for (const Kind& other : kinds.all()) {
    const bool needed = holds(other.needed, checklist, request);
    checklist.order.push_back({&other, needed ? "yes" : open ? "open" : "no", other.order_note});
  }
  return checklist;
}

}  // namespace cordon::permit
