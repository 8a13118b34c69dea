#include "cordon/resolve/dictionary.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

namespace cordon::resolve {
namespace {

// Against a map, on texts of all lengths around those that are kept in the slot itself, with zero bytes.
TEST(Dictionary, NumbersEachTextOnceInOrderOfArrival) {
  std::mt19937 random(7);
  std::map<std::string, ValueId> expected;
  Dictionary dictionary;
  for (int i = 0; i < 30000; ++i) {
    std::string text;
    for (auto left = random() % 20; left > 0; --left) text += "ab\0c"[random() % 4];
    bool fresh = false;
    const ValueId id = dictionary.put(text, &fresh);
    if (text.empty()) {
      EXPECT_EQ(id, 0u);
      continue;
    }
    const auto [at, inserted] = expected.emplace(text, static_cast<ValueId>(expected.size() + 1));
    ASSERT_EQ(id, at->second) << "length " << text.size();
    EXPECT_EQ(fresh, inserted);
    EXPECT_EQ(dictionary[id], text);
  }
  EXPECT_EQ(dictionary.size(), expected.size());
  for (const auto& [text, id] : expected) EXPECT_EQ(dictionary.find(text), id);
  EXPECT_EQ(dictionary.find("abcabcabcabcabcabcabcabc"), 0u);
}

TEST(Dictionary, RoomMadeBeforehandChangesNothing) {
  Dictionary roomy, plain;
  roomy.reserve(5000, 100000);
  for (int i = 0; i < 5000; ++i) {
    const std::string text = std::to_string(i * i % 3001) + (i % 2 == 0 ? " and more than eleven" : "");
    EXPECT_EQ(roomy.put(text), plain.put(text));
  }
}

}  // namespace
}  // namespace cordon::resolve
