// Where a fact came from. Everything that enters keeps one of these; everything that leaves can be walked
// back to it.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace cordon::model {

// One file (or feed) as it was read.
struct SourceFile {
  std::string
      dataset;  // "un_sc", "us_ofac_sdn", "eu_journal", "ca_sema", "registry", "ais", ... : docs/lists.md
  std::string file;  // path as the user gave it
  std::string
      version;  // the publisher's own date or number: "2026-02-27T00:00:09.554Z"; empty where none is stated
  std::string format;  // "un-xml", "ofac-csv", ...
};

struct Source {
  std::shared_ptr<const SourceFile> file;
  std::string record;      // the publisher's key: "KPi.001", "uid 15042", "XIII.B[36]"
  std::uint64_t line = 0;  // 1-based line or byte offset of the record where known, else 0

  std::string_view dataset() const { return file ? std::string_view(file->dataset) : std::string_view{}; }
};

// "un_sc KPi.001 (2026-02-27), un_consolidated.xml" : for people.
std::string describe(const Source& source);

}  // namespace cordon::model
