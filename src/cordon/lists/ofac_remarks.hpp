// The remarks of an OFAC entry: "DOB 10 Dec 1948; POB Cairo; Passport 1084010 (Egypt); Linked To: X." One
// table of phrases serves the CSV's remarks and the identifier types of the XML.
#pragma once
#include <string_view>

#include "cordon/lists/collector.hpp"

namespace cordon::lists {

// Takes the remarks apart at ';' and files each part; the whole text is kept in notes.
void add_ofac_remarks(Record& record, std::string_view remarks);

// One part, "Passport 1084010 (Egypt)" or, from XML, the id type and number joined by a blank. False if the
// phrase is none of the known ones.
bool add_ofac_phrase(Record& record, std::string_view phrase);

// Names are "LAST, First" for people; the caption takes the natural order, firstName and lastName keep the
// parts.
void add_ofac_name(Record& record, std::string_view property, std::string_view printed);

// "SDGT] [SYRIA" or "SDGT; SYRIA": each programme on its own.
void add_ofac_programs(Record& record, std::string_view programs);

// Whether a programme is one of the lists beside the SDN list (sectoral, CMIC, NS-PLC, ...). Few SDN entries
// carry one too; a file is the consolidated non-SDN list when most of its entries do.
bool is_non_sdn_programme(std::string_view programs);
// "ofac-" or "ofac-cons-": what stands before the uid in an id.
std::string_view ofac_id_prefix(const model::SourceFile& source);

}  // namespace cordon::lists
