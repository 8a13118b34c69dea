#include "cordon/detect/listing.hpp"

#include <string_view>

#include "cordon/base/ids.hpp"
#include "cordon/base/text.hpp"

namespace cordon::detect {

void append_listed(std::vector<ListedVessel>& out, const model::Entity& entity) {
  if (entity.schema != model::Schema::Vessel) return;
  ListedVessel vessel;
  vessel.imo = base::parse_imo(entity.first("imoNumber")).value_or(0);
  vessel.mmsi = base::parse_number<std::uint32_t>(base::trim(entity.first("mmsi"))).value_or(0);
  vessel.callsign = entity.first("callSign");
  vessel.entity_id = entity.id;
  vessel.measure = entity.first("measure").empty() ? entity.first("program") : entity.first("measure");
  vessel.name = entity.caption;
  out.push_back(vessel);
  for (const std::string_view property : {"name", "alias", "previousName"})
    for (const std::string_view name : entity.all(property)) {
      if (name == entity.caption) continue;
      vessel.name = name;
      out.push_back(vessel);
    }
}

}  // namespace cordon::detect
