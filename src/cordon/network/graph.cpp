#include "cordon/network/graph.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "cordon/base/text.hpp"

namespace cordon::network {
namespace {

constexpr std::uint32_t kLineOnly = std::uint32_t{1} << 31;  // Edge::detail is a line, not words
const model::SourceFile kNoFile;

std::optional<double> percent_or_nothing(Share share) {
  if (share < 0) return std::nullopt;
  return percent(share);
}

}  // namespace

std::optional<Share> parse_share(std::string_view text) {
  text = base::trim(text);
  if (!text.empty() && text.back() == '%') text = base::trim(text.substr(0, text.size() - 1));
  // Digits by hand: this is called for every line of a large file, and 0.1 must stay 0.1.
  std::int64_t whole = 0;
  std::size_t at = 0;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
    whole = whole * 10 + (text[at] - '0');
    if (whole > 100) return std::nullopt;
  }
  bool digits = at > 0;
  std::int64_t value = whole * kPercent;
  if (at < text.size() && (text[at] == '.' || text[at] == ',')) {
    std::int64_t scale = kPercent;
    bool round_up = false;
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
      digits = true;
      if (scale == 1) round_up = text[at] >= '5';
      scale /= 10;
      value += (text[at] - '0') * scale;
    }
    value += round_up;
  }
  if (!digits || at != text.size() || value > kWhole) return std::nullopt;
  return static_cast<Share>(value);
}

std::optional<Share> share_of(double value) {
  if (!(value >= 0 && value <= 100)) return std::nullopt;
  return static_cast<Share>(std::llround(value * kPercent));
}

double percent(std::int64_t share) {
  return static_cast<double>(share) / kPercent;
}

Holds holds(const base::Date& start, const base::Date& end, const base::Date& day) {
  if (day.empty()) return Holds::yes;
  const std::int64_t asked = base::days_since_epoch(day);
  // A date without day or month may lie anywhere in its month or year.
  const auto last_day = [](const base::Date& date) {
    if (date.complete()) return base::days_since_epoch(date);
    base::Date next = date;
    if (date.month == 0 || date.month == 12) {
      next = {static_cast<std::int16_t>(date.year + 1), 1, 1};
    } else {
      ++next.month;
      next.day = 1;
    }
    return base::days_since_epoch(next) - 1;
  };
  Holds result = Holds::yes;
  if (!start.empty() && asked < last_day(start)) {
    if (asked < base::days_since_epoch(start)) return Holds::no;
    result = Holds::maybe;
  }
  if (!end.empty() && asked >= base::days_since_epoch(end)) {
    if (asked >= last_day(end)) return Holds::no;
    result = Holds::maybe;
  }
  return result;
}

std::string_view Graph::caption(NodeId node) const {
  const std::uint32_t words = words_of_[node];
  return words == 0 || words_[words - 1].caption.empty() ? id(node) : words_[words - 1].caption;
}

std::string_view Graph::country(NodeId node) const {
  const std::uint32_t words = words_of_[node];
  return words == 0 ? std::string_view{} : words_[words - 1].country;
}

std::span<const Listing> Graph::listings(NodeId node) const {
  const std::uint32_t index = listing_of_[node];
  return index == 0 ? std::span<const Listing>{} : std::span<const Listing>(listing_[index - 1]);
}

model::Relation Graph::relation(EdgeId number) const {
  const Edge& edge = edges_[number];
  model::Relation relation;
  relation.from = id(edge.from);
  relation.to = id(edge.to);
  relation.kind = edge.kind;
  relation.share_min = percent_or_nothing(edge.min);
  relation.share_max = percent_or_nothing(edge.max);
  relation.start = edge.start;
  relation.end = edge.end;
  relation.status = edge.status;
  if (edge.file != 0) relation.source.file = files_[edge.file - 1u];
  if (edge.detail & kLineOnly) {
    relation.source.line = edge.detail & ~kLineOnly;
  } else if (edge.detail != 0) {
    const Detail& detail = details_[edge.detail - 1];
    relation.role = detail.role;
    relation.note = detail.note;
    relation.source.record = detail.record;
    relation.source.line = detail.line;
  }
  return relation;
}

std::string_view Graph::keep(std::string_view text) {
  return pool_.keep(text);
}

void Graph::add_listing(NodeId node, Listing listing) {
  std::uint32_t& index = listing_of_[node];
  if (index == 0) {
    listing_.emplace_back();
    index = static_cast<std::uint32_t>(listing_.size());
  }
  listing_[index - 1].push_back(std::move(listing));
}

void Graph::list(std::span<const std::pair<NodeId, Listing>> found) {
  for (const auto& [node, listing] : found) add_listing(node, listing);
  settle_listings();
}

void Graph::settle_listings() {
  // A flag without a date says less than a dated entry of the same authority, and would list a party for days
  // before it was listed.
  for (auto& listings : listing_) {
    std::vector<std::string> dated;
    for (const Listing& listing : listings)
      if (!listing.start.empty()) dated.push_back(listing.authority);
    std::erase_if(listings, [&](const Listing& one) {
      return one.start.empty() && one.end.empty() &&
             std::find(dated.begin(), dated.end(), one.authority) != dated.end();
    });
  }
  listed_.clear();
  for (NodeId node = 0; node < node_count(); ++node)
    if (listing_of_[node] != 0) listed_.push_back(node);
}

void Graph::cover_nodes() {
  schema_.resize(ids_.size(), model::Schema::Thing);
  words_of_.resize(ids_.size(), 0);
  listing_of_.resize(ids_.size(), 0);
}

Graph::Builder::Builder() : graph_(new Graph) {}
Graph::Builder::Builder(Builder&&) noexcept = default;
Graph::Builder& Graph::Builder::operator=(Builder&&) noexcept = default;
Graph::Builder::~Builder() = default;

NodeId Graph::Builder::add_node(std::string_view id, std::string_view caption, model::Schema schema,
                                std::string_view country) {
  Graph& graph = *graph_;
  const NodeId node = graph.ids_.add(id);
  graph.cover_nodes();
  if (schema != model::Schema::Thing) graph.schema_[node] = schema;
  if (caption.empty() && country.empty()) return node;
  if (graph.words_of_[node] == 0) {
    graph.words_.emplace_back();
    graph.words_of_[node] = static_cast<std::uint32_t>(graph.words_.size());
  }
  NodeWords& words = graph.words_[graph.words_of_[node] - 1];
  if (words.caption.empty()) words.caption = graph.keep(caption);
  if (words.country.empty()) words.country = graph.keep(country);
  return node;
}

std::string_view Graph::Builder::caption(NodeId node) const {
  graph_->cover_nodes();
  return graph_->caption(node);
}

model::Schema Graph::Builder::schema(NodeId node) const {
  graph_->cover_nodes();
  return graph_->schema(node);
}

void Graph::Builder::list(std::string_view id, Listing listing) {
  graph_->add_listing(add_node(id), std::move(listing));
}

std::uint16_t Graph::Builder::add_file(std::shared_ptr<const model::SourceFile> file) {
  if (!file) return 0;
  auto& files = graph_->files_;
  // The newest are the likeliest; a graph has few files.
  for (std::size_t i = files.size(); i-- > 0;)
    if (files[i] == file) return static_cast<std::uint16_t>(i + 1);
  if (files.size() == UINT16_MAX) {
    tally().add("source file not kept: more than 65535 files");
    return 0;
  }
  files.push_back(std::move(file));
  return static_cast<std::uint16_t>(files.size());
}

void Graph::Builder::add_edge(Edge edge, std::uint64_t line) {
  if (line < kLineOnly) {
    edge.detail = kLineOnly | static_cast<std::uint32_t>(line);
  } else {
    graph_->details_.push_back({{}, {}, {}, line});
    edge.detail = static_cast<std::uint32_t>(graph_->details_.size());
  }
  graph_->edges_.push_back(edge);
}

void Graph::Builder::add_edge(Edge edge, const Words& words) {
  if (words.role.empty() && words.note.empty() && words.record.empty()) return add_edge(edge, words.line);
  Graph& graph = *graph_;
  graph.details_.push_back(
      {graph.keep(words.role), graph.keep(words.note), graph.keep(words.record), words.line});
  edge.detail = static_cast<std::uint32_t>(graph.details_.size());
  graph.edges_.push_back(edge);
}

void Graph::Builder::reserve(std::size_t nodes, std::size_t edges) {
  graph_->ids_.reserve(nodes);
  graph_->schema_.reserve(nodes);
  graph_->words_of_.reserve(nodes);
  graph_->listing_of_.reserve(nodes);
  graph_->edges_.reserve(edges);
}

void Graph::Builder::add(const model::Relation& relation) {
  if (relation.from.empty() || relation.to.empty()) {
    tally().add("edge without two ends", relation.source.record);
    return;
  }
  Edge edge;
  edge.from = add_node(relation.from);
  edge.to = add_node(relation.to);
  edge.kind = relation.kind;
  edge.status = relation.status;
  edge.start = relation.start;
  edge.end = relation.end;
  if (edge.start.complete() && edge.end.complete() && edge.end < edge.start)
    tally().add("edge ends before it starts", relation.source.record);
  const std::string role = base::ascii_lower(relation.role);
  if (role.find("joint arrangement") != std::string::npos ||
      role.find("joint_arrangement") != std::string::npos) {
    edge.interest = Interest::joint;
  } else if (relation.kind == model::RelationKind::ownership) {
    edge.interest = role.find("vot") != std::string::npos ? Interest::votes : Interest::shares;
  }
  if (relation.share_min || relation.share_max) {
    const auto low = share_of(relation.share_min.value_or(0));
    const auto high = share_of(relation.share_max.value_or(100));
    if (low && high && *low <= *high) {
      edge.min = *low;
      edge.max = *high;
    } else {
      tally().add("share outside 0..100 or reversed: taken as unknown", relation.source.record);
    }
  }
  edge.file = add_file(relation.source.file);
  add_edge(edge, {relation.role, relation.note, relation.source.record, relation.source.line});
}

Graph Graph::Builder::build() && {
  Graph graph = std::move(*graph_);
  graph.cover_nodes();
  const std::size_t nodes = graph.ids_.size();
  base::LargeVector<Edge> unsorted = std::exchange(graph.edges_, {});
  graph.in_.assign(nodes + 1, 0);
  graph.out_.assign(nodes + 1, 0);
  for (const Edge& edge : unsorted) {
    ++graph.in_[edge.to + 1u];
    ++graph.out_[edge.from + 1u];
  }
  for (std::size_t node = 0; node < nodes; ++node) {
    graph.in_[node + 1] += graph.in_[node];
    graph.out_[node + 1] += graph.out_[node];
  }
  // Two counting sorts keep the order of reading among equals: the second goes by `to`, so the edges out of a
  // node come out ordered by their other end.
  graph.edges_.resize(unsorted.size());
  base::LargeVector<std::uint32_t> next(graph.in_.begin(), graph.in_.end());
  for (const Edge& edge : unsorted) graph.edges_[next[edge.to]++] = edge;
  next.assign(graph.out_.begin(), graph.out_.end());
  graph.out_edges_.resize(unsorted.size());
  for (EdgeId number = 0; number < graph.edges_.size(); ++number)
    graph.out_edges_[next[graph.edges_[number].from]++] = number;
  graph.settle_listings();
  return graph;
}

}  // namespace cordon::network
