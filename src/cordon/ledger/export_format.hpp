// The three forms of an export, shared by their writer and their reader.
#pragma once
#include <string>
#include <string_view>

#include "cordon/ledger/export.hpp"

namespace cordon::ledger {

inline constexpr std::string_view kExportFormat = "cordon-ledger-export/1";
inline constexpr std::string_view kCsvHeader =
    "seq,time,actor,role,kind,subject,payload,versions,previous,hash\n";
inline constexpr std::string_view kJsonStart = "{\"format\":\"cordon-ledger-export/1\",\"entries\":[\n";
inline constexpr std::string_view kPageStart = "<!doctype html>\n<!-- cordon-ledger-export/1 -->\n";
inline constexpr std::string_view kPageData = "<script type=\"application/json\" id=\"entries\">[\n";
inline constexpr std::string_view kPageDataEnd = "\n]</script>\n";
inline constexpr std::string_view kPageSeal = "<script type=\"application/json\" id=\"seal\">";
inline constexpr std::string_view kPageEnd = "</script></body></html>\n";

// The bytes that are signed; they begin with what they are, so that a signature made for something else
// cannot be passed off as one of an export.
inline std::string signed_text(std::string_view statement) {
  return std::string(kExportFormat) + "\n" + std::string(statement);
}

// JSON that may stand inside a script element: "<" written as an escape.
std::string script_json(std::string_view json);

void append_page_start(std::string& out, const Ledger& ledger, const ExportOptions& options, const Head& head,
                       std::string_view made);
void append_page_entry(std::string& out, const Entry& entry);
void append_page_end(std::string& out, std::string_view data);

}  // namespace cordon::ledger
