// Which answers can differ between two versions of the lists: an answer depends on the entities that share a
// key with the query and on nothing else, so a query that meets no entity that changed is answered as before.
#pragma once
#include <cstddef>
#include <span>

#include "cordon/model/entity.hpp"
#include "cordon/screen/index.hpp"

namespace cordon::screen {

class Delta {
 public:
  // Entities are paired by id. The source of an entity is no part of it.
  Delta(std::span<const model::Entity> before, std::span<const model::Entity> now);
  bool may_differ(const Query& query) const { return moved_ || touched_.touches(query); }
  const Index& before() const { return before_; }
  const Index& now() const { return now_; }
  std::size_t changed() const { return changed_; }  // entities added, removed or changed

 private:
  Index before_, now_, touched_;
  std::size_t changed_ = 0;
  bool moved_ = false;  // what stayed stands in another order, which decides between equal scores
};

}  // namespace cordon::screen
