// CSV tables other than the plain edge list: a file of nodes, a file of edges that names its relation, and
// GLEIF level 2 (who consolidates whom).
#include <memory>
#include <string>
#include <utility>

#include "cordon/base/csv.hpp"
#include "cordon/base/text.hpp"
#include "cordon/network/read_formats.hpp"
#include "cordon/network/words.hpp"

namespace cordon::network {
namespace {

using base::CsvTable;

std::string line_of(const CsvTable& table, std::size_t row) {
  return "line " + std::to_string(table.line(row));
}

void read_nodes(Graph::Builder& builder, const CsvTable& table,
                const std::shared_ptr<const model::SourceFile>& file) {
  const auto id = table.column({"id"}), schema = table.column({"schema", "type"}),
             caption = table.column({"name", "caption"}), country = table.column({"country"}),
             listed = table.column({"listed"}), source = table.column({"src", "source"});
  for (std::size_t row = 0; row < table.size(); ++row) {
    const std::string_view key = base::trim(table.cell(row, id));
    if (key.empty()) {
      builder.tally().add("node without id", line_of(table, row));
      continue;
    }
    builder.add_node(key, base::trim(table.cell(row, caption)),
                     model::parse_schema(base::trim(table.cell(row, schema))).value_or(model::Schema::Thing),
                     base::trim(table.cell(row, country)));
    for (Listing& listing : listings_of(table.cell(row, listed))) {
      listing.source = {file, std::string(table.cell(row, source)), table.line(row)};
      builder.list(key, std::move(listing));
    }
  }
}

void read_edges(Graph::Builder& builder, const CsvTable& table,
                const std::shared_ptr<const model::SourceFile>& file) {
  const auto from = table.column({"source", "from"}), to = table.column({"target", "to"}),
             word = table.column({"relation", "kind", "type"}),
             share = table.column({"share", "pct", "percentage"}),
             start = table.column({"start", "start_date"}), end = table.column({"end", "end_date"}),
             status = table.column({"status"}), source = table.column({"src"}), note = table.column({"note"});
  for (std::size_t row = 0; row < table.size(); ++row) {
    model::Relation relation;
    relation.from = base::trim(table.cell(row, from));
    relation.to = base::trim(table.cell(row, to));
    relation.role = base::trim(table.cell(row, word));
    const RelationWord means = relation_word(relation.role).value_or(RelationWord{});
    relation.kind = means.kind;
    if (means.reversed) std::swap(relation.from, relation.to);
    const auto range = parse_share_range(table.cell(row, share));
    if (!range) builder.tally().add("share not understood: taken as unknown", line_of(table, row));
    if (range && range->known()) {
      relation.share_min = percent(range->min);
      relation.share_max = percent(range->max);
    }
    const auto date = [&](std::optional<std::size_t> column) {
      const std::string_view text = base::trim(table.cell(row, column));
      const auto parsed = base::parse_date(text);
      if (!parsed && !text.empty())
        builder.tally().add("date not understood: taken as open", line_of(table, row));
      return parsed.value_or(base::Date{});
    };
    relation.start = date(start);
    relation.end = date(end);
    // The source's words are kept where they say more than ours.
    const std::string_view said = base::trim(table.cell(row, status));
    relation.status = status_word(said).value_or(model::Status::stated);
    relation.note = base::trim(table.cell(row, note));
    if (!said.empty() && said != model::to_string(relation.status))
      relation.note +=
          (relation.note.empty() ? "status as printed: " : "; status as printed: ") + std::string(said);
    relation.source = {file, std::string(base::trim(table.cell(row, source))), table.line(row)};
    builder.add(relation);
  }
}

// Accounting consolidation: control-like, and never a percentage. The start node is the child.
void read_gleif(Graph::Builder& builder, const CsvTable& table,
                const std::shared_ptr<const model::SourceFile>& file) {
  const auto child = table.column({"Relationship.StartNode.NodeID"}),
             parent = table.column({"Relationship.EndNode.NodeID"}),
             word = table.column({"Relationship.RelationshipType"}),
             status = table.column({"Relationship.RelationshipStatus"});
  struct Period {
    std::optional<std::size_t> type, start, end;
  };
  std::vector<Period> periods;
  for (int i = 1; i <= 5; ++i) {
    const std::string stem = "Relationship.Period." + std::to_string(i) + ".";
    const std::string type = stem + "periodType", start = stem + "startDate", end = stem + "endDate";
    periods.push_back({table.column({type}), table.column({start}), table.column({end})});
  }
  for (std::size_t row = 0; row < table.size(); ++row) {
    model::Relation relation;
    relation.from = base::trim(table.cell(row, parent));
    relation.to = base::trim(table.cell(row, child));
    relation.kind = model::RelationKind::control;
    relation.role = base::trim(table.cell(row, word));
    if (relation.role.find("FUND") != std::string::npos) relation.kind = model::RelationKind::link;
    for (const Period& period : periods) {
      if (table.cell(row, period.type) != "RELATIONSHIP_PERIOD") continue;
      relation.start = base::parse_date(table.cell(row, period.start).substr(0, 10)).value_or(base::Date{});
      relation.end = base::parse_date(table.cell(row, period.end).substr(0, 10)).value_or(base::Date{});
    }
    if (base::iequals(table.cell(row, status), "INACTIVE")) {
      // Ended, whether or not the record says when.
      if (relation.end.empty()) relation.status = model::Status::withdrawn;
      relation.note = "registration status INACTIVE";
    }
    relation.source = {file, {}, table.line(row)};
    builder.add(relation);
  }
}

}  // namespace

std::shared_ptr<const model::SourceFile> source_file(std::string_view name, std::string_view format,
                                                     std::string_view dataset) {
  auto file = std::make_shared<model::SourceFile>();
  file->dataset = dataset.empty() ? "network" : dataset;
  file->file = name;
  file->format = format;
  return file;
}

base::Result<void> read_csv_tables(Graph::Builder& builder, std::string_view bytes, std::string_view name) {
  const auto table = CsvTable::parse(bytes, std::string(name));
  if (!table) return tl::unexpected(table.error());
  if (table->column({"Relationship.StartNode.NodeID"})) {
    read_gleif(builder, *table, source_file(name, "gleif-rr-csv", "gleif"));
    return {};
  }
  const bool ends = table->column({"source", "from"}) && table->column({"target", "to"});
  if (ends) {
    read_edges(builder, *table, source_file(name, "edges-csv"));
    return {};
  }
  if (table->column({"id"})) {
    read_nodes(builder, *table, source_file(name, "nodes-csv"));
    return {};
  }
  return base::fail("{}: line 1: expected columns owner,owned or source,target or id, found '{}'", name,
                    bytes.substr(0, std::min<std::size_t>(bytes.find_first_of("\r\n"), 80)));
}

}  // namespace cordon::network
