// For tests: a list from text, and an entity of it by id.
#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "cordon/lists/format.hpp"

namespace cordon::lists {

inline base::Result<ListFile> read_text(std::string text) {
  const Input input = Input::memory(std::move(text), "test");
  const auto head = input.head();
  const Format* format = sniff(*head);
  if (!format || !format->read) return base::fail("not recognised");
  return format->read(input);
}

inline const model::Entity& entity_of(const ListFile& list, std::string_view id) {
  static const model::Entity kNone;
  const auto found =
      std::find_if(list.entities.begin(), list.entities.end(), [&](const auto& e) { return e.id == id; });
  if (found != list.entities.end()) return *found;
  ADD_FAILURE() << "no entity " << id;
  return kNone;
}

using Values = std::vector<std::string_view>;

}  // namespace cordon::lists
