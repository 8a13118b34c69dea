// What must hold whatever the format: broken, hostile and misplaced input ends in one clear error.
#include "cordon/lists/lists.hpp"

#include <filesystem>
#include <string>

#include "cordon/lists/test_input.hpp"

namespace cordon::lists {
namespace {

namespace fs = std::filesystem;

class Lists : public InFolder {
 protected:
  static std::string error_of(const fs::path& path) {
    const auto list = read_list(path);
    return list ? std::string() : list.error().message;
  }
};

std::string un_list(std::string_view version, int entities) {
  std::string text =
      "<CONSOLIDATED_LIST dateGenerated='" + std::string(version) + "'><INDIVIDUALS/><ENTITIES>";
  for (int i = 0; i < entities; ++i) {
    text += "<ENTITY><FIRST_NAME>BODY " + std::to_string(i) + "</FIRST_NAME><REFERENCE_NUMBER>KPe." +
            std::to_string(i) + "</REFERENCE_NUMBER></ENTITY>";
  }
  return text + "</ENTITIES></CONSOLIDATED_LIST>";
}

#define EXPECT_SAYS(message, part) EXPECT_NE((message).find(part), std::string::npos) << (message)

TEST_F(Lists, BrokenFilesNameThemselvesAndTheReason) {
  EXPECT_SAYS(error_of(folder_ / "none.xml"), "none.xml: no such file");
  EXPECT_SAYS(error_of(write("empty.xml", "")), "empty.xml: the file is empty");
  EXPECT_SAYS(error_of(write("prose.txt", "Dear all,\n")), "prose.txt: not a list of a known format");
  EXPECT_SAYS(error_of(write("cut.xml", un_list("2026", 3).substr(0, 150))), "cut.xml: line 1: broken XML");
  fs::create_directories(folder_ / "nothing");
  EXPECT_SAYS(error_of(folder_ / "nothing"), "a folder without a list");
}

TEST_F(Lists, EntityExpansionIsRefused) {
  const auto message =
      error_of(write("bomb.xml",
                     "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b "
                     "'&a;&a;'>]><CONSOLIDATED_LIST><ENTITIES>&b;</ENTITIES></CONSOLIDATED_LIST>"));
  EXPECT_SAYS(message, "DOCTYPE");
}

TEST_F(Lists, DeepNestingAndHugeAttributesAreBounded) {
  std::string deep = "<CONSOLIDATED_LIST><ENTITIES>";
  for (int i = 0; i < 200000; ++i) deep += "<a>";
  EXPECT_SAYS(error_of(write("deep.xml", deep)), "deep.xml: line 1: broken XML");
  for (int i = 0; i < 200000; ++i) deep += "</a>";
  const auto list = read_list(write("deep.xml", deep + "</ENTITIES></CONSOLIDATED_LIST>"));
  ASSERT_TRUE(list) << list.error().message;
  EXPECT_TRUE(list->entities.empty());
  const std::string wide(5 << 20, 'x');
  EXPECT_TRUE(read_list(
      write("wide.xml", "<CONSOLIDATED_LIST dateGenerated='" + wide + "'><ENTITIES/></CONSOLIDATED_LIST>")));
}

TEST_F(Lists, ALineWithoutEndIsDroppedNotKept) {
  // In full this is ten gigabytes; the reader holds at most 16 MiB of a line.
  std::string text = R"({"id":"a","schema":"Person","properties":{"name":["A"]}})"
                     "\n"
                     R"({"id":"b","schema":"Person","properties":{"name":[")";
  text.append(std::size_t{17} << 20, 'x');
  const auto list = read_list(write("long.json", text));
  ASSERT_TRUE(list) << list.error().message;
  EXPECT_EQ(list->entities.size(), 1u);
  EXPECT_EQ(list->rejects.rows().at("line over 16 MiB").count, 1u);
}

TEST_F(Lists, XmlInAnotherEncodingThanItSaysIsAnError) {
  std::string latin = un_list("2026", 1);
  latin.replace(latin.find("BODY 0"), 6, "SOCI\xC9T\xC9");
  EXPECT_SAYS(error_of(write("latin.xml", latin)), "latin.xml: line 1: bytes that are no UTF-8");
  const auto said = read_list(write("said.xml", "<?xml version='1.0' encoding='ISO-8859-1'?>" + latin));
  ASSERT_TRUE(said) << said.error().message;
  EXPECT_EQ(said->entities.at(0).caption, "SOCIÉTÉ");
  std::string wide = "\xFF\xFE";
  for (const char c : un_list("2026", 1)) wide += {c, '\0'};
  const auto utf16 = read_list(write("utf16.xml", wide));
  ASSERT_TRUE(utf16) << utf16.error().message;
  EXPECT_EQ(utf16->entities.at(0).caption, "BODY 0");
}

TEST_F(Lists, DamagedBytesOfTextFilesAreReplacedAndCounted) {
  const auto list =
      read_list(write("damaged.json", R"({"id":"a","schema":"Person","properties":{"name":["김정은 )"
                                      "\xFF"
                                      R"("]}})"));
  ASSERT_TRUE(list) << list.error().message;
  EXPECT_EQ(list->entities.at(0).caption, "김정은 \xEF\xBF\xBD");
  EXPECT_EQ(list->rejects.rows().at("bytes that are no UTF-8, replaced").count, 1u);
}

TEST_F(Lists, NothingReadableIsAnError) {
  EXPECT_SAYS(
      error_of(write("deep.json", R"({"id":"x","schema":"Person","properties":)" + std::string(100000, '['))),
      "no record could be read");
  const fs::path folder[] = {folder_ / "nothing"};
  fs::create_directories(folder[0]);
  EXPECT_FALSE(read_lists(folder));
}

TEST_F(Lists, FoldersKeepTheNewestVersionAndSayWhatTheySkip) {
  write("old/un.xml", un_list("2025-01-01", 3));
  write("new/un.xml", un_list("2026-01-01", 2));
  write("README.md", "no list");
  const fs::path folder[] = {folder_};
  const auto set = read_lists(folder);
  ASSERT_TRUE(set) << set.error().message;
  ASSERT_EQ(set->files.size(), 1u);
  EXPECT_EQ(set->files[0].source->version, "2026-01-01");
  EXPECT_EQ(set->skipped.rows().at("not a list").count, 1u);
  EXPECT_EQ(set->skipped.rows().at("older version of a list that is there too").count, 1u);
  // Named one by one both are read; the record they share is kept once, from the newer.
  const fs::path named[] = {folder_ / "old/un.xml", folder_ / "new/un.xml"};
  const auto both = read_lists(named);
  ASSERT_TRUE(both) << both.error().message;
  ASSERT_EQ(both->files.size(), 2u);
  EXPECT_EQ(both->files[0].entities.size(), 1u);
  EXPECT_EQ(both->files[1].entities.size(), 2u);
  const fs::path wrong[] = {folder_ / "README.md"};
  EXPECT_FALSE(read_lists(wrong));
}

TEST_F(Lists, DiffTellsFieldsAndShrinking) {
  const auto old = read_list(write("a.xml", un_list("2025", 40))),
             now = read_list(write("b.xml", un_list("2026", 4)));
  ASSERT_TRUE(old && now);
  EXPECT_TRUE(suspicious_shrink(*old, *now));
  EXPECT_FALSE(suspicious_shrink(*now, *old));
  EXPECT_EQ(diff(*old, *now).size(), 36u);
  EXPECT_TRUE(diff(*old, *old).empty());
  ListFile changed = *now;
  changed.entities[1].add("alias", "OTHER");
  const auto changes = diff(*now, changed);
  ASSERT_EQ(changes.size(), 1u);
  std::string line;
  append_json(line, changes[0]);
  EXPECT_EQ(
      line,
      R"({"change":"changed","id":"un-kpe.1","caption":"BODY 1","fields":{"alias":{"removed":[],"added":["OTHER"]}}})");
}

}  // namespace
}  // namespace cordon::lists
