// Owners behind the ships: plain company groups, ways up to listed parties, and ways that only look like it.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/model/entity.hpp"
#include "cordon/simulate/stage.hpp"

namespace cordon::simulate {

// A listed party and the ids it has in all lists: they repeat each other.
struct Listed {
  const model::Entity* entity = nullptr;
  std::vector<std::string> ids;
};
// What may be woven in, out of the listed entities: DPRK ones where the list says which are.
struct ListedParties {
  std::vector<Listed> vessels;  // one an IMO number
  std::vector<Listed> parties;  // companies, organisations and persons with a Latin name; one a name
};
ListedParties choose_parties(std::span<const model::Entity> listed);

class Networks {
 public:
  explicit Networks(Stage& stage) : stage_(stage) {}

  // A chain of one shape behind a hull of the register: puts its lowest company into the row as owner.
  // Shapes: 60_then_50, four_hops, two_holdings_25_25, person_70_100 reach; minority_49, share_ended do not.
  void add_chain(std::string_view kind, Hull hull, const Listed& top);
  // A parent, sometimes a grandparent, for some of the register's owners: nothing to find.
  void add_plain_groups();

  std::vector<model::Entity> take() { return std::move(entities_); }

 private:
  std::string company(std::string_view name, std::string_view country);
  std::string party(const model::Entity& listed);
  void owns(const std::string& owner, const std::string& owned, double share, std::string_view start,
            std::string_view end = {});
  Stage& stage_;
  std::vector<model::Entity> entities_;
  std::size_t companies_ = 0, edges_ = 0, parties_ = 0;
};

// A listed vessel at sea: open, imo_alias (own number, new name), imo_typo (two digits swapped), name_only.
void add_listed_vessel(Stage& stage, std::string_view how, const Listed& listed);

}  // namespace cordon::simulate
