#include "cordon/lists/diff.hpp"

#include <map>
#include <set>

#include "cordon/base/json.hpp"

namespace cordon::lists {
namespace {

using Fields = std::map<std::string_view, std::set<std::string_view>>;

Fields fields_of(const model::Entity& entity) {
  Fields fields;
  fields["caption"].insert(entity.caption);
  fields["schema"].insert(model::to_string(entity.schema));
  for (const model::Property& p : entity.properties) fields[p.name].insert(p.value);
  return fields;
}

std::vector<FieldChange> compare(const Fields& old, const Fields& now) {
  std::vector<FieldChange> changes;
  std::set<std::string_view> names;
  for (const auto& [name, values] : old) names.insert(name);
  for (const auto& [name, values] : now) names.insert(name);
  static const std::set<std::string_view> kNone;
  for (const std::string_view name : names) {
    const auto a = old.find(name), b = now.find(name);
    const auto& before = a == old.end() ? kNone : a->second;
    const auto& after = b == now.end() ? kNone : b->second;
    FieldChange change{name, {}, {}};
    for (const std::string_view value : before) {
      if (!after.contains(value)) change.removed.emplace_back(value);
    }
    for (const std::string_view value : after) {
      if (!before.contains(value)) change.added.emplace_back(value);
    }
    if (!change.removed.empty() || !change.added.empty()) changes.push_back(std::move(change));
  }
  return changes;
}

using ById = std::map<std::string_view, const model::Entity*>;
ById by_id(const ListFile& list) {
  ById ids;
  for (const model::Entity& entity : list.entities) ids.emplace(entity.id, &entity);
  return ids;
}

void append_values(base::JsonWriter& json, std::string_view key, const std::vector<std::string>& values) {
  json.key(key);
  json.begin_array();
  for (const std::string& value : values) json.value(value);
  json.end_array();
}

}  // namespace

std::string_view to_string(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::added:
      return "added";
    case ChangeKind::removed:
      return "removed";
    case ChangeKind::changed:
      return "changed";
  }
  return {};
}

std::vector<Change> diff(const ListFile& old, const ListFile& now) {
  const ById before = by_id(old), after = by_id(now);
  std::set<std::string_view> ids;
  for (const auto& [id, entity] : before) ids.insert(id);
  for (const auto& [id, entity] : after) ids.insert(id);
  std::vector<Change> changes;
  for (const std::string_view id : ids) {
    const auto a = before.find(id), b = after.find(id);
    const model::Entity* was = a == before.end() ? nullptr : a->second;
    const model::Entity* is = b == after.end() ? nullptr : b->second;
    auto fields = compare(was ? fields_of(*was) : Fields{}, is ? fields_of(*is) : Fields{});
    if (fields.empty()) continue;
    const ChangeKind kind = !was ? ChangeKind::added : !is ? ChangeKind::removed : ChangeKind::changed;
    changes.push_back({kind, std::string(id), is ? is->caption : was->caption, std::move(fields)});
  }
  return changes;
}

void append_json(std::string& out, const Change& change) {
  base::JsonWriter json(out);
  json.begin_object();
  json.field("change", to_string(change.kind));
  json.field("id", change.id);
  json.field("caption", change.caption);
  json.key("fields");
  json.begin_object();
  for (const FieldChange& field : change.fields) {
    json.key(field.field);
    json.begin_object();
    append_values(json, "removed", field.removed);
    append_values(json, "added", field.added);
    json.end_object();
  }
  json.end_object();
  json.end_object();
}

bool suspicious_shrink(const ListFile& old, const ListFile& now) {
  constexpr std::size_t kTooFewToTell = 20;
  return old.entities.size() >= kTooFewToTell && now.entities.size() * 2 < old.entities.size();
}

}  // namespace cordon::lists
