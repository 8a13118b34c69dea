// One line of the ledger, and the hash that chains it to the line before. docs/decisions/0005 says why it
// looks like this; docs/ledger.md has a second, independent implementation of the hash.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "cordon/base/result.hpp"
#include "cordon/base/time.hpp"

namespace cordon::ledger {

inline constexpr std::string_view kFormat = "cordon-ledger/1";
inline constexpr std::size_t kLongestPayload = std::size_t{1} << 20, kLongestField = 256;

// What somebody states; the ledger adds sequence, time and hashes.
struct Record {
  std::string actor;           // who: a person's or a program's name
  std::string role;            // in which capacity: "analyst", "approver", "system", ...
  std::string kind;            // "screen.hit", "permit.approve", ...
  std::string subject;         // what it is about: "permit:R-2026-014", "imo:9187629"; may be empty
  std::string payload = "{}";  // a JSON value; stored in canonical form
  std::string versions =
      "{}";  // a JSON object: the versions of program, lists and data the statement rests on
};

struct Entry {
  std::uint64_t seq = 0;  // 1, 2, 3, ... without a gap
  std::string time;       // UTC, "2026-11-23T16:41:07.123Z": the clock of the machine that appended
  std::string actor, role, kind, subject, payload, versions;
  std::string previous;  // hash of the entry before; of the first entry: genesis_of(ledger id)
  std::string hash;      // hash_of(entry): 64 hexadecimal digits
};

// A place in the chain.
struct Head {
  std::uint64_t seq = 0;  // 0 = no entry yet
  std::string hash;       // of that entry; genesis_of(id) where seq is 0
};

// Checks a record and puts its JSON in canonical form. Fails on a field that is empty (actor, role, kind),
// too long, not UTF-8 or holds control characters, and on JSON that canonical_json refuses.
base::Result<Record> checked(Record record);

// SHA-256 over the format's name and every field but the hash, each as a netstring ("5:hello,").
std::string hash_of(const Entry& entry);
std::string genesis_of(std::string_view ledger_id);

// JSON in one form: names sorted by their UTF-8 bytes, no white space, whole numbers as they are, others in
// the shortest form that reads back the same, strings in UTF-8 with \" \\ and control characters escaped.
// Refuses names given twice, numbers too large for a double, nesting deeper than 64, and more than
// kLongestPayload bytes.
base::Result<std::string> canonical_json(std::string_view json);

// "2026-11-23T16:41:07.123Z": always with milliseconds, so that texts sort as times do.
std::string ledger_time(base::TimeMs time);

}  // namespace cordon::ledger
