#include "cordon/network/listed.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include "cordon/base/csv.hpp"
#include "cordon/base/text.hpp"
#include "cordon/network/rule.hpp"

namespace cordon::network {
namespace {

std::string folded(std::string_view name) {
  return base::ascii_lower(base::squeeze(name));
}

}  // namespace

Listing listing_of(const model::Entity& entity) {
  Listing listing;
  listing.authority = authority_of(entity);
  listing.text = entity.first("referenceNumber");
  if (listing.text.empty()) listing.text = entity.id;
  listing.start = base::parse_date(entity.first("listingDate")).value_or(base::Date{});
  listing.source = entity.source;
  return listing;
}

base::Result<std::size_t> mark_listed_ids(Graph::Builder& builder, std::string_view text,
                                          std::string_view name) {
  const std::string_view head = base::trim(text.substr(0, text.find('\n')));
  if (base::trim(text).empty()) return base::fail("{}: is empty, expected ids of listed parties", name);
  std::size_t found = 0;
  const auto mark = [&](std::string_view id, Listing listing) {
    if (id.empty()) return;
    if (builder.has(id)) {
      builder.list(id, std::move(listing));
      ++found;
    } else {
      builder.tally().add("listed id is not in the network", id);
    }
  };
  if (head != "id" && !head.starts_with("id,")) {
    for (const std::string_view line : base::split(text, '\n')) mark(base::trim(line), {});
    return found;
  }
  const auto table = base::CsvTable::parse(text, std::string(name));
  if (!table) return tl::unexpected(table.error());
  const auto id = table->require({"id"});
  if (!id) return tl::unexpected(id.error());
  const auto authority = table->column({"authority"}), start = table->column({"start"}),
             end = table->column({"end"}), words = table->column({"text"});
  for (std::size_t row = 0; row < table->size(); ++row) {
    Listing listing;
    listing.authority = base::trim(table->cell(row, authority));
    listing.text = base::trim(table->cell(row, words));
    listing.start = base::parse_date(table->cell(row, start)).value_or(base::Date{});
    listing.end = base::parse_date(table->cell(row, end)).value_or(base::Date{});
    mark(base::trim(table->cell(row, *id)), std::move(listing));
  }
  return found;
}

ListedCount mark_listed(Graph::Builder& builder, std::span<const lists::ListFile> files) {
  std::unordered_map<std::string, std::vector<NodeId>> by_name;
  for (NodeId node = 0; node < builder.node_count(); ++node)
    by_name[folded(builder.caption(node))].push_back(node);
  ListedCount count;
  for (const lists::ListFile& file : files) {
    for (const model::Entity& entity : file.entities) {
      if (!model::is_party(entity.schema)) continue;
      if (builder.has(entity.id)) {
        builder.list(entity.id, listing_of(entity));
        ++count.by_id;
        continue;
      }
      std::vector<NodeId> marked;  // several names of an entity may lead to one node
      for (const std::string_view property : {"name", "alias", "previousName"}) {
        for (const std::string_view name : entity.all(property)) {
          const auto nodes = by_name.find(folded(name));
          if (nodes == by_name.end()) continue;
          for (const NodeId node : nodes->second) {
            if (std::find(marked.begin(), marked.end(), node) != marked.end()) continue;
            marked.push_back(node);
            Listing listing = listing_of(entity);
            listing.text += " (found by name alone)";
            builder.list(builder.id(node), std::move(listing));
            ++count.by_name;
          }
        }
      }
    }
  }
  return count;
}

}  // namespace cordon::network
