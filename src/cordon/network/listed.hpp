// Which nodes of a network are listed, from a file of ids or from sanctions lists.
#pragma once
#include <cstddef>
#include <span>
#include <string_view>

#include "cordon/base/result.hpp"
#include "cordon/lists/list_file.hpp"
#include "cordon/network/graph.hpp"

namespace cordon::network {

// What an entry of a sanctions list says: who designated the party, when, under which reference.
Listing listing_of(const model::Entity& entity);

// One id a line, or CSV with a header id[,authority,start,end,text]. An id the network does not know is
// counted in the builder's tally. Returns how many were found; a file that names nobody is an error.
base::Result<std::size_t> mark_listed_ids(Graph::Builder& builder, std::string_view text,
                                          std::string_view name);

struct ListedCount {
  std::size_t by_id = 0;    // the node's id is the entity's
  std::size_t by_name = 0;  // the node's name is exactly a name or alias of the entity; case does not matter
};
// Weak aliases are left out. A listing found by name says so in its text: a name alone is no proof of
// identity.
ListedCount mark_listed(Graph::Builder& builder, std::span<const lists::ListFile> files);

}  // namespace cordon::network
