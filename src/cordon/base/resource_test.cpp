#include "cordon/base/resource.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "cordon/base/bytes.hpp"

namespace cordon::base {
namespace {

TEST(Resource, EmbeddedFilesAreTheFilesOfTheRepository) {
  for (const Resource& one : embedded_resources()) {
    auto path = std::filesystem::path(CORDON_SOURCE_DIR "/data") / one.name;
    if (!std::filesystem::exists(path)) path = std::filesystem::path(CORDON_SOURCE_DIR "/web") / one.name;
    const auto on_disk = read_file(path);
    ASSERT_TRUE(on_disk) << on_disk.error().message;
    EXPECT_TRUE(*on_disk == one.bytes) << one.name << " is not what was embedded";
    EXPECT_EQ(resource(one.name).value().data(), one.bytes.data());
  }
}

TEST(Resource, NamesAreSortedAndFiltered) {
  const auto names = resource_names("names/");
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  EXPECT_NE(std::find(names.begin(), names.end(), "names/countries.csv"), names.end());
  for (const auto& name : names) EXPECT_TRUE(name.starts_with("names/")) << name;
  EXPECT_EQ(resource("names/none.csv").error().message, "names/none.csv: no such data file in this program");
}

TEST(Resource, AFolderMayHoldOnlyWhatItChanges) {
  const auto folder = std::filesystem::path(testing::TempDir()) / "cordon_resource_test";
  std::filesystem::create_directories(folder / "law");
  std::filesystem::create_directories(folder / "page");
  std::filesystem::create_directories(folder / "names" / "mids.csv");  // a folder where a file is expected
  for (const char* name : {"law/x.json", "law/verdicts.json"}) {
    auto file = OutputFile::create(folder / name);
    ASSERT_TRUE(file && file->write("{}") && file->commit());
  }
  constexpr std::string_view kPacked = "\x1f\x8b packed";
  {
    auto file = OutputFile::create(folder / "page" / "x.js.gz");
    ASSERT_TRUE(file && file->write(kPacked) && file->commit());
  }
  const auto shipped = resource("names/countries.csv");
  ::setenv("CORDON_DATA", folder.c_str(), 1);
  const auto packed = resource("page/x.js.gz");
  const auto added = resource("law/x.json");
  const auto again = resource("law/x.json");
  const auto changed = resource("law/verdicts.json");
  const auto unchanged = resource("names/countries.csv");
  const auto nowhere = resource("names/none.csv");
  const auto unreadable = resource("names/mids.csv");
  auto names = resource_names("law/");
  ::unsetenv("CORDON_DATA");
  std::filesystem::remove_all(folder);
  ASSERT_TRUE(packed);
  EXPECT_EQ(*packed, kPacked);
  ASSERT_TRUE(added && again && changed && unchanged && shipped);
  EXPECT_EQ(*added, "{}");
  EXPECT_EQ(added->data(), again->data());
  EXPECT_EQ(*changed, "{}");
  EXPECT_EQ(unchanged->data(), shipped->data());
  EXPECT_EQ(nowhere.error().message, "names/none.csv: no such data file in this program");
  ASSERT_FALSE(unreadable);
  EXPECT_NE(unreadable.error().message.find("CORDON_DATA"), std::string::npos);
  EXPECT_EQ(std::count(names.begin(), names.end(), "law/verdicts.json"), 1);
  std::erase(names, "law/x.json");
  EXPECT_EQ(names, resource_names("law/"));
}

TEST(Resource, AFolderThatIsNotThereIsTold) {
  ::setenv("CORDON_DATA", "no/such/folder", 1);
  const auto found = resource("names/countries.csv");
  ::unsetenv("CORDON_DATA");
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().message, "no/such/folder: no such folder (named by CORDON_DATA)");
}

}  // namespace
}  // namespace cordon::base
