// cordon's own form: {"sources":{key:text}, "nodes":[..], "edges":[..]}; docs/network.md describes it. Every
// key of "sources" is a source of its own, so two that state the same holding are not added up.
#include <map>
#include <string>
#include <utility>

#include "cordon/base/text.hpp"
#include "cordon/network/json_read.hpp"
#include "cordon/network/read_formats.hpp"
#include "cordon/network/words.hpp"

namespace cordon::network {
namespace {

namespace dom = simdjson::dom;

class Document {
 public:
  Document(Graph::Builder& builder, const JsonElement& root, std::string_view name)
      : builder_(builder), name_(name), plain_(source_file(name, "cordon-network")) {
    dom::object sources;
    if (root["sources"].get(sources) != simdjson::SUCCESS) return;
    for (const auto& [key, value] : sources) {
      std::string_view text;
      if (value.get(text) != simdjson::SUCCESS) text = json_text(value, "text");
      sources_.emplace(key, Origin{source_file(name, "cordon-network", key), std::string(text)});
    }
  }

  void node(const JsonElement& object, std::uint64_t number) {
    const std::string_view id = json_text(object, "id");
    if (id.empty()) {
      builder_.tally().add("node without id", "node " + std::to_string(number));
      return;
    }
    std::string_view caption = json_text(object, "name");
    if (caption.empty()) caption = json_text(object, "caption");
    builder_.add_node(id, caption,
                      model::parse_schema(json_text(object, "schema")).value_or(model::Schema::Thing),
                      json_text(object, "country"));
    const model::Source source = source_of(object, number);
    if (const std::string_view text = json_text(object, "listed"); !text.empty())
      for (Listing& listing : listings_of(text)) list(id, std::move(listing), source);
    if (json_flag(object, "listed")) list(id, Listing{}, source);
    if (dom::array listed; object["listed"].get(listed) == simdjson::SUCCESS) {
      for (const dom::element& one : listed) {
        Listing listing;
        listing.authority = json_text(one, "authority");
        listing.text = json_text(one, "text");
        listing.start = json_date(one, "start");
        listing.end = json_date(one, "end");
        list(id, std::move(listing), json_has(one, "src") ? source_of(one, number) : source);
      }
    }
  }

  void edge(const JsonElement& object, std::uint64_t number) {
    const auto either = [&](std::string_view a, std::string_view b) {
      const std::string_view text = json_text(object, a);
      return text.empty() ? json_text(object, b) : text;
    };
    const std::string place = "edge " + std::to_string(number);
    model::Relation relation;
    relation.from = either("from", "source");
    relation.to = either("to", "target");
    const std::string_view kind = either("kind", "relation");
    const auto word = relation_word(kind);
    relation.kind = word ? word->kind : model::RelationKind::link;
    if (word && word->reversed) std::swap(relation.from, relation.to);
    relation.role = json_text(object, "role");
    if (relation.role.empty() && !model::parse_relation_kind(kind)) relation.role = kind;
    share(object, relation, place);
    relation.start = json_date(object, "start");
    relation.end = json_date(object, "end");
    relation.note = json_text(object, "note");
    const std::string_view said = json_text(object, "status");
    relation.status = status_word(said).value_or(model::Status::stated);
    if (!said.empty() && said != model::to_string(relation.status))
      relation.note +=
          (relation.note.empty() ? "status as printed: " : "; status as printed: ") + std::string(said);
    relation.source = source_of(object, number);
    builder_.add(relation);
  }

 private:
  struct Origin {
    std::shared_ptr<const model::SourceFile> file;
    std::string text;
  };

  void list(std::string_view id, Listing&& listing, const model::Source& source) {
    listing.source = source;
    builder_.list(id, std::move(listing));
  }

  model::Source source_of(const JsonElement& object, std::uint64_t number) const {
    const auto found = sources_.find(json_text(object, "src"));
    if (found == sources_.end()) return {plain_, std::string(json_text(object, "src")), number};
    return {found->second.file, found->second.text, number};
  }

  // A number, a text such as "25-50", or [min, max].
  void share(const JsonElement& object, model::Relation& relation, const std::string& place) {
    dom::element value;
    if (object["share"].get(value) != simdjson::SUCCESS || value.is_null()) return;
    std::string_view text;
    dom::array pair;
    double number = 0;
    if (value.get(number) == simdjson::SUCCESS) {
      relation.share_min = relation.share_max = number;
    } else if (value.get(text) == simdjson::SUCCESS) {
      const auto range = parse_share_range(text);
      if (!range) builder_.tally().add("share not understood: taken as unknown", place);
      if (!range || !range->known()) return;
      relation.share_min = percent(range->min);
      relation.share_max = percent(range->max);
    } else if (double low = 0, high = 0; value.get(pair) == simdjson::SUCCESS && pair.size() == 2 &&
                                         pair.at(0).get(low) == simdjson::SUCCESS &&
                                         pair.at(1).get(high) == simdjson::SUCCESS) {
      relation.share_min = low;
      relation.share_max = high;
    } else {
      builder_.tally().add("share not understood: taken as unknown", place);
    }
  }

  Graph::Builder& builder_;
  std::string name_;
  std::shared_ptr<const model::SourceFile> plain_;
  std::map<std::string, Origin, std::less<>> sources_;
};

}  // namespace

void read_network_document(Graph::Builder& builder, const JsonElement& root, std::string_view name) {
  Document document(builder, root, name);
  std::uint64_t number = 0;
  if (dom::array nodes; root["nodes"].get(nodes) == simdjson::SUCCESS)
    for (const dom::element& node : nodes) document.node(node, ++number);
  number = 0;
  if (dom::array edges; root["edges"].get(edges) == simdjson::SUCCESS)
    for (const dom::element& edge : edges) document.edge(edge, ++number);
}

}  // namespace cordon::network
