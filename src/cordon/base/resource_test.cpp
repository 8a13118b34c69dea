#include "cordon/base/resource.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "cordon/base/bytes.hpp"

namespace cordon::base {
namespace {

TEST(Resource, EmbeddedFilesAreTheFilesOfTheDataFolder) {
  for (const Resource& one : embedded_resources()) {
    const auto on_disk = read_file(std::filesystem::path(CORDON_SOURCE_DIR "/data") / one.name);
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

TEST(Resource, AFolderMayStandInForTheEmbeddedFiles) {
  const auto folder = std::filesystem::path(testing::TempDir()) / "cordon_resource_test";
  std::filesystem::create_directories(folder / "law");
  auto file = OutputFile::create(folder / "law" / "x.json");
  ASSERT_TRUE(file && file->write("{}") && file->commit());
  ::setenv("CORDON_DATA", folder.c_str(), 1);
  const auto found = resource("law/x.json");
  const auto again = resource("law/x.json");
  const auto missing = resource("names/countries.csv");
  const auto names = resource_names("law/");
  ::unsetenv("CORDON_DATA");
  std::filesystem::remove_all(folder);
  ASSERT_TRUE(found);
  EXPECT_EQ(*found, "{}");
  EXPECT_EQ(found->data(), again->data());
  ASSERT_FALSE(missing);
  EXPECT_NE(missing.error().message.find("CORDON_DATA"), std::string::npos);
  EXPECT_EQ(names, std::vector<std::string>{"law/x.json"});
}

}  // namespace
}  // namespace cordon::base
