#include "cordon/lists/version.hpp"

#include <filesystem>
#include <string>

#include "cordon/base/sha256.hpp"
#include "cordon/lists/lists.hpp"
#include "cordon/lists/manifest.hpp"
#include "cordon/lists/test_input.hpp"

namespace cordon::lists {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kUn =
    "<CONSOLIDATED_LIST dateGenerated='2026-02-27'><INDIVIDUALS/><ENTITIES><ENTITY>"
    "<FIRST_NAME>BODY</FIRST_NAME><REFERENCE_NUMBER>KPe.001</REFERENCE_NUMBER></ENTITY>"
    "</ENTITIES></CONSOLIDATED_LIST>";

class Version : public InFolder {};

TEST_F(Version, NamesTheBytes) {
  const auto list = read_list(write("un.xml", kUn));
  ASSERT_TRUE(list) << list.error().message;
  const auto version = version_of(*list);
  ASSERT_TRUE(version) << version.error().message;
  ASSERT_EQ(version->parts.size(), 1u);
  EXPECT_EQ(version->parts[0].sha256, base::sha256_hex(kUn));
  EXPECT_EQ(version->parts[0].bytes, kUn.size());
  EXPECT_EQ(version->entities, 1u);
  EXPECT_EQ(describe(*version), "un_sc 2026-02-27 sha256:" + base::sha256_hex(kUn).substr(0, 12));
  std::string json;
  append_json(json, *version);
  EXPECT_TRUE(json.starts_with(
      R"({"dataset":"un_sc","version":"2026-02-27","format":"un-xml","entities":1,"files":[{"file":)"))
      << json;
}

TEST_F(Version, PartsOfAListAreNamedToo) {
  write(
      "sdn.csv",
      "1,\"A\",\"-0- \",\"DPRK\",\"-0- \",\"-0- \",\"-0- \",\"-0- \",\"-0- \",\"-0- \",\"-0- \",\"-0- \"\n");
  write("alt.csv", "1,9,\"aka\",\"B\",\"-0- \"\n");
  write("own.csv", "who\nA\n");
  write("own.csv.map", "name = who\n");
  const auto ofac = read_list(folder_ / "sdn.csv"), own = read_list(folder_ / "own.csv");
  ASSERT_TRUE(ofac && own);
  const auto of_ofac = version_of(*ofac), of_own = version_of(*own);
  ASSERT_TRUE(of_ofac && of_own);
  ASSERT_EQ(of_ofac->parts.size(), 2u);
  EXPECT_EQ(fs::path(of_ofac->parts[1].file).filename(), "alt.csv");
  ASSERT_EQ(of_own->parts.size(), 2u);
  EXPECT_EQ(fs::path(of_own->parts[1].file).filename(), "own.csv.map");
}

TEST_F(Version, TheListInsideTheProgramHasOneToo) {
  const auto list = read_embedded();
  ASSERT_TRUE(list) << list.error().message;
  const auto version = version_of(*list);
  ASSERT_TRUE(version) << version.error().message;
  EXPECT_EQ(version->parts.at(0).sha256.size(), 64u);
}

TEST_F(Version, TheManifestTellsWhereFromAndHistoryIsNotSearched) {
  write("un_sc.xml", kUn);
  write("history/un_sc/2026-02-28-0.xml", kUn);
  Manifest manifest;
  Kept kept;
  kept.name = "un_sc", kept.file = "history/un_sc/2026-02-28-0.xml", kept.current = "un_sc.xml";
  kept.url = "https://example.org/un.xml", kept.fetched = "2026-02-28T00:00:00Z";
  kept.sha256 = base::sha256_hex(kUn), kept.bytes = kUn.size(), kept.entities = 1;
  manifest.all = {kept};
  ASSERT_TRUE(manifest.write(folder_));
  const auto again = Manifest::read(folder_);
  ASSERT_TRUE(again) << again.error().message;
  ASSERT_EQ(again->all.size(), 1u);
  EXPECT_EQ(again->all[0].url, kept.url);
  EXPECT_EQ(again->all[0].bytes, kept.bytes);
  const fs::path folder[] = {folder_};
  const auto set = read_lists(folder);
  ASSERT_TRUE(set) << set.error().message;
  EXPECT_EQ(set->files.size(), 1u);
  EXPECT_TRUE(set->skipped.empty());
  EXPECT_EQ(version_of(set->files[0])->url, kept.url);
  const auto old = read_list(folder_ / kept.file);
  ASSERT_TRUE(old);
  EXPECT_EQ(version_of(*old)->fetched, kept.fetched);
}

TEST_F(Version, ABrokenManifestSaysSo) {
  for (const char* text :
       {"", "[]", "{\"versions\":3}", "{\"versions\":[{\"name\":\"a\"}]}", "{\"versions\":[7]}"})
    EXPECT_FALSE(Manifest::parse(text, "m")) << text;
  EXPECT_TRUE(Manifest::read(folder_)->all.empty());
}

}  // namespace
}  // namespace cordon::lists
