// Which list, exactly: what an answer carries so that it can be given again from the same bytes.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/lists/list_file.hpp"

namespace cordon::lists {

// A file of a list and its bytes as they lie on disk (a packed file is not unpacked).
struct ListPart {
  std::string file;  // path as read
  std::string sha256;
  std::uint64_t bytes = 0;
};

struct ListVersion {
  std::string dataset;  // "un_sc"
  std::string version;  // the publisher's own date or number; empty where the list states none
  std::string format;   // "un-xml"
  std::size_t entities = 0;
  std::vector<ListPart> parts;  // the main file; then OFAC's alias, address and comment files, or the mapping
  // Where `cordon lists update` fetched the main file, from the manifest beside it; else empty.
  std::string fetched, url;
};

// Reads the files of the list once more to digest them: call it once a list, not once an answer. The list
// shipped with the program is digested from there; of a list read from stdin only the name remains.
base::Result<ListVersion> version_of(const ListFile& list);

// {"dataset","version","format","entities","files":[{"file","sha256","bytes"}],"fetched","url"}, no newline;
// what is not known is left out.
void append_json(std::string& out, const ListVersion& version);
// "un_sc 2026-02-27T00:00:09.554Z sha256:66b392a40908": for people, one line.
std::string describe(const ListVersion& version);

}  // namespace cordon::lists
