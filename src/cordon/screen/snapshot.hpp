// An index in one file that is mapped and asked at once. The file says which lists it was made from and how
// names were prepared; one made by another program, from other data, or damaged, is refused in one line.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/lists/list_file.hpp"
#include "cordon/screen/index.hpp"

namespace cordon::screen {

// A list that went into an index.
struct ListNote {
  std::string line;    // for people: lists::describe()
  std::string json;    // lists::append_json()
  std::string digest;  // SHA-256 of its files, one after another; empty where they could not be read again
  bool operator==(const ListNote&) const = default;
};
// Reads the files of the list once more to digest them.
base::Result<ListNote> note_of(const lists::ListFile& file);

struct Snapshot {
  Index index;
  std::vector<ListNote> lists;
};

// The file appears whole or not at all.
base::Result<void> write_snapshot(const std::filesystem::path& path, const Index& index,
                                  std::span<const ListNote> lists);
base::Result<Snapshot> open_snapshot(const std::filesystem::path& path);
// The index of these entities, kept in a file between runs: mapped from there where the file is of them and
// of these lists; else made, of what the file held and what is new, and the file written again.
base::Result<Index> keep_snapshot(const std::filesystem::path& path, std::span<const model::Entity> entities,
                                  std::span<const ListNote> lists);
// From bytes that start at a multiple of 8 and that `memory` holds; name is used in messages.
base::Result<Snapshot> read_snapshot(std::string_view bytes, std::shared_ptr<const void> memory,
                                     std::string_view name);
// The bytes of the file in pieces, for write_snapshot() and for tests.
std::vector<std::string_view> snapshot_pieces(const Index& index, std::string_view notes, std::string& head);
std::string encode_notes(std::span<const ListNote> lists);

// Writes sizes and hashes of a snapshot anew: for tests that damage its parts and not only its envelope.
void seal_snapshot(std::string& bytes);

// Differs between programs that prepare names differently, by their code or by their data: a digest of
// data/names and of the forms and keys of a few telling names.
std::uint64_t preparation();

}  // namespace cordon::screen
