// Family and given name of a person in Korean syllables, pinyin or characters.
#pragma once
#include <span>

#include "cordon/names/fold.hpp"
#include "cordon/names/forms.hpp"

namespace cordon::names {

// Adds to forms.views the ways in which the tokens of an alternative can be split into family and given name;
// none where a word cannot be read, or where neither end is a family name.
void add_views(FormsDraft& forms, const Alternative& alternative, std::span<const Piece> pieces);

}  // namespace cordon::names
