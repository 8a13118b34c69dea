// Beneficial Ownership Data Standard 0.4 (records with a history of statements) and 0.2 (statements that
// refer to each other). Where a relationship is told both as a whole and by its components, the components
// count and the whole is kept as a link, so that nothing is counted twice.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "cordon/base/text.hpp"
#include "cordon/network/json_read.hpp"
#include "cordon/network/read_formats.hpp"
#include "cordon/network/words.hpp"

namespace cordon::network {
namespace {

namespace dom = simdjson::dom;

// 0.4 gives the record's id; 0.2 wraps the statement's.
std::string_view party_of(const JsonElement& details, std::string_view key) {
  dom::element value;
  if (details[key].get(value) != simdjson::SUCCESS) return {};
  if (std::string_view id; value.get(id) == simdjson::SUCCESS) return id;
  for (const std::string_view inner : {"describedByEntityStatement", "describedByPersonStatement"})
    if (const std::string_view id = json_text(value, inner); !id.empty()) return id;
  return {};
}

std::string_view reason_of(const JsonElement& details) {
  dom::element party;
  if (details["interestedParty"].get(party) != simdjson::SUCCESS) return "no interested party";
  if (dom::element inner; party["unspecified"].get(inner) == simdjson::SUCCESS)
    return json_text(inner, "reason");
  return json_text(party, "reason");
}

ShareRange share_of(const JsonElement& interest, base::Tally& tally, std::string_view record) {
  dom::element share;
  if (interest["share"].get(share) != simdjson::SUCCESS) return {};
  const auto number = [&](std::string_view key) -> std::optional<Share> {
    double value = 0;
    if (share[key].get(value) != simdjson::SUCCESS) return std::nullopt;
    const auto parsed = network::share_of(value);
    if (!parsed) tally.add("share outside 0..100: taken as unknown", record);
    return parsed;
  };
  if (const auto exact = number("exact")) return {*exact, *exact};
  // 0.2 marks an exclusive bound with a flag, 0.4 with a name of its own.
  const bool low_flag = json_flag(share, "exclusiveMinimum"),
             high_flag = json_flag(share, "exclusiveMaximum");
  auto low = number("minimum"), high = number("maximum");
  if (low && low_flag) ++*low;
  if (high && high_flag) --*high;
  if (const auto above = number("exclusiveMinimum")) low = *above + 1;
  if (const auto below = number("exclusiveMaximum")) high = *below - 1;
  if (!low && !high) return {};
  const ShareRange range{std::min(low.value_or(0), kWhole), std::max(high.value_or(kWhole), 0)};
  if (range.min <= range.max) return range;
  tally.add("share reversed: taken as unknown", record);
  return {};
}

model::Schema schema_of(std::string_view type) {
  if (type == "state" || type == "stateBody") return model::Schema::PublicBody;
  if (type == "arrangement" || type == "anonymousEntity" || type == "unknownEntity")
    return model::Schema::LegalEntity;
  return model::Schema::Company;
}

}  // namespace

BodsReader::BodsReader(Graph::Builder& builder, std::string_view name)
    : builder_(builder), file_(source_file(name, "bods", "bods")) {}

void BodsReader::read_party(const JsonElement& details, std::string_view type, Statement& statement) {
  statement.node = true;
  const bool person = type.starts_with("person");
  statement.schema = model::Schema::Person;
  if (!person) {
    dom::element inner;
    std::string_view kind = json_text(details, "entityType");
    if (details["entityType"].get(inner) == simdjson::SUCCESS && kind.empty())
      kind = json_text(inner, "type");
    statement.schema = schema_of(kind);
  }
  statement.caption = json_text(details, "name");
  dom::array names;
  if (statement.caption.empty() && details["names"].get(names) == simdjson::SUCCESS)
    for (const dom::element& name : names)
      if (statement.caption.empty()) statement.caption = json_text(name, "fullName");
  dom::element place;
  for (const std::string_view key : {"jurisdiction", "incorporatedInJurisdiction"})
    if (details[key].get(place) == simdjson::SUCCESS && statement.country.empty())
      statement.country = base::ascii_lower(json_text(place, "code"));
  if (dom::array nations; details["nationalities"].get(nations) == simdjson::SUCCESS)
    for (const dom::element& nation : nations)
      if (statement.country.empty()) statement.country = base::ascii_lower(json_text(nation, "code"));
}

void BodsReader::read_relation(const JsonElement& details, Statement& statement, std::uint64_t number) {
  model::Relation relation;
  relation.to = party_of(details, "subject");
  relation.from = party_of(details, "interestedParty");
  relation.source = {file_, statement.statement, number};
  if (relation.from.empty() || relation.to.empty()) {
    builder_.tally().add("relationship without a named party",
                         std::string(reason_of(details)) + " in " + statement.statement);
    return;
  }
  if (dom::array components; details["componentRecords"].get(components) == simdjson::SUCCESS ||
                             details["componentStatementIDs"].get(components) == simdjson::SUCCESS)
    for (const dom::element& component : components)
      if (std::string_view id; component.get(id) == simdjson::SUCCESS) statement.components.emplace_back(id);
  dom::array interests;
  if (details["interests"].get(interests) != simdjson::SUCCESS || interests.size() == 0) {
    relation.role = "no interest stated";
    statement.relations.push_back(std::move(relation));
    return;
  }
  for (const dom::element& interest : interests) {
    model::Relation one = relation;
    one.role = json_text(interest, "type");
    const auto word = relation_word(one.role);
    one.kind = word ? word->kind : model::RelationKind::link;
    // An interest of unknown kind may be ownership: it is kept as one whose share is not stated.
    if (one.role.empty() || one.role == "unknownInterest" || one.role == "unpublishedInterest") {
      one.kind = model::RelationKind::ownership;
      if (one.role.empty()) one.role = "interest of a kind not stated";
    }
    std::string_view reach = json_text(interest, "directOrIndirect");
    if (reach.empty()) reach = json_text(interest, "interestLevel");
    if (reach == "indirect") one.role += ", indirect";
    if (one.kind == model::RelationKind::ownership) {
      const ShareRange share = share_of(interest, builder_.tally(), statement.statement);
      if (share.known()) {
        one.share_min = percent(share.min);
        one.share_max = percent(share.max);
      }
    }
    one.start = json_date(interest, "startDate");
    one.end = json_date(interest, "endDate");
    one.note = json_text(interest, "details");
    statement.relations.push_back(std::move(one));
  }
}

void BodsReader::add(const JsonElement& object, std::uint64_t number) {
  Statement statement;
  statement.statement = json_first(object, "statementId");
  if (statement.statement.empty()) statement.statement = json_text(object, "statementID");
  const std::string_view record = json_text(object, "recordId");
  statement.record = record.empty() ? std::string_view(statement.statement) : record;
  statement.date = json_text(object, "statementDate");
  statement.closed = json_text(object, "recordStatus") == "closed";
  if (dom::array replaced; object["replacesStatements"].get(replaced) == simdjson::SUCCESS)
    for (const dom::element& id : replaced)
      if (std::string_view text; id.get(text) == simdjson::SUCCESS) replaced_.emplace_back(text);
  std::string_view type = json_text(object, "recordType");
  dom::element details = object;  // 0.2 has no inner object
  if (type.empty()) {
    type = json_text(object, "statementType");
  } else if (object["recordDetails"].get(details) != simdjson::SUCCESS) {
    builder_.tally().add("statement without details", statement.statement);
    return;
  }
  if (type.starts_with("relationship") || type.starts_with("ownershipOrControl")) {
    read_relation(details, statement, number);
  } else if (type.starts_with("entity") || type.starts_with("person")) {
    read_party(details, type, statement);
  } else {
    builder_.tally().add("statement of unknown type", statement.statement);
    return;
  }
  statements_.push_back(std::move(statement));
}

void BodsReader::finish() {
  // The latest statement about a record holds; a closed record ended on the day that statement says so.
  std::map<std::string_view, std::size_t> latest;
  const std::set<std::string_view> replaced(replaced_.begin(), replaced_.end());
  for (std::size_t i = 0; i < statements_.size(); ++i) {
    if (replaced.contains(statements_[i].statement)) continue;
    const auto [place, fresh] = latest.emplace(statements_[i].record, i);
    if (!fresh && statements_[place->second].date <= statements_[i].date) place->second = i;
  }
  for (std::size_t i = 0; i < statements_.size(); ++i) {
    Statement& statement = statements_[i];
    const auto place = latest.find(statement.record);
    if (place == latest.end() || place->second != i) continue;
    if (statement.node)
      builder_.add_node(statement.record, statement.caption, statement.schema, statement.country);
    const bool told_by_parts =
        !statement.components.empty() && std::any_of(statement.components.begin(), statement.components.end(),
                                                     [&](const std::string& component) {
                                                       const auto part = latest.find(component);
                                                       return part != latest.end() &&
                                                              !statements_[part->second].relations.empty();
                                                     });
    for (model::Relation& relation : statement.relations) {
      if (statement.closed && relation.end.empty())
        relation.end = base::parse_date(statement.date.substr(0, 10)).value_or(base::Date{});
      if (told_by_parts && relation.kind == model::RelationKind::ownership) {
        relation.kind = model::RelationKind::link;
        relation.role += ", told by its components";
      }
      builder_.add(relation);
    }
  }
  statements_.clear();
}

}  // namespace cordon::network
