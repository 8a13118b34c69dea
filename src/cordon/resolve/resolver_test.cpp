#include "cordon/resolve/resolver.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "cordon/resolve/explain.hpp"
#include "cordon/resolve/resolver_reference.hpp"
#include "cordon/resolve/test_people.hpp"

namespace cordon::resolve {
namespace {

using Partition = std::set<std::set<std::string>>;

Partition partition(const Resolver& resolver) {
  std::map<std::string, std::set<std::string>> groups;
  for (RecordId record = 0; record < resolver.size(); ++record)
    groups[std::string(resolver.cluster(record))].emplace(resolver.table().id(record));
  Partition out;
  for (const auto& [name, ids] : groups) out.insert(ids);
  return out;
}

Resolver build(const std::vector<test::Person>& people, std::span<const Decision> decisions = {}) {
  auto resolver = Resolver::build(test::table(people), decisions);
  EXPECT_TRUE(resolver.has_value()) << resolver.error().message;
  return std::move(*resolver);
}

TEST(Resolver, GroupsAsTheReferenceDoes) {
  for (unsigned seed = 1; seed <= 8; ++seed) {
    const Resolver resolver = build(test::people(40, seed));
    std::map<std::string_view, std::vector<RecordId>> groups;
    for (RecordId record = 0; record < resolver.size(); ++record)
      groups[resolver.cluster(record)].push_back(record);
    std::vector<std::vector<RecordId>> found;
    for (const auto& [name, records] : groups) found.push_back(records);
    std::sort(found.begin(), found.end());
    EXPECT_EQ(found, reference::clusters(resolver)) << "seed " << seed;
  }
}

TEST(Resolver, OrderOfRecordsDoesNotMatter) {
  for (const std::size_t count : {100u, 900u}) {
    auto people = test::people(count, 7);
    const Partition expected = partition(build(people));
    for (unsigned seed = 1; seed <= 3; ++seed) {
      std::shuffle(people.begin(), people.end(), std::mt19937(seed));
      EXPECT_EQ(partition(build(people)), expected) << count << " records, seed " << seed;
    }
  }
}

TEST(Resolver, NumberOfThreadsDoesNotMatter) {
  const auto people = test::people(900, 3);
  setenv("CORDON_THREADS", "1", 1);
  const Partition one = partition(build(people));
  setenv("CORDON_THREADS", "3", 1);
  EXPECT_EQ(partition(build(people)), one);
  unsetenv("CORDON_THREADS");
}

TEST(Resolver, ExplanationAddsUp) {
  const Resolver resolver = build(test::people(60, 5));
  for (RecordId a = 0; a < 20; ++a)
    for (RecordId b = a + 1; b < 20; ++b) {
      const auto found = resolver.explain(resolver.table().id(a), resolver.table().id(b));
      ASSERT_TRUE(found.has_value());
      double sum = 0;
      for (const Step& step : found->steps) {
        sum += step.bits;
        EXPECT_DOUBLE_EQ(step.total, sum);
        EXPECT_FALSE(step.because.empty());
      }
      EXPECT_DOUBLE_EQ(found->bits, sum);
      EXPECT_EQ(found->probability > 0.5, found->bits > 0);
      EXPECT_EQ(found->together, resolver.cluster(a) == resolver.cluster(b));
      const auto back = resolver.explain(resolver.table().id(b), resolver.table().id(a));
      EXPECT_DOUBLE_EQ(back->bits, found->bits) << "evidence is the same both ways";
    }
  EXPECT_FALSE(resolver.explain("p1", "nobody").has_value());
  EXPECT_FALSE(resolver.explain("p1", "p1").has_value());
}

TEST(Resolver, AdditionsInAnyOrderGiveTheSameClusters) {
  const auto people = test::people(700, 11);
  const std::vector<test::Person> first(people.begin(), people.begin() + 600);
  std::vector<test::Person> later(people.begin() + 600, people.end());
  Partition expected;
  for (unsigned seed = 0; seed < 3; ++seed) {
    Resolver resolver = build(first);
    if (seed > 0) std::shuffle(later.begin(), later.end(), std::mt19937(seed));
    for (const test::Person& person : later)
      ASSERT_TRUE(resolver.add(person.id, test::row(person)).has_value());
    if (seed == 0)
      expected = partition(resolver);
    else
      EXPECT_EQ(partition(resolver), expected) << "seed " << seed;
  }
}

TEST(Resolver, AddingEqualsTheBatchOfAll) {
  // Most of what a batch over all finds is found by adding: the model differs by what the later records
  // teach.
  const auto people = test::people(800, 13);
  Resolver grown = build({people.begin(), people.begin() + 700});
  for (std::size_t i = 700; i < people.size(); ++i)
    ASSERT_TRUE(grown.add(people[i].id, test::row(people[i])).has_value());
  const Partition a = partition(grown), b = partition(build(people));
  std::vector<std::set<std::string>> differ;
  std::set_symmetric_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(differ));
  EXPECT_LE(differ.size(), 8u);
  EXPECT_EQ(grown.history().size() >= 100, true);
  EXPECT_FALSE(grown.add("", {}).has_value());
}

TEST(Resolver, DecisionsBind) {
  const auto people = test::people(300, 17);
  const Resolver before = build(people);
  std::mt19937 random(1);
  for (int round = 0; round < 6; ++round) {
    std::vector<Decision> decisions;
    std::set<std::string> used;
    while (decisions.size() < 6) {
      const RecordId a = static_cast<RecordId>(random() % people.size());
      const auto members = before.members(a);
      const RecordId b = decisions.size() % 2 == 0 ? members[random() % members.size()]
                                                   : static_cast<RecordId>(random() % people.size());
      if (a == b || !used.insert(people[a].id).second || !used.insert(people[b].id).second) continue;
      decisions.push_back({people[a].id, people[b].id,
                           decisions.size() % 2 == 0 ? Ruling::different : Ruling::same, "A. Person",
                           "2026-01-31", ""});
    }
    Resolver batch = build(people, decisions), later = build(people);
    for (const Decision& decision : decisions) ASSERT_TRUE(later.decide(decision).has_value());
    for (const Resolver* resolver : {&batch, &later})
      for (const Decision& decision : decisions) {
        const bool together = resolver->cluster(resolver->table().find(decision.left)) ==
                              resolver->cluster(resolver->table().find(decision.right));
        EXPECT_EQ(together, decision.ruling == Ruling::same) << decision.left << ' ' << decision.right;
      }
  }
}

TEST(Resolver, ContradictingDecisionsAreRefused) {
  const auto people = test::people(20, 19);
  const std::vector<Decision> chain = {{"p1", "p2", Ruling::same, "", "", ""},
                                       {"p2", "p3", Ruling::same, "", "", ""}};
  auto bad = chain;
  bad.push_back({"p1", "p3", Ruling::different, "", "", ""});
  EXPECT_FALSE(Resolver::build(test::table(people), bad).has_value());
  Resolver resolver = build(people, chain);
  const Partition kept = partition(resolver);
  EXPECT_FALSE(resolver.decide(bad.back()).has_value());
  EXPECT_EQ(partition(resolver), kept);
  EXPECT_FALSE(resolver.decide({"p1", "nobody", Ruling::same, "", "", ""}).has_value());
  // A later decision on the same pair replaces the earlier.
  ASSERT_TRUE(resolver.decide({"p1", "p2", Ruling::different, "", "", ""}).has_value());
  EXPECT_NE(resolver.cluster(1), resolver.cluster(2));
}

TEST(Resolver, UnsurePartsAPairThatOnlyItsOwnEvidenceJoins) {
  std::vector<test::Person> people = test::people(60, 23);
  people.push_back(
      {"x1", {"Zenobia", "Quistgaard", "7 Lonely street", "suburb3", "2003", "1950-01-13", "77777777"}});
  people.push_back(
      {"x2", {"Zenobia", "Quistgard", "7 Lonely street", "suburb3", "2003", "1950-01-13", "77777777"}});
  Resolver resolver = build(people);
  ASSERT_EQ(resolver.cluster(60), resolver.cluster(61));
  ASSERT_TRUE(resolver.decide({"x1", "x2", Ruling::unsure, "", "", ""}).has_value());
  EXPECT_NE(resolver.cluster(60), resolver.cluster(61));
  ASSERT_FALSE(resolver.history().empty());
  EXPECT_EQ(resolver.history().back().kind, Change::Kind::parted);
  EXPECT_EQ(resolver.history().back().before, std::vector<std::string>{"x1"});
  ASSERT_TRUE(resolver.decide({"x1", "x2", Ruling::same, "", "", ""}).has_value());
  EXPECT_EQ(resolver.cluster(61), "x1");
  EXPECT_EQ(resolver.history().back().kind, Change::Kind::joined);
}

TEST(Resolver, NamesOfAnEarlierRunStay) {
  const auto people = test::people(200, 29);
  Resolver resolver = build(people);
  std::vector<std::pair<std::string, std::string>> earlier;
  for (RecordId record = 0; record < resolver.size(); ++record)
    earlier.emplace_back(resolver.table().id(record), "E-" + std::string(resolver.cluster(record)));
  const Partition before = partition(resolver);
  resolver.keep_names(earlier);
  EXPECT_EQ(partition(resolver), before);
  EXPECT_TRUE(resolver.history().empty()) << "nothing was joined or parted";
  for (RecordId record = 0; record < resolver.size(); ++record)
    EXPECT_EQ(resolver.cluster(record), earlier[record].second);
}

TEST(Resolver, ThousandsOfEqualRecordsAreOneCluster) {
  std::vector<test::Person> people = test::people(50, 31);
  for (int i = 0; i < 3000; ++i) {
    people.push_back(people.front());
    people.back().id = "copy" + std::to_string(i);
  }
  const Resolver resolver = build(people);
  for (RecordId record = 50; record < resolver.size(); ++record)
    ASSERT_EQ(resolver.cluster(record), resolver.cluster(0));
}

}  // namespace
}  // namespace cordon::resolve
