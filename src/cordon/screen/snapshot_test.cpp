#include "cordon/screen/snapshot.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "cordon/base/bytes.hpp"
#include "cordon/screen/delta.hpp"
#include "cordon/screen/image.hpp"
#include "cordon/screen/test_entities.hpp"

namespace cordon::screen {
namespace {

const std::vector<ListNote> kNotes = {{"made 2026-01-01", R"({"dataset":"made"})", "abc"}};

std::string bytes_of(const Index& index) {
  std::string head, out;
  const std::string notes = encode_notes(kNotes);
  for (const std::string_view piece : snapshot_pieces(index, notes, head)) out += piece;
  return out;
}

// Listed names, some with a letter lost, and names of nobody.
std::vector<Query> queries(std::span<const model::Entity> entities, std::uint64_t seed, std::size_t count) {
  MadeUp made(seed);
  std::vector<Query> all;
  for (std::size_t i = 0; i < count; ++i) {
    Query query = query_of(made() % 4 ? entities[made() % entities.size()] : made.entity(i));
    query.names.resize(1);
    if (made() % 2) query.names[0].erase(query.names[0].size() / 2, 1);
    if (made() % 3 == 0) query.schema.reset();
    all.push_back(std::move(query));
  }
  return all;
}

std::vector<std::string> answers(const Index& index, const Query& query) {
  std::vector<std::string> out;
  for (const Hit& hit : index.search(query)) {
    std::string line;
    model::append_ftm(line, index.entity(hit.entity));
    line += std::to_string(hit.score);
    for (const std::string& reason : hit.reasons) line += reason;
    out.push_back(std::move(line));
  }
  return out;
}

TEST(Snapshot, AnswersAsTheIndexItWasMadeOf) {
  const auto entities = MadeUp(1).entities(500);
  const Index index = Index::build(entities);
  const auto path = std::filesystem::temp_directory_path() /
                    ("cordon-snapshot-test-" + std::to_string(::getpid()) + ".cordonidx");
  ASSERT_TRUE(write_snapshot(path, index, kNotes));
  const auto snapshot = open_snapshot(path);
  std::filesystem::remove(path);
  ASSERT_TRUE(snapshot) << snapshot.error().message;
  EXPECT_EQ(snapshot->lists, kNotes);
  EXPECT_EQ(snapshot->index.size(), index.size());
  for (std::uint32_t i = 0; i < entities.size(); ++i) {
    std::string a, b;
    model::append_ftm(a, entities[i]), model::append_ftm(b, snapshot->index.entity(i));
    ASSERT_EQ(a, b);
  }
  std::size_t found = 0;
  for (const Query& query : queries(entities, 2, 300)) {
    const auto one = answers(index, query);
    found += one.size();
    ASSERT_EQ(one, answers(snapshot->index, query)) << query.names[0];
  }
  EXPECT_GT(found, 100u);
}

TEST(Snapshot, TheSameBytesOnAnyNumberOfThreads) {
  const auto entities = MadeUp(3).entities(2000);
  ::setenv("CORDON_THREADS", "1", 1);
  const std::string one = bytes_of(Index::build(entities));
  ::setenv("CORDON_THREADS", "5", 1);
  const std::string five = bytes_of(Index::build(entities));
  ::unsetenv("CORDON_THREADS");
  EXPECT_TRUE(one == five);
  EXPECT_TRUE(one == bytes_of(Index::build(std::vector(entities))));
}

std::string text_of(const std::filesystem::path& path) {
  const auto text = base::read_file(path);
  return text ? *text : std::string();
}

// Made, found again, followed when the lists change, made anew where the file is no snapshot.
TEST(Snapshot, IsKeptBetweenRuns) {
  const auto path = std::filesystem::temp_directory_path() /
                    ("cordon-snapshot-kept-" + std::to_string(::getpid()) + ".cordonidx");
  auto entities = MadeUp(5).entities(300);
  const auto same_as_built = [&](const base::Result<Index>& index) {
    return index && bytes_of(*index) == bytes_of(Index::build(entities));
  };
  EXPECT_TRUE(same_as_built(keep_snapshot(path, entities, kNotes)));
  const auto first = std::filesystem::last_write_time(path);
  const auto again = keep_snapshot(path, entities, kNotes);
  EXPECT_TRUE(same_as_built(again));
  EXPECT_EQ(again->prepared(), 0u);
  EXPECT_EQ(std::filesystem::last_write_time(path), first);

  entities[7].source.record = "another place";  // nothing that names are made of
  EXPECT_TRUE(same_as_built(keep_snapshot(path, entities, kNotes)));
  EXPECT_TRUE(text_of(path) == bytes_of(Index::build(entities)));
  std::swap(entities[1], entities[2]);
  EXPECT_TRUE(same_as_built(keep_snapshot(path, entities, kNotes)));
  entities.pop_back();
  EXPECT_TRUE(same_as_built(keep_snapshot(path, entities, kNotes)));
  EXPECT_TRUE(text_of(path) == bytes_of(Index::build(entities)));

  const std::vector<ListNote> later = {{"made 2026-01-02", R"({"dataset":"made"})", "def"}};
  EXPECT_TRUE(same_as_built(keep_snapshot(path, entities, later)));
  EXPECT_EQ(open_snapshot(path)->lists, later);
  std::ofstream(path) << "no snapshot";
  EXPECT_TRUE(same_as_built(keep_snapshot(path, entities, kNotes)));
  EXPECT_TRUE(text_of(path) == bytes_of(Index::build(entities)));
  std::filesystem::remove(path);
  EXPECT_FALSE(keep_snapshot(path / "no folder", entities, kNotes));
}

// Entities added, removed, changed and moved: the update is the fresh index, byte for byte, and only what is
// new was prepared.
TEST(Snapshot, AnUpdateIsAFreshIndex) {
  for (std::uint64_t seed = 10; seed < 16; ++seed) {
    MadeUp made(seed);
    auto entities = made.entities(600);
    Index index = Index::build(entities);
    for (int round = 0; round < 4; ++round) {
      std::size_t fresh = 0;
      for (int i = 0; i < 5; ++i)
        entities.erase(entities.begin() + static_cast<long>(made() % entities.size()));
      for (int i = 0; i < 7; ++i, ++fresh)
        entities.insert(entities.begin() + static_cast<long>(made() % entities.size()),
                        made.entity(10'000 + made() % 1'000'000));
      entities[made() % entities.size()].add("alias", "ALIAS " + std::to_string(made())), ++fresh;
      std::swap(entities[3], entities[40]);
      const Index updated = Index::update(index, entities);
      EXPECT_TRUE(bytes_of(updated) == bytes_of(Index::build(entities))) << seed << ' ' << round;
      EXPECT_LE(updated.prepared(), fresh);
      EXPECT_GE(updated.prepared() + 1, fresh);  // a made-up entity may equal another
      index = Index::update(index, entities);
    }
  }
}

TEST(Snapshot, RefusesWhatIsDamaged) {
  const Index index = Index::build(MadeUp(4).entities(60));
  const std::string good = bytes_of(index);
  const auto read = [](std::string_view bytes) { return read_snapshot(bytes, nullptr, "file"); };
  ASSERT_TRUE(read(good));
  for (std::size_t size = 0; size < good.size(); size += 1 + size / 50)
    EXPECT_FALSE(read(std::string_view(good).substr(0, size))) << size;
  EXPECT_FALSE(read(good + "x"));
  std::mt19937 random(1);
  for (int i = 0; i < 2000; ++i) {
    std::string bad = good;
    const std::size_t at = i < 400 ? static_cast<std::size_t>(i) % bad.size() : random() % bad.size();
    bad[at] = static_cast<char>(bad[at] ^ (1 << random() % 8));
    const auto result = read(bad);
    // Only the padding between parts says nothing.
    if (result) {
      EXPECT_EQ(good[at], 0) << at;
      continue;
    }
    EXPECT_TRUE(result.error().message.starts_with("file: ")) << result.error().message;
    EXPECT_EQ(result.error().message.find('\n'), std::string::npos);
  }
}

// Damaged by someone who writes the checksums anew: refused, or answered without leaving the file.
TEST(Snapshot, ForgedPartsAreHarmless) {
  const auto entities = MadeUp(5).entities(60);
  const Index index = Index::build(entities);
  const std::string good = bytes_of(index);
  const auto asked = queries(entities, 6, 12);
  std::mt19937 random(2);
  std::size_t accepted = 0;
  for (int i = 0; i < 1500; ++i) {
    std::string bad = good;
    for (std::uint32_t n = 1 + random() % 4; n-- > 0;)
      bad[24 + random() % (bad.size() - 24)] = static_cast<char>(random());
    seal_snapshot(bad);
    auto snapshot = read_snapshot(bad, nullptr, "file");
    if (!snapshot) continue;
    ++accepted;
    for (const Query& query : asked) answers(snapshot->index, query);
  }
  EXPECT_GT(accepted, 100u);
}

// A query that meets no entity that changed is answered as before; this is what --since leaves out.
TEST(Delta, OnlyWhatMeetsAChangeCanDiffer) {
  std::size_t left_out = 0, differ = 0;
  for (std::uint64_t seed = 20; seed < 26; ++seed) {
    MadeUp made(seed);
    const auto before = made.entities(200);
    auto now = before;
    for (int i = 0; i < 2; ++i) now.erase(now.begin() + static_cast<long>(made() % now.size()));
    for (int i = 0; i < 2; ++i) now[made() % now.size()].add("alias", made.name(model::Schema::Person));
    now.insert(now.begin() + 50, made.entity(5000));
    if (seed == 25) std::swap(now[1], now[2]);
    const Delta delta(before, now);
    EXPECT_GE(delta.changed(), 4u);
    for (const Query& query : queries(now, seed + 100, 200)) {
      const auto old_answers = answers(delta.before(), query), new_answers = answers(delta.now(), query);
      differ += old_answers != new_answers;
      if (delta.may_differ(query)) continue;
      ++left_out;
      EXPECT_EQ(old_answers, new_answers) << query.names[0];
    }
  }
  EXPECT_GT(left_out, 50u);
  EXPECT_GT(differ, 10u);
}

}  // namespace
}  // namespace cordon::screen
