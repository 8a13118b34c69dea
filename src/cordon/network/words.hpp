// What sources call a relation, a share, a status or a listing, in our words. The source's own word stays in
// Relation::role.
#pragma once
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "cordon/model/relation.hpp"
#include "cordon/network/graph.hpp"

namespace cordon::network {

struct RelationWord {
  model::RelationKind kind = model::RelationKind::link;
  bool reversed = false;  // the source says child -> parent, as GLEIF does
  Interest interest = Interest::none;
};
// "registered_owner", "Board member", "IS_DIRECTLY_CONSOLIDATED_BY", "votingRights", ... Case, blanks, - and
// _ do not matter. Nothing where the word is not known: then the edge is a link with that role.
std::optional<RelationWord> relation_word(std::string_view word);

struct ShareRange {
  Share min = kUnknownShare, max = kUnknownShare;
  bool known() const { return max >= 0; }
};
// "50", "33,3 %", "25-50", "25 to 50%", ">50", "more than 25", ">=50", "<5", "under 10". Empty, "unknown",
// "n/a" and "null" are an unknown share; anything else that is no share: nothing.
std::optional<ShareRange> parse_share_range(std::string_view text);

// "alleged (indictment 2019)" -> alleged; "alleged, denied by the company" -> denied: the weakest word
// counts. Nothing where no known word occurs.
std::optional<model::Status> status_word(std::string_view text);

// Free text such as "UN 2014-07-28 (KPe.020); OFAC 2014-07-30" or "yes". What only proposes or accuses
// (proposal, indictment, forfeiture) lists nobody; "delisted" ends the listings before it.
std::vector<Listing> listings_of(std::string_view text);

}  // namespace cordon::network
