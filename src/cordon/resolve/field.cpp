#include "cordon/resolve/field.hpp"

#include <array>

namespace cordon::resolve {
namespace {

using Names = std::span<const std::string_view>;

constexpr std::array<std::string_view, 8> kPerson = {"is the same",
                                                     "is the same but for its spelling",
                                                     "agrees as far as both state it",
                                                     "agrees as far as both state it, but for its spelling",
                                                     "agrees in the family name, the given name differs",
                                                     "agrees in the given name, the family name differs",
                                                     "is alike in part",
                                                     "differs"};
constexpr std::array<std::string_view, 7> kOrganisation = {"is the same",
                                                           "is nearly the same",
                                                           "is contained in the other",
                                                           "shares most of its telling words",
                                                           "shares some of its telling words",
                                                           "shares a word",
                                                           "differs"};
constexpr std::array<std::string_view, 8> kAddress = {
    "is the same",
    "has the same house number and street",
    "has the same house number, the street is written otherwise",
    "has the same street, one states no number",
    "is the same but for its spelling",
    "has the same street, another house number",
    "shares a word",
    "differs"};
constexpr std::array<std::string_view, 4> kDate = {"is the same",
                                                   "differs in one character, or day and month are swapped",
                                                   "agrees in two of year, month and day", "differs"};
constexpr std::array<std::string_view, 4> kPlace = {"is the same", "is the same but for its spelling",
                                                    "shares a word", "differs"};
constexpr std::array<std::string_view, 3> kCategory = {"is the same", "differs in one character", "differs"};
constexpr std::array<std::string_view, 4> kPostcode = {"is the same", "differs in one character",
                                                       "begins alike", "differs"};
constexpr std::array<std::string_view, 3> kHouse = {"is the same", "differs in one character", "differs"};
constexpr std::array<std::string_view, 4> kPhone = {"is the same", "is the same without its prefix",
                                                    "differs in one digit", "differs"};
constexpr std::array<std::string_view, 4> kEmail = {"is the same", "is the same but for its spelling",
                                                    "has the same domain", "differs"};
constexpr std::array<std::string_view, 4> kNumber = {"is the same", "differs in one character",
                                                     "differs in two characters", "differs"};
constexpr std::array<std::string_view, 2> kSource = {"is another", "is the same"};
constexpr std::array<std::string_view, 4> kText = {"is the same", "is nearly the same", "is alike",
                                                   "differs"};

}  // namespace

std::string_view to_string(FieldType type) {
  static constexpr std::array<std::string_view, 14> kNames = {
      "person",   "organisation", "vessel", "date",  "address", "place", "category",
      "postcode", "house number", "phone",  "email", "number",  "text",  "source"};
  return kNames.at(static_cast<std::size_t>(type));
}

Names levels_of(FieldType type) {
  static constexpr std::array<Names, 14> kLevels = {kPerson, kOrganisation, kOrganisation, kDate,  kAddress,
                                                    kPlace,  kCategory,     kPostcode,     kHouse, kPhone,
                                                    kEmail,  kNumber,       kText,         kSource};
  return kLevels.at(static_cast<std::size_t>(type));
}

}  // namespace cordon::resolve
