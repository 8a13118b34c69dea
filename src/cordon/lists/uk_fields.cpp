#include "cordon/lists/uk_fields.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "cordon/base/text.hpp"
#include "cordon/lists/values.hpp"

namespace cordon::lists {
namespace {

constexpr std::size_t kFields = 37;

const std::array<UkField, kFields>& fields() {
  static const std::array<UkField, kFields> table = {{
      {"Title", prop::title, UkKind::text},
      {"RegimeName", prop::program, UkKind::regime},
      {"UNReferenceNumber", prop::referenceNumber, UkKind::text},
      {"OFSIGroupID", prop::referenceNumber, UkKind::text},
      {"DesignationSource", prop::authority, UkKind::text},
      {"SanctionsImposed", prop::measure, UkKind::list},
      {"DateDesignated", prop::listingDate, UkKind::dates},
      {"LastUpdated", prop::modifiedAt, UkKind::dates},
      {"OtherInformation", prop::notes, UkKind::text},
      {"UKStatementofReasons", prop::reason, UkKind::text},
      {"PhoneNumber", prop::phone, UkKind::text},
      {"EmailAddress", prop::email, UkKind::text},
      {"Website", prop::website, UkKind::text},
      {"DOB", prop::birthDate, UkKind::dates},
      {"Nationality", prop::nationality, UkKind::country},
      {"Position", prop::position, UkKind::text},
      {"Gender", prop::gender, UkKind::gender},
      {"PassportNumber", prop::passportNumber, UkKind::document},
      {"NationalIdentifierNumber", prop::idNumber, UkKind::document},
      {"BusinessRegistrationNumber", prop::registrationNumber, UkKind::document},
      {"TypeOfEntity", prop::legalForm, UkKind::text},
      {"ParentCompany", prop::linkedTo, UkKind::text},
      {"IMONumber", prop::imoNumber, UkKind::imo},
      {"CurrentOwnerOperator", prop::owner, UkKind::text},
      {"PreviousOwnerOperator", prop::linkedTo, UkKind::text},
      {"CurrentBelievedFlagOfShip", prop::flag, UkKind::country},
      {"CurrentFlag", prop::flag, UkKind::country},
      {"PreviousFlag", prop::pastFlags, UkKind::country},
      {"TypeOfShip", prop::type, UkKind::text},
      {"TonnageOfShip", prop::tonnage, UkKind::text},
      {"LengthOfShip", prop::length, UkKind::text},
      {"YearBuilt", prop::buildDate, UkKind::dates},
      {"YearOfBuild", prop::buildDate, UkKind::dates},
      {"HullIdentificationNumber", prop::registrationNumber, UkKind::document},
      // the Treasury's consolidated list, published until January 2026
      {"NationalIdentificationNumber", prop::idNumber, UkKind::document},
      {"Regime", prop::program, UkKind::regime},
      {"ListedOn", prop::listingDate, UkKind::dates},
  }};
  return table;
}

// Small letters and digits; what stands in brackets, and a plural s, dropped.
std::string plain(std::string_view name) {
  std::string out;
  int depth = 0;
  for (const char c : base::ascii_lower(name)) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (depth <= 0 && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) out.push_back(c);
  }
  if (out.ends_with('s')) out.pop_back();
  return out;
}

}  // namespace

const UkField* uk_field_of_element(std::string_view element) {
  const auto found =
      std::find_if(fields().begin(), fields().end(), [&](const UkField& f) { return f.element == element; });
  return found == fields().end() ? nullptr : &*found;
}

const UkField* uk_field_of_column(std::string_view column) {
  const std::string wanted = plain(column);
  const auto found = std::find_if(fields().begin(), fields().end(),
                                  [&](const UkField& f) { return plain(f.element) == wanted; });
  return found == fields().end() ? nullptr : &*found;
}

void add(Record& record, const UkField& field, std::string_view text) {
  switch (field.kind) {
    case UkKind::text:
      return record.add(field.property, text);
    case UkKind::dates:
      return record.add_dates(field.property, text);
    case UkKind::country:
      return record.add_country(field.property, text);
    case UkKind::gender:
      return record.add_gender(text);
    case UkKind::imo:
      return record.add_imo(text);
    case UkKind::list:
      for (const std::string_view one : split_list(text, "|;")) record.add(field.property, one);
      return;
    case UkKind::document:
      for (const std::string_view one : split_enumeration(text))
        record.add(field.property, document_number(one));
      return;
    case UkKind::regime:
      record.add(prop::program, text);
      if (is_dprk_programme(text)) record.add(prop::regime, "dprk");
      return;
  }
}

}  // namespace cordon::lists
