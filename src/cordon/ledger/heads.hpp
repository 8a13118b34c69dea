// The file of heads: after each commit one line "SEQ HASH" is added, beside the ledger or on another machine.
// It shows what a rewritten chain or a cut tail cannot: which hash an entry had when it was made. The line is
// written after the commit, so the file may lack the last lines after a loss of power, but never knows more
// than the ledger does.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/ledger/entry.hpp"

namespace cordon::ledger {

// Writers of several processes may add at the same time.
base::Result<void> append_head(const std::string& file, const Head& head);

struct Heads {
  std::vector<Head> all;         // by sequence, each once
  std::uint64_t unreadable = 0;  // lines that a loss of power or somebody's hand left behind
  std::string conflict;          // the file names two hashes for one entry; empty where it does not
};
// A missing file holds no heads.
base::Result<Heads> read_heads(const std::string& file);

}  // namespace cordon::ledger
