// Annexes of EU regulations, as rows transcribed from the Official Journal: celex, recordId, programKey,
// annex, measure, startDate (d.m.Y), schema, name, ...
#pragma once
#include <string_view>

#include "cordon/lists/format.hpp"

namespace cordon::lists {

bool sniff_eu_journal(std::string_view head);
// Ids "eu-32017r1509-xiii.a-1"; a row without a number takes its IMO number or its name in place of it. The
// dataset is named after the act: "eu_2017_1509". One act per file; rows of another act keep their own
// dataset.
base::Result<ListFile> read_eu_journal(const Input& input);

}  // namespace cordon::lists
