// One network of ships and parties from three sources: ownership files, the owners and managers of a
// register, and the owners that sanctions lists print beside a ship.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "cordon/base/result.hpp"
#include "cordon/model/entity.hpp"
#include "cordon/model/position.hpp"
#include "cordon/network/graph.hpp"

namespace cordon::watch {

// "imo-9161003": the node of a vessel.
std::string vessel_node(std::uint32_t imo);

// ownership: files or folders that network::read_into understands. Nobody is marked as listed yet, but for
// what those files say themselves. Fails where a file cannot be read.
base::Result<network::Graph> parties_network(std::span<const std::filesystem::path> ownership,
                                             std::span<const model::RegisteredVessel> registry,
                                             const std::shared_ptr<const model::SourceFile>& registry_source,
                                             std::span<const model::Entity> listed);

}  // namespace cordon::watch
