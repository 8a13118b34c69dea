#include "cordon/base/toml.hpp"

#include <gtest/gtest.h>

#include <string>

namespace cordon::base {
namespace {

TEST(Toml, IsRead) {
  const auto table = parse_toml("[gap]\nmin_hours = 6\n", "parameters");
  ASSERT_TRUE(table) << table.error().message;
  EXPECT_EQ((*table)["gap"]["min_hours"].value<int>(), 6);
}

TEST(Toml, AnErrorNamesFileAndLine) {
  const auto table = parse_toml("a = 1\nb = \n", "parameters");
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().message.rfind("parameters: line 2: ", 0), 0U) << table.error().message;
}

// Each breaks something that the library takes for granted.
TEST(Toml, WhatNoTomlIsIsRefused) {
  for (const std::string text : {"[~", "[[~", "[\x01", "R[\x01\x01", "[a.~", "a.~ = 1", "[", "[[", "a = [",
                                 "a = {", "a = {~", "\xc3\xa9 = 1", "/\xef\xb3\xbf", "\xef\xbb\xb7"})
    EXPECT_FALSE(parse_toml(text, "x")) << text;
  EXPECT_FALSE(parse_toml("a = '\xff'", "x"));
  EXPECT_FALSE(parse_toml("a = " + std::string(100'000, '['), "x"));
}

}  // namespace
}  // namespace cordon::base
