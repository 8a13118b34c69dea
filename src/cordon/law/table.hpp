// The book as a page for people, and one measure explained.
#pragma once
#include <string>
#include <string_view>

#include "cordon/base/result.hpp"
#include "cordon/law/law.hpp"

namespace cordon::law {

// Every measure and exemption, one self-contained page; everything from data is escaped.
void append_html(std::string& out, const LawBook& book);
// id,kind,jurisdiction,citation,paragraph_verified,content_verified,force,category,direction,start,end,status,
// superseded_by,summary,sources
void append_csv(std::string& out, const LawBook& book);
// id, citation, verification mark, dates, summary in columns.
void append_text(std::string& out, const LawBook& book);
// Citation, dates, verification, summary, exemptions, condition and sources of one measure or exemption.
base::Result<std::string> explain(const LawBook& book, std::string_view id);

}  // namespace cordon::law
