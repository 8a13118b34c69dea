// Which field each column is: first by the words of its header, then, where those say nothing, by its values.
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>

#include "cordon/base/text.hpp"
#include "cordon/resolve/field.hpp"
#include "cordon/resolve/read.hpp"
#include "cordon/resolve/text_forms.hpp"

namespace cordon::resolve {
namespace {

// The parts of a header: "PRIMARY_NAME_FIRST" -> {primary, name, first}.
class Words {
 public:
  explicit Words(std::string_view header) : plain_(plain_name(header)) {
    for (const std::string_view word : base::split(plain_, '_')) words_.insert(std::string(word));
  }
  bool has(std::initializer_list<std::string_view> any) const {
    return std::any_of(any.begin(), any.end(),
                       [&](std::string_view word) { return words_.count(std::string(word)) > 0; });
  }
  bool is(std::initializer_list<std::string_view> any) const {
    return std::find(any.begin(), any.end(), plain_) != any.end();
  }
  bool holds(std::string_view part) const { return plain_.find(part) != plain_.npos; }

 private:
  std::string plain_;
  std::set<std::string, std::less<>> words_;
};

enum class Role : std::uint8_t { field, given, middle, family, whole, kind, source, ignored };

struct Meaning {
  Role role = Role::field;
  FieldType type = FieldType::text;
  std::string_view why = {};  // of Role::ignored
};

bool number_words(const Words& w) {
  return w.has({"ssn",  "passport", "tax",  "tin",     "vat",     "nric",     "lei",
                "imo",  "mmsi",     "inn",  "ogrn",    "kpp",     "duns",     "swift",
                "bic",  "iban",     "nid",  "licence", "license", "callsign", "ein",
                "isin", "cpf",      "cnpj", "nif",     "siren",   "siret",    "identifier"}) ||
         w.holds("soc_sec") || w.holds("social_sec") || w.holds("national_id") || w.holds("id_number") ||
         w.holds("call_sign") || w.holds("imo_number") || w.holds("account") || w.holds("registration_n") ||
         w.holds("company_n") || w.holds("unique_entity_id") || w.holds("unsc_id") || w.holds("wikidata");
}

std::optional<Meaning> by_header(const Words& w) {
  const auto field = [](FieldType type) { return Meaning{Role::field, type}; };
  const auto ignored = [](std::string_view why) { return Meaning{Role::ignored, FieldType::text, why}; };
  if (w.is({"source", "data_source", "dataset", "datasets", "source_list", "list"}))
    return Meaning{Role::source};
  if (w.is({"schema", "record_type", "entity_type"})) return Meaning{Role::kind};
  if (w.has({"rel", "relationship"})) return ignored("states a relation, not the party");
  if (w.is({"topics", "first_seen", "last_seen", "last_change", "caption", "linked_to", "created_at",
            "appearance"}) ||
      w.has({"listing", "listed", "modified", "updated", "retrieved", "program", "programme", "regime",
             "authority", "measure", "reason", "notes", "remarks", "reference", "risk", "publisher", "url"}))
    return ignored("about the listing, not the party");
  if (w.is({"owner", "operator", "parent", "holder", "past_flags"}))
    return ignored("names another party or time");
  const bool number = number_words(w);
  if (number || w.has({"addr", "address", "phone", "name"})) {
    if (w.has({"type", "class"}) || (number && w.has({"country", "state", "province", "authority"})))
      return ignored("qualifies another column");
  }
  if (w.has({"employer"})) return field(FieldType::text);
  if (w.has({"email", "mail"}) || w.holds("e_mail")) return field(FieldType::email);
  if (w.has({"phone", "telephone", "tel", "mobile", "fax", "cell"})) return field(FieldType::phone);
  if (w.has({"postcode", "zip", "zipcode", "plz", "postalcode"}) || w.holds("post_code") ||
      w.holds("postal_code"))
    return field(FieldType::postcode);
  if (w.has({"dob", "birthdate", "born", "built", "geburtsdatum", "naissance", "nacimiento"}) ||
      w.holds("date_of_birth") || w.holds("birth_date") || w.holds("founded") ||
      w.holds("incorporation_date") || w.holds("build_date") || w.holds("build_year") ||
      w.holds("death_date"))
    return field(FieldType::date);
  if (number) return field(FieldType::number);
  if (w.holds("street_n") || w.holds("house_n") || w.is({"street_no", "house", "housenumber", "number"}))
    return field(FieldType::house_number);
  if (w.has({"city", "suburb", "town", "locality", "place", "district", "county", "village", "municipality"}))
    return field(FieldType::place);
  if (w.has({"state", "province", "region", "country", "nationality", "citizenship", "jurisdiction", "flag",
             "gender", "sex", "title"}))
    return field(FieldType::category);
  if (w.has({"address", "addr", "street"})) return field(FieldType::address);
  if (w.has({"fname", "forename", "givenname", "firstname"}) ||
      (w.has({"first", "given", "christian", "fore"}) && w.has({"name", "names"})))
    return Meaning{Role::given};
  if (w.has({"patronymic"}) || (w.has({"middle", "second", "father"}) && w.has({"name", "initial"})))
    return Meaning{Role::middle};
  if (w.has({"surname", "lname", "lastname", "familyname"}) ||
      (w.has({"last", "family", "sur"}) && w.has({"name", "names"})))
    return Meaning{Role::family};
  if (w.has({"org", "organisation", "organization", "company", "business", "firm", "site", "agency"}))
    return field(FieldType::organisation);
  if (w.has({"vessel", "ship"}) && (w.has({"name"}) || w.is({"vessel", "ship"})))
    return field(FieldType::vessel);
  if (w.has({"name", "names", "alias", "aliases", "aka"}) || w.is({"original_script", "fullname"}))
    return Meaning{Role::whole};
  return std::nullopt;
}

// Content: what most of the first values look like. A day is not enough: it may be that of the entry.
FieldType by_content(const Table::Column& column) {
  const std::size_t sample = std::min<std::size_t>(column.values.size(), 400);
  std::size_t mails = 0;
  for (ValueId id = 1; id <= sample; ++id) {
    const std::string_view text = column.values[id];
    const auto at = text.find('@');
    mails += at != text.npos && text.find('.', at) != text.npos;
  }
  return sample >= 5 && mails * 10 >= sample * 8 ? FieldType::email : FieldType::text;
}

// What a bare "name" names, seen from its neighbours and its words.
FieldType kind_of_names(const Table& table, const std::vector<Meaning>& meanings, std::uint32_t column) {
  for (std::size_t i = 0; i < meanings.size(); ++i) {
    const Words words(table.columns()[i].name);
    if (words.has({"imo", "mmsi", "callsign", "vessel", "ship"})) return FieldType::vessel;
  }
  for (std::size_t i = 0; i < meanings.size(); ++i) {
    const Words words(table.columns()[i].name);
    if (meanings[i].role == Role::given || meanings[i].role == Role::family ||
        words.has({"dob", "birth", "gender"}))
      return FieldType::person;
  }
  const Dictionary& values = table.columns()[column].values;
  const std::size_t sample = std::min<std::size_t>(values.size(), 400);
  std::size_t plain = 0;  // two or three words of letters alone, none of them an organisation's
  for (ValueId id = 1; id <= sample; ++id) plain += looks_like_person(values[id]);
  return plain * 10 >= sample * 8 ? FieldType::person : FieldType::organisation;
}

}  // namespace

Plan plan_fields(const Table& table) {
  Plan plan;
  std::vector<Meaning> meanings;
  for (const Table::Column& column : table.columns())
    meanings.push_back(by_header(Words(column.name)).value_or(Meaning{Role::field, by_content(column)}));
  const auto ignore = [&](std::size_t i, std::string_view why) {
    plan.ignored.push_back(fmt::format("{} ({})", base::printable(table.columns()[i].name), why));
  };
  std::vector<std::uint32_t> person, whole;
  for (const Role role : {Role::given, Role::middle, Role::family, Role::whole})
    for (std::uint32_t i = 0; i < meanings.size(); ++i)
      if (meanings[i].role == role && table.columns()[i].values.size() > 0) {
        (role == Role::whole ? whole : person).push_back(i);
        plan.roles[i] = role == Role::given    ? NamePart::given
                        : role == Role::middle ? NamePart::middle
                        : role == Role::family ? NamePart::family
                                               : NamePart::whole;
      }
  for (std::size_t i = 0; i < meanings.size(); ++i) {
    if (meanings[i].role == Role::kind && plan.kind_column < 0) plan.kind_column = static_cast<int>(i);
    if (meanings[i].role == Role::source && plan.source_column < 0) plan.source_column = static_cast<int>(i);
  }
  // Where the records say what they are, a bare name goes to the field of its kind, record by record.
  std::vector<FieldType> kinds;
  if (!whole.empty() && plan.kind_column >= 0)
    kinds = {FieldType::person, FieldType::organisation, FieldType::vessel};
  else if (!whole.empty())
    kinds = {person.empty() ? kind_of_names(table, meanings, whole.front()) : FieldType::person};
  else if (!person.empty())
    kinds = {FieldType::person};
  for (const FieldType kind : kinds) {
    Field field{kind, kinds.size() == 1 ? "name" : fmt::format("{} name", to_string(kind)), {}};
    if (kind == FieldType::person) field.columns = person;
    field.columns.insert(field.columns.end(), whole.begin(), whole.end());
    plan.fields.push_back(std::move(field));
  }
  if (plan.source_column >= 0 &&
      table.columns()[static_cast<std::size_t>(plan.source_column)].values.size() > 1)
    plan.fields.push_back({FieldType::source, "source", {static_cast<std::uint32_t>(plan.source_column)}});
  // Strong kinds of evidence first, so that what is beyond kMostFields is free text.
  for (int round = 0; round < 2; ++round)
    for (std::uint32_t i = 0; i < meanings.size(); ++i) {
      const Table::Column& column = table.columns()[i];
      if (meanings[i].role == Role::ignored && round == 0) ignore(i, meanings[i].why);
      if (meanings[i].role != Role::field || (meanings[i].type == FieldType::text) != (round == 1)) continue;
      const auto filled = static_cast<std::size_t>(
          std::count_if(column.first.begin(), column.first.end(), [](ValueId id) { return id != 0; }));
      // One value in every other record tells nothing; one value in two records of a thousand does.
      if (column.values.size() == 0 || (column.values.size() == 1 && filled * 2 > table.size())) {
        ignore(i, filled == 0 ? "empty" : "one value");
      } else if (plan.fields.size() == kMostFields) {
        ignore(i, "more than 32 fields");
      } else {
        plan.fields.push_back({meanings[i].type, base::printable(column.name), {i}});
      }
    }
  // A field comes after those it can follow from: a suburb after its street, a State after both.
  std::stable_sort(plan.fields.begin(), plan.fields.end(), [](const Field& a, const Field& b) {
    const auto coarse = [](FieldType type) {
      return type == FieldType::category   ? 3
             : type == FieldType::place    ? 2
             : type == FieldType::postcode ? 1
                                           : 0;
    };
    return coarse(a.type) < coarse(b.type);
  });
  return plan;
}

}  // namespace cordon::resolve
