#include "cordon/lists/ofac_remarks.hpp"

#include <algorithm>
#include <iterator>
#include <string>

#include "cordon/base/ids.hpp"
#include "cordon/base/text.hpp"
#include "cordon/lists/values.hpp"

namespace cordon::lists {
namespace {

enum class Kind : unsigned char {
  phrase,  // with the words that led to it
  text,    // as it stands
  number,  // an identifier, without what is said about it
  dates,
  country,
  gender,
  quoted_name,  // 'NAME' or NAME
  imo,
  imo_company,
  lei,
  wallet,  // "XBT 1Kuf2...": the address behind the currency
  place,
};

struct Phrase {
  std::string_view lead;
  std::string_view property;
  Kind kind;
};

// Longest lead first where one begins another (sorted by length at start-up).
const std::vector<Phrase>& phrases() {
  using enum Kind;
  static const std::vector<Phrase> table = [] {
    std::vector<Phrase> t = {
        {"DOB", prop::birthDate, dates},
        {"POB", prop::birthPlace, place},
        {"nationality", prop::nationality, country},
        {"citizen", prop::citizenship, country},
        {"Gender", prop::gender, gender},
        {"a.k.a.", prop::weakAlias, quoted_name},
        {"f.k.a.", prop::previousName, quoted_name},
        {"n.k.a.", prop::alias, quoted_name},
        {"Linked To:", prop::linkedTo, quoted_name},
        {"(Linked To:", prop::linkedTo, quoted_name},
        {"Passport", prop::passportNumber, number},
        {"Diplomatic Passport", prop::passportNumber, number},
        {"Stateless Person Passport", prop::passportNumber, number},
        {"British National Overseas Passport", prop::passportNumber, number},
        {"National ID No.", prop::idNumber, number},
        {"National Foreign ID Number", prop::idNumber, number},
        {"Identification Number", prop::idNumber, number},
        {"Personal ID Card", prop::idNumber, number},
        {"Cedula No.", prop::idNumber, number},
        {"Cedula de Ciudadania", prop::idNumber, number},
        {"Cartilla de Servicio Militar Nacional", prop::idNumber, number},
        {"Electoral Registry No.", prop::idNumber, number},
        {"Driver's License No.", prop::idNumber, number},
        {"D.N.I.", prop::idNumber, number},
        {"C.U.I.P.", prop::idNumber, number},
        {"C.U.R.P.", prop::idNumber, number},
        {"I.F.E.", prop::idNumber, number},
        {"C.U.I.", prop::idNumber, number},
        {"SSN", prop::idNumber, number},
        {"Birth Certificate Number", prop::idNumber, number},
        {"Residency Number", prop::idNumber, number},
        {"Turkish Identification Number", prop::idNumber, number},
        {"Travel Document Number", prop::idNumber, number},
        {"Refugee ID Card", prop::idNumber, number},
        {"Identity Card", prop::idNumber, number},
        {"R.F.C.", prop::taxNumber, number},
        {"NIT #", prop::taxNumber, number},
        {"Tax ID No.", prop::taxNumber, number},
        {"RUC #", prop::taxNumber, number},
        {"RIF #", prop::taxNumber, number},
        {"RTN", prop::taxNumber, number},
        {"CUIT", prop::taxNumber, number},
        {"RNC", prop::taxNumber, number},
        {"Italian Fiscal Code", prop::taxNumber, number},
        {"Fiscal Code", prop::taxNumber, number},
        {"Romanian Tax Registration", prop::taxNumber, number},
        {"V.A.T. Number", prop::vatCode, number},
        {"Registration Number", prop::registrationNumber, number},
        {"Registration ID", prop::registrationNumber, number},
        {"Company Number", prop::registrationNumber, number},
        {"Commercial Registry Number", prop::registrationNumber, number},
        {"Business Registration Document #", prop::registrationNumber, number},
        {"Business Registration Number", prop::registrationNumber, number},
        {"Business Number", prop::registrationNumber, number},
        {"Certificate of Incorporation Number", prop::registrationNumber, number},
        {"Public Registration Number", prop::registrationNumber, number},
        {"Trade License No.", prop::registrationNumber, number},
        {"Folio Mercantil No.", prop::registrationNumber, number},
        {"Matricula Mercantil No", prop::registrationNumber, number},
        {"C.R. No.", prop::registrationNumber, number},
        {"Enterprise Number", prop::registrationNumber, number},
        {"Chamber of Commerce Number", prop::registrationNumber, number},
        {"Economic Register Number (CBLS)", prop::registrationNumber, number},
        {"UK Company Number", prop::registrationNumber, number},
        {"Government Gazette Number", prop::okpoCode, number},
        {"Unified Social Credit Code (USCC)", prop::uscCode, number},
        {"D-U-N-S Number", prop::dunsCode, number},
        {"SWIFT/BIC", prop::swiftBic, number},
        {"Legal Entity Number", prop::leiCode, lei},
        {"ISIN", prop::isin, number},
        {"Equity Ticker", prop::ticker, number},
        {"Vessel Registration Identification IMO", prop::imoNumber, imo},
        {"Vessel Registration Identification", prop::imoNumber, imo},
        {"Identification Number IMO", prop::imoNumber, imo},
        {"Company Number IMO", prop::imoCompany, imo_company},
        {"Registration Number IMO", prop::imoNumber, imo},
        {"Registration ID IMO", prop::imoNumber, imo},
        {"MMSI", prop::mmsi, number},
        {"Vessel Flag", prop::flag, country},
        {"Former Vessel Flag", prop::pastFlags, country},
        {"Vessel Call Sign", prop::callSign, number},
        {"Vessel Type", prop::type, text},
        {"Vessel Year of Build", prop::buildDate, dates},
        {"Vessel Owner", prop::owner, text},
        {"Vessel Tonnage", prop::tonnage, number},
        {"Other Vessel Type", prop::type, text},
        {"Other Vessel Flag", prop::flag, country},
        {"Other Vessel Call Sign", prop::callSign, number},
        {"Aircraft Tail Number", prop::registrationNumber, number},
        {"Previous Aircraft Tail Number", prop::registrationNumber, number},
        {"Aircraft Model", prop::model, text},
        {"Aircraft Operator", prop::operatorName, text},
        {"Aircraft Manufacture Date", prop::buildDate, dates},
        {"Aircraft Manufacturer's Serial Number (MSN)", prop::serialNumber, number},
        {"Aircraft Construction Number (also called L/N or S/N or F/N)", prop::serialNumber, number},
        {"Aircraft Mode S Transponder Code", prop::idNumber, number},
        {"Digital Currency Address -", prop::publicKey, wallet},
        {"Website", prop::website, text},
        {"Email Address", prop::email, text},
        {"Phone Number", prop::phone, text},
        {"Telephone:", prop::phone, text},
        {"Organization Established Date", prop::incorporationDate, dates},
        {"Organization Type:", prop::sector, text},
        {"Target Type", prop::legalForm, text},
        {"Nationality of Registration", prop::jurisdiction, country},
        {"Secondary sanctions risk:", prop::sanctionsRisk, text},
        {"Additional Sanctions Information -", prop::sanctionsRisk, text},
        {"Executive Order", prop::measure, phrase},
        {"CAATSA Section 235 Information:", prop::measure, phrase},
        {"Listing Date", prop::listingDate, dates},
    };
    std::stable_sort(t.begin(), t.end(),
                     [](const Phrase& a, const Phrase& b) { return a.lead.size() > b.lead.size(); });
    return t;
  }();
  return table;
}

std::string_view unquoted(std::string_view text) {
  text = base::trim(text);
  if (text.size() > 1 && text.front() == '\'') {
    text.remove_prefix(1);
    if (const std::size_t end = text.rfind('\''); end != std::string_view::npos) text = text.substr(0, end);
  }
  return base::trim(text);
}

void file_phrase(Record& record, const Phrase& phrase, std::string_view value, std::string_view whole) {
  switch (phrase.kind) {
    case Kind::text:
      return record.add(phrase.property, value);
    case Kind::phrase:
      return record.add(phrase.property, whole);
    case Kind::number:
      return record.add(phrase.property, leading_number(value));
    case Kind::dates:
      return record.add_dates(phrase.property, value);
    case Kind::country:
      return record.add_country(phrase.property, value);
    case Kind::gender:
      return record.add_gender(value);
    case Kind::quoted_name:
      // A linked party stays as printed: whether it is a person is not known here.
      if (phrase.property == prop::linkedTo) {
        while (!value.empty() && value.back() == ')') value.remove_suffix(1);
        return record.add(phrase.property, unquoted(value));
      }
      return record.add(phrase.property, record.schema() == model::Schema::Person
                                             ? natural_order(unquoted(value))
                                             : std::string(unquoted(value)));
    case Kind::imo:
      return record.add_imo(leading_number(value));
    case Kind::imo_company:
      return record.add_imo(leading_number(value), true);
    case Kind::lei: {
      const std::string_view code = leading_number(value);
      return record.add(base::lei_check(code) ? prop::leiCode : prop::registrationNumber, code);
    }
    case Kind::wallet: {
      const std::size_t blank = value.find(' ');
      return record.add(prop::publicKey, blank == std::string_view::npos ? value : value.substr(blank + 1));
    }
    case Kind::place:
      record.add(prop::birthPlace, value);
      // "Nablus, West Bank": the last part, where it is a country.
      const std::size_t comma = value.rfind(", ");
      const std::string_view last = comma == std::string_view::npos ? value : value.substr(comma + 2);
      if (const auto& code = record.collector().country(base::trim(last)))
        record.add(prop::birthCountry, *code);
      return;
  }
}

}  // namespace

bool add_ofac_phrase(Record& record, std::string_view phrase) {
  phrase = base::trim(phrase);
  while (!phrase.empty() && phrase.back() == '.' && phrase.find(' ') != std::string_view::npos)
    phrase.remove_suffix(1);
  if (phrase.starts_with("alt. ")) phrase.remove_prefix(5);
  if (phrase.empty()) return false;
  for (const Phrase& known : phrases()) {
    if (phrase.front() != known.lead.front() || !phrase.starts_with(known.lead)) continue;
    const std::string_view rest = phrase.substr(known.lead.size());
    if (!rest.empty() && known.lead.back() != ':' && known.lead.back() != '#' && rest.front() != ' ' &&
        rest.front() != '.' && rest.front() != '(') {
      continue;
    }
    std::string_view value = base::trim(rest);
    while (!value.empty() && (value.front() == '.' || value.front() == ':'))
      value = base::trim(value.substr(1));
    if (known.kind == Kind::dates && known.property == prop::listingDate) {
      if (const std::size_t colon = value.rfind(':'); colon != std::string_view::npos)
        value = base::trim(value.substr(colon + 1));
    }
    if (!value.empty()) file_phrase(record, known, value, phrase);
    return true;
  }
  return false;
}

void add_ofac_remarks(Record& record, std::string_view remarks) {
  remarks = base::trim(remarks);
  if (remarks.empty()) return;
  const bool person = record.schema() == model::Schema::Person;
  std::string_view rest = remarks;
  while (!rest.empty()) {
    const std::size_t cut = rest.find(';');
    std::string_view part = base::trim(rest.substr(0, cut));
    rest = cut == std::string_view::npos ? std::string_view{} : rest.substr(cut + 1);
    if (part.empty() || add_ofac_phrase(record, part)) continue;
    if (part.starts_with("Transactions Prohibited For Persons")) {
      record.add(prop::sanctionsRisk, part);
    } else if (person && part.find_first_of("0123456789:") == std::string_view::npos && part.size() > 3) {
      // What is left of a person's remarks is what they are: "Brigadier General", "Head of ...".
      while (!part.empty() && part.back() == '.') part.remove_suffix(1);
      record.add(prop::position, part);
    }
  }
  if (names_dprk_regulations(remarks)) record.add(prop::riskRegime, "dprk");
  record.add(prop::notes, remarks);
}

void add_ofac_name(Record& record, std::string_view property, std::string_view printed) {
  printed = base::trim(printed);
  if (record.schema() != model::Schema::Person) return record.add(property, printed);
  record.add(property, natural_order(printed));
  const std::size_t comma = printed.find(", ");
  if (property == prop::name && comma != std::string_view::npos) {
    record.add(prop::firstName, printed.substr(comma + 2));
    record.add(prop::lastName, printed.substr(0, comma));
  }
}

void add_ofac_programs(Record& record, std::string_view programs) {
  while (!programs.empty()) {
    const std::size_t cut = programs.find("] [");
    for (const std::string_view one : split_list(programs.substr(0, cut))) record.add_program("US", one);
    programs = cut == std::string_view::npos ? std::string_view{} : programs.substr(cut + 3);
  }
}

bool is_non_sdn_programme(std::string_view programs) {
  for (const std::string_view code : {"NS-PLC", "561-Related", "NS-ISA", "UKRAINE-EO13662", "CMIC-EO13959",
                                      "RUSSIA-EO14024-MBS", "NS-CMIC", "NS-MBS", "SSI", "CAPTA", "FSE-"}) {
    if (programs.find(code) != std::string_view::npos) return true;
  }
  return false;
}

std::string_view ofac_id_prefix(const model::SourceFile& source) {
  return source.dataset == "us_ofac_cons" ? "ofac-cons-" : "ofac-";
}

}  // namespace cordon::lists
