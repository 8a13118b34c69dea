// Every list format, in the order in which they are tried. A new one is one line here.
#include <array>

#include "cordon/lists/bis_dpl.hpp"
#include "cordon/lists/ca_sema.hpp"
#include "cordon/lists/eu_fsf_xml.hpp"
#include "cordon/lists/eu_journal.hpp"
#include "cordon/lists/format.hpp"
#include "cordon/lists/ftm_json.hpp"
#include "cordon/lists/ofac_advanced_xml.hpp"
#include "cordon/lists/ofac_csv.hpp"
#include "cordon/lists/ofac_xml.hpp"
#include "cordon/lists/targets_csv.hpp"
#include "cordon/lists/uk_csv.hpp"
#include "cordon/lists/uk_xml.hpp"
#include "cordon/lists/un_vessels_csv.hpp"
#include "cordon/lists/un_xml.hpp"

namespace cordon::lists {

std::span<const Format> formats() {
  static constexpr std::array kFormats = {
      Format{"un-xml", sniff_un_xml, read_un_xml},
      Format{"ofac-xml", sniff_ofac_xml, read_ofac_xml},
      Format{"ofac-advanced-xml", sniff_ofac_advanced_xml, read_ofac_advanced_xml},
      Format{"uk-xml", sniff_uk_xml, read_uk_xml},
      Format{"eu-fsf-xml", sniff_eu_fsf_xml, read_eu_fsf_xml},
      Format{"ca-sema-xml", sniff_ca_sema, read_ca_sema},
      Format{"ofac-csv", sniff_ofac_csv, read_ofac_csv},
      Format{"ofac-csv-part", sniff_ofac_companion, nullptr},
      Format{"eu-journal", sniff_eu_journal, read_eu_journal},
      Format{"un-1718-vessels", sniff_un_vessels_csv, read_un_vessels_csv},
      Format{"targets-csv", sniff_targets_csv, read_targets_csv},
      Format{"bis-dpl", sniff_bis_dpl, read_bis_dpl},
      Format{"ftm-json", sniff_ftm_json, read_ftm_json},
      Format{"uk-csv", sniff_uk_csv, read_uk_csv},
      Format{"uk-ods", sniff_uk_ods, read_uk_ods},
  };
  return kFormats;
}

}  // namespace cordon::lists
