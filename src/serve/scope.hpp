// Which of the loaded lists a request asks.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/screen/index.hpp"
#include "serve/http.hpp"
#include "serve/state.hpp"

namespace cordon::serve {

class Scope {
 public:
  // name: a dataset that is loaded; or "all", "default", "sanctions": every list. Nothing where it is
  // neither.
  static std::optional<Scope> of(const Snapshot& state, std::string_view name);
  // Narrowed by include_dataset and exclude_dataset of the query, as yente's clients send them.
  void narrow(const Request& request);
  bool holds(const model::Entity& entity) const;

  // Index::search, within the scope.
  std::vector<screen::Hit> search(const Snapshot& state, const screen::Query& query, std::size_t limit,
                                  double cutoff) const;

  // What somebody who types looks for: parties alike to the text as a name, best first, then those with a
  // name whose words begin with its words. Up to `most`.
  std::vector<const model::Entity*> find(const Snapshot& state, std::string_view typed,
                                         std::size_t most) const;

 private:
  bool whole() const { return include_.empty() && exclude_.empty(); }
  std::vector<std::string> include_, exclude_;  // empty include: all
};

}  // namespace cordon::serve
