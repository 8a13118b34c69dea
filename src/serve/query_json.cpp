#include "serve/query_json.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include "cordon/base/csv.hpp"
#include "cordon/base/text.hpp"
#include "cordon/screen/columns.hpp"

namespace cordon::serve {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;
using Values = std::vector<std::string>;

tl::unexpected<Refused> refuse(std::string message, std::string where, int status = 400) {
  return tl::unexpected<Refused>(Refused{status, std::move(message), std::move(where)});
}

// Its tape is kept by the thread: small bodies cost no allocation.
Read<element> parse(std::string_view body) {
  static thread_local simdjson::dom::parser parser;
  element root;
  const auto failed = parser.parse(body.data(), body.size()).get(root);
  if (failed) return refuse(fmt::format("the body is not JSON: {}", simdjson::error_message(failed)), {});
  return root;
}

Read<object> as_object(const element& value, const std::string& where) {
  object out;
  if (value.get(out)) return refuse("expected an object", where);
  return out;
}

std::string field_of(const std::string& where, std::string_view name) {
  return where.empty() ? std::string(name) : fmt::format("{}.{}", where, name);
}

Read<std::string> scalar(const element& value, const std::string& where) {
  if (value.is_string()) {
    const std::string_view text = value.get_string().value_unsafe();
    if (text.size() > kLongestValue)
      return refuse(fmt::format("a value may have up to {} bytes", kLongestValue), where);
    return std::string(base::trim(text));
  }
  if (value.is_int64()) return fmt::to_string(value.get_int64().value_unsafe());
  if (value.is_uint64()) return fmt::to_string(value.get_uint64().value_unsafe());
  if (value.is_null()) return std::string();
  return refuse("expected a string, a whole number, or a list of them", where);
}

// null and "" are no values.
Read<Values> values(const element& value, const std::string& where) {
  Values out;
  const auto add = [&](const element& one, const std::string& at) -> std::optional<Refused> {
    auto text = scalar(one, at);
    if (!text) return text.error();
    if (!text->empty()) out.push_back(std::move(*text));
    return std::nullopt;
  };
  array list;
  if (value.get(list)) {
    if (auto wrong = add(value, where)) return tl::unexpected(std::move(*wrong));
    return out;
  }
  std::size_t number = 0;
  for (const element one : list) {
    if (number == kMostValues)
      return refuse(fmt::format("a field may have up to {} values", kMostValues), where);
    if (auto wrong = add(one, fmt::format("{}[{}]", where, number++)))
      return tl::unexpected(std::move(*wrong));
  }
  return out;
}

void append(Values& to, Values&& from) {
  for (auto& value : from) to.push_back(std::move(value));
}

struct Parts {
  std::string first, middle, last;  // of a person's name
};

// Where a field of either vocabulary belongs; false where it is unknown.
bool put(screen::Query& query, Parts& parts, std::string_view name, Values&& found) {
  const auto one = [&](std::string& field) {
    if (field.empty() && !found.empty()) field = std::move(found.front());
    return true;
  };
  const auto many = [&](Values& field) {
    append(field, std::move(found));
    return true;
  };
  if (name == "name" || name == "names" || name == "alias" || name == "weakAlias" || name == "previousName" ||
      name == "aliases")
    return many(query.names);
  if (name == "birth_date" || name == "birthDate" || name == "birth_dates") return many(query.birth_dates);
  if (name == "country" || name == "countries" || name == "nationality" || name == "citizenship" ||
      name == "jurisdiction" || name == "mainCountry")
    return many(query.countries);
  if (name == "gender") return one(query.gender);
  if (name == "imo" || name == "imoNumber") return one(query.imo);
  if (name == "imo_company" || name == "imoCompany") return one(query.imo_company);
  if (name == "mmsi") return one(query.mmsi);
  if (name == "callsign" || name == "callSign") return one(query.callsign);
  if (name == "flag") return one(query.flag);
  if (name == "passport" || name == "passportNumber") return one(query.passport);
  if (name == "lei" || name == "leiCode") return one(query.lei);
  if (name == "build_year" || name == "buildDate") return one(query.build_year);
  if (name == "firstName" || name == "first_name") return one(parts.first);
  if (name == "middleName" || name == "middle_name" || name == "fatherName") return one(parts.middle);
  if (name == "lastName" || name == "last_name") return one(parts.last);
  return false;
}

void join(screen::Query& query, const Parts& parts) {
  if (!query.names.empty()) return;
  std::string full;
  for (const std::string* part : {&parts.first, &parts.middle, &parts.last})
    if (!part->empty()) full += (full.empty() ? "" : " ") + *part;
  if (!full.empty()) query.names.push_back(std::move(full));
}

Read<void> read_kind(screen::Query& query, const std::string& text, const std::string& where) {
  const auto schema = screen::read_schema(text);
  if (!schema) return refuse(schema.error().message, where);
  query.schema = *schema;
  // Anything that has a name: what OpenSanctions' clients mean by these.
  if (query.schema == model::Schema::Thing) query.schema.reset();
  return {};
}

Read<screen::Query> read_query(const object& from, const std::string& where) {
  screen::Query query;
  Parts parts;
  for (const auto& field : from) {
    const std::string at = field_of(where, field.key);
    if (field.key == "properties" || field.key == "entity") continue;
    if (field.key == "id" || field.key == "schema") {
      const auto text = scalar(field.value, at);
      if (!text) return tl::unexpected(text.error());
      if (field.key == "id")
        query.id = *text;
      else if (auto done = read_kind(query, *text, at); !done)
        return tl::unexpected(done.error());
      continue;
    }
    screen::Query ignored;
    Parts ignored_parts;
    if (!put(ignored, ignored_parts, field.key, {})) continue;
    auto found = values(field.value, at);
    if (!found) return tl::unexpected(found.error());
    put(query, parts, field.key, std::move(*found));
  }
  element properties;
  if (!from["properties"].get(properties)) {
    const auto inner = as_object(properties, field_of(where, "properties"));
    if (!inner) return tl::unexpected(inner.error());
    for (const auto& field : *inner) {
      auto found = values(field.value, field_of(where, fmt::format("properties.{}", field.key)));
      if (!found) return tl::unexpected(found.error());
      put(query, parts, field.key, std::move(*found));
    }
  }
  join(query, parts);
  return query;
}

Read<object> queries_object(const element& root, bool must) {
  const auto outer = as_object(root, {});
  if (!outer) return outer;
  element queries;
  if ((*outer)["queries"].get(queries)) {
    if (must) return refuse("expected an object of queries", "queries");
    return *outer;
  }
  return as_object(queries, "queries");
}

}  // namespace

Response error(const Refused& refused) {
  return error(refused.status, refused.message, refused.where);
}

Read<std::vector<screen::Query>> read_queries(std::string_view body) {
  const auto root = parse(body);
  if (!root) return tl::unexpected(root.error());
  const auto outer = as_object(*root, {});
  if (!outer) return tl::unexpected(outer.error());
  array list;
  if ((*outer)["queries"].get(list)) return refuse("expected a list of queries", "queries");
  std::vector<screen::Query> all;
  for (const element one : list) {
    const std::string where = fmt::format("queries[{}]", all.size());
    if (all.size() == kMostQueries)
      return refuse(fmt::format("up to {} queries in one request", kMostQueries), where, 413);
    const auto inner = as_object(one, where);
    if (!inner) return tl::unexpected(inner.error());
    auto query = read_query(*inner, where);
    if (!query) return tl::unexpected(query.error());
    if (query->id.empty()) query->id = fmt::to_string(all.size() + 1);
    all.push_back(std::move(*query));
  }
  return all;
}

Read<std::vector<screen::Query>> read_csv_queries(std::string_view body) {
  const std::string text = base::decode_text(body);
  const auto table = base::CsvTable::parse(text, "body");
  if (!table) return refuse(table.error().message, {});
  const screen::Columns columns(table->header(), "", "");
  if (!columns.has_name() && !columns.has_number())
    return refuse("expected a header with a column name, imo, mmsi, callsign, passport or lei", "line 1");
  if (table->size() > kMostQueries)
    return refuse(fmt::format("up to {} rows in one request; `cordon screen` takes millions", kMostQueries),
                  {}, 413);
  const auto id = screen::find_column(table->header(), {"id"});
  const auto schema = screen::find_column(table->header(), {"schema", "type"});
  std::vector<screen::Query> all;
  for (std::size_t row = 0; row < table->size(); ++row) {
    screen::Query query = columns.query(table->row(row));
    query.id = id ? std::string(table->cell(row, id)) : fmt::to_string(row + 1);
    if (auto done =
            read_kind(query, std::string(table->cell(row, schema)), fmt::format("line {}", table->line(row)));
        !done)
      return tl::unexpected(done.error());
    all.push_back(std::move(query));
  }
  return all;
}

Read<std::pair<Side, Side>> read_pair(std::string_view body) {
  const auto root = parse(body);
  if (!root) return tl::unexpected(root.error());
  const auto outer = as_object(*root, {});
  if (!outer) return tl::unexpected(outer.error());
  std::pair<Side, Side> out;
  for (const bool left : {true, false}) {
    const std::string where = left ? "left" : "right";
    element value;
    if ((*outer)[where].get(value)) return refuse("expected an object", where);
    const auto inner = as_object(value, where);
    if (!inner) return tl::unexpected(inner.error());
    Side& side = left ? out.first : out.second;
    auto query = read_query(*inner, where);
    if (!query) return tl::unexpected(query.error());
    side.query = std::move(*query);
    element entity;
    if (!(*inner)["entity"].get(entity)) {
      auto id = scalar(entity, where + ".entity");
      if (!id) return tl::unexpected(id.error());
      side.entity = std::move(*id);
    }
  }
  return out;
}

Read<std::vector<Example>> read_examples(std::string_view body) {
  const auto root = parse(body);
  if (!root) return tl::unexpected(root.error());
  const auto queries = queries_object(*root, true);
  if (!queries) return tl::unexpected(queries.error());
  std::vector<Example> all;
  for (const auto& field : *queries) {
    const std::string where = fmt::format("queries.{}", field.key);
    if (all.size() == kMostQueries)
      return refuse(fmt::format("up to {} queries in one request", kMostQueries), where, 413);
    const auto inner = as_object(field.value, where);
    if (!inner) return tl::unexpected(inner.error());
    auto query = read_query(*inner, where);
    if (!query) return tl::unexpected(query.error());
    all.push_back({std::string(field.key), std::move(*query), simdjson::minify(field.value)});
  }
  return all;
}

Read<std::vector<Reconcile>> read_reconcile(std::string_view json) {
  const auto root = parse(json);
  if (!root) return tl::unexpected(root.error());
  const auto queries = queries_object(*root, false);
  if (!queries) return tl::unexpected(queries.error());
  std::vector<Reconcile> all;
  for (const auto& field : *queries) {
    const std::string where(field.key);
    if (all.size() == kMostQueries)
      return refuse(fmt::format("up to {} queries in one request", kMostQueries), where, 413);
    const auto inner = as_object(field.value, where);
    if (!inner) return tl::unexpected(inner.error());
    Reconcile one;
    one.key = where;
    Parts parts;
    for (const auto& part : *inner) {
      const std::string at = field_of(where, part.key);
      if (part.key == "query") {
        auto found = values(part.value, at);
        if (!found) return tl::unexpected(found.error());
        append(one.query.names, std::move(*found));
      } else if (part.key == "type") {
        // A list means any of them; the first is asked for, as others do.
        auto found = values(part.value, at);
        if (!found) return tl::unexpected(found.error());
        if (!found->empty())
          if (auto done = read_kind(one.query, found->front(), at); !done)
            return tl::unexpected(done.error());
      } else if (part.key == "limit") {
        std::uint64_t limit = 0;
        if (part.value.get(limit) || limit == 0 || limit > 100)
          return refuse("expected a whole number from 1 to 100", at);
        one.limit = limit;
      } else if (part.key == "properties") {
        array list;
        if (part.value.get(list)) return refuse("expected a list", at);
        for (const element each : list) {
          const auto property = as_object(each, at);
          if (!property) return tl::unexpected(property.error());
          std::string_view pid;
          element value;
          if ((*property)["pid"].get(pid)) return refuse("expected the property's name", at + ".pid");
          if ((*property)["v"].get(value)) continue;
          // "Person:birthDate" as others name it.
          pid = pid.substr(pid.find(':') == pid.npos ? 0 : pid.find(':') + 1);
          object reconciled;
          if (!value.get(reconciled) && (reconciled["id"].get(value) || !value.is_string())) continue;
          auto found = values(value, at + ".v");
          if (!found) return tl::unexpected(found.error());
          put(one.query, parts, pid, std::move(*found));
        }
      }
    }
    join(one.query, parts);
    all.push_back(std::move(one));
  }
  return all;
}

Read<Extend> read_extend(std::string_view json) {
  const auto root = parse(json);
  if (!root) return tl::unexpected(root.error());
  Extend out;
  array ids, properties;
  if ((*root)["ids"].get(ids)) return refuse("expected a list of ids", "ids");
  if ((*root)["properties"].get(properties)) return refuse("expected a list of properties", "properties");
  for (const element one : ids) {
    if (out.ids.size() == kMostQueries) return refuse(fmt::format("up to {} ids", kMostQueries), "ids", 413);
    auto text = scalar(one, fmt::format("ids[{}]", out.ids.size()));
    if (!text) return tl::unexpected(text.error());
    out.ids.push_back(std::move(*text));
  }
  for (const element one : properties) {
    std::string_view id;
    if (one["id"].get(id)) return refuse("expected the property's id", "properties");
    if (out.properties.size() == kMostValues) return refuse("too many properties", "properties", 413);
    out.properties.emplace_back(id.substr(0, kLongestValue));
  }
  return out;
}

Read<std::vector<Param>> read_fields(std::string_view body) {
  const auto root = parse(body);
  if (!root) return tl::unexpected(root.error());
  const auto outer = as_object(*root, {});
  if (!outer) return tl::unexpected(outer.error());
  std::vector<Param> out;
  for (const auto& field : *outer) {
    if (out.size() == kMostValues) return refuse("too many fields", {});
    std::string_view text;
    if (field.value.get(text) || text.size() > kLongestValue)
      return refuse(fmt::format("expected a string of up to {} bytes", kLongestValue),
                    std::string(field.key));
    out.push_back({std::string(field.key), std::string(text)});
  }
  return out;
}

}  // namespace cordon::serve
