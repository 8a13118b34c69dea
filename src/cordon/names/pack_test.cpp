#include "cordon/names/pack.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

#include "cordon/names/compare.hpp"

namespace cordon::names {
namespace {

const std::vector<PreparedName>& names() {
  static const std::vector<PreparedName> all = {
      PreparedName("KIM Jong Un", Kind::person),
      PreparedName("김정은 (金正恩)", Kind::person),
      PreparedName("Ким Чен Ын", Kind::person),
      PreparedName("محمد علي", Kind::person),
      PreparedName("조선광업개발무역회사", Kind::organisation),
      PreparedName("Korea Mining Dev. Corp. VIII", Kind::organisation),
      PreparedName("M/V JI SONG No.6", Kind::vessel),
      PreparedName("ABCDEFGHIJKLMNOPQRST", Kind::vessel),
      PreparedName("...", Kind::any)};
  return all;
}

TEST(Pack, ComparesAsBefore) {
  ElementTable table;
  std::string blocks;
  std::vector<std::size_t> at;
  for (const PreparedName& name : names()) at.push_back(blocks.size()), pack(name.forms(), table, blocks);
  for (std::size_t i = 0; i < names().size(); ++i) {
    NameForms forms;
    std::vector<Element> room;
    ASSERT_TRUE(unpack(std::string_view(blocks).substr(at[i]), table.elements(), room, forms));
    EXPECT_EQ(forms.text, names()[i].text());
    for (const PreparedName& other : names()) {
      const Comparison a = compare(names()[i], other), b = compare(PreparedName::borrow(forms), other);
      EXPECT_EQ(a.score, b.score);
      EXPECT_EQ(a.reasons, b.reasons);
    }
  }
}

TEST(Pack, RepackedIsAsPacked) {
  ElementTable first, second, third;
  std::string a, b, c;
  std::vector<std::size_t> at;
  for (std::size_t i = names().size(); i-- > 0;) at.push_back(a.size()), pack(names()[i].forms(), first, a);
  std::vector<std::uint32_t> renumbered(first.elements().size(), ElementTable::kNone);
  for (std::size_t i = 0; i < names().size(); ++i) {
    const auto from = std::string_view(a).substr(at[names().size() - 1 - i]);
    ASSERT_TRUE(repack(from, first.elements(), renumbered, second, b));
    pack(names()[i].forms(), third, c);
  }
  EXPECT_TRUE(b == c);
}

// More elements than the table holds: the names keep their own.
TEST(Pack, AFullTable) {
  ElementTable full, empty;
  for (char32_t c = 0; c < 70'000; ++c) full.number({{}, 0, 0, c + 1'000'000});
  std::string raw, again, direct;
  const PreparedName name("김정은", Kind::person);
  pack(name.forms(), full, raw);
  NameForms forms;
  std::vector<Element> room;
  ASSERT_TRUE(unpack(raw, full.elements(), room, forms));
  EXPECT_EQ(compare(PreparedName::borrow(forms), name).score, compare(name, name).score);
  std::vector<std::uint32_t> renumbered(full.elements().size(), ElementTable::kNone);
  ASSERT_TRUE(repack(raw, full.elements(), renumbered, empty, again));
  ElementTable fresh;
  pack(name.forms(), fresh, direct);
  EXPECT_TRUE(again == direct);
}

TEST(Pack, WhatIsNoBlockIsRefused) {
  ElementTable table;
  std::string block;
  pack(names()[1].forms(), table, block);
  NameForms forms;
  std::vector<Element> room;
  for (std::size_t size = 0; size < block.size(); ++size)
    EXPECT_FALSE(unpack(std::string_view(block).substr(0, size), table.elements(), room, forms));
  EXPECT_FALSE(unpack(block, table.elements().first(1), room, forms));
}

}  // namespace
}  // namespace cordon::names
