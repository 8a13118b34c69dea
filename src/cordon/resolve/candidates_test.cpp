#include <gtest/gtest.h>

#include <map>
#include <numeric>
#include <set>

#include "cordon/resolve/keys.hpp"
#include "cordon/resolve/radix.hpp"
#include "cordon/resolve/test_people.hpp"

namespace cordon::resolve {
namespace {

std::vector<FieldValues> fields_of(const Table& table) {
  const Plan plan = plan_fields(table);
  auto cells = std::make_shared<Cells>();
  cells->fields = plan.fields.size();
  cells->at.assign(table.size() * cells->fields, 0);
  std::vector<FieldValues> fields;
  for (const Field& field : plan.fields) {
    fields.emplace_back(field, plan, table, cells, fields.size());
    for (RecordId record = 0; record < table.size(); ++record) fields.back().append(table, record);
  }
  return fields;
}

TEST(Candidates, AreThePairsThatShareAKeyInASmallBlock) {
  const Table table = test::table(test::people(400, 3));
  const auto fields = fields_of(table);
  std::vector<RecordId> records(table.size());
  std::iota(records.begin(), records.end(), RecordId{0});
  const auto keys = choose_keys(fields, records, records.size(), 20000);
  ASSERT_FALSE(keys.empty());
  std::map<std::pair<RecordId, RecordId>, int> expected;
  for (std::size_t k = 0; k < keys.size(); ++k) {
    std::map<std::uint64_t, std::set<RecordId>> blocks;
    for (const RecordId record : records)
      for (const std::uint64_t hash : hashes_of(fields, keys[k], record)) blocks[hash].insert(record);
    std::set<std::pair<RecordId, RecordId>> pairs;
    for (const auto& [hash, block] : blocks)
      if (block.size() <= kLargestBlock)
        for (const RecordId a : block)
          for (const RecordId b : block)
            if (a < b) pairs.emplace(a, b);
    for (const auto& pair : pairs) ++expected[pair];
  }
  std::map<std::pair<RecordId, RecordId>, int> found;
  for (const Candidate& pair : find_candidates(fields, keys, records, 1000000))
    found[{pair.a, pair.b}] = pair.keys;
  EXPECT_EQ(found, expected);
  EXPECT_LE(find_candidates(fields, keys, records, 10).size(), 10 * keys.size())
      << "a key makes no more than the limit";
}

TEST(Radix, SortsByTheBitsAsked) {
  std::mt19937_64 random(5);
  for (const std::size_t count : {0u, 1u, 100u, 5000u}) {
    std::vector<std::uint64_t> items(count), scratch;
    for (auto& item : items) item = random();
    auto expected = items;
    std::stable_sort(expected.begin(), expected.end(), [](std::uint64_t a, std::uint64_t b) {
      return (a >> 20 & 0xFFFFFF) < (b >> 20 & 0xFFFFFF);
    });
    radix_sort(items, scratch, 20, 44);
    EXPECT_EQ(items, expected);
  }
}

}  // namespace
}  // namespace cordon::resolve
