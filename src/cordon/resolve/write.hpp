// What a resolver found, as files: id,cluster lines; FollowTheMoney entities under canonical ids; an
// explanation as a table or as JSON; changes as JSON lines.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/resolve/explain.hpp"
#include "cordon/resolve/resolver.hpp"

namespace cordon::resolve {

// Takes text; false stops.
using TextSink = std::function<bool(std::string_view)>;

// "id,cluster" and a line a record, in order of reading.
void write_clusters(const Resolver& resolver, const TextSink& sink);
// One entity a cluster, in the order of their first records: id = the cluster's name, referents = the ids of
// its records, properties and datasets of all of them, schema = the most telling of theirs. Only of FtM
// records.
void write_ftm(const Resolver& resolver, const TextSink& sink);
// The waterfall: field, values, bits, log10, running total, and a sentence; then the verdict.
std::string explanation_text(const Explanation& explanation);
std::string explanation_json(const Explanation& explanation);
std::string change_json(const Change& change);

// id,cluster as write_clusters writes it.
base::Result<std::vector<std::pair<std::string, std::string>>> parse_clusters(std::string_view csv,
                                                                              std::string name);

}  // namespace cordon::resolve
