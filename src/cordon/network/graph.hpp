// The network as one immutable structure: parties and things as nodes, statements about them as edges.
// Nodes are numbered in order of first mention, so the same input gives the same numbers. Edges into a node
// lie side by side (the question asked most is "who stands behind it"); edges out of it are listed by number.
// An edge is 32 bytes; its words (role, note, source record) are kept apart and joined on demand.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cordon/base/large.hpp"
#include "cordon/base/tally.hpp"
#include "cordon/base/time.hpp"
#include "cordon/model/entity.hpp"
#include "cordon/model/relation.hpp"
#include "cordon/network/id_table.hpp"

namespace cordon::network {

using NodeId = std::uint32_t;
using EdgeId = std::uint32_t;
inline constexpr NodeId kNoNode = UINT32_MAX;

// A share in units of 1e-7 percent, so that decimal figures such as 33.3333 add up exactly. "More than 25 %"
// is 25 % plus one unit, "less than 75 %" is 75 % minus one unit.
using Share = std::int32_t;
inline constexpr Share kPercent = 10'000'000, kWhole = 100 * kPercent, kUnknownShare = -1;
// Nothing for text that is no number or lies outside 0..100; a trailing % is accepted.
std::optional<Share> parse_share(std::string_view text);
std::optional<Share> share_of(double percent);
double percent(std::int64_t share);

// What an ownership edge measures. Shares and votes of one company are never added together.
enum class Interest : std::uint8_t { none, shares, votes, joint /* parties act under a joint arrangement */ };

struct Edge {
  NodeId from, to;
  Share min = kUnknownShare, max = kUnknownShare;  // both unknown, or both known
  base::Date start, end;                           // empty = open
  model::RelationKind kind = model::RelationKind::link;
  model::Status status : 4 = model::Status::stated;
  Interest interest : 4 = Interest::none;
  std::uint16_t file = 0;    // number of the source file; two files that state one holding are not added
  std::uint32_t detail = 0;  // words; see Graph::relation
  bool known() const { return max >= 0; }
};

// How surely something with these dates holds on a day, when a date may be only a year or a month.
enum class Holds : std::uint8_t { no, maybe, yes };
// start <= day < end; an open side holds; an empty day asks for any time.
Holds holds(const base::Date& start, const base::Date& end, const base::Date& day);

// That an authority lists the node. authority: a word of data/law/ownership.json ("UN", "OFAC", "EU", "UK",
// "CA"); empty where the source does not tell, which counts for every rule.
struct Listing {
  std::string authority;
  std::string text;       // as printed: "KPe.020; OFAC EO 13551"
  base::Date start, end;  // end = delisted
  model::Source source;
};

class Graph {
 public:
  class Builder;

  std::size_t node_count() const { return ids_.size(); }
  std::size_t edge_count() const { return edges_.size(); }

  std::optional<NodeId> find(std::string_view id) const { return ids_.find(id); }
  std::string_view id(NodeId node) const { return ids_.text(node); }
  std::string_view caption(NodeId node) const;  // the id where no name is known
  std::string_view country(NodeId node) const;  // lower ISO 3166 alpha-2, or empty
  model::Schema schema(NodeId node) const { return schema_[node]; }

  // Listings of a node, whatever their dates.
  std::span<const Listing> listings(NodeId node) const;
  // Nodes with at least one listing, in rising order.
  std::span<const NodeId> listed() const { return listed_; }
  bool ever_listed(NodeId node) const { return listing_of_[node] != 0; }

  // Edges that end in node, side by side; edge_id() gives the number of any of them.
  std::span<const Edge> in_edges(NodeId node) const {
    return {edges_.data() + in_[node], edges_.data() + in_[node + 1]};
  }
  // Edges that start in node, ordered by the node they end in.
  std::span<const EdgeId> out_edges(NodeId node) const {
    return {out_edges_.data() + out_[node], out_edges_.data() + out_[node + 1]};
  }
  const Edge& edge(EdgeId edge) const { return edges_[edge]; }
  // Brings what a walk will need of a node closer, for walks that know their next nodes: first where its
  // edges are, then the edges. Large networks are walked as fast as memory answers.
  void prefetch_index(NodeId node) const {
    __builtin_prefetch(&in_[node]);
    __builtin_prefetch(&out_[node]);
  }
  void prefetch_edges(NodeId node) const {
    __builtin_prefetch(edges_.data() + in_[node]);
    __builtin_prefetch(out_edges_.data() + out_[node]);
  }
  EdgeId edge_id(const Edge& edge) const { return static_cast<EdgeId>(&edge - edges_.data()); }
  // The edge with all its words and its source, as it was given to the builder.
  model::Relation relation(EdgeId edge) const;

  // Says who is listed after all: whom a list means is sometimes found by looking through the graph itself.
  void list(std::span<const std::pair<NodeId, Listing>> found);

  // What was strange about the data as a whole: totals over 100 %, and so on.
  const base::Tally& warnings() const { return warnings_; }

 private:
  friend class Builder;
  struct Detail {
    std::string_view role, note, record;
    std::uint64_t line = 0;
  };
  struct NodeWords {
    std::string_view caption, country;
  };
  std::string_view keep(std::string_view text);
  void add_listing(NodeId node, Listing listing);
  void settle_listings();
  void cover_nodes();  // every id has its row in the tables below

  IdTable ids_;
  std::vector<model::Schema> schema_;
  std::vector<std::uint32_t> words_of_;  // 0 = no words, else index + 1
  std::vector<NodeWords> words_;
  std::vector<std::uint32_t> listing_of_;  // 0 = none, else index + 1
  std::vector<std::vector<Listing>> listing_;
  std::vector<NodeId> listed_;
  base::LargeVector<Edge> edges_;  // sorted by `to`, then in order of reading
  base::LargeVector<std::uint32_t> in_, out_;
  base::LargeVector<EdgeId> out_edges_;
  std::vector<Detail> details_;
  std::vector<std::shared_ptr<const model::SourceFile>> files_;
  StringPool pool_;
  base::Tally warnings_;
};

// Collects nodes and edges in any order; an edge may name a node that is described later.
class Graph::Builder {
 public:
  Builder();
  Builder(Builder&&) noexcept;
  Builder& operator=(Builder&&) noexcept;
  ~Builder();

  // The node of this id, made where it is new. Later, fuller words replace emptier ones.
  NodeId add_node(std::string_view id, std::string_view caption = {},
                  model::Schema schema = model::Schema::Thing, std::string_view country = {});
  // An FtM entity: a party becomes a node (topic "sanction" lists it), an interval between parties becomes an
  // edge, owner and operator of a Vessel become edges. Anything else is ignored.
  void add(const model::Entity& entity);
  void add(const model::Relation& relation);
  void list(std::string_view id, Listing listing);

  // The quick way in, for large files: ends are nodes of this builder, key is IdTable::key_of(id); line is
  // kept as the source.
  std::uint16_t add_file(std::shared_ptr<const model::SourceFile> file);
  struct Words {
    std::string_view role, note, record;
    std::uint64_t line = 0;
  };
  void add_edge(Edge edge, std::uint64_t line);
  void add_edge(Edge edge, const Words& words);
  NodeId node(std::string_view id, const IdTable::Key& key) { return graph_->ids_.add(id, key); }
  void prefetch(const IdTable::Key& key) const { graph_->ids_.prefetch(key); }
  void reserve(std::size_t nodes, std::size_t edges);

  // Counts records that could not be used, by reason; moves to Graph::warnings().
  base::Tally& tally() { return graph_->warnings_; }
  bool has(std::string_view id) const { return graph_->ids_.find(id).has_value(); }
  std::size_t node_count() const { return graph_->ids_.size(); }
  std::string_view id(NodeId node) const { return graph_->ids_.text(node); }
  std::string_view caption(NodeId node) const;
  model::Schema schema(NodeId node) const;

  Graph build() &&;

 private:
  std::unique_ptr<Graph> graph_;
};

}  // namespace cordon::network
