// What a name is found by. Two names that judge() would call a match share at least one key but for rare
// cases; the measured share is in docs/screen.md. Keys are hashes: a collision costs one comparison, never a
// wrong hit.
#pragma once
#include <cstdint>
#include <vector>

#include "cordon/names/forms.hpp"

namespace cordon::screen {

using Key = std::uint64_t;

// Appends the keys of a name, unsorted, with repetitions. asked: the name is a query, which also tries the
// Korean readings that its pinyin may stand for, so that the index need not hold them.
void add_keys(const names::PreparedName& name, bool asked, std::vector<Key>& keys);

}  // namespace cordon::screen
