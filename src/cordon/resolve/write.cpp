#include "cordon/resolve/write.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>

#include "cordon/base/csv.hpp"
#include "cordon/base/json.hpp"
#include "cordon/base/text.hpp"
#include "cordon/model/entity.hpp"

namespace cordon::resolve {
namespace {

constexpr std::size_t kChunk = std::size_t{1} << 16;
constexpr double kLog10Of2 = 0.30102999566398120;

std::vector<std::string_view> values_of(const Table& table, std::string_view column, RecordId record) {
  std::vector<std::string_view> values;
  if (const auto at = table.known_column(column))
    table.each(*at, record, [&](ValueId id) { values.push_back(table.columns()[*at].values[id]); });
  return values;
}

// The schema that says most: a company is a legal entity, but not the other way round.
std::string_view best_schema(const std::map<std::string_view, std::size_t>& counts) {
  const auto vague = [](std::string_view schema) {
    return schema == "Thing" ? 2 : schema == "LegalEntity" ? 1 : 0;
  };
  std::string_view best = "Thing";
  std::size_t most = 0;
  for (const auto& [schema, count] : counts)
    if (most == 0 || vague(schema) < vague(best) || (vague(schema) == vague(best) && count > most))
      best = schema, most = count;
  return best;
}

void append_list(base::JsonWriter& json, std::string_view key, const std::vector<std::string_view>& values) {
  json.key(key);
  json.begin_array();
  for (const std::string_view value : values) json.value(value);
  json.end_array();
}

void append_new(std::vector<std::string_view>& list, std::string_view value) {
  if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

void append_entity(std::string& out, const Resolver& resolver, std::span<const RecordId> records) {
  const Table& table = resolver.table();
  std::map<std::string_view, std::size_t> schemas;
  std::vector<std::string_view> datasets, referents, caption;
  for (const RecordId record : records) {
    for (const std::string_view schema : values_of(table, "schema", record)) ++schemas[schema];
    for (const std::string_view dataset : values_of(table, "dataset", record)) append_new(datasets, dataset);
    if (table.id(record) != resolver.cluster(record)) append_new(referents, table.id(record));
    if (caption.empty()) caption = values_of(table, "name", record);
  }
  base::JsonWriter json(out);
  json.begin_object();
  json.field("id", resolver.cluster(records.front()));
  json.field("schema", best_schema(schemas));
  json.field("caption", caption.empty() ? resolver.cluster(records.front()) : caption.front());
  json.key("properties");
  json.begin_object();
  for (std::size_t column = 0; column < table.columns().size(); ++column) {
    const std::string& name = table.columns()[column].name;
    if (name == "schema" || name == "dataset") continue;
    std::vector<std::string_view> values;
    for (const RecordId record : records)
      table.each(column, record, [&](ValueId id) { append_new(values, table.columns()[column].values[id]); });
    if (!values.empty()) append_list(json, name, values);
  }
  json.end_object();
  append_list(json, "datasets", datasets);
  append_list(json, "referents", referents);
  json.end_object();
  out += '\n';
}

}  // namespace

void write_clusters(const Resolver& resolver, const TextSink& sink) {
  std::string out = "id,cluster\n";
  for (RecordId record = 0; record < resolver.size(); ++record) {
    base::append_csv(out, resolver.table().id(record));
    out += ',';
    base::append_csv(out, resolver.cluster(record));
    out += '\n';
    if (out.size() < kChunk) continue;
    if (!sink(out)) return;
    out.clear();
  }
  sink(out);
}

void write_ftm(const Resolver& resolver, const TextSink& sink) {
  std::map<std::string_view, std::size_t> place;
  std::vector<std::vector<RecordId>> clusters;
  for (RecordId record = 0; record < resolver.size(); ++record) {
    const auto [at, fresh] = place.emplace(resolver.cluster(record), clusters.size());
    if (fresh) clusters.emplace_back();
    clusters[at->second].push_back(record);
  }
  std::string out;
  for (const auto& records : clusters) {
    append_entity(out, resolver, records);
    if (out.size() < kChunk) continue;
    if (!sink(out)) return;
    out.clear();
  }
  sink(out);
}

std::string explanation_text(const Explanation& explanation) {
  std::string out = fmt::format("{} and {}\n{:>8} {:>7} {:>8}  evidence\n", base::printable(explanation.left),
                                base::printable(explanation.right), "bits", "log10", "total");
  for (const Step& step : explanation.steps) {
    out += fmt::format("{:>+8.2f} {:>+7.2f} {:>+8.2f}  {}", step.bits, step.bits * kLog10Of2, step.total,
                       step.because);
    if (!step.left.empty()) out += fmt::format(" [{} | {}]", step.left, step.right);
    out += '\n';
  }
  out += fmt::format("{:>+8.2f} {:>+7.2f}           probability of one party {:.6f}\n{}\n", explanation.bits,
                     explanation.bits * kLog10Of2, explanation.probability, explanation.verdict);
  return out;
}

std::string explanation_json(const Explanation& explanation) {
  std::string out;
  base::JsonWriter json(out);
  json.begin_object();
  json.field("left", explanation.left);
  json.field("right", explanation.right);
  json.field("together", explanation.together);
  json.fixed_field("bits", explanation.bits, 3);
  json.fixed_field("probability", explanation.probability, 6);
  json.field("verdict", explanation.verdict);
  json.key("steps");
  json.begin_array();
  for (const Step& step : explanation.steps) {
    json.begin_object();
    json.field("field", step.field);
    if (!step.left.empty()) json.field("left", step.left), json.field("right", step.right);
    json.fixed_field("bits", step.bits, 3);
    json.fixed_field("log10", step.bits * kLog10Of2, 3);
    json.fixed_field("total", step.total, 3);
    json.field("because", step.because);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  out += '\n';
  return out;
}

std::string change_json(const Change& change) {
  std::string out;
  base::JsonWriter json(out);
  json.begin_object();
  json.field("number", change.number);
  json.field("change", change.kind == Change::Kind::joined   ? "joined"
                       : change.kind == Change::Kind::parted ? "parted"
                                                             : "added");
  for (const auto& [key, names] : {std::pair("before", &change.before), std::pair("after", &change.after)})
    append_list(json, key, {names->begin(), names->end()});
  json.field("because", change.because);
  json.end_object();
  out += '\n';
  return out;
}

base::Result<std::vector<std::pair<std::string, std::string>>> parse_clusters(std::string_view csv,
                                                                              std::string name) {
  const auto table = base::CsvTable::parse(csv, name);
  if (!table) return tl::unexpected(table.error());
  const auto id = table->require({"id"}), cluster = table->require({"cluster"});
  for (const auto* column : {&id, &cluster})
    if (!*column) return tl::unexpected(column->error());
  std::vector<std::pair<std::string, std::string>> rows;
  for (std::size_t row = 0; row < table->size(); ++row)
    rows.emplace_back(table->cell(row, *id), table->cell(row, *cluster));
  return rows;
}

}  // namespace cordon::resolve
