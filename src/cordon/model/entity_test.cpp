#include "cordon/model/entity.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace cordon::model {
namespace {

TEST(Entity, EverySchemaReadsBack) {
  int count = 0;
  for (int i = 0; i <= static_cast<int>(Schema::Other); ++i, ++count) {
    const auto schema = static_cast<Schema>(i);
    EXPECT_EQ(parse_schema(to_string(schema)), schema) << to_string(schema);
    EXPECT_FALSE(is_party(schema) && is_edge(schema)) << to_string(schema);
  }
  EXPECT_EQ(count, 25);
  EXPECT_EQ(parse_schema("vessel"), Schema::Vessel);
  EXPECT_FALSE(parse_schema("Ship"));
  EXPECT_TRUE(is_party(Schema::Vessel));
  EXPECT_TRUE(is_edge(Schema::Ownership));
  EXPECT_FALSE(is_party(Schema::Address));
}

TEST(Entity, ValuesAreTrimmedAndKeptOnce) {
  Entity entity;
  entity.add("name", " KIM ");
  entity.add("name", "KIM");
  entity.add("alias", "KIM");
  entity.add("alias", "");
  entity.add("alias", " \t");
  ASSERT_EQ(entity.properties.size(), 2U);
  EXPECT_EQ(entity.first("name"), "KIM");
  EXPECT_EQ(entity.first("birthDate"), "");
  EXPECT_EQ(entity.all("alias"), (std::vector<std::string_view>{"KIM"}));
  EXPECT_TRUE(entity.has("alias", "KIM"));
  EXPECT_FALSE(entity.has("alias", "kim"));
}

TEST(Entity, LongRecordsForgetNothingAndRepeatNothing) {
  Entity entity;
  for (int i = 0; i < 1000; ++i) {
    entity.add(i % 2 == 0 ? "alias" : "name", "value " + std::to_string(i % 300));
    if (i == 400) entity.properties.push_back({intern("alias"), "put there by hand"});
  }
  entity.add("alias", "put there by hand");
  EXPECT_EQ(entity.properties.size(), 301U);
  Entity copy = entity;
  copy.add("alias", "value 0");
  copy.add("name", "value 0");  // known as an alias only
  EXPECT_EQ(copy.properties.size(), 302U);
  copy.properties.resize(10);
  copy.add("alias", "value 298");
  EXPECT_EQ(copy.properties.size(), 11U);
}

// A file of one entity with as many aliases as it likes must not cost a time that grows with their square:
// comparing each of these with each would take hours.
TEST(Entity, AMillionAliasesAreReadAndWritten) {
  Entity entity;
  for (int i = 0; i < 1'000'000; ++i) entity.add("alias", "alias " + std::to_string(i));
  EXPECT_EQ(entity.properties.size(), 1'000'000U);
  for (int i = 0; i < 50'000; ++i) entity.add("p" + std::to_string(i), "x");
  std::string out;
  append_ftm(out, entity);
  EXPECT_GT(out.size(), 14'000'000U);
}

TEST(Entity, InternedNamesShareTheirAddress) {
  const std::string a = "flag", b = "flag";
  EXPECT_EQ(intern(a).data(), intern(b).data());
  EXPECT_NE(intern("flag").data(), intern("flags").data());
  std::vector<std::thread> threads;
  std::vector<const char*> seen(8);
  for (std::size_t t = 0; t < seen.size(); ++t) {
    threads.emplace_back([t, &seen] {
      for (int i = 0; i < 1000; ++i) seen[t] = intern("name" + std::to_string(i)).data();
    });
  }
  for (auto& thread : threads) thread.join();
  for (const char* address : seen) EXPECT_EQ(address, seen[0]);
}

TEST(Entity, FtmLineGroupsByProperty) {
  Entity entity;
  entity.id = "un-kpe.001";
  entity.schema = Schema::Organization;
  entity.caption = "KOMID \"x\"";
  entity.add("name", "KOMID");
  entity.add("country", "kp");
  entity.add("name", "Korea Mining");
  entity.source.file = std::make_shared<SourceFile>(SourceFile{"un_sc", "un.xml", "2026-02-27", "un-xml"});
  entity.source.record = "KPe.001";
  std::string out;
  append_ftm(out, entity);
  EXPECT_EQ(out, R"({"id":"un-kpe.001","schema":"Organization","caption":"KOMID \"x\"",)"
                 R"("properties":{"name":["KOMID","Korea Mining"],"country":["kp"]},"datasets":["un_sc"],)"
                 R"("source":{"file":"un.xml","record":"KPe.001","version":"2026-02-27"}})");
  out.clear();
  append_ftm(out, Entity{});
  EXPECT_EQ(out, R"({"id":"","schema":"Thing","caption":"","properties":{},"datasets":[],)"
                 R"("source":{"file":"","record":"","version":""}})");
}

TEST(Source, IsDescribedForPeople) {
  Source source;
  source.record = "KPi.001";
  EXPECT_EQ(describe(source), "KPi.001");
  source.file = std::make_shared<SourceFile>(
      SourceFile{"un_sc", "lists/un_consolidated.xml", "2026-02-27T00:00:09.554Z", "un-xml"});
  EXPECT_EQ(describe(source), "un_sc KPi.001 (2026-02-27), un_consolidated.xml");
  source.line = 12;
  EXPECT_EQ(describe(source), "un_sc KPi.001 (2026-02-27), un_consolidated.xml:12");
}

}  // namespace
}  // namespace cordon::model
